// SPDX-License-Identifier: Apache-2.0
#include "app/core/replay/replayplan.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Syncscope::ReplayPlan;

class TestReplayPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void speeds();
    void targets();
    void oneForAll();
    void refusesMappings();
};

void TestReplayPlan::speeds()
{
    QCOMPARE(ReplayPlan::speedOf(u"2x"_s), 2.0);
    QCOMPARE(ReplayPlan::speedOf(u"0.1"_s), 0.1);
    QCOMPARE(ReplayPlan::speedOf(u"1000x"_s), 1000.0);
    QCOMPARE(ReplayPlan::speedOf(u"max"_s), ReplayPlan::kMaximum);
    for (const QString &text : {u""_s, u"x"_s, u"0"_s, u"0.09x"_s, u"1001"_s, u"fast"_s, u"nan"_s})
        QVERIFY2(!ReplayPlan::speedOf(text), qPrintable(text));
}

void TestReplayPlan::targets()
{
    ReplayPlan plan;
    QVERIFY(plan.addMapping(u"game/7"_s, u"default/seven"_s));
    QVERIFY(plan.addMapping(u"game/*"_s, u"default/*"_s));
    QVERIFY(plan.addMapping(u"/chat/*"_s, u"default/chat"_s));
    QCOMPARE(plan.target(u"/game/7"_s), u"/default/seven"_s);
    QCOMPARE(plan.target(u"/game/8/a"_s), u"/default/8/a"_s);
    QCOMPARE(plan.target(u"/game/*"_s), QString());
    QCOMPARE(plan.target(u"/chat/*"_s), u"/default/chat"_s);
    QCOMPARE(plan.target(u"/chat/1"_s), u"/default/chat"_s);
    QCOMPARE(plan.target(u"/other/1"_s), u"/other/1"_s);
    QCOMPARE(plan.target(u"/other/*"_s), QString());
}

void TestReplayPlan::oneForAll()
{
    ReplayPlan plan;
    plan.to = u"/default/all"_s;
    QVERIFY(plan.addMapping(u"a"_s, u"b"_s));
    QCOMPARE(plan.target(u"/a"_s), u"/default/all"_s);
    QCOMPARE(plan.target(u"/a/*"_s), u"/default/all"_s);
}

void TestReplayPlan::refusesMappings()
{
    ReplayPlan plan;
    QVERIFY(!plan.addMapping(u"a"_s, u""_s));
    QVERIFY(!plan.addMapping(u""_s, u"b"_s));
    QVERIFY(!plan.addMapping(u"a"_s, u"b/*"_s));
    QVERIFY(plan.map.isEmpty());
}

GUILESS_TEST(TestReplayPlan)
#include "tst_replayplan.moc"
