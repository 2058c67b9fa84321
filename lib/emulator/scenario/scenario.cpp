// SPDX-License-Identifier: Apache-2.0
#include "scenario_p.h"

#include "../events/channelname_p.h"
#include "eventtemplate_p.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <vector>

static void initScenarioResources()
{
    Q_INIT_RESOURCE(appsync_scenarios); // must not stand in a namespace
}

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr int kVersion = 1;
constexpr double kLongest = 24 * 3600 * 1000;

//! Reads the members of one actor; the first problem stays.
class ActorReader {
public:
    ActorReader(const QJsonObject &object, qsizetype index, QString *problem)
        : m_object(object), m_problem(problem)
    {
        m_actor.name = object.value("name"_L1).toString(u"actor %1"_s.arg(index + 1));
    }

    ScenarioActor read()
    {
        static const QStringList known{u"name"_s,    u"channel"_s, u"everyMs"_s,
                                       u"startMs"_s, u"count"_s,   u"event"_s};
        for (const QString &name : m_object.keys())
            check(known.contains(name), u"does not know \"%1\""_s.arg(name));
        readChannel();
        readInterval();
        if (m_object.contains("startMs"_L1))
            m_actor.start = milliseconds(m_object.value("startMs"_L1), u"startMs"_s, 0);
        if (m_object.contains("count"_L1)) {
            m_actor.count = m_object.value("count"_L1).toInt(-1);
            check(m_actor.count > 0, u"needs a \"count\" above zero, or none"_s);
        }
        m_actor.event = m_object.value("event"_L1);
        check(!m_actor.event.isUndefined(), u"has no \"event\""_s);
        QString problem;
        if (!EventTemplate::compile(m_actor.event, &problem))
            check(false, u"has a wrong event: "_s + problem);
        return m_actor;
    }

private:
    void check(bool good, const QString &words)
    {
        if (!good && m_problem->isEmpty())
            *m_problem = u"\"%1\" %2"_s.arg(m_actor.name, words);
    }

    void readChannel()
    {
        const auto channel = ChannelName::forPublish(m_object.value("channel"_L1).toString());
        check(channel.has_value(), u"needs a \"channel\" like demo/chat, without a wildcard"_s);
        m_actor.channel = channel.value_or(QString());
    }

    void readInterval()
    {
        const QJsonValue every = m_object.value("everyMs"_L1);
        const QJsonArray range = every.isArray() ? every.toArray() : QJsonArray{every, every};
        check(range.size() == 2, u"needs \"everyMs\": a number or [least, most]"_s);
        m_actor.everyLeast = milliseconds(range.at(0), u"everyMs"_s, 1);
        m_actor.everyMost = milliseconds(range.at(1), u"everyMs"_s, 1);
        check(m_actor.everyLeast <= m_actor.everyMost,
              u"has an \"everyMs\" whose least is above its most"_s);
    }

    std::chrono::milliseconds milliseconds(const QJsonValue &value, const QString &name,
                                           double least)
    {
        const double number = value.toDouble(-1);
        check(number >= least && number <= kLongest,
              u"needs \"%1\" as milliseconds from %2 to a day"_s.arg(name).arg(least));
        return std::chrono::milliseconds(qint64(number));
    }

    QJsonObject m_object;
    QString *m_problem;
    ScenarioActor m_actor;
};

QString textOf(const QJsonValue &value)
{
    // QJsonDocument writes no bare values: take the brackets of an array off again.
    return QString::fromUtf8(
        QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).sliced(1).chopped(1));
}

} // namespace

std::optional<Scenario> Scenario::fromJson(const QByteArray &json, QString *problem)
{
    problem->clear();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    const QJsonObject root = document.object();
    if (document.isNull())
        *problem = u"Not JSON at byte %1: %2"_s.arg(error.offset).arg(error.errorString());
    else if (root.value("version"_L1) != QJsonValue(kVersion))
        *problem = u"A scenario file needs \"version\": %1"_s.arg(kVersion);
    else if (root.value("actors"_L1).toArray().isEmpty())
        *problem = u"A scenario needs \"actors\": an array with at least one"_s;
    static const QStringList known{u"version"_s, u"name"_s, u"description"_s, u"actors"_s};
    for (const QString &name : root.keys()) {
        if (problem->isEmpty() && !known.contains(name))
            *problem = u"A scenario does not know \"%1\""_s.arg(name);
    }
    Scenario scenario{root.value("name"_L1).toString(), {}};
    const QJsonArray actors = root.value("actors"_L1).toArray();
    for (qsizetype i = 0; problem->isEmpty() && i < actors.size(); ++i)
        scenario.actors.append(ActorReader(actors.at(i).toObject(), i, problem).read());
    if (!problem->isEmpty())
        return std::nullopt;
    return scenario;
}

std::optional<Scenario> Scenario::load(const QString &nameOrFile, QString *problem)
{
    initScenarioResources();
    const QString included = u":/appsync/scenarios/%1.json"_s.arg(nameOrFile);
    const bool isIncluded = !nameOrFile.contains(u'/') && QFile::exists(included);
    QFile file(isIncluded ? included : nameOrFile);
    if (!file.open(QIODevice::ReadOnly)) {
        QStringList names;
        for (const QString &name : QDir(u":/appsync/scenarios"_s).entryList({u"*.json"_s}))
            names.append(name.chopped(5));
        *problem = u"Cannot read the scenario %1: %2. It may be a file or one of: %3"_s.arg(
            nameOrFile, file.errorString(), names.join(u", "_s));
        return std::nullopt;
    }
    auto scenario = fromJson(file.readAll(), problem);
    if (!scenario)
        *problem = u"The scenario %1 cannot be played: %2"_s.arg(nameOrFile, *problem);
    return scenario;
}

ScenarioRun::ScenarioRun(const Scenario &scenario, quint32 seed)
{
    for (const ScenarioActor &actor : scenario.actors) {
        QString problem;
        // A generator of its own each, so that a change to one actor leaves the others as they were.
        const quint32 ownSeed = seed ^ (quint32(m_roles.size() + 1) * 0x9e3779b9U);
        Role role{actor, EventTemplate::compile(actor.event, &problem), QRandomGenerator(ownSeed),
                  actor.start, actor.count};
        if (role.next.count() < 0)
            role.next =
                std::chrono::milliseconds(role.random.bounded(int(actor.everyMost.count())));
        m_roles.push_back(std::move(role));
    }
}

ScenarioRun::~ScenarioRun() = default;
ScenarioRun::ScenarioRun(ScenarioRun &&other) noexcept = default;
ScenarioRun &ScenarioRun::operator=(ScenarioRun &&other) noexcept = default;

std::optional<ScenarioStep> ScenarioRun::next()
{
    // The first of equals speaks first: the order of the file decides.
    const auto role =
        std::min_element(m_roles.begin(), m_roles.end(),
                         [](const Role &a, const Role &b) { return a.next < b.next; });
    if (role == m_roles.end())
        return std::nullopt;
    const ScenarioActor &actor = role->actor;
    const QJsonValue event = role->event->next({role->random, role->next});
    ScenarioStep step{role->next, actor.name, actor.channel, textOf(event)};
    role->next += actor.everyLeast;
    if (actor.everyMost > actor.everyLeast)
        role->next += std::chrono::milliseconds(
            role->random.bounded(int((actor.everyMost - actor.everyLeast).count()) + 1));
    if (role->left > 0 && --role->left == 0)
        m_roles.erase(role);
    return step;
}

} // namespace AppSync::Emulation
