// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/shared/rawclient.h"

#include <AppSync/Emulator>

//! What the tests of the GraphQL API have in common: clients with bare sockets.
namespace GraphQlFixture {

inline QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

//! `{"query":…,"variables":…}`
inline QByteArray request(const QString &document, const QJsonObject &variables = {})
{
    QJsonObject body{{QStringLiteral("query"), document}};
    if (!variables.isEmpty())
        body.insert(QStringLiteral("variables"), variables);
    return compact(body);
}

//! Somebody with credentials of their own.
class Client {
public:
    explicit Client(const AppSync::Emulator &emulator, const QString &authorization = {})
        : m_emulator(emulator), m_http(emulator.port())
    {
        if (authorization.isEmpty())
            credentials = {{QStringLiteral("x-api-key"), emulator.apiKey()}};
        else
            credentials = {{QStringLiteral("Authorization"), authorization}};
        credentials.insert(QStringLiteral("host"), QStringLiteral("localhost"));
    }

    RawClient::HttpAnswer post(const QByteArray &body)
    {
        QByteArray headers;
        for (auto it = credentials.begin(); it != credentials.end(); ++it) {
            if (it.key() != QLatin1String("host"))
                headers += it.key().toUtf8() + ": " + it.value().toString().toUtf8() + "\r\n";
        }
        return m_http.ask(RawClient::post("/graphql", headers, body));
    }

    //! The body of an answer of status 200, to the letter; of another one its status and body.
    QByteArray ask(const QString &document, const QJsonObject &variables = {})
    {
        const RawClient::HttpAnswer answer = post(request(document, variables));
        return answer.status == 200 ? answer.body
                                    : QByteArray::number(answer.status) + ' ' + answer.body;
    }

    //! Connects and waits for the ack.
    bool connect()
    {
        if (!socket.open(m_emulator.graphQlRealtimeUrl(),
                         {QStringLiteral("graphql-ws"), RawClient::headerProtocol(credentials)}))
            return false;
        socket.send(QJsonObject{{QStringLiteral("type"), QStringLiteral("connection_init")}});
        return socket.nextJson().value(QStringLiteral("type")).toString()
            == QLatin1String("connection_ack");
    }

    void sendStart(const QString &id, const QString &document, const QJsonObject &variables = {})
    {
        const QJsonObject extensions{{QStringLiteral("authorization"), credentials}};
        socket.send(QJsonObject{
            {QStringLiteral("type"), QStringLiteral("start")},
            {QStringLiteral("id"), id},
            {QStringLiteral("payload"),
             QJsonObject{{QStringLiteral("data"), QString::fromUtf8(request(document, variables))},
                         {QStringLiteral("extensions"), extensions}}}});
    }

    //! The answer to a start.
    QString start(const QString &id, const QString &document, const QJsonObject &variables = {})
    {
        sendStart(id, document, variables);
        return socket.next();
    }

    //! Frames that came up to now.
    QStringList received()
    {
        QStringList frames;
        socket.send(QJsonObject{{QStringLiteral("type"), QStringLiteral("stop")},
                                {QStringLiteral("id"), QStringLiteral("barrier")}});
        for (;;) {
            const QString frame = socket.next();
            if (frame.isEmpty() || frame.contains(QLatin1String("barrier")))
                return frames;
            frames.append(frame);
        }
    }

    QJsonObject credentials;
    RawClient::WebSocket socket;

private:
    const AppSync::Emulator &m_emulator;
    RawClient::Connection m_http;
};

//! The answer of a start that was accepted.
inline QString started(const QString &id)
{
    return QStringLiteral("{\"type\":\"start_ack\",\"id\":\"%1\"}").arg(id);
}

} // namespace GraphQlFixture
