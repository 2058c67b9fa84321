// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QPair>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace AppSync::Emulation {

//! A whole number that is drawn anew each time, both ends included.
struct Range {
    qint64 least = 0;
    qint64 most = 0;
};

//! One state of a story: what is published when it is entered, and where it goes from there.
struct ScenarioState {
    QString name;
    Range afterMs; //!< from the state before
    QJsonValue event; //!< a template; undefined: nothing is published
    QList<QPair<qsizetype, int>> next; //!< indexes of states with their weights; empty: the end
};

//! A state machine of which many run at a time, as the orders of a shop do.
struct ScenarioStory {
    QList<ScenarioState> states; //!< the first one is where it begins; empty: no story
    int most = 20; //!< at a time; further ones do not begin
};

//! Somebody who comes and goes.
struct ScenarioPresence {
    Range forMs;
    Range awayMs;
    QJsonValue join; //!< templates, published on coming and going; undefined: nothing is
    QJsonValue leave;
};

//! What an actor says to what others say.
struct ScenarioReply {
    QString to; //!< a channel; may end in `/*`
    QJsonObject
        when; //!< paths into the event and what must be there: part of a text, or just that value
    double chance = 1;
    Range afterMs;
    QString channel;
    QJsonValue event; //!< a template
};

//! Someone who publishes to a channel, of his own accord or as an answer.
struct ScenarioActor {
    QString name;
    int copy = 1; //!< which of its copies
    QString channel; //!< without slashes at its ends
    std::optional<qint64> startMs; //!< of the first event; none: drawn from one interval
    Range everyMs; //!< both 0: never of its own accord
    int count = -1; //!< of events or stories; negative: without end
    Range batch{1, 1}; //!< events in one publish
    QJsonObject let; //!< templates of values that events call by name
    QJsonValue event; //!< a template
    ScenarioStory story; //!< instead of the event
    std::optional<ScenarioPresence> online; //!< none: always there
    QList<ScenarioReply> replies;
};

//! A scenario file, read and checked. Its form is described in resources/scenarios/README.md.
struct Scenario {
    QString name;
    QString description;
    QList<ScenarioActor> actors; //!< copies one by one

    static std::optional<Scenario> fromJson(const QByteArray &json, QString *problem);
    //! A scenario that comes with the emulator, or the path of a file.
    static std::optional<Scenario> load(const QString &nameOrFile, QString *problem);
    //! Those that come with the emulator, by name.
    static QStringList included();

    //! The names that templates of an actor may call: in `let`; in events as well as what `let` says; in a
    //! state or a reply also some of its own.
    [[nodiscard]] static QStringList namesInLet();
    [[nodiscard]] static QStringList namesInEvent(const ScenarioActor &actor);
    [[nodiscard]] static QStringList namesInState(const ScenarioActor &actor);
    [[nodiscard]] static QStringList namesInReply(const ScenarioActor &actor);
};

} // namespace AppSync::Emulation
