// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/EventsClient>

#include "tests/shared/fakeclock.h"
#include "tests/shared/scriptedserver.h"

#include <QTest>

#include <memory>

//! What a reply of any kind ended with; the reply itself is gone by then.
class Ending : public QObject {
public:
    explicit Ending(AppSync::Reply *its) : reply(its)
    {
        connect(its, &AppSync::Reply::finished, this, [this] {
            ++count;
            error = reply->error();
        });
    }
    [[nodiscard]] bool arrives() const
    {
        return QTest::qWaitFor([this] { return count > 0; },
                               30'000); // a busy machine is no failure
    }
    QPointer<AppSync::Reply> reply;
    AppSync::Error error;
    int count = 0;
};

//! A client of a server that answers what a test tells it to, made anew for each test; time stands still,
//! and reconnecting takes none.
class ScriptedClient {
public:
    void start()
    {
        m_clock = std::make_unique<FakeClock>();
        m_server = std::make_unique<ScriptedServer>();
        m_key = std::make_unique<AppSync::ApiKeyAuthorizer>(QStringLiteral("da2-k"));
        m_client = std::make_unique<AppSync::EventsClient>(AppSync::Endpoint(m_server->url()),
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
        m_clock.reset();
    }

protected:
    [[nodiscard]] bool reaches(AppSync::Connection::State state) const
    {
        return QTest::qWaitFor([=, this] { return m_client->connection()->state() == state; });
    }
    [[nodiscard]] bool connects()
    {
        m_client->open();
        if (!reaches(AppSync::Connection::State::Handshaking))
            return false;
        m_server->send(
            QStringLiteral("{\"type\":\"connection_ack\",\"connectionTimeoutMs\":300000}"));
        return reaches(AppSync::Connection::State::Ready);
    }
    [[nodiscard]] qsizetype sent(const QString &type) const
    {
        return m_server->receivedOf(type).size();
    }
    //! The server answers \a type to the operation \a id.
    void answer(const QString &type, const QString &id)
    {
        m_server->send(QStringLiteral("{\"type\":\"%1\",\"id\":\"%2\"}").arg(type, id));
    }
    void acknowledge(AppSync::ChannelSubscription *subscription)
    {
        answer(QStringLiteral("subscribe_success"), subscription->subscriptionId());
    }
    //! A subscription that the server acknowledged; null if that failed.
    [[nodiscard]] AppSync::ChannelSubscription *subscribed()
    {
        auto *subscription = m_client->subscribe(QStringLiteral("default/a"));
        const auto before = sent(QStringLiteral("subscribe"));
        if (!QTest::qWaitFor([&] { return sent(QStringLiteral("subscribe")) > before; }))
            return nullptr;
        acknowledge(subscription);
        const bool isAcknowledged = QTest::qWaitFor([&] {
            return subscription->state() == AppSync::ChannelSubscription::State::Subscribed;
        });
        return isAcknowledged ? subscription : nullptr;
    }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<AppSync::ApiKeyAuthorizer> m_key;
    std::unique_ptr<AppSync::EventsClient> m_client;
};
