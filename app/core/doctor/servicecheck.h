// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/doctor/doctorstep.h"

#include <AppSync/Echo>

#include <QElapsedTimer>
#include <QPointer>

namespace Syncscope {

//! What AppSync itself says, through a client: the upgrade, the acknowledgement, one channel. One at a
//! time, in this order; each ends with finished().
class ServiceCheck : public QObject {
    Q_OBJECT

public:
    //! Takes \a client over: no retries, \a timeout for everything.
    ServiceCheck(AppSync::EventsClient *client, std::chrono::milliseconds timeout,
                 QObject *parent = nullptr);

    void describeRequest();
    void upgrade();
    void shakeHands();
    void subscribe(const QString &channel);
    //! Publishes marked events until one comes back; awaitDelivery() tells whether one did.
    void publish(const QString &channel);
    void awaitDelivery();

Q_SIGNALS:
    void finished(const Syncscope::DoctorStep &step);

private:
    void onStateChanged(AppSync::Connection::State state);
    void onConnectionFailed(const AppSync::Error &error);
    void onEchoFinished();
    [[nodiscard]] std::chrono::nanoseconds elapsed() const;
    //! With what \a error tells of a signature, if \a operation was signed.
    [[nodiscard]] DoctorStep failed(AppSync::SignableRequest::Operation operation,
                                    const AppSync::Error &error, std::chrono::nanoseconds duration,
                                    const QList<DoctorStep::Fact> &facts = {}) const;
    [[nodiscard]] DoctorStep published(const AppSync::EchoReply &reply) const;
    [[nodiscard]] DoctorStep delivered(const AppSync::EchoReply &reply) const;

    //! The step whose end the connection's states decide.
    enum class Waiting { Nothing, Upgrade, Handshake };

    AppSync::EventsClient *const m_client;
    const std::chrono::milliseconds m_timeout;
    Waiting m_waiting = Waiting::Nothing;
    QElapsedTimer m_clock;
    std::chrono::nanoseconds m_upgradedAfter{0};
    std::chrono::nanoseconds m_readyAfter{0};
    AppSync::Error m_connectionError;
    DoctorStep m_delivery;
};

} // namespace Syncscope
