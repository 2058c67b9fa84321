// SPDX-License-Identifier: Apache-2.0
#include "scenariorun_p.h"

#include "valuetext_p.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace AppSync::Emulation {

namespace {

//! Answers to answers to answers end here.
constexpr int kDeepestReply = 4;
//! Longer events are not answered, since an answer may quote them.
constexpr qsizetype kLongestHeard = 16 * 1024;

qint64 drawn(const Range &range, QRandomGenerator &random)
{
    return range.most > range.least
        ? range.least + random.bounded(int(range.most - range.least) + 1)
        : range.least;
}

bool covers(const QString &subscribed, const QString &channel)
{
    return subscribed == channel
        || (subscribed.endsWith("/*"_L1) && channel.startsWith(QStringView(subscribed).chopped(1)));
}

bool isMet(const QJsonObject &when, const QJsonValue &event)
{
    const QJsonObject values{{u"event"_s, event}};
    for (auto it = when.begin(); it != when.end(); ++it) {
        const QJsonValue found = ValueText::find(values, u"event."_s + it.key());
        const bool isThere = it->isString()
            ? found.toString().contains(it->toString(), Qt::CaseInsensitive) && found.isString()
            : found == *it;
        if (!isThere)
            return false;
    }
    return true;
}

qsizetype chosen(const QList<QPair<qsizetype, int>> &next, QRandomGenerator &random)
{
    int total = 0;
    for (const auto &[state, weight] : next)
        total += weight;
    int left = next.size() > 1 ? random.bounded(total) : 0;
    for (const auto &[state, weight] : next) {
        left -= weight;
        if (left < 0)
            return state;
    }
    return next.first().first;
}

} // namespace

ScenarioRun::ScenarioRun(const Scenario &scenario, quint32 seed)
{
    for (const ScenarioActor &actor : scenario.actors) {
        // A generator of its own each, so that a change to one actor leaves the others as they were.
        const quint32 ownSeed = seed ^ (quint32(m_roles.size() + 1) * 0x9e3779b9U);
        m_roles.push_back({actor, {QRandomGenerator(ownSeed)}, {QRandomGenerator(~ownSeed)}});
        m_roles.back().left = actor.count;
        m_roles.back().isOnline = !actor.online;
        compile(m_roles.back());
    }
    for (size_t i = 0; i < m_roles.size(); ++i)
        start(i);
}

ScenarioRun::~ScenarioRun() = default;
ScenarioRun::ScenarioRun(ScenarioRun &&other) noexcept = default;
ScenarioRun &ScenarioRun::operator=(ScenarioRun &&other) noexcept = default;

//! All templates were checked when the file was read.
void ScenarioRun::compile(Role &role)
{
    const ScenarioActor &actor = role.actor;
    const auto compiled = [](const QJsonValue &value, const QStringList &names) {
        QString problem;
        return value.isUndefined() ? nullptr : EventTemplate::compile(value, names, &problem);
    };
    role.event = compiled(actor.event, Scenario::namesInEvent(actor));
    if (actor.online) {
        role.join = compiled(actor.online->join, Scenario::namesInEvent(actor));
        role.leave = compiled(actor.online->leave, Scenario::namesInEvent(actor));
    }
    for (Source *source : {&role.own, &role.replying}) {
        for (auto it = actor.let.begin(); it != actor.let.end(); ++it)
            source->let.emplace(it.key(), compiled(*it, Scenario::namesInLet()));
    }
    for (const ScenarioState &state : actor.story.states)
        role.states.push_back(compiled(state.event, Scenario::namesInState(actor)));
    for (const ScenarioReply &reply : actor.replies)
        role.replies.push_back(compiled(reply.event, Scenario::namesInReply(actor)));
}

void ScenarioRun::start(size_t index)
{
    Role &role = m_roles[index];
    const auto first = [&](const Range &interval) {
        return milliseconds(role.actor.startMs ? *role.actor.startMs
                                               : role.own.random.bounded(int(interval.most)));
    };
    if (role.actor.online)
        schedule(first(role.actor.online->awayMs), role, {Kind::Presence});
    if (role.actor.everyMs.most > 0)
        schedule(first(role.actor.everyMs), role, {Kind::Speak});
}

void ScenarioRun::schedule(milliseconds at, const Role &role, const Due &due)
{
    m_due.emplace(Order{at, size_t(&role - m_roles.data()), ++m_order}, due);
}

std::optional<milliseconds> ScenarioRun::nextAt() const
{
    if (m_due.empty())
        return std::nullopt;
    return std::get<0>(m_due.begin()->first);
}

std::optional<ScenarioStep> ScenarioRun::next()
{
    if (m_due.empty())
        return std::nullopt;
    const auto due = m_due.extract(m_due.begin());
    const auto &[at, role, order] = due.key();
    return perform(at, m_roles[role], due.mapped());
}

ScenarioStep ScenarioRun::perform(milliseconds at, Role &role, const Due &due)
{
    ScenarioStep step{at, role.actor.name, role.actor.channel, {}};
    switch (due.kind) {
    case Kind::Speak:
        speak(role, &step);
        break;
    case Kind::Presence:
        comeOrGo(role, &step);
        break;
    case Kind::State:
        enterState(role, due, &step);
        break;
    case Kind::Reply:
        reply(role, due, &step);
        break;
    }
    return step;
}

void ScenarioRun::speak(Role &role, ScenarioStep *step)
{
    if (role.isOnline && begin(role, step) && role.left > 0)
        --role.left;
    if (role.left == 0)
        return;
    schedule(step->at + milliseconds(drawn(role.actor.everyMs, role.own.random)), role,
             {Kind::Speak});
}

//! Publishes its event, or begins a story. False: there are too many.
bool ScenarioRun::begin(Role &role, ScenarioStep *step)
{
    if (role.event) {
        const qint64 size = drawn(role.actor.batch, role.own.random);
        for (qint64 i = 0; i < size; ++i)
            publish(role,
                    role.event->next({role.own.random, step->at, values(role, role.own, step->at)}),
                    step);
        return true;
    }
    if (role.stories >= role.actor.story.most || dueCount() >= kMostDue)
        return false;
    ++role.stories;
    enterState(role, {Kind::State, 0, values(role, role.own, step->at)}, step);
    return true;
}

void ScenarioRun::comeOrGo(Role &role, ScenarioStep *step)
{
    const ScenarioPresence &presence = *role.actor.online;
    role.isOnline = !role.isOnline;
    if (const auto &text = role.isOnline ? role.join : role.leave)
        publish(role, text->next({role.own.random, step->at, values(role, role.own, step->at)}),
                step);
    const Range &stay = role.isOnline ? presence.forMs : presence.awayMs;
    schedule(step->at + milliseconds(drawn(stay, role.own.random)), role, {Kind::Presence});
}

void ScenarioRun::enterState(Role &role, const Due &due, ScenarioStep *step)
{
    const QList<ScenarioState> &states = role.actor.story.states;
    if (const auto &text = role.states[size_t(due.index)]) {
        QJsonObject known = due.values;
        known.insert(u"state"_s, states[due.index].name);
        publish(role, text->next({role.own.random, step->at, known}), step);
    }
    if (states[due.index].next.isEmpty()) {
        --role.stories;
        return;
    }
    const qsizetype next = chosen(states[due.index].next, role.own.random);
    const qint64 after = drawn(states[next].afterMs, role.own.random);
    schedule(step->at + milliseconds(after), role, {Kind::State, next, due.values});
}

void ScenarioRun::reply(Role &role, const Due &due, ScenarioStep *step)
{
    step->channel = role.actor.replies[due.index].channel;
    if (!role.isOnline) // any more
        return;
    const auto &text = role.replies[size_t(due.index)];
    publish(role, text->next({role.replying.random, step->at, due.values}), step, due.depth);
}

void ScenarioRun::publish(const Role &role, const QJsonValue &event, ScenarioStep *step, int depth)
{
    const QString text = ValueText::json(event);
    step->events.append(text);
    if (text.size() <= kLongestHeard)
        tell({step->channel, event, role.actor.name, step->at, depth}, &role);
}

//! Lets everyone but the \a speaker answer.
void ScenarioRun::tell(const Said &said, const Role *speaker)
{
    if (said.depth >= kDeepestReply)
        return;
    for (Role &role : m_roles) {
        for (qsizetype i = 0; &role != speaker && i < role.actor.replies.size(); ++i) {
            const ScenarioReply &reply = role.actor.replies[i];
            QRandomGenerator &random = role.replying.random;
            if (!role.isOnline || !covers(reply.to, said.channel) || !isMet(reply.when, said.event)
                || random.generateDouble() >= reply.chance || dueCount() >= kMostDue)
                continue;
            QJsonObject known = values(role, role.replying, said.at);
            known.insert(u"event"_s, said.event);
            known.insert(u"from"_s, said.from);
            known.insert(u"channel"_s, said.channel);
            schedule(said.at + milliseconds(drawn(reply.afterMs, random)), role,
                     {Kind::Reply, i, known, said.depth + 1});
        }
    }
}

void ScenarioRun::hear(const QString &channel, const QString &event, milliseconds at)
{
    if (event.size() > kLongestHeard || !isListening())
        return;
    const QJsonArray parsed = QJsonDocument::fromJson('[' + event.toUtf8() + ']').array();
    if (parsed.size() == 1)
        tell({channel, parsed.first(), u"client"_s, at}, nullptr);
}

bool ScenarioRun::isListening() const
{
    return std::any_of(m_roles.begin(), m_roles.end(),
                       [](const Role &role) { return !role.actor.replies.isEmpty(); });
}

QStringList ScenarioRun::online() const
{
    QStringList names;
    for (const Role &role : m_roles) {
        if (role.actor.online && role.isOnline)
            names.append(role.actor.name);
    }
    return names;
}

QJsonObject ScenarioRun::values(const Role &role, Source &source, milliseconds at) const
{
    const QStringList there = online();
    QJsonObject found{{u"actor"_s, role.actor.name},
                      {u"copy"_s, role.actor.copy},
                      {u"online"_s, QJsonArray::fromStringList(there)},
                      {u"onlineCount"_s, there.size()}};
    const QJsonObject known = found;
    for (const auto &[name, value] : source.let)
        found.insert(name, value->next({source.random, at, known}));
    return found;
}

} // namespace AppSync::Emulation
