// SPDX-License-Identifier: Apache-2.0
#include "app/cli/eventsource.h"

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

// Whatever comes faster than it can be published waits outside.
constexpr qsizetype kMostWaiting = 1000;
// A request holds 1.2 MB; whoever sends 16 MB without a line break does not send lines.
constexpr qsizetype kLongestLine = 16 * 1024 * 1024;

Problem unreadable(const QString &reason)
{
    return Problem::file(u"Cannot read standard input: %1."_s.arg(reason));
}

} // namespace

QByteArray withoutLastLineBreak(QByteArray bytes)
{
    if (bytes.endsWith('\n'))
        bytes.chop(bytes.endsWith("\r\n") ? 2 : 1);
    return bytes;
}

RepeatedEvents::RepeatedEvents(const QList<QByteArray> &events, std::optional<qint64> repeat,
                               QObject *parent)
    : EventSource(parent), m_events(events), m_left(repeat)
{
}

bool RepeatedEvents::setTemplates(const TemplateValues &values, Problem *problem)
{
    for (const QByteArray &event : m_events) {
        const auto one = EventTemplate::parse(event, values, problem);
        if (!one)
            return false;
        m_templates.append(*one);
    }
    return true;
}

void RepeatedEvents::readStdin(bool isTemplate, const TemplateValues &values)
{
    m_readsStdin = true;
    m_isTemplate = isTemplate;
    m_values = values;
}

void RepeatedEvents::start()
{
    if (!m_readsStdin) {
        Q_EMIT changed();
        return;
    }
    connect(&m_reader, &StdinReader::dataRead, this, [this](const QByteArray &data) {
        m_input += data;
        if (m_input.size() > kLongestLine) {
            m_reader.setPaused(true);
            Q_EMIT failed(Problem::refused(u"Standard input is larger than any event can be."_s,
                                           u"With --lines, each line is an event of its own."_s));
        }
    });
    connect(&m_reader, &StdinReader::failed, this,
            [this](const QString &reason) { Q_EMIT failed(unreadable(reason)); });
    connect(&m_reader, &StdinReader::finished, this, &RepeatedEvents::onStdinRead);
    m_reader.start();
}

void RepeatedEvents::onStdinRead()
{
    m_events = {withoutLastLineBreak(m_input)};
    Problem problem;
    if (m_isTemplate && !setTemplates(m_values, &problem))
        Q_EMIT failed(problem);
    else
        Q_EMIT changed();
}

QList<QByteArray> RepeatedEvents::take(int)
{
    if (m_left)
        --*m_left;
    if (m_templates.isEmpty())
        return m_events;
    QList<QByteArray> events;
    for (const EventTemplate &one : m_templates)
        events.append(one.event(++m_seq));
    return events;
}

bool RepeatedEvents::hasEvents() const
{
    return !m_events.isEmpty() && (!m_left || *m_left > 0);
}

bool RepeatedEvents::isAtEnd() const
{
    return m_left && *m_left <= 0;
}

LineEvents::LineEvents(bool isTemplate, const TemplateValues &values, QObject *parent)
    : EventSource(parent), m_isTemplate(isTemplate), m_values(values)
{
    connect(&m_reader, &StdinReader::dataRead, this, &LineEvents::onData);
    connect(&m_reader, &StdinReader::finished, this, &LineEvents::onFinished);
    connect(&m_reader, &StdinReader::failed, this,
            [this](const QString &reason) { fail(unreadable(reason)); });
}

void LineEvents::start()
{
    m_reader.start();
}

QList<QByteArray> LineEvents::take(int most)
{
    const QList<QByteArray> events = m_lines.first(qMin(qsizetype(most), m_lines.size()));
    m_lines.remove(0, events.size());
    if (!m_ended && m_lines.size() < kMostWaiting / 2)
        m_reader.setPaused(false);
    return events;
}

void LineEvents::onData(const QByteArray &data)
{
    m_rest += data;
    qsizetype from = 0;
    for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n', from)) {
        addLine(m_rest.mid(from, end + 1 - from));
        from = end + 1;
    }
    m_rest.remove(0, from);
    if (m_rest.size() > kLongestLine)
        fail(Problem::refused(u"A line of standard input is larger than any event can be."_s));
    else if (m_lines.size() > kMostWaiting)
        m_reader.setPaused(true);
    if (!m_lines.isEmpty())
        Q_EMIT changed();
}

void LineEvents::onFinished()
{
    addLine(m_rest);
    m_rest.clear();
    m_ended = true;
    Q_EMIT changed();
}

void LineEvents::addLine(const QByteArray &line)
{
    const QByteArray text = withoutLastLineBreak(line);
    if (text.trimmed().isEmpty())
        return;
    if (!m_isTemplate) {
        m_lines.append(text);
        return;
    }
    Problem problem;
    if (const auto filled = EventTemplate::parse(text, m_values, &problem))
        m_lines.append(filled->event(++m_seq));
    else
        fail(problem);
}

void LineEvents::fail(const Problem &problem)
{
    m_reader.setPaused(true);
    m_ended = true;
    Q_EMIT failed(problem);
}

} // namespace Syncscope::Cli
