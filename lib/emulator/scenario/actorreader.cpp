// SPDX-License-Identifier: Apache-2.0
#include "actorreader_p.h"

#include "../events/channelname_p.h"
#include "eventtemplate_p.h"
#include "valuetext_p.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr qint64 kLongestMs = 24 * 3600 * 1000;
constexpr qint64 kMostCopies = 200;
constexpr qint64 kMostStates = 100;
constexpr qint64 kMostStories = 1'000;
constexpr qint64 kMostBatch = 5; // that one publish may have
constexpr int kHeaviest = 1'000'000;

//! Reads the members of one object of the file; the first problem stays.
class Members {
public:
    Members(QJsonObject object, QString path, QString *problem)
        : m_object(std::move(object)), m_path(std::move(path)), m_problem(problem)
    {
    }

    void check(bool good, const QString &words) const
    {
        if (!good && m_problem->isEmpty())
            *m_problem = m_path + u' ' + words;
    }

    //! To be asked first.
    void allow(const QStringList &known) const
    {
        for (const QString &name : m_object.keys())
            check(known.contains(name), u"does not know \"%1\""_s.arg(name));
    }

    [[nodiscard]] bool has(QLatin1StringView name) const { return m_object.contains(name); }
    [[nodiscard]] QJsonValue value(QLatin1StringView name) const { return m_object.value(name); }
    [[nodiscard]] QString path(QLatin1StringView name) const { return m_path + u'.' + name; }
    [[nodiscard]] QString *problem() const { return m_problem; }

    [[nodiscard]] QString text(QLatin1StringView name, const QString &fallback) const
    {
        if (!has(name))
            return fallback;
        check(value(name).isString(), u"needs \"%1\" as a text"_s.arg(name));
        return value(name).toString();
    }

    [[nodiscard]] qint64 number(QLatin1StringView name, qint64 fallback, qint64 least,
                                qint64 most) const
    {
        return has(name) ? whole(value(name), name, least, most) : fallback;
    }

    //! A number, or `[least, most]`.
    [[nodiscard]] Range range(QLatin1StringView name, Range fallback, qint64 least,
                              qint64 most) const
    {
        if (!has(name))
            return fallback;
        const QJsonArray ends =
            value(name).isArray() ? value(name).toArray() : QJsonArray{value(name), value(name)};
        check(ends.size() == 2, u"needs \"%1\": a number or [least, most]"_s.arg(name));
        const Range range{whole(ends.at(0), name, least, most),
                          whole(ends.at(1), name, least, most)};
        check(range.least <= range.most, u"has a \"%1\" whose least is above its most"_s.arg(name));
        return range;
    }

    //! A template; undefined if it is not there.
    [[nodiscard]] QJsonValue event(QLatin1StringView name, const QStringList &names) const
    {
        QString problem;
        if (has(name) && !EventTemplate::compile(value(name), names, &problem))
            check(false, u"has a wrong \"%1\": %2"_s.arg(name, problem));
        return value(name);
    }

    [[nodiscard]] QString publishChannel(QLatin1StringView name, const QString &text) const
    {
        const auto channel = ChannelName::forPublish(text);
        check(channel.has_value(),
              u"needs a \"%1\" like demo/chat, without a wildcard"_s.arg(name));
        return channel.value_or(QString());
    }

private:
    qint64 whole(const QJsonValue &value, QLatin1StringView name, qint64 least, qint64 most) const
    {
        const double number = value.toDouble(-1);
        const bool isGood =
            number >= double(least) && number <= double(most) && number == double(qint64(number));
        check(isGood,
              u"needs \"%1\" as a whole number from %2 to %3"_s.arg(name).arg(least).arg(most));
        return isGood ? qint64(number) : least;
    }

    QJsonObject m_object;
    QString m_path;
    QString *m_problem;
};

QList<QPair<qsizetype, int>> readNext(const Members &members, const QStringList &states)
{
    const QJsonValue next = members.value("next"_L1);
    QJsonObject weights = next.toObject();
    if (next.isString())
        weights.insert(next.toString(), 1);
    else if (members.has("next"_L1))
        members.check(!weights.isEmpty(), u"needs \"next\": a state, or an object of weights"_s);
    QList<QPair<qsizetype, int>> found;
    for (auto it = weights.begin(); it != weights.end(); ++it) {
        const qsizetype index = states.indexOf(it.key());
        const int weight = it->toInt(-1);
        members.check(index >= 0,
                      u"goes on to \"%1\", which is no state of this story"_s.arg(it.key()));
        members.check(weight > 0 && weight <= kHeaviest,
                      u"needs the weight of \"%1\" as a whole number above zero"_s.arg(it.key()));
        found.append({index, weight});
    }
    return found;
}

ScenarioState readState(const Members &members, const QString &name, const QStringList &states,
                        const ScenarioActor &actor)
{
    members.allow({u"name"_s, u"afterMs"_s, u"event"_s, u"next"_s});
    return {name, members.range("afterMs"_L1, {1'000, 1'000}, 1, kLongestMs),
            members.event("event"_L1, Scenario::namesInState(actor)), readNext(members, states)};
}

ScenarioStory readStory(const Members &actorMembers, const ScenarioActor &actor)
{
    if (!actorMembers.has("story"_L1))
        return {};
    const QString path = actorMembers.path("story"_L1);
    const Members members(actorMembers.value("story"_L1).toObject(), path, actorMembers.problem());
    members.allow({u"states"_s, u"most"_s});
    const QJsonArray array = members.value("states"_L1).toArray();
    members.check(!array.isEmpty() && array.size() <= kMostStates,
                  u"needs \"states\": an array of 1 to %1"_s.arg(kMostStates));
    QStringList names;
    for (const QJsonValue &state : array) {
        const QString name = state.toObject().value("name"_L1).toString();
        members.check(!name.isEmpty() && !names.contains(name),
                      u"has a state without a \"name\" of its own"_s);
        names.append(name);
    }
    ScenarioStory story{{}, int(members.number("most"_L1, 20, 1, kMostStories))};
    for (qsizetype i = 0; members.problem()->isEmpty() && i < array.size(); ++i) {
        const Members state(array.at(i).toObject(), u"%1.states[%2]"_s.arg(path).arg(i),
                            members.problem());
        story.states.append(readState(state, names[i], names, actor));
    }
    return story;
}

std::optional<ScenarioPresence> readPresence(const Members &actorMembers,
                                             const ScenarioActor &actor)
{
    if (!actorMembers.has("online"_L1))
        return std::nullopt;
    const Members members(actorMembers.value("online"_L1).toObject(),
                          actorMembers.path("online"_L1), actorMembers.problem());
    members.allow({u"forMs"_s, u"awayMs"_s, u"join"_s, u"leave"_s});
    members.check(members.has("forMs"_L1), u"needs \"forMs\": how long it stays"_s);
    members.check(members.has("awayMs"_L1), u"needs \"awayMs\": how long it is away"_s);
    const QStringList names = Scenario::namesInEvent(actor);
    return ScenarioPresence{members.range("forMs"_L1, {}, 1, kLongestMs),
                            members.range("awayMs"_L1, {}, 1, kLongestMs),
                            members.event("join"_L1, names), members.event("leave"_L1, names)};
}

ScenarioReply readReply(const Members &members, const ScenarioActor &actor)
{
    members.allow({u"to"_s, u"when"_s, u"chance"_s, u"afterMs"_s, u"channel"_s, u"event"_s});
    const auto to = ChannelName::forSubscribe(members.text("to"_L1, {}));
    members.check(to.has_value(), u"needs \"to\": a channel like demo/chat or demo/chat/*"_s);
    members.check(!members.has("when"_L1) || members.value("when"_L1).isObject(),
                  u"needs \"when\" as an object of paths and values"_s);
    members.check(members.has("event"_L1), u"has no \"event\""_s);
    const double chance = members.has("chance"_L1) ? members.value("chance"_L1).toDouble(-1) : 1;
    members.check(chance >= 0 && chance <= 1, u"needs \"chance\" as a number from 0 to 1"_s);
    return {to.value_or(QString()),
            members.value("when"_L1).toObject(),
            chance,
            members.range("afterMs"_L1, {500, 1'500}, 1, kLongestMs),
            members.has("channel"_L1)
                ? members.publishChannel("channel"_L1, members.text("channel"_L1, {}))
                : actor.channel,
            members.event("event"_L1, Scenario::namesInReply(actor))};
}

QList<ScenarioReply> readReplies(const Members &members, const ScenarioActor &actor)
{
    const QJsonValue replies = members.value("replies"_L1);
    members.check(!members.has("replies"_L1) || !replies.toArray().isEmpty(),
                  u"needs \"replies\" as an array of at least one"_s);
    QList<ScenarioReply> found;
    const QJsonArray array = replies.toArray();
    for (qsizetype i = 0; members.problem()->isEmpty() && i < array.size(); ++i) {
        const QString path = members.path("replies"_L1) + u"[%1]"_s.arg(i);
        found.append(readReply({array.at(i).toObject(), path, members.problem()}, actor));
    }
    return found;
}

QJsonObject readLet(const Members &members)
{
    const QJsonValue let = members.value("let"_L1);
    members.check(let.isUndefined() || let.isObject(),
                  u"needs \"let\" as an object of names and values"_s);
    const QJsonObject object = let.toObject();
    const ScenarioActor nobody;
    const QStringList taken = Scenario::namesInReply(nobody) + Scenario::namesInState(nobody);
    const Members values(object, members.path("let"_L1), members.problem());
    for (const QString &name : object.keys()) {
        values.check(!taken.contains(name), u"cannot say what \"%1\" is"_s.arg(name));
        values.check(ValueText::paths(u'{' + name + u'}') == QStringList{name}
                         && !name.contains(u'.'),
                     u"has \"%1\", which is no name: letters, digits and _ are"_s.arg(name));
        QString problem;
        if (!EventTemplate::compile(object.value(name), Scenario::namesInLet(), &problem))
            values.check(false, u"has a wrong \"%1\": %2"_s.arg(name, problem));
    }
    return object;
}

void readSpeech(const Members &members, ScenarioActor *actor)
{
    const bool speaks = members.has("event"_L1) || members.has("story"_L1);
    members.check(!members.has("event"_L1) || !members.has("story"_L1),
                  u"has both \"event\" and \"story\""_s);
    members.check(speaks || members.has("replies"_L1) || members.has("online"_L1),
                  u"has no \"event\", nor a \"story\", \"replies\" or \"online\""_s);
    members.check(speaks == members.has("everyMs"_L1),
                  speaks ? u"needs \"everyMs\": a number or [least, most]"_s
                         : u"has \"everyMs\", but no \"event\" or \"story\""_s);
    members.check(speaks || !members.has("count"_L1), u"has \"count\", but nothing to count"_s);
    actor->everyMs = members.range("everyMs"_L1, {}, 1, kLongestMs);
    if (members.has("startMs"_L1))
        actor->startMs = members.number("startMs"_L1, 0, 0, kLongestMs);
    if (members.has("count"_L1))
        actor->count = int(members.number("count"_L1, 1, 1, std::numeric_limits<int>::max()));
    members.check(!members.has("batch"_L1) || members.has("event"_L1),
                  u"has \"batch\", but no \"event\""_s);
    actor->batch = members.range("batch"_L1, {1, 1}, 1, kMostBatch);
    actor->event = members.event("event"_L1, Scenario::namesInEvent(*actor));
    actor->story = readStory(members, *actor);
}

//! A text of a copy, with its number where `{copy}` stands.
QString numbered(const QString &text, int copy)
{
    return ValueText::filled(text, {{u"copy"_s, copy}});
}

} // namespace

QList<ScenarioActor> ActorReader::read(const QJsonObject &object, qsizetype index, QString *problem)
{
    const QString name = object.value("name"_L1).toString(u"actor %1"_s.arg(index + 1));
    const Members members(object, u"actors[%1] \"%2\""_s.arg(index).arg(name), problem);
    members.allow({u"name"_s, u"copies"_s, u"channel"_s, u"everyMs"_s, u"startMs"_s, u"count"_s,
                   u"batch"_s, u"let"_s, u"event"_s, u"story"_s, u"online"_s, u"replies"_s});
    const qint64 copies = members.number("copies"_L1, 1, 1, kMostCopies);
    const QString channel = members.text("channel"_L1, {});
    const QStringList names = ValueText::paths(channel);
    members.check(names.count(u"copy"_s) == names.size(),
                  u"needs a \"channel\" with no other name in braces than {copy}"_s);

    ScenarioActor actor;
    actor.let = readLet(members);
    actor.channel = members.publishChannel("channel"_L1, numbered(channel, 1));
    readSpeech(members, &actor);
    actor.online = readPresence(members, actor);
    actor.replies = readReplies(members, actor);

    QList<ScenarioActor> actors;
    for (int copy = 1; problem->isEmpty() && copy <= copies; ++copy) {
        actor.copy = copy;
        actor.name = numbered(name, copy);
        actor.channel = members.publishChannel("channel"_L1, numbered(channel, copy));
        actors.append(actor);
    }
    return actors;
}

} // namespace AppSync::Emulation
