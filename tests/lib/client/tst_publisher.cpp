// SPDX-License-Identifier: Apache-2.0
#include "tests/lib/client/manualauthorizer.h"
#include "tests/lib/client/publishoutcome.h"
#include "tests/lib/client/scriptedclient.h"
#include "tests/shared/testrunner.h"

#include <QJsonArray>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using Kind = Error::Kind;

//! A publish has its own deadline, id and rate, and ends exactly once.
class tst_Publisher : public QObject, public ScriptedClient {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void publishAborted();
    void publishTimesOutByItself();
    void publishWithAnIdInUse();
    void publishWithABadId();
    void publishIsBounded();
    void publishKeepsTheRate();
    void publishTellsWhenItWasSentAndAnswered();
    void headersAtHandNeedNoReply();
    void deletedBeforeItIsSent();
};

namespace {

//! Has its headers at hand, and counts how often a reply was wanted all the same.
class HandyAuthorizer : public ManualAuthorizer {
public:
    std::optional<Headers> headersAtHand(const SignableRequest &request) override
    {
        bodies << request.body;
        return Headers{{"x-api-key"_ba, key}};
    }
    QByteArray key = "da2-1";
    QByteArrayList bodies;
};

} // namespace

void tst_Publisher::publishAborted()
{
    QVERIFY(connects());
    PublishReply *reply = m_client->publish(u"default/a"_s, "1"_ba);
    const Ending publish(reply);
    const QString id = reply->operationId();
    QTRY_COMPARE(sent(u"publish"_s), 1);
    reply->abort();
    QVERIFY(publish.arrives());
    QCOMPARE(publish.error.kind, Kind::Cancelled);
    QVERIFY2(publish.error.message.contains(u"unknown"), qPrintable(publish.error.message));
    QSignalSpy errors(m_client.get(), &EventsClient::errorOccurred);
    QSignalSpy keepAlive(m_client->connection(), &Connection::keepAliveReceived);
    m_server->send(
        u"{\"type\":\"publish_success\",\"id\":\"%1\",\"successful\":[],\"failed\":[]}"_s.arg(id));
    m_server->send(u"{\"type\":\"ka\"}"_s);
    QVERIFY(keepAlive.wait());
    QCOMPARE(errors.count(), 0); // late, not odd
    QCOMPARE(publish.count, 1);
}

void tst_Publisher::publishTimesOutByItself()
{
    QVERIFY(connects());
    PublishOptions brief;
    brief.timeout = 2s;
    const Ending first(m_client->publish(u"default/a"_s, {"1"_ba}, brief));
    const Ending second(m_client->publish(u"default/a"_s, "2"_ba));
    QTRY_COMPARE(sent(u"publish"_s), 2);
    m_clock->advance(2s);
    QVERIFY(first.arrives());
    QCOMPARE(first.error.kind, Kind::Timeout);
    QVERIFY2(first.error.message.contains(u"2 s"), qPrintable(first.error.message));
    QCOMPARE(second.count, 0);
}

void tst_Publisher::publishWithAnIdInUse()
{
    QVERIFY(connects());
    PublishOptions named;
    named.id = u"mine"_s;
    const Outcome owner(m_client->publish(u"default/a"_s, {"1"_ba}, named));
    QTRY_COMPARE(sent(u"publish"_s), 1);
    QCOMPARE(m_server->receivedOf(u"publish"_s).first()[u"id"_s].toString(), u"mine"_s);
    const Outcome intruder(m_client->publish(u"default/a"_s, {"2"_ba}, named));
    QVERIFY(intruder.arrives());
    QCOMPARE(intruder.error.kind, Kind::IdInUse);
    m_server->send(u"{\"type\":\"publish_success\",\"id\":\"mine\",\"successful\":[{\"index\":0,"
                   "\"identifier\":\"x\"}],\"failed\":[]}"_s);
    QVERIFY(owner.arrives());
    QVERIFY(!owner.error.isError());
    QCOMPARE(owner.successful.size(), 1);
    QCOMPARE(sent(u"publish"_s), 1);
}

void tst_Publisher::publishWithABadId()
{
    PublishOptions named;
    named.id = u"not an id"_s;
    const Outcome outcome(m_client->publish(u"default/a"_s, {"1"_ba}, named));
    QVERIFY(outcome.arrives());
    QCOMPARE(outcome.error.kind, Kind::InvalidInput);
}

void tst_Publisher::publishIsBounded()
{
    m_client->setMaximumPublishes(2);
    QVERIFY(connects());
    const Outcome first(m_client->publish(u"default/a"_s, "1"_ba));
    const Outcome second(m_client->publish(u"default/a"_s, "2"_ba));
    QCOMPARE(m_client->waitingPublishes(), 2);
    const Outcome third(m_client->publish(u"default/a"_s, "3"_ba));
    QVERIFY(third.arrives());
    QCOMPARE(third.error.kind, Kind::LimitExceeded);
    QTRY_COMPARE(sent(u"publish"_s), 2);
    QCOMPARE(m_client->waitingPublishes(), 0); // sent, not answered
    QCOMPARE(first.finished, 0);
    QCOMPARE(second.finished, 0);
}

void tst_Publisher::publishKeepsTheRate()
{
    m_client->setPublishRate(25);
    QVERIFY(connects());
    for (int i = 0; i < 60; ++i)
        m_client->publish(u"default/a"_s, QByteArray::number(i));
    QTRY_COMPARE(sent(u"publish"_s), 25);
    QCOMPARE(m_client->waitingPublishes(), 35);
    m_clock->advance(999ms);
    QCOMPARE(m_client->waitingPublishes(), 35);
    m_clock->advance(1ms);
    QTRY_COMPARE(sent(u"publish"_s), 50);
    m_clock->advance(1s);
    QTRY_COMPARE(sent(u"publish"_s), 60);
    QCOMPARE(m_server->receivedOf(u"publish"_s).last()[u"events"_s][0].toString(), u"59"_s);
    QCOMPARE(m_client->waitingPublishes(), 0);
}

void tst_Publisher::publishTellsWhenItWasSentAndAnswered()
{
    QVERIFY(connects());
    PublishReply *reply = m_client->publish(u"default/a"_s, "1"_ba);
    QVERIFY(!reply->sentAt().isValid());
    QSignalSpy wasSent(reply, &PublishReply::sent);
    QTRY_COMPARE(wasSent.count(), 1);
    const qint64 sentAt = m_clock->wallMs();
    QCOMPARE(reply->sentAt().toMSecsSinceEpoch(), sentAt);
    QVERIFY(!reply->answeredAt().isValid());
    m_clock->advance(70ms);
    QDateTime answeredAt;
    connect(reply, &Reply::finished, this, [&] { answeredAt = reply->answeredAt(); });
    m_server->send(
        u"{\"type\":\"publish_success\",\"id\":\"%1\",\"successful\":[],\"failed\":[]}"_s.arg(
            reply->operationId()));
    QTRY_VERIFY(answeredAt.isValid());
    QCOMPARE(answeredAt.toMSecsSinceEpoch(), sentAt + 70);
}

void tst_Publisher::headersAtHandNeedNoReply()
{
    QVERIFY(connects());
    HandyAuthorizer handy;
    m_client->setPublishAuthorizer(&handy);
    const Outcome first(m_client->publish(u"default/a"_s, "1"_ba));
    const Outcome second(m_client->publish(u"default/a"_s, "2"_ba));
    QCOMPARE(handy.bodies.size(), 0); // from the event loop, as ever
    QTRY_COMPARE(sent(u"publish"_s), 2);
    handy.key = "da2-2";
    const Outcome third(m_client->publish(u"default/a"_s, "3"_ba));
    QTRY_COMPARE(sent(u"publish"_s), 3);
    QCOMPARE(handy.requests.size(), 0);
    QCOMPARE(handy.bodies.first(), R"({"channel":"/default/a","events":["1"]})"_ba);
    QStringList keys;
    const QList<QJsonObject> frames = m_server->receivedOf(u"publish"_s);
    for (const QJsonObject &frame : frames)
        keys << frame[u"authorization"_s].toObject()[u"x-api-key"_s].toString();
    QCOMPARE(keys, (QStringList{u"da2-1"_s, u"da2-1"_s, u"da2-2"_s}));
}

void tst_Publisher::deletedBeforeItIsSent()
{
    QVERIFY(connects());
    delete m_client->publish(u"default/a"_s, "1"_ba);
    QCOMPARE(m_client->waitingPublishes(), 0);
    const Outcome next(m_client->publish(u"default/a"_s, "2"_ba));
    QTRY_COMPARE(sent(u"publish"_s), 1);
    QCOMPARE(m_server->receivedOf(u"publish"_s).first()[u"events"_s].toArray().first().toString(),
             u"2"_s);
}

GUILESS_TEST(tst_Publisher)
#include "tst_publisher.moc"
