// SPDX-License-Identifier: Apache-2.0
#include "lib/client/deadlines_p.h"
#include "tests/shared/testrunner.h"

#include "tests/shared/fakeclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using AppSync::OperationDeadlines;

class tst_Deadlines : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void expireInOrderOfTime();
    void removedOnesStaySilent();
    void addingAgainReplaces();
    void zeroMeansNever();
    void mayBeDeletedWhileExpiring();
    void systemClockWorksToo();
};

void tst_Deadlines::expireInOrderOfTime()
{
    FakeClock clock;
    OperationDeadlines deadlines(nullptr);
    deadlines.setClock(&clock);
    QSignalSpy expired(&deadlines, &OperationDeadlines::expired);
    deadlines.add(u"late"_s, 30ms);
    deadlines.add(u"early"_s, 10ms);
    clock.advance(9ms);
    QCOMPARE(expired.count(), 0);
    clock.advance(1ms);
    QCOMPARE(expired.count(), 1);
    QCOMPARE(expired[0][0].toString(), u"early"_s);
    clock.advance(20ms);
    QCOMPARE(expired.count(), 2);
    QCOMPARE(expired[1][0].toString(), u"late"_s);
    QVERIFY(!clock.untilNext());
}

void tst_Deadlines::removedOnesStaySilent()
{
    FakeClock clock;
    OperationDeadlines deadlines(nullptr);
    deadlines.setClock(&clock);
    QSignalSpy expired(&deadlines, &OperationDeadlines::expired);
    deadlines.add(u"a"_s, 10ms);
    deadlines.add(u"b"_s, 10ms);
    deadlines.remove(u"a"_s);
    deadlines.remove(u"never added"_s);
    clock.advance(1s);
    QCOMPARE(expired.count(), 1);
    QCOMPARE(expired[0][0].toString(), u"b"_s);
}

void tst_Deadlines::addingAgainReplaces()
{
    FakeClock clock;
    OperationDeadlines deadlines(nullptr);
    deadlines.setClock(&clock);
    QSignalSpy expired(&deadlines, &OperationDeadlines::expired);
    deadlines.add(u"a"_s, 10ms);
    deadlines.add(u"a"_s, 50ms);
    clock.advance(20ms);
    QCOMPARE(expired.count(), 0);
    clock.advance(30ms);
    QCOMPARE(expired.count(), 1);
}

void tst_Deadlines::zeroMeansNever()
{
    FakeClock clock;
    OperationDeadlines deadlines(nullptr);
    deadlines.setClock(&clock);
    deadlines.add(u"a"_s, 0ms);
    QVERIFY(!clock.untilNext());
}

void tst_Deadlines::mayBeDeletedWhileExpiring()
{
    FakeClock clock;
    auto *deadlines = new OperationDeadlines(nullptr);
    deadlines->setClock(&clock);
    deadlines->add(u"a"_s, 1ms);
    deadlines->add(u"b"_s, 1ms);
    int expired = 0;
    connect(deadlines, &OperationDeadlines::expired, this, [&] {
        ++expired;
        delete deadlines;
    });
    clock.advance(1ms);
    QCOMPARE(expired, 1);
}

void tst_Deadlines::systemClockWorksToo()
{
    OperationDeadlines deadlines(nullptr);
    QSignalSpy expired(&deadlines, &OperationDeadlines::expired);
    deadlines.add(u"a"_s, 1ms);
    QVERIFY(expired.wait());
}

GUILESS_TEST(tst_Deadlines)
#include "tst_deadlines.moc"
