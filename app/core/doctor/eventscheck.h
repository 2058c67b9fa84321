// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/doctor/servicecheck.h"

#include <AppSync/Echo>
#include <AppSync/EventsClient>

namespace Syncscope {

//! What an Events API says about one channel.
class EventsCheck : public ServiceCheck {
    Q_OBJECT

public:
    //! Takes \a client over: no retries, \a timeout for everything.
    EventsCheck(AppSync::EventsClient *client, std::chrono::milliseconds timeout,
                QObject *parent = nullptr);

    void subscribe(const QString &channel);
    //! Publishes marked events until one comes back; awaitDelivery() tells whether one did.
    void publish(const QString &channel);
    void awaitDelivery();

private:
    [[nodiscard]] AppSync::Authorizer *authorizerOf(Operation operation) const override;
    [[nodiscard]] DoctorStep published(const AppSync::EchoReply &reply) const;
    [[nodiscard]] DoctorStep delivered(const AppSync::EchoReply &reply) const;

    AppSync::EventsClient *const m_client;
    DoctorStep m_delivery;
};

} // namespace Syncscope
