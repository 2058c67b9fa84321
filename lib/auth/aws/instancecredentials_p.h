// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fetchedcredentials_p.h"

namespace AppSync {

//! The role of the EC2 instance that this runs on, from its metadata service (IMDSv2). Elsewhere there is none,
//! which takes its time to notice.
class InstanceCredentials : public FetchedCredentials {
    Q_OBJECT

public:
    InstanceCredentials(const AwsContext &context, QObject *parent);
    [[nodiscard]] QString displayName() const override;

    //! Whether AWS_EC2_METADATA_DISABLED says no.
    static bool areDisabled(const AwsEnvironment &environment);

protected:
    void fetch() override;

private:
    void askForToken();
    void askForRole();
    void askForCredentials(const QString &role);
    void onCredentials(const HttpAnswer &answer);
    //! \a goOn gets an answer 200; anything else ends the fetch.
    void request(const QByteArray &verb, const QString &path, const Headers &headers,
                 const std::function<void(const HttpAnswer &)> &goOn);
    [[nodiscard]] std::chrono::milliseconds timeout() const;

    QUrl m_base;
    QByteArray m_token;
    int m_attempts = 0;
};

} // namespace AppSync
