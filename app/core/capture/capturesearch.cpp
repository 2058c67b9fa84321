// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturesearch.h"

#include <QElapsedTimer>

#include <utility>

namespace Syncscope {

namespace {

// Hits are handed on as often as a person sees it.
constexpr qint64 kInterval = 33;
constexpr qsizetype kMostAtOnce = 10'000;

} // namespace

CaptureSearch::CaptureSearch(QObject *parent) : QObject(parent)
{
}

CaptureSearch::~CaptureSearch()
{
    cancel();
}

void CaptureSearch::cancel()
{
    ++m_generation;
    if (!m_thread)
        return;
    *m_isCancelled = true;
    m_thread->wait();
    delete std::exchange(m_thread, nullptr);
}

void CaptureSearch::start(const QString &path, const Filter &filter,
                          const CaptureFile::Range &range)
{
    cancel();
    m_isCancelled = std::make_shared<std::atomic_bool>(false);
    m_thread = QThread::create(
        [this, path, filter, range, flag = m_isCancelled, generation = m_generation] {
            run(path, filter, range, flag, generation);
        });
    m_thread->start();
}

template <typename Function> void CaptureSearch::tell(int generation, Function function)
{
    QMetaObject::invokeMethod(
        this,
        [this, generation, function] {
            if (generation == m_generation)
                function();
        },
        Qt::QueuedConnection);
}

void CaptureSearch::run(const QString &path, const Filter &filter, const CaptureFile::Range &range,
                        const Flag &isCancelled, int generation)
{
    CaptureFile file;
    QList<qint64> numbers;
    QElapsedTimer since;
    since.start();
    bool isFirst = true;
    const auto handOn = [&] {
        if (!numbers.isEmpty())
            tell(generation,
                 [this, found = std::exchange(numbers, {})] { Q_EMIT this->found(found); });
        isFirst = false;
        since.restart();
    };
    if (file.open(path)) {
        (void)file.read(
            filter, range,
            [&](const CapturedFrame &frame) {
                numbers.append(frame.number);
                if (isFirst || since.elapsed() >= kInterval || numbers.size() >= kMostAtOnce)
                    handOn();
                return !*isCancelled;
            },
            [&](qint64 done, qint64 all) {
                handOn();
                tell(generation, [this, done, all] { Q_EMIT progressed(done, all); });
                return !*isCancelled;
            });
    }
    handOn();
    const Problem problem = file.problem();
    tell(generation, [this, problem] {
        m_thread->wait();
        delete std::exchange(m_thread, nullptr);
        Q_EMIT finished(problem);
    });
}

} // namespace Syncscope
