// SPDX-License-Identifier: Apache-2.0
#include "systemmonitor.h"

#include "clock.h"

#include <QCoreApplication>
#include <QMutex>
#include <QNetworkInformation>
#include <QPointer>
#include <QTimer>

using namespace std::chrono_literals;

namespace AppSync {

namespace {

constexpr auto kInterval = 10s;
constexpr auto kJump = 5s; // more than any adjustment of a time service

class LocalMonitor : public SystemMonitor {
public:
    LocalMonitor() : m_timer(this)
    {
        m_timer.setTimerType(Qt::VeryCoarseTimer);
        m_timer.setInterval(kInterval);
        connect(&m_timer, &QTimer::timeout, this, &LocalMonitor::compareClocks);
        // The first client may live in a thread that ends before the program does.
        if (QCoreApplication *application = QCoreApplication::instance())
            moveToThread(application->thread());
        QMetaObject::invokeMethod(
            this, [this] { start(); }, Qt::QueuedConnection);
    }

private:
    void start()
    {
        setParent(QCoreApplication::instance());
        m_ahead = ahead();
        m_timer.start();
        if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
            return;
        connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
                [this](QNetworkInformation::Reachability reachability) {
                    Q_EMIT networkChanged(reachability
                                          != QNetworkInformation::Reachability::Disconnected);
                });
    }

    static std::chrono::milliseconds ahead()
    {
        const Clock &clock = *Clock::system();
        return std::chrono::milliseconds(clock.wallMs())
            - std::chrono::duration_cast<std::chrono::milliseconds>(clock.monotonic());
    }

    void compareClocks()
    {
        const auto now = ahead();
        const auto jump = now - m_ahead;
        m_ahead = now;
        if (std::chrono::abs(jump) >= kJump)
            Q_EMIT timeJumped(jump);
    }

    QTimer m_timer;
    std::chrono::milliseconds m_ahead{0};
};

} // namespace

SystemMonitor *SystemMonitor::system()
{
    static QBasicMutex mutex;
    static QPointer<LocalMonitor> monitor; // the application owns it
    const QMutexLocker lock(&mutex);
    if (!monitor)
        monitor = new LocalMonitor;
    return monitor;
}

} // namespace AppSync
