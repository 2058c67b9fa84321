// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenariorun_p.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace AppSync::Emulation {

//! Plays a run by the clock, from its construction on.
class ScenarioPlayer : public QObject {
    Q_OBJECT

public:
    using Publish = std::function<void(const ScenarioStep &)>;
    using Clock = std::chrono::steady_clock;

    //! \a speed: seconds of the scenario in one of the clock.
    ScenarioPlayer(ScenarioRun run, double speed, Publish publish);

    //! From now on, without a jump.
    void setSpeed(double speed);
    //! A client published \a events.
    void hear(const QString &channel, const QStringList &events);
    //! Whether anything is still to come, be it as an answer.
    [[nodiscard]] bool isPlaying() const { return m_run.nextAt() || m_run.isListening(); }

private:
    //! Milliseconds of the scenario, with fractions.
    using Moment = std::chrono::duration<double, std::milli>;

    [[nodiscard]] Moment now() const;
    void onTimeout();
    void arm();

    ScenarioRun m_run;
    double m_speed;
    Publish m_publish;
    // Where scenario and clock stood when the speed was last set.
    Moment m_from{0};
    Clock::time_point m_since = Clock::now();
    QTimer m_timer;
};

} // namespace AppSync::Emulation
