// SPDX-License-Identifier: Apache-2.0
#include "app/ui/publishdraft.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testjwt.h"
#include "tests/shared/testrunner.h"

#include <AppSync/ChannelSubscription>

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::PublishDraft;
using Syncscope::PublishLog;
using Shape = PublishDraft::Shape;

class TestPublishDraft : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void marksTheError_data();
    void marksTheError();
    void arraysAreOneEventUnlessSaid();
    void metersLimits();
    void needsChannelTextAndClient();
    void publishesBytesAsTyped_data();
    void publishesBytesAsTyped();
    void tellsEachVerdict();
    void refusesHereUnlessSentAnyway();
    void tellsWhyItFailed();
    void tellsWhenItWasSentAndAnswered_data();
    void tellsWhenItWasSentAndAnswered();
    void showsTheAnswer();
    void survivesItsSession();
    void formats();
    void keepsTheLastResults();
    void fillsInClaims();
    void saysThatThereAreNoClaims();

private:
    [[nodiscard]] QVariant result(PublishLog::Role role) const
    {
        return m_draft->results()->index(0).data(role);
    }
    void compose(const QString &text, Shape shape = Shape::OneEvent);

    std::unique_ptr<UiTest::Server> m_server;
    std::unique_ptr<AppSync::EventsClient> m_client;
    std::unique_ptr<PublishDraft> m_draft;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestPublishDraft::init()
{
    m_tester.reset();
    m_draft.reset();
    m_client.reset();
    m_server = std::make_unique<UiTest::Server>();
    m_client = std::make_unique<AppSync::EventsClient>(m_server->endpoint(), &m_server->key);
    m_draft = std::make_unique<PublishDraft>();
    m_draft->setClient(m_client.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_draft->results(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestPublishDraft::compose(const QString &text, Shape shape)
{
    m_draft->setChannel(u"default/a"_s);
    m_draft->setShape(shape);
    m_draft->setText(text);
}

void TestPublishDraft::marksTheError_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("position");
    QTest::addColumn<QString>("place");
    QTest::newRow("wrong word") << u"{\n  \"a\": tru\n}"_s << 9 << u"Line 2:8"_s;
    QTest::newRow("behind wide characters") << u"[\"😀é\", nul]"_s << 8 << u"Line 1:9"_s;
    QTest::newRow("more than one value") << u"{} 2"_s << 3 << u"Line 1:4"_s;
    QTest::newRow("plain words") << u"hello"_s << 0 << u"Line 1:1"_s;
}

void TestPublishDraft::marksTheError()
{
    QFETCH(QString, text);
    QFETCH(QString, place);
    m_draft->setText(text);
    QTEST(m_draft->problemPosition(), "position");
    QVERIFY2(m_draft->textProblem().startsWith(place), qPrintable(m_draft->textProblem()));
    m_draft->setText(u"{}"_s);
    QCOMPARE(m_draft->problemPosition(), -1);
    QVERIFY(m_draft->textProblem().isEmpty());
}

void TestPublishDraft::arraysAreOneEventUnlessSaid()
{
    compose(u"[1, 2, 3]"_s);
    QCOMPARE(m_draft->eventCount(), 1);
    QVERIFY(m_draft->hint().contains(u"one event"_s));
    QVERIFY(m_draft->canSend());
    m_draft->setShape(Shape::Batch);
    QCOMPARE(m_draft->eventCount(), 3);
    QVERIFY(m_draft->hint().isEmpty());
    m_draft->setText(u"{\"a\": 1}"_s);
    QVERIFY(!m_draft->canSend());
    QVERIFY(m_draft->textProblem().contains(u"array"_s));
    m_draft->setText(u"[]"_s);
    QVERIFY(m_draft->textProblem().contains(u"empty"_s));
}

void TestPublishDraft::metersLimits()
{
    compose(u"[1,2,3,4,5,6]"_s, Shape::Batch);
    QCOMPARE(m_draft->eventCount(), 6);
    QVERIFY(!m_draft->limitProblem().isEmpty());
    QVERIFY(!m_draft->canSend());
    QVERIFY(m_draft->canSendAnyway());
    compose(u'"' + QString(239'000, u'x') + u'"');
    QVERIFY(m_draft->limitProblem().isEmpty());
    QVERIFY(m_draft->sizeShare() > 0.99);
    QVERIFY(m_draft->sizeShare() < 1);
    compose(u'"' + QString(242'000, u'x') + u'"');
    QVERIFY(m_draft->canSend()); // AWS does not say whether its KB has 1000 or 1024 bytes
    QVERIFY(m_draft->hint().contains(u"240 KB"_s));
    compose(u'"' + QString(246'000, u'x') + u'"');
    QVERIFY(!m_draft->limitProblem().isEmpty());
    QVERIFY(!m_draft->canSend());
    compose(u'"' + QString(123'000, u'é') + u'"'); // bytes count, not characters
    QVERIFY(!m_draft->limitProblem().isEmpty());
}

void TestPublishDraft::needsChannelTextAndClient()
{
    QVERIFY(!m_draft->canSend());
    compose(u"1"_s);
    QVERIFY(m_draft->canSend());
    m_draft->setChannel(u"default/*"_s);
    QVERIFY(!m_draft->channelProblem().isEmpty());
    QVERIFY(!m_draft->canSend());
    compose(u"1"_s);
    m_draft->setClient(nullptr);
    QVERIFY(!m_draft->canSend());
    m_draft->send(); // nothing happens
    QCOMPARE(m_draft->results()->count(), 0);
}

void TestPublishDraft::publishesBytesAsTyped_data()
{
    QTest::addColumn<PublishDraft::Via>("via");
    QTest::newRow("WebSocket") << PublishDraft::Via::WebSocket;
    QTest::newRow("HTTP") << PublishDraft::Via::Http;
}

void TestPublishDraft::publishesBytesAsTyped()
{
    QFETCH(PublishDraft::Via, via);
    QList<QByteArray> received;
    AppSync::ChannelSubscription *subscription = m_client->subscribe(u"/default/*"_s);
    connect(subscription, &AppSync::ChannelSubscription::received, this,
            [&received](const AppSync::Event &event) { received += event.json(); });
    QTRY_COMPARE(subscription->state(), AppSync::ChannelSubscription::State::Subscribed);
    m_draft->setVia(via);
    compose(u"[ {\"id\": 9007199254740993, \"a\":1,\"a\": 2}, \"\\u00e9😀\" ,1.0]"_s, Shape::Batch);
    m_draft->send();
    QTRY_COMPARE(received.size(), 3);
    QCOMPARE(
        received,
        (QList<QByteArray>{"{\"id\": 9007199254740993, \"a\":1,\"a\": 2}", "\"\\u00e9😀\"", "1.0"}));
    QTRY_COMPARE(result(PublishLog::OutcomeRole).toInt(), int(PublishLog::Accepted));
}

void TestPublishDraft::tellsEachVerdict()
{
    compose(u"[1,2]"_s, Shape::Batch);
    const QSignalSpy finished(m_draft->results(), &PublishLog::finished);
    m_draft->send();
    QCOMPARE(result(PublishLog::OutcomeRole).toInt(), int(PublishLog::Pending));
    QTRY_COMPARE(finished.size(), 1);
    QVERIFY(result(PublishLog::SummaryRole).toString().startsWith(u"2 of 2 accepted"_s));
    QVERIFY(result(PublishLog::PlaceRole).toString().startsWith(u"/default/a"_s));
    const QVariantList events = result(PublishLog::EventsRole).toList();
    QCOMPARE(events.size(), 2);
    QCOMPARE(events[1].toMap()[u"index"_s].toInt(), 1);
    QVERIFY(events[1].toMap()[u"accepted"_s].toBool());
    QVERIFY(!events[1].toMap()[u"text"_s].toString().isEmpty());
    QCOMPARE(m_draft->text(), u"[1,2]"_s);
}

void TestPublishDraft::refusesHereUnlessSentAnyway()
{
    compose(u"[1,2,3,4,5,6]"_s, Shape::Batch);
    m_draft->send();
    QCOMPARE(m_draft->results()->count(), 0);
    m_draft->sendAnyway();
    QTRY_COMPARE(result(PublishLog::OutcomeRole).toInt(), int(PublishLog::Failed));
    // The service's own words, which is what one sends it for.
    QVERIFY(result(PublishLog::SummaryRole).toString().contains(u"“"_s));
    QCOMPARE(m_draft->text(), u"[1,2,3,4,5,6]"_s);
}

void TestPublishDraft::tellsWhyItFailed()
{
    m_draft->setChannel(u"nowhere/a"_s);
    m_draft->setText(u"1"_s);
    m_draft->send();
    QTRY_COMPARE(result(PublishLog::OutcomeRole).toInt(), int(PublishLog::Failed));
    QVERIFY(!result(PublishLog::SummaryRole).toString().isEmpty());
    QVERIFY(!result(PublishLog::NextStepRole).toString().isEmpty());
}

void TestPublishDraft::tellsWhenItWasSentAndAnswered_data()
{
    QTest::addColumn<PublishDraft::Via>("via");
    QTest::newRow("WebSocket") << PublishDraft::Via::WebSocket;
    QTest::newRow("HTTP") << PublishDraft::Via::Http;
}

void TestPublishDraft::tellsWhenItWasSentAndAnswered()
{
    QFETCH(PublishDraft::Via, via);
    compose(u"1"_s);
    m_draft->setVia(via);
    m_draft->send();
    QCOMPARE(result(PublishLog::ProgressRole).toString(), u"not sent yet"_s);
    QTRY_COMPARE(result(PublishLog::OutcomeRole).toInt(), int(PublishLog::Accepted));
    const QString progress = result(PublishLog::ProgressRole).toString();
    QVERIFY2(progress.contains(u"sent at "_s), qPrintable(progress));
    QVERIFY2(progress.contains(u", answered after "_s), qPrintable(progress));
}

void TestPublishDraft::showsTheAnswer()
{
    compose(u"1"_s);
    m_draft->send();
    QVERIFY(result(PublishLog::DetailsRole).toString().isEmpty());
    QTRY_COMPARE(result(PublishLog::OutcomeRole).toInt(), int(PublishLog::Accepted));
    QString details = result(PublishLog::DetailsRole).toString();
    QVERIFY2(details.contains(u"publish_success"_s), qPrintable(details));
    m_draft->results()->toggleExpanded(0);
    QVERIFY(result(PublishLog::ExpandedRole).toBool());
    // The next one has its own answer, also over HTTP.
    m_draft->setChannel(u"nowhere/a"_s);
    m_draft->setVia(PublishDraft::Via::Http);
    m_draft->send();
    QTRY_COMPARE(result(PublishLog::OutcomeRole).toInt(), int(PublishLog::Failed));
    details = result(PublishLog::DetailsRole).toString();
    QVERIFY2(details.contains(u"errors"_s), qPrintable(details));
    QVERIFY(!result(PublishLog::ExpandedRole).toBool());
}

void TestPublishDraft::survivesItsSession()
{
    AppSync::FaultPlan faults;
    faults.neverAnswerPublish = true;
    m_server->emulator.setFaults(faults);
    compose(u"1"_s);
    m_draft->send();
    m_client.reset();
    QCOMPARE(result(PublishLog::OutcomeRole).toInt(), int(PublishLog::Failed));
    QVERIFY(result(PublishLog::NextStepRole).toString().contains(u"unknown"_s));
    QCOMPARE(m_draft->text(), u"1"_s);
    QVERIFY(!m_draft->canSend());
}

void TestPublishDraft::formats()
{
    compose(u"{\"a\":1.0}"_s);
    m_draft->format();
    QCOMPARE(m_draft->text(), u"{\n  \"a\": 1.0\n}"_s);
    m_draft->setText(u"{"_s);
    m_draft->format();
    QCOMPARE(m_draft->text(), u"{"_s);
}

void TestPublishDraft::keepsTheLastResults()
{
    compose(u"1"_s);
    m_draft->setVia(PublishDraft::Via::Http);
    const auto more = std::size_t(5);
    for (std::size_t i = 0; i < PublishLog::kKept + more; ++i)
        m_draft->send();
    QCOMPARE(m_draft->results()->count(), int(PublishLog::kKept));
    QTRY_COMPARE(result(PublishLog::OutcomeRole).toInt(), int(PublishLog::Accepted));
}

void TestPublishDraft::fillsInClaims()
{
    AppSync::ChannelSubscription *subscription = m_client->subscribe(u"default/anna"_s);
    QSignalSpy received(subscription, &AppSync::ChannelSubscription::received);
    QTRY_COMPARE(subscription->state(), AppSync::ChannelSubscription::State::Subscribed);
    m_draft->setClient(m_client.get(), [] {
        return AppSync::JwtClaims::fromToken(
            testJwt({{u"sub"_s, u"anna"_s}, {u"name"_s, u"A \"B\""_s}}));
    });
    m_draft->setChannel(u"default/{{sub}}"_s);
    m_draft->setText(uR"({"from":"{{claim.name}}"})"_s);
    QCOMPARE(m_draft->channelProblem(), QString());
    QCOMPARE(m_draft->hint(), QString());
    m_draft->send();
    QTRY_COMPARE(received.size(), 1);
    QCOMPARE(received[0][0].value<AppSync::Event>().json(), R"({"from":"A \"B\""})"_ba);
    QCOMPARE(m_draft->text(), uR"({"from":"{{claim.name}}"})"_s); // as it was written
}

void TestPublishDraft::saysThatThereAreNoClaims()
{
    compose(uR"({"from":"{{sub}}"})"_s);
    QVERIFY2(m_draft->hint().contains(u"as it stands"), qPrintable(m_draft->hint()));
    QVERIFY(m_draft->canSend());
    m_draft->setChannel(u"default/{{sub}}"_s);
    QVERIFY2(m_draft->channelProblem().contains(u"no token"),
             qPrintable(m_draft->channelProblem()));
    QVERIFY(!m_draft->canSend());
}

GUILESS_TEST(TestPublishDraft)
#include "tst_publishdraft.moc"
