// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../tokensource.h"
#include "fetchedcredentials_p.h"

namespace AppSync {

//! What IdentityPoolCredentials is set to.
struct IdentityPoolSettings {
    QString poolId;
    QPointer<TokenSource> tokens;
    bool isGuest = true; //!< there was never a source of tokens
    QString loginProvider;
    QString roleArn;
    QUrl endpoint;

    [[nodiscard]] QString region() const { return poolId.section(u':', 0, 0); }
    [[nodiscard]] QString displayName() const;
};

//! One identity pool at work: GetId once for each user, GetCredentialsForIdentity for each renewal.
class IdentityPoolFetch : public FetchedCredentials {
    Q_OBJECT

public:
    IdentityPoolFetch(const AwsContext &context, const IdentityPoolSettings &settings,
                      QObject *parent);
    [[nodiscard]] QString displayName() const override;
    [[nodiscard]] QString identityId() const { return m_identityId; }

Q_SIGNALS:
    void identityIdChanged();

protected:
    void fetch() override;

private:
    void askForToken();
    void onToken(const QString &idToken);
    void askForId();
    void askForCredentials(const QString &id);
    void onCredentials(const HttpAnswer &answer);
    //! Whether \a error was mended, and another request made.
    bool hasTriedAgain(const Error &error);
    [[nodiscard]] Error described(const HttpAnswer &answer) const;
    void call(const QByteArray &operation, QJsonObject body,
              const std::function<void(const HttpAnswer &)> &goOn);
    void setIdentityId(const QString &id);

    IdentityPoolSettings m_settings;
    QString m_idToken; //!< of this fetch; empty: a guest
    QString m_provider; //!< who made it
    QString m_user; //!< whom it is about
    QHash<QString, QString> m_ids; //!< by user
    QString m_identityId;
    bool m_isOutdated = false; //!< there has been another token since
    bool m_hasRenewedId = false; //!< during this fetch
    bool m_hasRenewedToken = false; //!< likewise
};

} // namespace AppSync
