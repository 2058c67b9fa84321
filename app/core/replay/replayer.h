// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/replay/ratepace.h"
#include "app/core/replay/replayplan.h"
#include "app/core/replay/replayreader.h"

#include <AppSync/Clock>
#include <AppSync/EventsClient>

#include <QPointer>

namespace Syncscope {

//! Publishes the events of a capture again, at their times or faster. It is checked first, and nothing is sent
//! before start(). While the connection is away it waits, and then goes on; what was on its way when it broke is
//! not sent again. What is refused since too much came at once is sent again, slower: then events of the same
//! moment may change their order.
class Replayer : public QObject {
    Q_OBJECT

public:
    enum class State {
        Idle,
        Checking,
        Checked, //!< waits for start()
        Running,
        Paused,
        Waiting, //!< for the connection
        Ended,
    };
    //! What became of the events.
    struct Counts {
        qint64 all = 0;
        qint64 sent = 0; //!< once at least
        qint64 published = 0;
        qint64 failed = 0; //!< refused, or not answered in time
        qint64 unknown =
            0; //!< on their way when the connection broke: they may have arrived or not
        qint64 limited =
            0; //!< refusals since too much came at once, after which they are sent again
        qint64 held = 0; //!< those that wait for that

        [[nodiscard]] qint64 unanswered() const
        {
            return sent - published - failed - unknown - held;
        }
        [[nodiscard]] qint64 left() const { return all - sent + held; } //!< to be sent
    };

    explicit Replayer(QObject *parent = nullptr) : Replayer(AppSync::Clock::system(), parent) { }
    //! \a clock outlives it.
    explicit Replayer(AppSync::Clock *clock, QObject *parent = nullptr);
    ~Replayer() override;

    //! Looks through the capture \a path; checked() follows. What went on before ends.
    void check(const QString &path, const ReplayPlan &plan);
    //! Begins what was checked, if it has no obstacle and every event a target.
    void start(AppSync::EventsClient *client);
    void pause();
    void resume();
    //! Nothing more is sent, from now on; the answers that are still to come are counted.
    void stop();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isUnderWay() const
    {
        return m_state == State::Running || m_state == State::Paused || m_state == State::Waiting;
    }
    [[nodiscard]] const ReplayPlan &plan() const { return m_plan; }
    [[nodiscard]] const ReplaySurvey &survey() const { return m_survey; }
    [[nodiscard]] const Counts &counts() const { return m_counts; }
    //! How far it is behind the times of the capture; 0: it keeps up.
    [[nodiscard]] qint64 lateMs() const { return m_lateMs; }
    //! The event that goes out next; null: none is known.
    [[nodiscard]] const ReplayEvent *next() const;
    //! Until then.
    [[nodiscard]] qint64 nextInMs() const;

Q_SIGNALS:
    void checkProgressed(double share);
    void checked();
    void stateChanged();
    void countsChanged();
    //! One event was answered, or failed.
    void answered(AppSync::PublishReply *reply);
    //! All is sent and answered; or \a problem says why it ended before.
    void finished(const Syncscope::Problem &problem);

private:
    void setState(State state);
    void onCame(const QList<ReplayEvent> &events, const Problem &problem);
    void setLinkReady(bool isReady);
    //! An event on its way.
    struct Attempt {
        QString channel;
        QByteArray text;
        int refusals = 0; //!< for too much at once
        qint64 sentMs = 0;
    };
    void onAnswered(AppSync::PublishReply *reply, const Attempt &attempt);
    void holdBack(Attempt attempt);
    void count(const AppSync::PublishReply &reply);
    //! True if there is an event to be sent; otherwise it is being read, or there are no more.
    bool hasNext();
    void pump();
    [[nodiscard]] bool sendNext();
    void send(Attempt attempt);
    [[nodiscard]] double untilNextMs() const;
    [[nodiscard]] qint64 nowMs() const;
    [[nodiscard]] double dueMs(const ReplayEvent &event) const;
    void end(const Problem &problem);

    AppSync::Clock *const m_clock;
    AppSync::ClockTimer *const m_pace;
    ReplayPlan m_plan;
    ReplaySurvey m_survey;
    std::unique_ptr<ReplayReader> m_reader;
    QPointer<AppSync::EventsClient> m_client;
    bool m_isLinkReady = false;
    State m_state = State::Idle;
    Counts m_counts;
    int m_run = 0; //!< answers to an earlier one count no more
    RatePace m_rate;
    QList<Attempt> m_held; //!< refused, and to be sent again
    QList<ReplayEvent> m_events; //!< read ahead
    qsizetype m_at = 0;
    bool m_isReading = false;
    bool m_isRead = false; //!< to the end
    qint64 m_firstMs = 0; //!< when the first event was
    qint64 m_startMs = 0; //!< by the clock, when it would have gone out without pauses
    qint64 m_heldMs = 0; //!< since when it is paused or waits
    qint64 m_lateMs = 0;
};

} // namespace Syncscope
