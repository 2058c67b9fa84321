// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/filter.h"
#include "app/core/filter/filtercompletion.h"
#include "app/ui/completion.h"
#include "app/ui/traffic/framesource.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqml.h>

namespace Syncscope {

//! The filter of a traffic table: the text as it is typed, and the last filter that it was. While the text is
//! none, that one stays in force.
class FrameFilter : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a table")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)
    //! Why the text is no filter, and what to write instead; empty: it is one.
    Q_PROPERTY(QString problem READ problem NOTIFY textChanged FINAL)
    //! What of the text is wrong; of no length where something is missing.
    Q_PROPERTY(int problemBegin READ problemBegin NOTIFY textChanged FINAL)
    Q_PROPERTY(int problemEnd READ problemEnd NOTIFY textChanged FINAL)
    //! A filter is in force.
    Q_PROPERTY(bool active READ isActive NOTIFY appliedChanged FINAL)
    Q_PROPERTY(Syncscope::CompletionModel *completions READ completions CONSTANT FINAL)

public:
    //! \a source, whose records tell what can be filtered by, outlives it.
    explicit FrameFilter(const FrameSource *source, QObject *parent = nullptr);

    [[nodiscard]] QString text() const { return m_typed.text(); }
    //! Takes force after a moment in which nothing more is typed.
    void setText(const QString &text);
    [[nodiscard]] QString problem() const { return m_typed.error().message; }
    [[nodiscard]] int problemBegin() const { return int(m_typed.error().offset); }
    [[nodiscard]] int problemEnd() const
    {
        return int(m_typed.error().offset + m_typed.error().length);
    }
    [[nodiscard]] bool isActive() const { return !m_applied.isEmpty(); }
    [[nodiscard]] const Filter &applied() const { return m_applied; }
    [[nodiscard]] CompletionModel *completions() { return &m_completions; }

    //! Puts the text in force at once, if it is a filter.
    Q_INVOKABLE void apply();
    Q_INVOKABLE void clear();
    //! Fills completions() with what may stand at \a cursor.
    Q_INVOKABLE void complete(int cursor);
    //! Fills completions() with the paths that may stand at \a cursor of \a text, which is a path elsewhere.
    Q_INVOKABLE void completePath(const QString &text, int cursor);

    static constexpr qint64 kRecordsRead = 2'000; //!< at a time, the newest, to know what there is

Q_SIGNALS:
    void textChanged();
    void appliedChanged();

private:
    void readVocabulary();
    void propose(const QList<FilterCompletion> &completions, int cursor);

    const FrameSource *const m_source;
    Filter m_typed;
    Filter m_applied;
    QTimer m_pause;
    FilterVocabulary m_vocabulary;
    qint64 m_readEnd = 0; //!< records in front of it were read for that, or left out
    CompletionModel m_completions;
};

} // namespace Syncscope
