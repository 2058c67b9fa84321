// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framefilter.h"

#include <algorithm>
#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope {

namespace {

constexpr auto kPause = 150ms;

} // namespace

FrameFilter::FrameFilter(const FrameSource *source, QObject *parent)
    : QObject(parent), m_source(source)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPause);
    connect(&m_pause, &QTimer::timeout, this, &FrameFilter::apply);
}

void FrameFilter::setText(const QString &text)
{
    if (text == m_typed.text())
        return;
    m_typed = Filter(text);
    m_pause.start();
    Q_EMIT textChanged();
}

void FrameFilter::apply()
{
    m_pause.stop();
    if (!m_typed.isValid() || m_typed.text() == m_applied.text())
        return;
    m_applied = m_typed;
    Q_EMIT appliedChanged();
}

void FrameFilter::clear()
{
    setText({});
    apply();
}

//! What came since the last time, so that a key costs little.
void FrameFilter::readVocabulary()
{
    const qint64 first = std::max({m_source->begin(), m_readEnd, m_source->end() - kRecordsRead});
    for (qint64 number = m_source->end() - 1; number >= first; --number) {
        m_source->record(number).captured().forEachRow([this](const FilterRow &row) {
            m_vocabulary.note(row);
            return true;
        });
    }
    m_readEnd = m_source->end();
}

void FrameFilter::complete(int cursor)
{
    readVocabulary();
    propose(filterCompletions(text(), cursor, m_vocabulary), cursor);
}

void FrameFilter::completePath(const QString &text, int cursor)
{
    readVocabulary();
    QList<FilterCompletion> paths = filterCompletions(text, cursor, m_vocabulary);
    paths.removeIf([](const FilterCompletion &one) {
        return !one.text.startsWith(u"event."_s) && !one.text.startsWith(u"event["_s);
    });
    propose(paths, cursor);
}

void FrameFilter::propose(const QList<FilterCompletion> &completions, int cursor)
{
    Completion completion;
    completion.begin = completion.end = cursor;
    for (const FilterCompletion &one : completions) {
        completion.begin = int(one.begin);
        completion.end = int(one.end);
        completion.proposals += CompletionProposal{one.text, {}, {}, false};
        if (completion.proposals.size() == Completion::kMost)
            break;
    }
    m_completions.setCompletion(completion);
}

} // namespace Syncscope
