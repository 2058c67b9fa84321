// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentialssource.h"

namespace AppSync {

//! AWS credentials that somebody gives and nobody renews. They are kept in memory and appear in no log.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT StaticCredentials : public AppSync::CredentialsSource {
    Q_OBJECT
    Q_PROPERTY(
        QString accessKeyId READ accessKeyId WRITE setAccessKeyId NOTIFY credentialsChanged FINAL)
    Q_PROPERTY(QString secretAccessKey READ secretAccessKey WRITE setSecretAccessKey NOTIFY
                   credentialsChanged FINAL)
    Q_PROPERTY(QString sessionToken READ sessionToken WRITE setSessionToken NOTIFY
                   credentialsChanged FINAL)
    Q_PROPERTY(
        QDateTime expiresAt READ expiresAt WRITE setExpiresAt NOTIFY credentialsChanged FINAL)

public:
    explicit StaticCredentials(QObject *parent = nullptr);
    //! With \a accessKeyId, \a secretAccessKey and \a sessionToken, owned by \a parent.
    StaticCredentials(const QString &accessKeyId, const QString &secretAccessKey,
                      const QString &sessionToken = {}, QObject *parent = nullptr);

    //! `AKIA…`, or `ASIA…` of temporary credentials; empty by default.
    [[nodiscard]] QString accessKeyId() const { return m_values.accessKeyId; }
    void setAccessKeyId(
        const QString &id); //!< used from the next request on; space around it is dropped
    //! The secret that belongs to accessKeyId(); empty by default.
    [[nodiscard]] QString secretAccessKey() const { return m_values.secretAccessKey; }
    void setSecretAccessKey(const QString &secret); //!< likewise
    //! Of temporary credentials, which are worth nothing without it; empty by default.
    [[nodiscard]] QString sessionToken() const { return m_values.sessionToken; }
    void setSessionToken(const QString &token); //!< likewise
    //! UTC; invalid by default: they do not expire, or nobody said when. Nothing is refused for it.
    [[nodiscard]] QDateTime expiresAt() const { return m_values.expiresAt; }
    void setExpiresAt(const QDateTime &expiresAt);

    //! Fails as Error::Kind::InvalidInput where a part is missing, the session token of temporary ones included.
    CredentialsReply *credentials() override;
    [[nodiscard]] QString displayName() const override;

Q_SIGNALS:
    void credentialsChanged(); //!< any part of them

private:
    template <class Value> void set(Value AwsCredentials::*part, const Value &value);

    AwsCredentials m_values;
};

} // namespace AppSync
