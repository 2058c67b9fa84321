// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/EventsClient>

#include <QTest>

#include <memory>

//! A client of an emulator with its key, made anew for each test; reconnects without delay.
class EmulatedClient {
public:
    //! False where the emulator could not listen.
    [[nodiscard]] bool start()
    {
        m_emulator = std::make_unique<AppSync::Emulator>();
        if (!m_emulator->listen())
            return false;
        m_key = std::make_unique<AppSync::ApiKeyAuthorizer>(m_emulator->apiKey());
        m_client = std::make_unique<AppSync::EventsClient>(AppSync::Endpoint(m_emulator->httpUrl()),
                                                           m_key.get());
        AppSync::RetryPolicy quick;
        quick.base = quick.cap = std::chrono::milliseconds(0);
        m_client->setRetryPolicy(quick);
        return true;
    }
    void stop()
    {
        m_client.reset();
        m_key.reset();
        m_emulator.reset();
    }

protected:
    [[nodiscard]] static bool subscribed(AppSync::ChannelSubscription *subscription)
    {
        return QTest::qWaitFor([=] {
            return subscription->state() == AppSync::ChannelSubscription::State::Subscribed;
        });
    }

    std::unique_ptr<AppSync::Emulator> m_emulator;
    std::unique_ptr<AppSync::ApiKeyAuthorizer> m_key;
    std::unique_ptr<AppSync::EventsClient> m_client;
};
