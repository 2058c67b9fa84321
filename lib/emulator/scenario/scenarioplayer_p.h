// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario_p.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace AppSync::Emulation {

//! Plays a run in real time, from its construction on.
class ScenarioPlayer : public QObject {
    Q_OBJECT

public:
    using Publish = std::function<void(const ScenarioStep &)>;

    ScenarioPlayer(ScenarioRun run, Publish publish);

    [[nodiscard]] bool isPlaying() const { return m_next.has_value(); }

private:
    void onTimeout();
    void arm();

    ScenarioRun m_run;
    Publish m_publish;
    std::optional<ScenarioStep> m_next;
    std::chrono::steady_clock::time_point m_start;
    QTimer m_timer;
};

} // namespace AppSync::Emulation
