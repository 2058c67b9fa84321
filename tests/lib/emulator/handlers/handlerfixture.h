// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lib/emulator/access/jwt_p.h"

#include "tests/shared/rawclient.h"

#include <AppSync/Emulator>

#include <QDir>

//! What the tests of namespace handlers have in common: an emulator whose namespace `ns` has the code under
//! test, a subscriber and publishers.
namespace HandlerFixture {

using AppSync::Emulator;
using AppSync::Emulation::JsonWebKey;
using AppSync::Emulation::WebToken;

inline QString handlerFile(const QString &name)
{
    return QDir(QStringLiteral(SYNCSCOPE_FIXTURES "/handlers")).filePath(name);
}

inline const QString kPool =
    QStringLiteral("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCd12345");

//! What a publisher gets of code that is broken.
inline const QString kBroken =
    QStringLiteral("403 MessageProcessingError: There was an error processing the message");

//! The code of the namespace `ns`; `plain` has none, `private` neither, and both let all modes in.
inline Emulator::Options optionsFor(const QString &file)
{
    Emulator::Options options;
    Emulator::Namespace nameSpace{QStringLiteral("ns")};
    nameSpace.codeFile = file.isEmpty() ? QString() : handlerFile(file);
    options.namespaces = {nameSpace, {QStringLiteral("plain")}};
    const QJsonObject keys{{QStringLiteral("keys"), QJsonArray{JsonWebKey::rs256().toJwk()}}};
    options.tokenProviders = {{Emulator::AuthMode::UserPool, kPool, QJsonDocument(keys).toJson()}};
    return options;
}

//! Of a user pool, for somebody of the groups.
inline QString poolToken(const QString &username, const QStringList &groups = {})
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    QJsonObject claims{{QStringLiteral("iss"), kPool},
                       {QStringLiteral("sub"), QStringLiteral("sub-of-") + username},
                       {QStringLiteral("cognito:username"), username},
                       {QStringLiteral("token_use"), QStringLiteral("id")},
                       {QStringLiteral("iat"), now - 10},
                       {QStringLiteral("exp"), now + 3600}};
    if (!groups.isEmpty())
        claims.insert(QStringLiteral("cognito:groups"), QJsonArray::fromStringList(groups));
    return WebToken::make(JsonWebKey::rs256(), claims);
}

//! Problems and console output of handlers, as `NAME:LINE: MESSAGE` and `LEVEL: TEXT`.
class Journal : public QObject {
public:
    explicit Journal(const Emulator &emulator)
    {
        connect(&emulator, &Emulator::handlerProblem, this,
                [this](const QString &name, const QString &file, int line, const QString &message) {
                    lastFile = file;
                    problems.append(QStringLiteral("%1:%2: %3").arg(name).arg(line).arg(message));
                });
        connect(&emulator, &Emulator::handlerLogged, this,
                [this](const QString &, const QString &level, const QString &text) {
                    output.append(level + QStringLiteral(": ") + text);
                });
    }

    QStringList problems;
    QStringList output;
    QString lastFile;
};

//! Somebody with credentials of their own.
class Client {
public:
    Client(const Emulator &emulator, const QString &authorization = {})
        : m_emulator(emulator), m_http(emulator.port())
    {
        if (authorization.isEmpty())
            m_credentials = {{QStringLiteral("x-api-key"), emulator.apiKey()}};
        else
            m_credentials = {{QStringLiteral("Authorization"), authorization}};
        m_credentials.insert(QStringLiteral("host"), QStringLiteral("localhost"));
    }

    //! "subscribed", or the error as "TYPE: MESSAGE".
    QString subscribe(const QString &channel)
    {
        if (!m_isOpen)
            m_isOpen = m_socket.open(
                m_emulator.realtimeUrl(),
                {QStringLiteral("aws-appsync-event-ws"), RawClient::headerProtocol(m_credentials)});
        if (!m_isOpen)
            return QStringLiteral("not connected");
        m_socket.send(QJsonObject{{QStringLiteral("type"), QStringLiteral("subscribe")},
                                  {QStringLiteral("id"), QString::number(++m_ids)},
                                  {QStringLiteral("channel"), channel},
                                  {QStringLiteral("authorization"), m_credentials}});
        const QJsonObject answer = m_socket.nextJson();
        if (answer.value(QStringLiteral("type")).toString() == QStringLiteral("subscribe_success"))
            return QStringLiteral("subscribed");
        return errorOf(answer);
    }

    //! Over HTTP. Of each event "ok" or what is wrong with it; or "STATUS TYPE: MESSAGE".
    QString publish(const QString &channel, const QStringList &events)
    {
        const QByteArray body = QJsonDocument(QJsonObject{{QStringLiteral("channel"), channel},
                                                          {QStringLiteral("events"),
                                                           QJsonArray::fromStringList(events)}})
                                    .toJson(QJsonDocument::Compact);
        QByteArray headers(
            "Accept: application/json\r\nX-Twice: 1\r\nCookie: a=b\r\nx-twice: 2\r\n");
        for (auto it = m_credentials.begin(); it != m_credentials.end(); ++it) {
            if (it.key() != QStringLiteral("host"))
                headers += it.key().toUtf8() + ": " + it.value().toString().toUtf8() + "\r\n";
        }
        const RawClient::HttpAnswer answer = m_http.ask(RawClient::post("/event", headers, body));
        if (answer.status != 200)
            return QString::number(answer.status) + QLatin1Char(' ') + errorOf(answer.object());
        return verdicts(answer.object(), events.size());
    }

    //! The events that came, in order, up to now.
    QStringList received()
    {
        QStringList events;
        if (publish(QStringLiteral("plain/end"), {QStringLiteral("\"end\"")})
            != QStringLiteral("ok"))
            return {QStringLiteral("no end")};
        for (;;) {
            const QString event = m_socket.nextJson().value(QStringLiteral("event")).toString();
            if (event.isEmpty() || event == QStringLiteral("\"end\""))
                return events;
            events.append(event);
        }
    }

private:
    static QString errorOf(const QJsonObject &answer)
    {
        const QJsonObject error = answer.value(QStringLiteral("errors")).toArray().at(0).toObject();
        return error.value(QStringLiteral("errorType")).toString() + QStringLiteral(": ")
            + error.value(QStringLiteral("message")).toString();
    }

    static QString verdicts(const QJsonObject &answer, qsizetype count)
    {
        QStringList verdicts(count, QStringLiteral("missing"));
        for (const QJsonValue &one : answer.value(QStringLiteral("successful")).toArray())
            verdicts[one.toObject().value(QStringLiteral("index")).toInt()] = QStringLiteral("ok");
        for (const QJsonValue &one : answer.value(QStringLiteral("failed")).toArray())
            verdicts[one.toObject().value(QStringLiteral("index")).toInt()] =
                one.toObject().value(QStringLiteral("code")).toString() + QStringLiteral(": ")
                + one.toObject().value(QStringLiteral("message")).toString();
        return verdicts.join(QStringLiteral(" | "));
    }

    const Emulator &m_emulator;
    RawClient::Connection m_http;
    RawClient::WebSocket m_socket;
    QJsonObject m_credentials;
    bool m_isOpen = false;
    int m_ids = 0;
};

} // namespace HandlerFixture
