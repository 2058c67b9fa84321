// SPDX-License-Identifier: Apache-2.0
#include "app/cli/bounds.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

using namespace std::chrono_literals;
using namespace Syncscope::Cli;

class TestBounds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void count();
    void duration();
    void durationRunsFromTheStart();
    void idle();
    void eventsProlongIdle();
    void none();
};

void TestBounds::count()
{
    Bounds bounds({.count = 2, .duration = {}, .idle = {}});
    QSignalSpy reached(&bounds, &Bounds::reached);
    bounds.start();
    bounds.note();
    QCOMPARE(reached.size(), 0);
    bounds.note();
    bounds.note();
    QCOMPARE(reached.size(), 1);
    QVERIFY(bounds.isReached());
}

void TestBounds::duration()
{
    Bounds bounds({.count = {}, .duration = 20ms, .idle = {}});
    QSignalSpy reached(&bounds, &Bounds::reached);
    QElapsedTimer timer;
    timer.start();
    bounds.start();
    bounds.start();
    QVERIFY(reached.wait());
    QVERIFY(timer.elapsed() >= 19);
    QCOMPARE(reached.size(), 1);
}

void TestBounds::durationRunsFromTheStart()
{
    Bounds bounds({.count = {}, .duration = 0ms, .idle = 0ms});
    QSignalSpy reached(&bounds, &Bounds::reached);
    QCoreApplication::processEvents();
    QCOMPARE(reached.size(), 0);
    bounds.start();
    QTRY_COMPARE(reached.size(), 1);
}

void TestBounds::idle()
{
    Bounds bounds({.count = {}, .duration = {}, .idle = 20ms});
    QSignalSpy reached(&bounds, &Bounds::reached);
    bounds.start();
    QVERIFY(reached.wait());
}

void TestBounds::eventsProlongIdle()
{
    Bounds bounds({.count = {}, .duration = {}, .idle = 60ms});
    QSignalSpy reached(&bounds, &Bounds::reached);
    QElapsedTimer sinceLast;
    int left = 10;
    QTimer events;
    connect(&events, &QTimer::timeout, this, [&] {
        bounds.note();
        sinceLast.start();
        if (--left == 0)
            events.stop();
    });
    bounds.start();
    events.start(10);
    QVERIFY(reached.wait());
    QVERIFY(sinceLast.elapsed() >= 59);
}

void TestBounds::none()
{
    Bounds bounds({});
    bounds.start();
    for (int i = 0; i < 1000; ++i)
        bounds.note();
    QVERIFY(!bounds.isReached());
}

GUILESS_TEST(TestBounds)
#include "tst_bounds.moc"
