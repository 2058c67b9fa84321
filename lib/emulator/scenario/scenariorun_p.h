// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "eventtemplate_p.h"
#include "scenario_p.h"

#include <QRandomGenerator>

#include <map>
#include <memory>
#include <tuple>
#include <vector>

namespace AppSync::Emulation {

//! What happens at one moment of a scenario.
struct ScenarioStep {
    std::chrono::milliseconds at{0}; //!< since the start
    QString actor;
    QString channel;
    QStringList events; //!< JSON texts of one publish; empty: somebody came or went without a word

    friend bool operator==(const ScenarioStep &, const ScenarioStep &) = default;
};

//! Steps through a scenario in its own time. The sequence depends on scenario and seed alone, not on when
//! or how fast it is asked for; only answers to clients depend on them.
class ScenarioRun {
public:
    //! Stories and answers that may be under way; further ones do not begin.
    static constexpr qsizetype kMostDue = 2'000;

    ScenarioRun(const Scenario &scenario, quint32 seed);
    ~ScenarioRun();
    ScenarioRun(ScenarioRun &&other) noexcept;
    ScenarioRun &operator=(ScenarioRun &&other) noexcept;
    Q_DISABLE_COPY(ScenarioRun)

    //! When the next step is due; nothing when no actor has anything left to say of its own accord.
    [[nodiscard]] std::optional<std::chrono::milliseconds> nextAt() const;
    std::optional<ScenarioStep> next();
    //! A client published \a event: actors may answer.
    void hear(const QString &channel, const QString &event, std::chrono::milliseconds at);
    //! Whether any actor answers others.
    [[nodiscard]] bool isListening() const;
    [[nodiscard]] qsizetype dueCount() const { return qsizetype(m_due.size()); }
    [[nodiscard]] QStringList online() const; //!< names of those who come and go, and are there now

private:
    enum class Kind { Speak, Presence, State, Reply };
    struct Due {
        Kind kind = Kind::Speak;
        qsizetype index = 0; //!< of the state or reply
        QJsonObject values = {}; //!< of the story or reply
        int depth = 0; //!< of a reply: how many it is the answer to
    };
    //! What an actor draws from. There are two of each, so that clients who are answered change nothing of
    //! what is said unasked.
    struct Source {
        QRandomGenerator random;
        std::map<QString, std::unique_ptr<EventTemplate>> let = {};
    };
    struct Role {
        ScenarioActor actor;
        Source own;
        Source replying;
        std::unique_ptr<EventTemplate> event = {};
        std::unique_ptr<EventTemplate> join = {};
        std::unique_ptr<EventTemplate> leave = {};
        std::vector<std::unique_ptr<EventTemplate>> states = {};
        std::vector<std::unique_ptr<EventTemplate>> replies = {};
        int left = -1;
        int stories = 0; //!< under way
        bool isOnline = true;
    };
    struct Said {
        QString channel;
        QJsonValue event;
        QString from;
        std::chrono::milliseconds at{0};
        int depth = 0;
    };
    //! Time first; then the order of the file decides, then who was there first.
    using Order = std::tuple<std::chrono::milliseconds, size_t, quint64>;

    static void compile(Role &role);
    void start(size_t index);
    void schedule(std::chrono::milliseconds at, const Role &role, const Due &due);
    [[nodiscard]] ScenarioStep perform(std::chrono::milliseconds at, Role &role, const Due &due);
    void speak(Role &role, ScenarioStep *step);
    [[nodiscard]] bool begin(Role &role, ScenarioStep *step);
    void comeOrGo(Role &role, ScenarioStep *step);
    void enterState(Role &role, const Due &due, ScenarioStep *step);
    void reply(Role &role, const Due &due, ScenarioStep *step);
    void publish(const Role &role, const QJsonValue &event, ScenarioStep *step, int depth = 0);
    void tell(const Said &said, const Role *speaker);
    [[nodiscard]] QJsonObject values(const Role &role, Source &source,
                                     std::chrono::milliseconds at) const;

    std::vector<Role> m_roles;
    std::map<Order, Due> m_due;
    quint64 m_order = 0;
};

} // namespace AppSync::Emulation
