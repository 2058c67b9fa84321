// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QRandomGenerator>
#include <QString>

#include <chrono>
#include <memory>
#include <optional>

namespace AppSync::Emulation {

class EventTemplate;

//! Someone who publishes to one channel, again and again.
struct ScenarioActor {
    QString name;
    QString channel; //!< without slashes at its ends
    std::chrono::milliseconds start{-1}; //!< of the first event; negative: drawn from one interval
    std::chrono::milliseconds everyLeast{1000};
    std::chrono::milliseconds everyMost{1000};
    int count = -1; //!< of events; negative: without end
    QJsonValue event; //!< a template, checked
};

//! A scenario file, read and checked. Its form is described in resources/scenarios/README.md.
struct Scenario {
    QString name;
    QList<ScenarioActor> actors;

    static std::optional<Scenario> fromJson(const QByteArray &json, QString *problem);
    //! A scenario that comes with the emulator, or the path of a file.
    static std::optional<Scenario> load(const QString &nameOrFile, QString *problem);
};

//! One event that an actor publishes.
struct ScenarioStep {
    std::chrono::milliseconds at{0}; //!< since the start
    QString actor;
    QString channel;
    QString event; //!< JSON text

    friend bool operator==(const ScenarioStep &, const ScenarioStep &) = default;
};

//! Steps through a scenario in its own time. The sequence depends on scenario and seed alone, not on when
//! or how fast it is asked for.
class ScenarioRun {
public:
    ScenarioRun(const Scenario &scenario, quint32 seed);
    ~ScenarioRun();
    ScenarioRun(ScenarioRun &&other) noexcept;
    ScenarioRun &operator=(ScenarioRun &&other) noexcept;
    Q_DISABLE_COPY(ScenarioRun)

    //! Nothing when no actor has anything left to say.
    std::optional<ScenarioStep> next();

private:
    struct Role {
        ScenarioActor actor;
        std::unique_ptr<EventTemplate> event;
        QRandomGenerator random;
        std::chrono::milliseconds next{0};
        int left = -1;
    };

    std::vector<Role> m_roles;
};

} // namespace AppSync::Emulation
