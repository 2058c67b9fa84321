// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/authorizer.h"

#include <QPointer>

namespace AppSync {

//! A publish under way; what the user holds is its PublishReply half.
class PublishOperation : public PublishReply {
    Q_OBJECT

public:
    enum class Phase { Waiting, Authorizing, Sent };

    PublishOperation(const QString &operationId, const QString &channel,
                     const QByteArray &requestBody, Authorizer *authorizer,
                     std::chrono::nanoseconds startedAt, QObject *parent);

    void succeed(const QList<PublishedEvent> &successful, const QList<PublishedEvent> &failed,
                 std::chrono::nanoseconds now);
    void fail(const Error &error, std::chrono::nanoseconds now);
    //! "The publish to /a/b", for sentences about it.
    [[nodiscard]] QString description() const;

    const QString id;
    const QByteArray body; //!< what a signature covers, and the body over HTTP
    QPointer<Authorizer> authorizer;
    Phase phase = Phase::Waiting;
    bool credentialsRenewed = false;

private:
    const std::chrono::nanoseconds m_startedAt;
};

} // namespace AppSync
