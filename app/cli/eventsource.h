// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/stdinreader.h"
#include "app/core/problem.h"
#include "app/core/texttemplate.h"

#include <QList>
#include <QObject>

#include <optional>

namespace Syncscope::Cli {

//! Where the events of `publish` come from.
class EventSource : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    //! Begins to read, where there is something to read.
    virtual void start() = 0;
    //! The events of the next request: at most \a most, at least one if hasEvents().
    virtual QList<QByteArray> take(int most) = 0;
    [[nodiscard]] virtual bool hasEvents() const = 0;
    //! Nothing further will come.
    [[nodiscard]] virtual bool isAtEnd() const = 0;

Q_SIGNALS:
    //! hasEvents() or isAtEnd() became true.
    void changed();
    void failed(const Syncscope::Problem &problem);
};

//! The same events again and again, `--repeat` times or for ever; filled in anew each time if they are
//! templates.
class RepeatedEvents : public EventSource {
    Q_OBJECT

public:
    //! \a repeat: nothing means for ever.
    RepeatedEvents(const QList<QByteArray> &events, std::optional<qint64> repeat,
                   QObject *parent = nullptr);
    //! The events are templates. False: \a problem says which one cannot be.
    bool setTemplates(const TemplateValues &values, Problem *problem);
    //! Takes standard input as the one event, without its last line break.
    void readStdin(bool isTemplate, const TemplateValues &values);

    void start() override;
    QList<QByteArray> take(int most) override;
    [[nodiscard]] bool hasEvents() const override;
    [[nodiscard]] bool isAtEnd() const override;

private:
    void onStdinRead();

    QList<QByteArray> m_events;
    QList<EventTemplate> m_templates;
    TemplateValues m_values;
    std::optional<qint64> m_left;
    qint64 m_seq = 0;
    StdinReader m_reader;
    QByteArray m_input;
    bool m_readsStdin = false;
    bool m_isTemplate = false;
};

//! One event per line of standard input. Empty lines are skipped.
class LineEvents : public EventSource {
    Q_OBJECT

public:
    //! \a isTemplate: lines are filled in with \a values.
    LineEvents(bool isTemplate, const TemplateValues &values, QObject *parent = nullptr);

    void start() override;
    QList<QByteArray> take(int most) override;
    [[nodiscard]] bool hasEvents() const override { return !m_lines.isEmpty(); }
    [[nodiscard]] bool isAtEnd() const override { return m_ended && m_lines.isEmpty(); }

private:
    void onData(const QByteArray &data);
    void onFinished();
    void addLine(const QByteArray &line);
    void fail(const Problem &problem);

    const bool m_isTemplate;
    const TemplateValues m_values;
    StdinReader m_reader;
    QByteArray m_rest;
    QList<QByteArray> m_lines;
    qint64 m_seq = 0;
    bool m_ended = false;
};

//! \a bytes without one line break at their end: editors and `echo` add it, it is not part of the event.
[[nodiscard]] QByteArray withoutLastLineBreak(QByteArray bytes);

} // namespace Syncscope::Cli
