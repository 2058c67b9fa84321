// SPDX-License-Identifier: Apache-2.0
#include "app/core/statistics/publishledger.h"
#include "tests/app/core/statistics/samples.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Samples::Sample;
using Syncscope::PublishLedger;
using Verdict = PublishLedger::Verdict;

class TestPublishLedger : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsVerdicts();
    void keepsRefusals_data();
    void keepsRefusals();
    void seesAnEventOnEachSubscription();
    void usesEachDeliveryOnce();
    void comparesTextsExactly();
    void needsACoveringSubscription();
    void ignoresWhatWasRefused();
    void waitsAMinute();
    void losesAnswersWithTheConnection();
    void measuresWithTheMonotonicClockOfOneConnection();
    void countsASecondSendingOnce();
    void tellsConnectionsApart();
    void forgetsTheOldest();
};

namespace {

const QByteArray kAccepted = R"({"type":"publish_success","id":"p1","successful":[)"
                             R"({"identifier":"id-0","index":0}],"failed":[]})";

} // namespace

void TestPublishLedger::keepsVerdicts()
{
    PublishLedger ledger;
    const auto effect =
        ledger.add(Samples::publish(0, u"p1"_s, u"/game/7"_s, {"{\"a\":1}", "2", "3"}));
    QCOMPARE(effect.added, 3);
    QCOMPARE(ledger.entries().size(), std::size_t(3));
    QCOMPARE(ledger.entries()[0].preview, u"{\"a\":1}"_s);
    QCOMPARE(ledger.entries()[0].bytes, 7);
    QCOMPARE(ledger.entries()[2].index, 2);
    QCOMPARE(ledger.entries()[2].channel, u"/game/7"_s);
    QCOMPARE(ledger.entries()[0].verdict, Verdict::Pending);
    const auto answered = ledger.add(Samples::answer(
        20, u"p1"_s,
        R"({"successful":[{"identifier":"id-0","index":0}],)"
        R"("failed":[{"identifier":"id-1","index":1,"code":"EventTooLarge","message":"too large"}]})"));
    QCOMPARE(answered.amended, (QList<qint64>{1, 2, 3}));
    QCOMPARE(ledger.find(u"p1"_s, 0)->verdict, Verdict::Accepted);
    QCOMPARE(ledger.find(u"p1"_s, 0)->said, u"id-0"_s);
    QCOMPARE(ledger.find(u"p1"_s, 1)->verdict, Verdict::Refused);
    QCOMPARE(ledger.find(u"p1"_s, 1)->said, u"EventTooLarge: too large"_s);
    QCOMPARE(ledger.find(u"p1"_s, 2)->verdict, Verdict::Unknown); // the answer is silent about it
    QVERIFY(!ledger.find(u"p1"_s, 3));
    QVERIFY(!ledger.find(u"p2"_s, 0));
    QVERIFY(ledger.add(Samples::answer(30, u"p1"_s, kAccepted)).amended.isEmpty()); // only once
}

void TestPublishLedger::keepsRefusals_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("said");
    QTest::newRow("error frame") << QByteArray(
        R"({"type":"publish_error","errors":[{"errorType":"Unauthorized",)"
        R"("message":"no \"key\""}]})")
                                 << u"Unauthorized: no \"key\""_s;
    QTest::newRow("type only") << QByteArray(R"({"errors":[{"errorType":"Unauthorized"}]})")
                               << u"Unauthorized"_s;
    QTest::newRow("no JSON") << QByteArray("Bad gateway") << u"Bad gateway"_s;
    QTest::newRow("nothing") << QByteArray() << QString();
}

void TestPublishLedger::keepsRefusals()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, said);
    PublishLedger ledger;
    ledger.add(Samples::publish(0, u"p1"_s, u"/a"_s, {"1", "2"}));
    ledger.add(Samples::answer(5, u"p1"_s, answer));
    for (int index : {0, 1}) {
        QCOMPARE(ledger.find(u"p1"_s, index)->verdict, Verdict::Refused);
        QCOMPARE(ledger.find(u"p1"_s, index)->said, said);
    }
}

void TestPublishLedger::seesAnEventOnEachSubscription()
{
    PublishLedger ledger;
    Samples::subscribe(&ledger, 0, u"s1"_s, u"/game/*"_s);
    Samples::subscribe(&ledger, 0, u"s2"_s, u"game/7"_s);
    Samples::subscribe(&ledger, 0, u"s3"_s, u"/chat/*"_s);
    ledger.add(Samples::publish(100, u"p1"_s, u"/game/7"_s, {"{\"a\":1}"}));
    QCOMPARE(ledger.entries()[0].covering, 2);
    const auto first = ledger.add(Samples::event(136, u"s1"_s, {"{\"a\":1}"}));
    QVERIFY(first.echo && *first.echo == 36ms);
    QCOMPARE(first.amended, QList<qint64>{1});
    const auto second = ledger.add(Samples::event(138, u"s2"_s, {"{\"a\":1}"}));
    QVERIFY(!second.echo); // counts once
    const auto &sightings = ledger.entries()[0].sightings;
    QCOMPARE(sightings.size(), 2);
    QCOMPARE(sightings[0].subscription, u"/game/*"_s);
    QCOMPARE(sightings[0].latency, 36ms);
    QCOMPARE(sightings[0].atMs, Samples::kStart + 136);
    QCOMPARE(sightings[1].subscription, u"game/7"_s);
    QCOMPARE(sightings[1].latency, 38ms);
}

void TestPublishLedger::usesEachDeliveryOnce()
{
    PublishLedger ledger;
    Samples::subscribe(&ledger, 0, u"s1"_s, u"/game/*"_s);
    ledger.add(Samples::publish(100, u"p1"_s, u"/game/7"_s, {"1", "1"}));
    ledger.add(Samples::publish(110, u"p2"_s, u"/game/7"_s, {"1"}));
    ledger.add(Samples::event(120, u"s1"_s, {"1"}));
    QCOMPARE(ledger.entries()[0].sightings.size(), 1);
    QCOMPARE(ledger.entries()[1].sightings.size(), 0);
    ledger.add(Samples::event(130, u"s1"_s, {"1", "1"}));
    QCOMPARE(ledger.entries()[1].sightings.size(), 1);
    QCOMPARE(ledger.entries()[2].sightings.size(), 1);
    QVERIFY(ledger.add(Samples::event(140, u"s1"_s, {"1"})).amended.isEmpty()); // somebody else's
}

void TestPublishLedger::comparesTextsExactly()
{
    PublishLedger ledger;
    Samples::subscribe(&ledger, 0, u"s1"_s, u"/a"_s);
    ledger.add(Samples::publish(10, u"p1"_s, u"/a"_s, {"{\"n\": 9007199254740993}"}));
    ledger.add(Samples::event(20, u"s1"_s, {"{\"n\": 9007199254740992}"}));
    ledger.add(Samples::event(20, u"s1"_s, {"{\"n\":9007199254740993}"}));
    QVERIFY(ledger.entries()[0].sightings.isEmpty());
    ledger.add(Samples::event(20, u"s1"_s, {"{\"n\": 9007199254740993}"}));
    QCOMPARE(ledger.entries()[0].sightings.size(), 1);
}

void TestPublishLedger::needsACoveringSubscription()
{
    PublishLedger ledger;
    Samples::subscribe(&ledger, 0, u"s1"_s, u"/chat/*"_s);
    ledger.add(Samples::about(Sample::Kind::Subscribe, 0, u"s2"_s, u"/game/*"_s)); // no ack yet
    ledger.add(Samples::publish(10, u"p1"_s, u"/game/7"_s, {"1"}));
    QCOMPARE(ledger.entries()[0].covering, 0);
    ledger.add(Samples::event(20, u"s1"_s, {"1"}));
    QVERIFY(ledger.entries()[0].sightings.isEmpty());
    ledger.add(Samples::event(20, u"s2"_s, {"1"})); // acknowledged meanwhile
    QCOMPARE(ledger.entries()[0].sightings.size(), 1);
    ledger.add(Samples::about(Sample::Kind::Unsubscribe, 30, u"s1"_s));
    ledger.add(Samples::publish(40, u"p2"_s, u"/chat/1"_s, {"1"}));
    QCOMPARE(ledger.entries()[1].covering, 0);
}

void TestPublishLedger::ignoresWhatWasRefused()
{
    PublishLedger ledger;
    Samples::subscribe(&ledger, 0, u"s1"_s, u"/a"_s);
    ledger.add(Samples::publish(10, u"p1"_s, u"/a"_s, {"1"}));
    ledger.add(Samples::answer(12, u"p1"_s, R"({"errors":[{"errorType":"Unauthorized"}]})"));
    ledger.add(Samples::event(20, u"s1"_s, {"1"}));
    QVERIFY(ledger.entries()[0].sightings.isEmpty());
}

void TestPublishLedger::waitsAMinute()
{
    PublishLedger ledger;
    Samples::subscribe(&ledger, 0, u"s1"_s, u"/a"_s);
    ledger.add(Samples::publish(0, u"p1"_s, u"/a"_s, {"1"}));
    ledger.add(Samples::publish(5'000, u"p2"_s, u"/a"_s, {"1"}));
    ledger.add(Samples::event(60'001, u"s1"_s, {"1"}));
    QVERIFY(ledger.entries()[0].sightings.isEmpty());
    QCOMPARE(ledger.entries()[1].sightings.size(), 1);
}

void TestPublishLedger::losesAnswersWithTheConnection()
{
    PublishLedger ledger;
    Samples::subscribe(&ledger, 0, u"s1"_s, u"/a"_s);
    ledger.add(Samples::publish(10, u"p1"_s, u"/a"_s, {"1"}));
    Sample http = Samples::publish(10, u"p2"_s, u"/a"_s, {"2"});
    http.isHttp = true;
    ledger.add(http);
    ledger.add(Samples::at(Sample::Kind::Lost, 20));
    QCOMPARE(ledger.find(u"p1"_s, 0)->verdict, Verdict::Unknown);
    QCOMPARE(ledger.find(u"p2"_s, 0)->verdict, Verdict::Pending);
    ledger.add(Samples::publish(30, u"p3"_s, u"/a"_s, {"3"}));
    QCOMPARE(ledger.find(u"p3"_s, 0)->covering, 0); // its subscription went as well
}

void TestPublishLedger::measuresWithTheMonotonicClockOfOneConnection()
{
    PublishLedger ledger;
    Sample subscribed = Samples::about(Sample::Kind::Subscribe, 0, u"s1"_s, u"/a"_s);
    subscribed.connection = 2;
    ledger.add(subscribed);
    ledger.add(Samples::publish(10, u"p1"_s, u"/a"_s, {"1", "2"}));
    Sample own = Samples::event(50, u"s0"_s, {"1"});
    own.channel = u"/a"_s;
    own.atMs -= 3'600'000; // the wall clock was set back
    QCOMPARE(*ledger.add(own).echo, 40ms);
    Sample other = Samples::event(30, u"s1"_s, {"2"});
    other.connection = 2;
    other.monotonicNs = 1; // another machine's
    QCOMPARE(*ledger.add(other).echo, 20ms);
}

void TestPublishLedger::countsASecondSendingOnce()
{
    PublishLedger ledger;
    QCOMPARE(ledger.add(Samples::publish(0, u"p1"_s, u"/a"_s, {"1"})).added, 1);
    QCOMPARE(ledger.add(Samples::publish(9, u"p1"_s, u"/a"_s, {"1"})).added, 0);
    QCOMPARE(ledger.add(Samples::publish(9, QString(), u"/a"_s, {"1"})).added, 1);
    QCOMPARE(ledger.add(Samples::publish(9, QString(), u"/a"_s, {"1"})).added, 1);
}

void TestPublishLedger::tellsConnectionsApart()
{
    PublishLedger ledger;
    Sample second = Samples::publish(0, u"p1"_s, u"/a"_s, {"2"});
    second.connection = 2;
    ledger.add(Samples::publish(0, u"p1"_s, u"/a"_s, {"1"}));
    QCOMPARE(ledger.add(second).added, 1);
    ledger.add(Samples::answer(10, u"p1"_s, R"({"errors":[{"errorType":"No"}]})"));
    QCOMPARE(ledger.find(u"p1"_s, 0)->verdict, Verdict::Refused);
    QCOMPARE(ledger.find(u"p1"_s, 0, 2)->verdict, Verdict::Pending);
    ledger.add(Samples::at(Sample::Kind::Lost, 20));
    QCOMPARE(ledger.find(u"p1"_s, 0, 2)->verdict, Verdict::Pending);
}

void TestPublishLedger::forgetsTheOldest()
{
    PublishLedger ledger;
    Samples::subscribe(&ledger, 0, u"s1"_s, u"/a"_s);
    const auto total = qint64(PublishLedger::kKept) + 50;
    for (qint64 i = 1; i <= total; ++i)
        ledger.add(Samples::publish(i, QString::number(i), u"/a"_s, {QByteArray::number(i)}));
    QCOMPARE(ledger.entries().size(), PublishLedger::kKept);
    QCOMPARE(ledger.forgotten(), 50);
    QCOMPARE(ledger.entries().front().serial, 51);
    QVERIFY(!ledger.find(50));
    QVERIFY(!ledger.find(u"50"_s, 0));
    QVERIFY(ledger.find(u"51"_s, 0));
    QVERIFY(ledger.add(Samples::event(total, u"s1"_s, {"50"})).amended.isEmpty());
    QCOMPARE(ledger.add(Samples::event(total, u"s1"_s, {"51"})).amended, QList<qint64>{51});
    QCOMPARE(ledger.add(Samples::answer(total, u"51"_s, kAccepted)).amended, QList<qint64>{51});
}

APPLESS_TEST(TestPublishLedger)
#include "tst_publishledger.moc"
