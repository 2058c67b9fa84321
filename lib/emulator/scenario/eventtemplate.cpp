// SPDX-License-Identifier: Apache-2.0
#include "eventtemplate_p.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QRandomGenerator>

#include <cmath>
#include <initializer_list>
#include <numbers>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

using Part = std::unique_ptr<EventTemplate>;

double rounded(double value, int decimals)
{
    const double scale = std::pow(10.0, decimals);
    return std::round(value * scale) / scale;
}

class Constant : public EventTemplate {
public:
    explicit Constant(QJsonValue value) : m_value(std::move(value)) { }
    QJsonValue next(const Moment &) override { return m_value; }

private:
    QJsonValue m_value;
};

class Object : public EventTemplate {
public:
    explicit Object(std::vector<std::pair<QString, Part>> members) : m_members(std::move(members))
    {
    }
    QJsonValue next(const Moment &moment) override
    {
        QJsonObject object;
        for (const auto &[name, part] : m_members)
            object.insert(name, part->next(moment));
        return object;
    }

private:
    std::vector<std::pair<QString, Part>> m_members;
};

class Array : public EventTemplate {
public:
    explicit Array(std::vector<Part> parts) : m_parts(std::move(parts)) { }
    QJsonValue next(const Moment &moment) override
    {
        QJsonArray array;
        for (const Part &part : m_parts)
            array.append(part->next(moment));
        return array;
    }

private:
    std::vector<Part> m_parts;
};

//! `$cycle`: one after the other, over and over.
class Cycle : public EventTemplate {
public:
    explicit Cycle(std::vector<Part> parts) : m_parts(std::move(parts)) { }
    QJsonValue next(const Moment &moment) override
    {
        return m_parts[m_at++ % m_parts.size()]->next(moment);
    }

private:
    std::vector<Part> m_parts;
    size_t m_at = 0;
};

//! `$pick`: any of them.
class Pick : public EventTemplate {
public:
    explicit Pick(std::vector<Part> parts) : m_parts(std::move(parts)) { }
    QJsonValue next(const Moment &moment) override
    {
        return m_parts[moment.random.bounded(quint32(m_parts.size()))]->next(moment);
    }

private:
    std::vector<Part> m_parts;
};

//! `$count`: goes up by one.
class Count : public EventTemplate {
public:
    explicit Count(qint64 start) : m_next(start) { }
    QJsonValue next(const Moment &) override { return m_next++; }

private:
    qint64 m_next;
};

//! `$elapsedMs`: milliseconds since the scenario began.
class Elapsed : public EventTemplate {
public:
    QJsonValue next(const Moment &moment) override { return qint64(moment.at.count()); }
};

//! The numbers of a generator, by name.
class Numbers {
public:
    Numbers(const QString &generator, const QJsonValue &arguments, QString *problem)
        : m_generator(generator), m_arguments(arguments.toObject()), m_problem(problem)
    {
        if (!arguments.isObject())
            *m_problem = u"%1 takes an object"_s.arg(generator);
    }

    double required(const QString &name)
    {
        if (!m_arguments.contains(name) && m_problem->isEmpty())
            *m_problem = u"%1 needs \"%2\""_s.arg(m_generator, name);
        return optional(name, 0);
    }

    double optional(const QString &name, double fallback)
    {
        m_known.append(name);
        const QJsonValue value = m_arguments.value(name);
        if (!value.isUndefined() && !value.isDouble() && m_problem->isEmpty())
            *m_problem = u"\"%2\" of %1 must be a number"_s.arg(m_generator, name);
        return value.toDouble(fallback);
    }

    double positive(const QString &name)
    {
        const double value = required(name);
        if (value <= 0 && m_problem->isEmpty())
            *m_problem = u"\"%2\" of %1 must be above zero"_s.arg(m_generator, name);
        return value;
    }

    int decimals()
    {
        const double value = optional(u"decimals"_s, 2);
        if ((value < 0 || value > 9) && m_problem->isEmpty())
            *m_problem = u"\"decimals\" of %1 must be 0 to 9"_s.arg(m_generator);
        return int(value);
    }

    //! To be asked last: whether all is well and nothing unknown is there.
    bool areComplete()
    {
        for (const QString &name : m_arguments.keys()) {
            if (!m_known.contains(name) && m_problem->isEmpty())
                *m_problem = u"%1 does not know \"%2\""_s.arg(m_generator, name);
        }
        return m_problem->isEmpty();
    }

private:
    QString m_generator;
    QJsonObject m_arguments;
    QString *m_problem;
    QStringList m_known;
};

//! `$walk`: a random step up or down each time, within bounds.
class Walk : public EventTemplate {
public:
    explicit Walk(Numbers &numbers)
        : m_value(numbers.required(u"start"_s))
        , m_step(numbers.positive(u"step"_s))
        , m_least(numbers.optional(u"min"_s, -HUGE_VAL))
        , m_most(numbers.optional(u"max"_s, HUGE_VAL))
        , m_decimals(numbers.decimals())
    {
    }
    QJsonValue next(const Moment &moment) override
    {
        const double step = (moment.random.generateDouble() * 2 - 1) * m_step;
        m_value = std::max(m_least, std::min(m_most, m_value + step));
        return rounded(m_value, m_decimals);
    }

private:
    double m_value, m_step, m_least, m_most;
    int m_decimals;
};

//! `$wave`: up and down around a centre, by the clock of the scenario.
class Wave : public EventTemplate {
public:
    explicit Wave(Numbers &numbers)
        : m_center(numbers.required(u"center"_s))
        , m_amplitude(numbers.required(u"amplitude"_s))
        , m_periodMs(numbers.positive(u"periodMs"_s))
        , m_phase(numbers.optional(u"phase"_s, 0))
        , m_decimals(numbers.decimals())
    {
    }
    QJsonValue next(const Moment &moment) override
    {
        const double turns = double(moment.at.count()) / m_periodMs + m_phase;
        return rounded(m_center + m_amplitude * std::sin(2 * std::numbers::pi * turns), m_decimals);
    }

private:
    double m_center, m_amplitude, m_periodMs, m_phase;
    int m_decimals;
};

//! `$ramp`: straight from one number to another, then again from the start.
class Ramp : public EventTemplate {
public:
    explicit Ramp(Numbers &numbers)
        : m_from(numbers.required(u"from"_s))
        , m_to(numbers.required(u"to"_s))
        , m_periodMs(numbers.positive(u"periodMs"_s))
        , m_phase(numbers.optional(u"phase"_s, 0))
        , m_decimals(numbers.decimals())
    {
    }
    QJsonValue next(const Moment &moment) override
    {
        const double turns = double(moment.at.count()) / m_periodMs + m_phase;
        return rounded(m_from + (m_to - m_from) * (turns - std::floor(turns)), m_decimals);
    }

private:
    double m_from, m_to, m_periodMs, m_phase;
    int m_decimals;
};

//! Empty with \a problem if any of them is wrong.
std::vector<Part> compileAll(const QJsonArray &values, QString *problem)
{
    std::vector<Part> parts;
    for (const QJsonValue &value : values) {
        Part part = EventTemplate::compile(value, problem);
        if (!part)
            return {};
        parts.push_back(std::move(part));
    }
    return parts;
}

template <typename Generator>
Part compileChoice(const QString &name, const QJsonValue &arguments, QString *problem)
{
    if (arguments.toArray().isEmpty()) {
        *problem = u"%1 takes an array of at least one value"_s.arg(name);
        return nullptr;
    }
    std::vector<Part> parts = compileAll(arguments.toArray(), problem);
    return parts.empty() ? nullptr : std::make_unique<Generator>(std::move(parts));
}

template <typename Generator>
Part compileNumeric(const QString &name, const QJsonValue &arguments, QString *problem)
{
    Numbers numbers(name, arguments, problem);
    auto generator = std::make_unique<Generator>(numbers);
    return numbers.areComplete() ? std::move(generator) : nullptr;
}

Part compileGenerator(const QString &name, const QJsonValue &arguments, QString *problem)
{
    if (name == "$cycle"_L1)
        return compileChoice<Cycle>(name, arguments, problem);
    if (name == "$pick"_L1)
        return compileChoice<Pick>(name, arguments, problem);
    if (name == "$walk"_L1)
        return compileNumeric<Walk>(name, arguments, problem);
    if (name == "$wave"_L1)
        return compileNumeric<Wave>(name, arguments, problem);
    if (name == "$ramp"_L1)
        return compileNumeric<Ramp>(name, arguments, problem);
    if (name == "$count"_L1 && arguments.isDouble())
        return std::make_unique<Count>(arguments.toInteger());
    if (name == "$elapsedMs"_L1 && arguments == QJsonValue(true))
        return std::make_unique<Elapsed>();
    *problem = name == "$count"_L1 ? u"$count takes the number to start from"_s
        : name == "$elapsedMs"_L1  ? u"$elapsedMs takes true"_s
                                   : u"There is no generator \"%1\""_s.arg(name);
    return nullptr;
}

Part compileObject(const QJsonObject &object, QString *problem)
{
    std::vector<std::pair<QString, Part>> members;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key().startsWith(u'$')) {
            if (object.size() == 1)
                return compileGenerator(it.key(), it.value(), problem);
            *problem = u"\"%1\" must be the only member of its object"_s.arg(it.key());
            return nullptr;
        }
        Part part = EventTemplate::compile(it.value(), problem);
        if (!part)
            return nullptr;
        members.emplace_back(it.key(), std::move(part));
    }
    return std::make_unique<Object>(std::move(members));
}

} // namespace

std::unique_ptr<EventTemplate> EventTemplate::compile(const QJsonValue &json, QString *problem)
{
    if (json.isObject())
        return compileObject(json.toObject(), problem);
    if (!json.isArray())
        return std::make_unique<Constant>(json);
    std::vector<Part> parts = compileAll(json.toArray(), problem);
    if (!problem->isEmpty())
        return nullptr;
    return std::make_unique<Array>(std::move(parts));
}

} // namespace AppSync::Emulation
