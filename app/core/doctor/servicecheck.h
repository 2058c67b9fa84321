// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/doctor/doctorstep.h"

#include <AppSync/Authorizer>
#include <AppSync/Client>

#include <QElapsedTimer>

#include <functional>

namespace Syncscope {

//! What AppSync itself says, through a client: the upgrade and the acknowledgement. One at a time, in this order;
//! each ends with finished(). What comes then depends on the service: EventsCheck, GraphQlCheck.
class ServiceCheck : public QObject {
    Q_OBJECT

public:
    //! Takes \a client over: no retries, \a timeout for everything.
    ServiceCheck(AppSync::Client *client, std::chrono::milliseconds timeout,
                 QObject *parent = nullptr);

    void describeRequest();
    void upgrade();
    void shakeHands();

Q_SIGNALS:
    void finished(const Syncscope::DoctorStep &step);

protected:
    using Operation = AppSync::SignableRequest::Operation;

    //! With what \a error tells of a signature, if \a operation was signed. \a serverTime: of the answer.
    [[nodiscard]] DoctorStep failed(Operation operation, const AppSync::Error &error,
                                    std::chrono::nanoseconds duration,
                                    const QList<DoctorStep::Fact> &facts = {},
                                    const QDateTime &serverTime = {}) const;
    //! Says how \a subscription goes, which \a begin hands to the client, and deletes it.
    void subscribe(AppSync::Subscription *subscription, const std::function<void()> &begin);
    [[nodiscard]] std::chrono::milliseconds timeout() const { return m_timeout; }
    [[nodiscard]] static QString seconds(std::chrono::milliseconds duration);
    //! Invalid where \a headers do not tell.
    [[nodiscard]] static QDateTime dateOf(const AppSync::Headers &headers);

private:
    //! The authorizer of \a operation; null: the one for all.
    [[nodiscard]] virtual AppSync::Authorizer *authorizerOf(Operation operation) const = 0;
    void onStateChanged(AppSync::Connection::State state);
    void onConnectionFailed(const AppSync::Error &error);
    [[nodiscard]] std::chrono::nanoseconds elapsed() const;
    //! What time the server had when it answered the upgrade.
    [[nodiscard]] QDateTime upgradeTime() const;

    //! The step whose end the connection's states decide.
    enum class Waiting { Nothing, Upgrade, Handshake };

    AppSync::Client *const m_client;
    const std::chrono::milliseconds m_timeout;
    Waiting m_waiting = Waiting::Nothing;
    QElapsedTimer m_clock;
    std::chrono::nanoseconds m_upgradedAfter{0};
    std::chrono::nanoseconds m_readyAfter{0};
    AppSync::Error m_connectionError;
};

} // namespace Syncscope
