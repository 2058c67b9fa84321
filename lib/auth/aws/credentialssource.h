// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../interactivesource.h"
#include "awscredentials.h"

namespace AppSync {

//! AWS credentials on their way. The source makes it, and ends it with succeed() or fail().
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT CredentialsReply : public AppSync::InteractiveReply {
    Q_OBJECT

public:
    explicit CredentialsReply(QObject *parent = nullptr);
    [[nodiscard]] AwsCredentials credentials() const
    {
        return m_credentials;
    } //!< not valid before the end, and after an error

    //! Ends it; what comes after the first end is ignored. Credentials without a key are an error.
    void succeed(const AwsCredentials &credentials);
    void
    fail(const Error &error); //!< Error::isRetryable() decides whether a connection tries again

private:
    AwsCredentials m_credentials;
};

//! Where AWS credentials for IAM mode come from.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT CredentialsSource : public AppSync::InteractiveSource {
    Q_OBJECT

public:
    using InteractiveSource::InteractiveSource;

    //! Called for every request; the source caches until shortly before they expire. Never nullptr.
    virtual CredentialsReply *credentials() = 0;
    //! The region that goes with the credentials, as a profile has one; empty by default and where there is none.
    //! Asked after the credentials have come.
    [[nodiscard]] virtual QString region() const { return {}; }
};

} // namespace AppSync
