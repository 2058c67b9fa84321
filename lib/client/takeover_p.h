// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "multiplexer_p.h"

#include <QHash>
#include <QSet>

namespace AppSync {

//! The service ends a connection after 24 hours. Shortly before, a second one is made and every subscription
//! is requested on it too, under the same id; once all are acknowledged, the client's Connection goes on with
//! the socket of the second, and the old one drains and closes. An event that comes on both is delivered
//! once. If anything of that fails, it is tried again, until the service ends the old connection.
class Takeover : public QObject {
    Q_OBJECT

public:
    Takeover(Connection &current, Multiplexer &multiplexer, const Protocol &protocol,
             const ClientSettings &settings, FrameTap &tap, QObject *parent);
    ~Takeover() override;

    void setClock(Clock *clock);
    //! The current connection became ready: its age counts from now.
    void onReady();
    void onLost();

    //! While two connections deliver: whether this data message is the first of the two that carry its
    //! events. \a isCurrent tells on which of the connections it came.
    [[nodiscard]] bool isOverlapping() const { return m_phase != Phase::Waiting; }
    [[nodiscard]] bool admits(bool isCurrent, const Incoming &message, const QString &text);

    std::function<void(const Error &error)> onProblem;

private:
    enum class Phase {
        Waiting, //!< one connection, getting older
        Requesting, //!< the second one connects, and asks for the subscriptions
        Draining, //!< it has taken over; the old one is read a little longer
    };

    void begin();
    void onSecondReady();
    void onSecondMessage(const Incoming &message, const QString &text, qint64 seq);
    void settle(const QString &id);
    void scheduleCompletion();
    void complete();
    void end(std::chrono::milliseconds untilNext);
    void onTimer();

    Connection &m_current;
    Multiplexer &m_multiplexer;
    const Protocol &m_protocol;
    const ClientSettings &m_settings;
    FrameTap &m_tap;
    ClockTimer *m_timer = nullptr;
    Connection *m_second = nullptr;
    Phase m_phase = Phase::Waiting;
    QSet<QString> m_requested; //!< on the second connection, not answered
    QSet<QString> m_acknowledged;
    QHash<QString, int>
        m_surplus; //!< of an event: on the old connection more often than on the new one
};

} // namespace AppSync
