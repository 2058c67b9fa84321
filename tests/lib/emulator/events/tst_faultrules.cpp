// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/events/faultrules_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace AppSync;
using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

using Fault = FaultPlan::Fault;
using Kind = FaultPlan::Kind;

class tst_FaultRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shortMembers();
    void forWhom_data();
    void forWhom();
    void atATime();
    void soOften();
    void atARate();
    void drawsOncePerConnection();
    void otherFaultsChangeNoLot();
    void errors();
    void forms();
    void strikes();

private:
    static FaultPlan planOf(const Fault &fault);
    static QList<bool> lots(FaultRules &rules, Kind kind, int count);
};

FaultPlan tst_FaultRules::planOf(const Fault &fault)
{
    FaultPlan plan;
    plan.faults.append(fault);
    return plan;
}

QList<bool> tst_FaultRules::lots(FaultRules &rules, Kind kind, int count)
{
    QList<bool> result;
    for (int i = 0; i < count; ++i)
        result.append(rules.happens(kind, {}));
    return result;
}

void tst_FaultRules::shortMembers()
{
    FaultRules rules(1);
    QVERIFY(!rules.happens(Kind::NeverAck, {}));
    FaultPlan plan;
    plan.neverAck = true;
    plan.dropAfterFrames = 3;
    plan.deliveryGap = 5ms;
    rules.set(plan);
    QVERIFY(rules.happens(Kind::NeverAck, {}));
    QCOMPARE(rules.find(Kind::DropAfterFrames, {})->value, 3);
    QCOMPARE(rules.delay(Kind::DeliveryGap, {}), 5ms);
    QVERIFY(rules.concernsFrames());
    QVERIFY(rules.concernsDeliveries());
    rules.set({});
    QVERIFY(!rules.happens(Kind::NeverAck, {}));
    QVERIFY(!rules.concernsFrames());
    QVERIFY(!rules.concernsDeliveries());
}

void tst_FaultRules::forWhom_data()
{
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<bool>("hits");
    const auto row = [](const char *name, auto set, bool hits) {
        Fault fault{Kind::NeverAck};
        set(fault);
        QTest::newRow(name) << fault << hits;
    };
    row(
        "anybody", [](Fault &) {}, true);
    row(
        "this connection", [](Fault &f) { f.connection = u"7"_s; }, true);
    row(
        "another connection", [](Fault &f) { f.connection = u"8"_s; }, false);
    row(
        "peer", [](Fault &f) { f.peer = u"127.0.0.1:5000"_s; }, true);
    row(
        "address", [](Fault &f) { f.peer = u"127.0.0.1"_s; }, true);
    row(
        "other port", [](Fault &f) { f.peer = u"127.0.0.1:5001"_s; }, false);
    row(
        "mode", [](Fault &f) { f.authType = u"AWS_IAM"_s; }, true);
    row(
        "other mode", [](Fault &f) { f.authType = u"API_KEY"_s; }, false);
    row(
        "user", [](Fault &f) { f.user = u"*:user/Ann"_s; }, true);
    row(
        "other user", [](Fault &f) { f.user = u"Ann"_s; }, false);
    row(
        "channel", [](Fault &f) { f.channel = u"/game/*"_s; }, true);
    row(
        "namespace", [](Fault &f) { f.channel = u"game"_s; }, true);
    row(
        "other channel", [](Fault &f) { f.channel = u"game/b/*"_s; }, false);
    row(
        "all of it", [](Fault &f) { f.connection = u"7"_s, f.channel = u"game/a/1"_s; }, true);
    row(
        "not all of it", [](Fault &f) { f.connection = u"8"_s, f.channel = u"game"_s; }, false);
}

void tst_FaultRules::forWhom()
{
    QFETCH(Fault, fault);
    FaultRules rules(1);
    rules.set(planOf(fault));
    const FaultTarget target{7, u"127.0.0.1:5000"_s, u"AWS_IAM"_s, u"arn:aws:iam::1:user/Ann"_s,
                             u"game/a/1"_s};
    QTEST(rules.happens(Kind::NeverAck, target), "hits");
}

void tst_FaultRules::atATime()
{
    FaultRules::Clock::time_point now;
    FaultRules rules(1, [&now] { return now; });
    Fault fault{Kind::LoseEvents};
    fault.from = 100ms;
    fault.duration = 50ms;
    rules.set(planOf(fault));
    const auto at = [&](std::chrono::milliseconds time) {
        now = FaultRules::Clock::time_point(time);
        return rules.happens(Kind::LoseEvents, {});
    };
    QVERIFY(!at(99ms));
    QVERIFY(at(100ms));
    QVERIFY(at(149ms));
    QVERIFY(!at(150ms));
    now = FaultRules::Clock::time_point(1h);
    rules.set(planOf(fault)); // time begins anew
    QVERIFY(!at(1h));
    QVERIFY(at(1h + 120ms));
    fault.duration = 0ms;
    rules.set(planOf(fault));
    QVERIFY(at(24h));
}

void tst_FaultRules::soOften()
{
    FaultRules rules(1);
    Fault fault{Kind::NeverAnswerPublish};
    fault.times = 2;
    rules.set(planOf(fault));
    QCOMPARE(lots(rules, Kind::NeverAnswerPublish, 4), (QList{true, true, false, false}));

    fault.kind = Kind::DropAfterFrames; // connections are counted, not frames
    fault.times = 1;
    rules.set(planOf(fault));
    for (int i = 0; i < 3; ++i)
        QVERIFY(rules.happens(Kind::DropAfterFrames, {5}));
    QVERIFY(!rules.happens(Kind::DropAfterFrames, {6}));
}

void tst_FaultRules::atARate()
{
    Fault fault{Kind::NeverAnswerPublish};
    fault.rate = 0.25;
    FaultRules rules(1);
    rules.set(planOf(fault));
    const QList<bool> first = lots(rules, fault.kind, 1'000);
    const auto hits = first.count(true);
    QVERIFY2(hits > 200 && hits < 300, qPrintable(QString::number(hits)));
    rules.set(planOf(fault));
    QCOMPARE(lots(rules, fault.kind, 1'000), first); // the same seed
    FaultRules other(2);
    other.set(planOf(fault));
    QVERIFY(lots(other, fault.kind, 1'000) != first);
    fault.rate = 0;
    rules.set(planOf(fault));
    QCOMPARE(lots(rules, fault.kind, 100).count(true), 0);
}

void tst_FaultRules::drawsOncePerConnection()
{
    Fault fault{Kind::DropAfterFrames, 1};
    fault.rate = 0.5;
    FaultRules rules(3);
    rules.set(planOf(fault));
    int hits = 0;
    for (quint64 number = 1; number <= 400; ++number) {
        const bool first = rules.happens(fault.kind, {number});
        for (int i = 0; i < 3; ++i)
            QCOMPARE(rules.happens(fault.kind, {number}), first);
        hits += first ? 1 : 0;
    }
    QVERIFY2(hits > 150 && hits < 250, qPrintable(QString::number(hits)));
}

void tst_FaultRules::otherFaultsChangeNoLot()
{
    Fault fault{Kind::NeverAnswerPublish};
    fault.rate = 0.5;
    FaultPlan plan = planOf(fault);
    FaultRules rules(1);
    rules.set(plan);
    const QList<bool> alone = lots(rules, fault.kind, 50);
    Fault second{Kind::LoseEvents};
    second.rate = 0.5;
    plan.faults.append(second);
    rules.set(plan);
    lots(rules, second.kind, 17);
    QCOMPARE(lots(rules, fault.kind, 50), alone);
}

void tst_FaultRules::errors()
{
    FaultRules rules(1);
    QVERIFY(!rules.error(Kind::PublishError, {}, u"X"_s));
    rules.set(planOf({Kind::PublishError, 0, u"LimitExceededError"_s}));
    auto error = rules.error(Kind::PublishError, {}, u"X"_s);
    QVERIFY(error);
    QCOMPARE(error->type, u"LimitExceededError"_s);
    QCOMPARE(error->message, u"Rate limit exceeded"_s);
    QCOMPARE(error->httpStatus, 429);
    rules.set(planOf({Kind::HttpError, 503}));
    error = rules.error(Kind::HttpError, {}, u"X"_s);
    QCOMPARE(error->type, u"X"_s);
    QVERIFY(error->message.isNull());
    QCOMPARE(error->httpStatus, 503);
    rules.set(planOf({Kind::SubscribeError, 0, u"Unauthorized"_s, u"in my words"_s}));
    QCOMPARE(rules.error(Kind::SubscribeError, {}, u"X"_s)->message, u"in my words"_s);
}

void tst_FaultRules::forms()
{
    Fault fault{Kind::EventAsArray};
    FaultRules rules(1);
    rules.set(planOf(fault));
    QVERIFY(rules.always().eventAsArray);
    QVERIFY(rules.forms({}).eventAsArray);
    QVERIFY(!rules.plan().eventAsArray); // it is told as it was set
    fault.channel = u"a"_s;
    rules.set(planOf(fault));
    QVERIFY(!rules.always().eventAsArray);
    QVERIFY(!rules.forms({0, {}, {}, {}, u"b/1"_s}).eventAsArray);
    QVERIFY(rules.forms({0, {}, {}, {}, u"a/1"_s}).eventAsArray);
}

void tst_FaultRules::strikes()
{
    FaultRules rules(1);
    QVERIFY(rules.strikes().isEmpty());
    Fault fault{Kind::CloseCode, 4000};
    fault.from = 3s;
    rules.set(planOf(fault));
    QCOMPARE(rules.strikes(), QList<std::chrono::milliseconds>{3s});
}

APPLESS_TEST(tst_FaultRules)
#include "tst_faultrules.moc"
