// SPDX-License-Identifier: Apache-2.0
// Records numbered events into FILE, a thousand a second, and says on standard output each that was appended
// half a second ago. It runs until it is killed.
#include "app/core/capture/capturestore.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QTimer>

#include <cstdio>
#include <deque>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    Syncscope::CaptureStore store;
    store.open(application.arguments().at(1));
    const qint64 connection = store.addConnection(u"wss://example.test/event/realtime"_s);
    std::deque<std::pair<qint64, QDeadlineTimer>> recent;
    QTimer timer;
    qint64 number = 0;
    QObject::connect(&timer, &QTimer::timeout, &application, [&] {
        for (int i = 0; i < 10; ++i) {
            AppSync::Frame frame;
            frame.type = u"data"_s;
            frame.id = u"1"_s;
            frame.at = QDateTime::currentDateTimeUtc();
            frame.text = u"{\"id\":\"1\",\"type\":\"data\",\"event\":\"%1\"}"_s.arg(++number);
            recent.emplace_back(store.append(connection, frame), QDeadlineTimer(500));
        }
        while (!recent.empty() && recent.front().second.hasExpired()) {
            std::printf("%lld\n", static_cast<long long>(recent.front().first));
            recent.pop_front();
        }
        std::fflush(stdout);
    });
    timer.start(10);
    return QCoreApplication::exec();
}
