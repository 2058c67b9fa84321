// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "awsenvironment.h"
#include "credentialssource.h"

#include <QUrl>

#include <memory>

namespace AppSync {

class TokenSource;

//! AWS credentials from a Cognito identity pool: those of a guest, or with a tokenSource() those of the user
//! who is signed in there. They are renewed five minutes before they expire, and when the user changes.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT IdentityPoolCredentials : public AppSync::CredentialsSource {
    Q_OBJECT
    Q_PROPERTY(QString identityPoolId READ identityPoolId WRITE setIdentityPoolId NOTIFY
                   identityPoolIdChanged FINAL)
    Q_PROPERTY(AppSync::TokenSource *tokenSource READ tokenSource WRITE setTokenSource NOTIFY
                   tokenSourceChanged FINAL)
    Q_PROPERTY(QString loginProvider READ loginProvider WRITE setLoginProvider NOTIFY
                   loginProviderChanged FINAL)
    Q_PROPERTY(QString roleArn READ roleArn WRITE setRoleArn NOTIFY roleArnChanged FINAL)
    Q_PROPERTY(QUrl endpoint READ endpoint WRITE setEndpoint NOTIFY endpointChanged FINAL)
    Q_PROPERTY(QString identityId READ identityId NOTIFY identityIdChanged FINAL)
    Q_PROPERTY(QString region READ region NOTIFY identityPoolIdChanged FINAL)

public:
    explicit IdentityPoolCredentials(QObject *parent = nullptr);
    //! Of the pool \a identityPoolId, owned by \a parent.
    explicit IdentityPoolCredentials(const QString &identityPoolId, QObject *parent = nullptr);
    ~IdentityPoolCredentials() override;

    //! `eu-west-1:` and a UUID. Empty by default, which is Error::Kind::InvalidInput when asked.
    [[nodiscard]] QString identityPoolId() const;
    void setIdentityPoolId(const QString &id); //!< who waits gets Error::Kind::Cancelled
    //! Whose ID token is shown to the pool; null by default: a guest. Not owned. It asks people itself.
    [[nodiscard]] TokenSource *tokenSource() const;
    void setTokenSource(TokenSource *source); //!< likewise
    //! The name under which the pool knows who made the token. Empty by default: the token's issuer.
    [[nodiscard]] QString loginProvider() const;
    void setLoginProvider(const QString &provider); //!< likewise
    //! The role to ask for where the pool allows more than one; empty by default: the pool decides.
    [[nodiscard]] QString roleArn() const;
    void setRoleArn(const QString &arn); //!< likewise
    //! Where Cognito answers. Empty by default: as the variables AWS_ENDPOINT_URL_… say, else in public.
    [[nodiscard]] QUrl endpoint() const;
    void setEndpoint(const QUrl &endpoint); //!< likewise
    //! Variables, network, clock; AwsEnvironment::system() by default.
    void setEnvironment(const AwsEnvironment &environment);

    //! Who one is in the pool; empty before the first credentials. Changes when another user signs in.
    [[nodiscard]] QString identityId() const;

    CredentialsReply *credentials() override;
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override;
    //! That of the pool.
    [[nodiscard]] QString region() const override;

Q_SIGNALS:
    void identityPoolIdChanged();
    void tokenSourceChanged();
    void loginProviderChanged();
    void roleArnChanged();
    void endpointChanged();
    void identityIdChanged();

private:
    class Private;
    void restart();
    std::unique_ptr<Private> d;
};

} // namespace AppSync
