// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/shared/rawclient.h"

#include <AppSync/Emulator>

#include <QMessageAuthenticationCode>

//! Calls Cognito as the emulator plays it, over a bare socket.
class CognitoCaller {
public:
    struct Answer {
        int status = 0;
        QJsonObject body;

        [[nodiscard]] QString text(QLatin1StringView name) const
        {
            return body.value(name).toString();
        }
        [[nodiscard]] QString challenge() const { return text(QLatin1StringView("ChallengeName")); }
        [[nodiscard]] QString session() const { return text(QLatin1StringView("Session")); }
        [[nodiscard]] QString parameter(QLatin1StringView name) const
        {
            return body.value(QLatin1StringView("ChallengeParameters"))
                .toObject()
                .value(name)
                .toString();
        }
        [[nodiscard]] QJsonObject tokens() const
        {
            return body.value(QLatin1StringView("AuthenticationResult")).toObject();
        }
        [[nodiscard]] QString token(QLatin1StringView name) const
        {
            return tokens().value(name).toString();
        }
        [[nodiscard]] QString error() const { return text(QLatin1StringView("__type")); }
        [[nodiscard]] QString message() const { return text(QLatin1StringView("message")); }
        //! For a test that fails.
        [[nodiscard]] QByteArray shown() const { return QJsonDocument(body).toJson(); }
    };

    explicit CognitoCaller(const AppSync::Emulator &emulator,
                           const QByteArray &service = "AWSCognitoIdentityProviderService")
        : m_emulator(emulator), m_service(service), m_client(emulator.userPoolClientId())
    {
    }

    void setClient(const QString &id, const QString &secret = {})
    {
        m_client = id;
        m_secret = secret;
    }
    [[nodiscard]] QString client() const { return m_client; }

    [[nodiscard]] Answer call(const QByteArray &operation, const QJsonObject &request) const
    {
        RawClient::Connection connection(m_emulator.port());
        const RawClient::HttpAnswer answer = connection.ask(
            RawClient::post("/", "X-Amz-Target: " + m_service + '.' + operation + "\r\n",
                            QJsonDocument(request).toJson(QJsonDocument::Compact)));
        return {answer.status, answer.object()};
    }

    [[nodiscard]] Answer initiate(const QString &flow, QJsonObject parameters) const
    {
        addSecretHash(&parameters);
        return call("InitiateAuth",
                    {{QStringLiteral("AuthFlow"), flow},
                     {QStringLiteral("ClientId"), m_client},
                     {QStringLiteral("AuthParameters"), parameters}});
    }

    [[nodiscard]] Answer respond(const QString &challenge, const QString &session,
                                 QJsonObject responses) const
    {
        addSecretHash(&responses);
        QJsonObject request{{QStringLiteral("ChallengeName"), challenge},
                            {QStringLiteral("ClientId"), m_client},
                            {QStringLiteral("ChallengeResponses"), responses}};
        if (!session.isEmpty())
            request.insert(QStringLiteral("Session"), session);
        return call("RespondToAuthChallenge", request);
    }

    [[nodiscard]] Answer signIn(const QString &username, const QString &password,
                                const QString &deviceKey = {}) const
    {
        QJsonObject parameters{{QStringLiteral("USERNAME"), username},
                               {QStringLiteral("PASSWORD"), password}};
        if (!deviceKey.isEmpty())
            parameters.insert(QStringLiteral("DEVICE_KEY"), deviceKey);
        return initiate(QStringLiteral("USER_PASSWORD_AUTH"), parameters);
    }

private:
    void addSecretHash(QJsonObject *parameters) const
    {
        const QString username = parameters->value(QLatin1StringView("USERNAME")).toString();
        if (m_secret.isEmpty() || username.isEmpty())
            return;
        parameters->insert(QStringLiteral("SECRET_HASH"),
                           QString::fromLatin1(QMessageAuthenticationCode::hash(
                                                   QString(username + m_client).toUtf8(),
                                                   m_secret.toUtf8(), QCryptographicHash::Sha256)
                                                   .toBase64()));
    }

    const AppSync::Emulator &m_emulator;
    QByteArray m_service;
    QString m_client;
    QString m_secret;
};
