// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/doctor/servicecheck.h"

#include <AppSync/GraphQlClient>

namespace Syncscope {

//! What a GraphQL API says to queries over HTTP and to a subscription.
class GraphQlCheck : public ServiceCheck {
    Q_OBJECT

public:
    //! Takes \a client over: no retries, \a timeout for everything.
    GraphQlCheck(AppSync::GraphQlClient *client, std::chrono::milliseconds timeout,
                 QObject *parent = nullptr);

    //! The smallest query that every API can answer.
    void query();
    //! That an API does not tell its schema is no failure.
    void introspect();
    void subscribe(const QString &document, const QByteArray &variables);

private:
    [[nodiscard]] AppSync::Authorizer *authorizerOf(Operation operation) const override;
    [[nodiscard]] DoctorStep queried(const AppSync::GraphQlReply &reply) const;
    [[nodiscard]] DoctorStep introspected(const AppSync::GraphQlReply &reply) const;
    [[nodiscard]] DoctorStep failed(const AppSync::GraphQlReply &reply,
                                    const QList<DoctorStep::Fact> &facts) const;

    AppSync::GraphQlClient *const m_client;
};

} // namespace Syncscope
