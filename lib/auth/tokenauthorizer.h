// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/authorizer.h"

namespace AppSync {

//! User pool, OIDC and Lambda modes with a token that the caller has: sends it as `Authorization`,
//! exactly as given (no prefix is added or removed). An empty token fails here, as
//! Error::Kind::InvalidInput, and nothing is sent. It is not renewed: set another one before it expires.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT TokenAuthorizer : public AppSync::Authorizer {
    Q_OBJECT
    Q_PROPERTY(QString token READ token WRITE setToken NOTIFY tokenChanged FINAL)

public:
    explicit TokenAuthorizer(QObject *parent = nullptr);
    //! With \a token, owned by \a parent.
    explicit TokenAuthorizer(const QString &token, QObject *parent = nullptr);

    //! Empty by default.
    [[nodiscard]] QString token() const { return m_token; }
    void setToken(const QString &token); //!< used from the next request on

    AuthReply *authorize(const SignableRequest &request) override;
    [[nodiscard]] QString displayName() const override;

Q_SIGNALS:
    void tokenChanged();

private:
    QString m_token;
};

} // namespace AppSync
