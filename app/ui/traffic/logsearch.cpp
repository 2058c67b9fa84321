// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/logsearch.h"

#include <QElapsedTimer>

#include <algorithm>

namespace Syncscope {

namespace {

constexpr qint64 kSliceMs = 8;
constexpr int kRecordsPerLook = 32; // at the clock

} // namespace

LogSearch::LogSearch(const FrameSource *source, QObject *parent)
    : FrameSearch(parent), m_source(source)
{
    m_next.setInterval(0);
    connect(&m_next, &QTimer::timeout, this, &LogSearch::search);
}

void LogSearch::start(const FrameTest &test)
{
    m_test = test;
    m_end = m_source->end();
    const bool isNew = !m_next.isActive();
    m_next.start();
    if (isNew)
        Q_EMIT runningChanged();
    search();
}

void LogSearch::cancel()
{
    if (!m_next.isActive())
        return;
    m_next.stop();
    Q_EMIT runningChanged();
}

void LogSearch::search()
{
    QElapsedTimer age;
    age.start();
    QList<qint64> numbers;
    int looked = 0;
    while (m_end > m_source->begin()) {
        if (m_test.passes(m_source->record(--m_end)))
            numbers.append(m_end);
        if (++looked % kRecordsPerLook == 0 && age.elapsed() >= kSliceMs)
            break;
    }
    const bool isDone = m_end <= m_source->begin();
    if (!numbers.isEmpty()) {
        std::reverse(numbers.begin(), numbers.end());
        Q_EMIT found(numbers);
    }
    if (isDone)
        cancel();
}

} // namespace Syncscope
