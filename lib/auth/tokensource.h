// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/authorizer.h"
#include "interactivesource.h"

#include <QDateTime>

namespace AppSync {

//! A token on its way. The source makes it, and ends it with succeed() or fail().
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT TokenReply : public AppSync::InteractiveReply {
    Q_OBJECT

public:
    explicit TokenReply(QObject *parent = nullptr);
    [[nodiscard]] QString token() const
    {
        return m_token;
    } //!< to be sent to AppSync, without a prefix
    //! What an identity pool wants to see; token() where the source has nothing else.
    [[nodiscard]] QString idToken() const { return m_idToken.isEmpty() ? m_token : m_idToken; }
    [[nodiscard]] QDateTime expiresAt() const { return m_expiresAt; } //!< UTC; invalid: not known

    //! Ends it; what comes after the first end is ignored. A token of nothing but space is an error.
    void succeed(const QString &token, const QDateTime &expiresAt = {},
                 const QString &idToken = {});
    void
    fail(const Error &error); //!< Error::isRetryable() decides whether a connection tries again

private:
    QString m_token;
    QString m_idToken;
    QDateTime m_expiresAt;
};

//! Where the tokens of user pool, OIDC and Lambda modes come from.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT TokenSource : public AppSync::InteractiveSource {
    Q_OBJECT

public:
    using InteractiveSource::InteractiveSource;

    //! Called for every request; the source caches. Never nullptr.
    virtual TokenReply *token(const SignableRequest &request) = 0;

Q_SIGNALS:
    //! There is another token than before: signed in, renewed, signed out, set by hand.
    void tokenChanged();
};

} // namespace AppSync
