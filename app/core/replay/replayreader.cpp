// SPDX-License-Identifier: Apache-2.0
#include "app/core/replay/replayreader.h"

#include <QElapsedTimer>

namespace Syncscope {

namespace {

// So much is read ahead at a time.
constexpr qsizetype kReplayEvents = 500;
constexpr qsizetype kReplayBytes = 2'000'000;
constexpr qint64 kReplayInterval = 33; // ms between two steps that are told

} // namespace

ReplayReader::ReplayReader(const QString &path, const Filter &filter, QObject *parent)
    : QObject(parent), m_path(path), m_filter(filter)
{
    m_worker.moveToThread(&m_thread);
    // In the thread, which made it.
    connect(
        &m_thread, &QThread::finished, &m_worker, [this] { m_file.reset(); }, Qt::DirectConnection);
    m_thread.start();
}

ReplayReader::~ReplayReader()
{
    m_isEnding = true;
    m_thread.quit();
    m_thread.wait();
}

void ReplayReader::survey(const std::optional<ReplayTemplate> &rewrite)
{
    QMetaObject::invokeMethod(&m_worker, [this, rewrite] { makeSurvey(rewrite); });
}

void ReplayReader::read(const QByteArray &kind)
{
    QMetaObject::invokeMethod(&m_worker, [this, kind] { readSome(kind); });
}

template <typename Function> void ReplayReader::tell(Function function)
{
    // What is still on its way goes with this.
    QMetaObject::invokeMethod(this, function, Qt::QueuedConnection);
}

bool ReplayReader::open(Problem *problem)
{
    if (m_file)
        return true;
    m_file = std::make_unique<CaptureFile>();
    if (m_file->open(m_path))
        return true;
    *problem = m_file->problem();
    m_file.reset();
    return false;
}

void ReplayReader::makeSurvey(const std::optional<ReplayTemplate> &rewrite)
{
    ReplaySurvey survey;
    QElapsedTimer since;
    since.start();
    if (open(&survey.problem))
        survey = ReplaySurvey::of(
            *m_file, m_filter, rewrite ? &*rewrite : nullptr, [&](qint64 done, qint64 all) {
                if (since.elapsed() >= kReplayInterval) {
                    since.restart();
                    const double share = double(done) / double(qMax<qint64>(1, all));
                    tell([this, share] { Q_EMIT progressed(share); });
                }
                return !m_isEnding;
            });
    tell([this, survey] { Q_EMIT surveyed(survey); });
}

void ReplayReader::readSome(const QByteArray &kind)
{
    QList<ReplayEvent> events;
    Problem problem;
    if (!open(&problem))
        return tell([this, problem] { Q_EMIT came({}, problem); });
    qsizetype bytes = 0;
    const auto isFull = [&] { return events.size() >= kReplayEvents || bytes >= kReplayBytes; };
    const bool isRead = m_file->read(
        m_filter, {m_next},
        [&](const CapturedFrame &frame) {
            m_next = frame.number + 1;
            if (frame.origin->kind == kind)
                forEachReplayEvent(frame, m_filter, [&](const ReplayEvent &event) {
                    events.append(event);
                    bytes += event.text.size();
                });
            return !isFull() && !m_isEnding;
        },
        [&](qint64, qint64) { return !m_isEnding; });
    if (!isRead)
        problem = m_file->problem();
    tell([this, events, problem] { Q_EMIT came(events, problem); });
}

} // namespace Syncscope
