// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/secretreading.h"

#include <AppSync/CredentialsSource>
#include <AppSync/JwtClaims>
#include <AppSync/TokenSource>

namespace Syncscope {

//! A token or key that is given once, and perhaps once more.
class GivenToken : public AppSync::TokenSource {
    Q_OBJECT

public:
    //! \a name: what it is, for people.
    GivenToken(const QString &name, QObject *parent) : TokenSource(parent), m_name(name) { }
    void setToken(const QString &token);

    AppSync::TokenReply *token(const AppSync::SignableRequest &request) override;
    [[nodiscard]] QString displayName() const override { return m_name; }

private:
    const QString m_name;
    QString m_token;
};

//! Another source of tokens, whose settings have secrets among them that are read first.
class WaitingTokenSource : public AppSync::TokenSource {
    Q_OBJECT

public:
    //! Neither is owned. With \a readsAgain the secrets are read again when a token was refused.
    WaitingTokenSource(SecretReading *reading, AppSync::TokenSource *source, bool readsAgain,
                       QObject *parent);

    [[nodiscard]] SecretReading *reading() const { return m_reading; }
    //! Of the last token that was given.
    [[nodiscard]] AppSync::JwtClaims claims() const { return m_claims; }
    [[nodiscard]] QDateTime expiresAt() const { return m_expiresAt; }

    AppSync::TokenReply *token(const AppSync::SignableRequest &request) override;
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override { return m_source->displayName(); }

Q_SIGNALS:
    void secretKnown(const QString &secret);
    void failed(const AppSync::Error &error);

private:
    void ask(AppSync::TokenReply *reply, const AppSync::SignableRequest &request);
    void onAnswer(AppSync::TokenReply *reply, const AppSync::TokenReply &answer);

    SecretReading *const m_reading;
    AppSync::TokenSource *const m_source;
    const bool m_readsAgain;
    AppSync::JwtClaims m_claims;
    QDateTime m_expiresAt;
};

//! The same for AWS credentials.
class WaitingCredentials : public AppSync::CredentialsSource {
    Q_OBJECT

public:
    WaitingCredentials(SecretReading *reading, AppSync::CredentialsSource *source, QObject *parent);

    //! Of the last credentials that were given; no secret among it.
    [[nodiscard]] QString lastSource() const { return m_lastSource; }
    [[nodiscard]] QString accessKeyId() const { return m_accessKeyId; }
    [[nodiscard]] QDateTime expiresAt() const { return m_expiresAt; }

    AppSync::CredentialsReply *credentials() override;
    bool invalidate() override { return m_source->invalidate(); }
    [[nodiscard]] QString displayName() const override { return m_source->displayName(); }
    [[nodiscard]] QString region() const override { return m_source->region(); }

Q_SIGNALS:
    void secretKnown(const QString &secret);
    void sourceChosen(const QString &source); //!< another one than before
    void failed(const AppSync::Error &error);

private:
    void ask(AppSync::CredentialsReply *reply);
    void onAnswer(AppSync::CredentialsReply *reply, const AppSync::CredentialsReply &answer);

    SecretReading *const m_reading;
    AppSync::CredentialsSource *const m_source;
    QString m_lastSource;
    QString m_accessKeyId;
    QDateTime m_expiresAt;
};

} // namespace Syncscope
