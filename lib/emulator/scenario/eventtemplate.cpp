// SPDX-License-Identifier: Apache-2.0
#include "eventtemplate_p.h"

#include "valuetext_p.h"

#include <QDateTime>
#include <QJsonArray>
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

//! `$time`: a moment and the scenario's time after it. Not the clock's: that would differ each time.
class Time : public EventTemplate {
public:
    explicit Time(QDateTime start) : m_start(std::move(start)) { }
    QJsonValue next(const Moment &moment) override
    {
        return m_start.addMSecs(moment.at.count()).toString(Qt::ISODateWithMs);
    }

private:
    QDateTime m_start;
};

//! `$get`: a value by its name.
class Get : public EventTemplate {
public:
    explicit Get(QString path) : m_path(std::move(path)) { }
    QJsonValue next(const Moment &moment) override
    {
        const QJsonValue value = ValueText::find(moment.values, m_path);
        return value.isUndefined() ? QJsonValue(QJsonValue::Null) : value;
    }

private:
    QString m_path;
};

//! `$text`: a text with `{names}` in it.
class Text : public EventTemplate {
public:
    explicit Text(QString text) : m_text(std::move(text)) { }
    QJsonValue next(const Moment &moment) override
    {
        return ValueText::filled(m_text, moment.values);
    }

private:
    QString m_text;
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

    void check(bool good, const QString &words)
    {
        if (!good && m_problem->isEmpty())
            *m_problem = m_generator + u' ' + words;
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

//! `$number`: any number of a range.
class Number : public EventTemplate {
public:
    explicit Number(Numbers &numbers)
        : m_least(numbers.required(u"min"_s))
        , m_most(numbers.required(u"max"_s))
        , m_decimals(numbers.decimals())
    {
        numbers.check(m_least <= m_most, u"has a \"min\" above its \"max\""_s);
    }
    QJsonValue next(const Moment &moment) override
    {
        return rounded(m_least + moment.random.generateDouble() * (m_most - m_least), m_decimals);
    }

private:
    double m_least, m_most;
    int m_decimals;
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

//! Reads templates; the first problem stays.
class Compiler {
public:
    Compiler(const QStringList &names, QString *problem) : m_names(names), m_problem(problem) { }

    Part compile(const QJsonValue &json)
    {
        if (json.isObject())
            return object(json.toObject());
        if (!json.isArray())
            return std::make_unique<Constant>(json);
        std::vector<Part> parts = all(json.toArray());
        return m_problem->isEmpty() ? std::make_unique<Array>(std::move(parts)) : nullptr;
    }

private:
    Part wrong(const QString &words)
    {
        if (m_problem->isEmpty())
            *m_problem = words;
        return nullptr;
    }

    //! Empty if any of them is wrong.
    std::vector<Part> all(const QJsonArray &values)
    {
        std::vector<Part> parts;
        for (const QJsonValue &value : values) {
            Part part = compile(value);
            if (!part)
                return {};
            parts.push_back(std::move(part));
        }
        return parts;
    }

    Part object(const QJsonObject &object)
    {
        std::vector<std::pair<QString, Part>> members;
        for (auto it = object.begin(); it != object.end(); ++it) {
            if (it.key().startsWith(u'$')) {
                if (object.size() == 1)
                    return generator(it.key(), it.value());
                return wrong(u"\"%1\" must be the only member of its object"_s.arg(it.key()));
            }
            Part part = compile(it.value());
            if (!part)
                return nullptr;
            members.emplace_back(it.key(), std::move(part));
        }
        return std::make_unique<Object>(std::move(members));
    }

    template <typename Generator> Part choice(const QString &name, const QJsonValue &arguments)
    {
        if (arguments.toArray().isEmpty())
            return wrong(u"%1 takes an array of at least one value"_s.arg(name));
        std::vector<Part> parts = all(arguments.toArray());
        return parts.empty() ? nullptr : std::make_unique<Generator>(std::move(parts));
    }

    template <typename Generator> Part numeric(const QString &name, const QJsonValue &arguments)
    {
        Numbers numbers(name, arguments, m_problem);
        auto generator = std::make_unique<Generator>(numbers);
        return numbers.areComplete() ? std::move(generator) : nullptr;
    }

    Part generator(const QString &name, const QJsonValue &arguments)
    {
        if (name == "$cycle"_L1)
            return choice<Cycle>(name, arguments);
        if (name == "$pick"_L1)
            return choice<Pick>(name, arguments);
        if (name == "$number"_L1)
            return numeric<Number>(name, arguments);
        if (name == "$walk"_L1)
            return numeric<Walk>(name, arguments);
        if (name == "$wave"_L1)
            return numeric<Wave>(name, arguments);
        if (name == "$ramp"_L1)
            return numeric<Ramp>(name, arguments);
        return simple(name, arguments);
    }

    //! The generators that take one plain value.
    Part simple(const QString &name, const QJsonValue &argument)
    {
        if (name == "$count"_L1) {
            return argument.isDouble() ? std::make_unique<Count>(argument.toInteger())
                                       : wrong(u"$count takes the number to start from"_s);
        }
        if (name == "$elapsedMs"_L1) {
            return argument == QJsonValue(true) ? std::make_unique<Elapsed>()
                                                : wrong(u"$elapsedMs takes true"_s);
        }
        if (name == "$time"_L1)
            return time(argument);
        if (name == "$get"_L1)
            return get(argument);
        if (name == "$text"_L1)
            return text(argument);
        return wrong(u"There is no generator \"%1\""_s.arg(name));
    }

    Part time(const QJsonValue &argument)
    {
        const auto start = QDateTime::fromString(argument.toString(), Qt::ISODate);
        if (!start.isValid() || start.timeSpec() == Qt::LocalTime)
            return wrong(u"$time takes a time like 2026-03-02T08:00:00Z"_s);
        return std::make_unique<Time>(start.toUTC());
    }

    Part get(const QJsonValue &argument)
    {
        const QString path = argument.toString();
        if (!isKnown(path, u"$get"_s))
            return nullptr;
        return std::make_unique<Get>(path);
    }

    Part text(const QJsonValue &argument)
    {
        if (!argument.isString())
            return wrong(u"$text takes a text"_s);
        for (const QString &path : ValueText::paths(argument.toString())) {
            if (!isKnown(path, u"$text"_s))
                return nullptr;
        }
        return std::make_unique<Text>(argument.toString());
    }

    bool isKnown(const QString &path, const QString &generator)
    {
        if (m_names.contains(path.section(u'.', 0, 0)))
            return true;
        wrong(u"%1 knows no \"%2\" here, but: %3"_s.arg(generator, path, m_names.join(u", "_s)));
        return false;
    }

    const QStringList &m_names;
    QString *m_problem;
};

} // namespace

std::unique_ptr<EventTemplate> EventTemplate::compile(const QJsonValue &json,
                                                      const QStringList &names, QString *problem)
{
    return Compiler(names, problem).compile(json);
}

} // namespace AppSync::Emulation
