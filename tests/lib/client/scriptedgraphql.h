// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scriptedclient.h"
#include "tests/shared/httpserver.h"

#include <AppSync/GraphQlClient>

//! What a query or a mutation ended with; the reply itself is gone by then.
class Executed : public QObject {
public:
    explicit Executed(AppSync::GraphQlReply *its)
    {
        connect(its, &AppSync::Reply::finished, this, [this, its] {
            ++count;
            error = its->error();
            result = its->result();
            httpStatus = its->httpStatus();
            requestId = its->requestId();
            elapsed = its->elapsed();
            sentAt = its->sentAt();
            answeredAt = its->answeredAt();
        });
    }
    [[nodiscard]] bool arrives() const
    {
        return QTest::qWaitFor([this] { return count > 0; },
                               30'000); // a busy machine is no failure
    }
    AppSync::Error error;
    AppSync::GraphQlResult result;
    QString requestId;
    std::chrono::nanoseconds elapsed{0};
    QDateTime sentAt;
    QDateTime answeredAt;
    int httpStatus = 0;
    int count = 0;
};

//! A GraphQL client of two servers that answer what a test tells them to: one for HTTP, one for the WebSocket. Time
//! stands still, and reconnecting takes none.
class ScriptedGraphQl {
public:
    void start()
    {
        m_clock = std::make_unique<FakeClock>();
        m_http = std::make_unique<HttpServer>();
        m_server = std::make_unique<ScriptedServer>();
        m_key = std::make_unique<AppSync::ApiKeyAuthorizer>(QStringLiteral("da2-k"));
        m_client = std::make_unique<AppSync::GraphQlClient>(
            AppSync::Endpoint(m_http->url(QStringLiteral("/graphql")))
                .withRealtime(
                    QStringLiteral("ws://127.0.0.1:%1/graphql/realtime").arg(m_server->port())),
            m_key.get());
        m_client->setClock(m_clock.get());
        AppSync::RetryPolicy quick;
        quick.base = quick.cap = std::chrono::milliseconds(0);
        m_client->setRetryPolicy(quick);
    }
    void stop()
    {
        m_client.reset();
        m_key.reset();
        m_server.reset();
        m_http.reset();
        m_clock.reset();
    }

protected:
    [[nodiscard]] bool reaches(AppSync::Connection::State state) const
    {
        return QTest::qWaitFor([=, this] { return m_client->connection()->state() == state; });
    }
    [[nodiscard]] static bool reaches(const AppSync::Subscription *subscription,
                                      AppSync::Subscription::State state)
    {
        return QTest::qWaitFor([=] { return subscription->state() == state; });
    }
    [[nodiscard]] qsizetype sent(const QString &type) const
    {
        return m_server->receivedOf(type).size();
    }
    [[nodiscard]] bool hasSent(const QString &type, qsizetype count) const
    {
        return QTest::qWaitFor([&] { return sent(type) >= count; });
    }
    //! A frame of \a type for \a subscription, with \a payload unless that is empty.
    void say(const QString &type, const AppSync::Subscription *subscription,
             const QString &payload = {})
    {
        m_server->send(
            QStringLiteral("{\"type\":\"%1\",\"id\":\"%2\"%3}")
                .arg(type, subscription->subscriptionId(),
                     payload.isEmpty() ? QString() : QStringLiteral(",\"payload\":") + payload));
    }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<HttpServer> m_http;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<AppSync::ApiKeyAuthorizer> m_key;
    std::unique_ptr<AppSync::GraphQlClient> m_client;
};
