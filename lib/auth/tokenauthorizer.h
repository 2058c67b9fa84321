// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "functiontokensource.h"

#include <QPointer>

namespace AppSync {

//! User pool, OIDC and Lambda modes: sends a token as `Authorization`. The token comes from source(), which is
//! asked for every request and renews it, or else it is token(), which is not renewed: set another one before
//! it expires. Where neither is set, operations fail as Error::Kind::InvalidInput, and nothing is sent.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT TokenAuthorizer : public AppSync::Authorizer {
    Q_OBJECT
    Q_PROPERTY(QString token READ token WRITE setToken NOTIFY tokenChanged FINAL)
    Q_PROPERTY(AppSync::TokenSource *source READ source WRITE setSource NOTIFY sourceChanged FINAL)
    Q_PROPERTY(QString prefix READ prefix WRITE setPrefix NOTIFY prefixChanged FINAL)

public:
    explicit TokenAuthorizer(QObject *parent = nullptr);
    //! With \a token, owned by \a parent.
    explicit TokenAuthorizer(const QString &token, QObject *parent = nullptr);
    //! With \a source, which is not owned; owned by \a parent.
    explicit TokenAuthorizer(TokenSource *source, QObject *parent = nullptr);
    //! With \a function as its source, owned by \a parent.
    explicit TokenAuthorizer(FunctionTokenSource::Function function, QObject *parent = nullptr);

    //! Sent exactly as given, after prefix(). Empty by default; source() goes before it.
    [[nodiscard]] QString token() const { return m_token; }
    void setToken(const QString &token); //!< used from the next request on
    //! Where tokens come from; null by default. Not owned: one source may serve many authorizers.
    [[nodiscard]] TokenSource *source() const;
    void setSource(TokenSource *source); //!< used from the next request on
    //! A FunctionTokenSource with \a function becomes the source(); this authorizer owns it.
    void setFunction(FunctionTokenSource::Function function);
    //! What stands before the token, with the space that may belong to it: `Bearer `, a word that a Lambda
    //! authorizer strips. Empty by default, which is what AppSync understands in every mode.
    [[nodiscard]] QString prefix() const { return m_prefix; }
    void setPrefix(const QString &prefix); //!< used from the next request on

    AuthReply *authorize(const SignableRequest &request) override;
    [[nodiscard]] std::optional<Headers> headersAtHand(const SignableRequest &request) override;
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override;

Q_SIGNALS:
    void tokenChanged();
    void sourceChanged();
    void prefixChanged();

private:
    QString m_token;
    QPointer<TokenSource> m_source;
    FunctionTokenSource *m_own = nullptr;
    QString m_prefix;
};

} // namespace AppSync
