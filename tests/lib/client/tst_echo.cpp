// SPDX-License-Identifier: Apache-2.0
#include <AppSync/Echo>

#include "tests/lib/client/emulatedclient.h"
#include "tests/lib/client/scriptedclient.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using Kind = Error::Kind;
using EchoOutcome = Echo::Outcome;

//! Marked events there and back.
class tst_Echo : public QObject, public ScriptedClient {
    Q_OBJECT

private Q_SLOTS:
    void init() { start(); }
    void cleanup() { stop(); }

    void everyEventComesBackFromTheEmulator();
    void readinessAfterADeliveryGap();
    void lossIsCounted();
    void refusedPublishesFail();
    void refusedSubscriptionFails();
    void untilFirstWithoutAnyTimesOut();
    void abortUnsubscribes();

private:
    [[nodiscard]] bool acknowledgesEcho();
    [[nodiscard]] QString lastEvent() const
    {
        return m_server->receivedOf(u"publish"_s).last()[u"events"_s][0].toString();
    }
    void deliver(const QString &event)
    {
        const QString id = m_server->receivedOf(u"subscribe"_s).last()[u"id"_s].toString();
        QString escaped = event;
        m_server->send(u"{\"type\":\"data\",\"id\":\"%1\",\"event\":\"%2\"}"_s.arg(
            id, escaped.replace(u'"', u"\\\""_s)));
    }
};

bool tst_Echo::acknowledgesEcho()
{
    if (!QTest::qWaitFor([this] { return sent(u"subscribe"_s) == 1; }))
        return false;
    answer(u"subscribe_success"_s, m_server->receivedOf(u"subscribe"_s).last()[u"id"_s].toString());
    return QTest::qWaitFor([this] { return sent(u"publish"_s) == 1; });
}

void tst_Echo::everyEventComesBackFromTheEmulator()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    ApiKeyAuthorizer key(emulator.apiKey());
    EventsClient client(Endpoint(emulator.httpUrl()), &key);
    EchoOptions options;
    options.count = 5;
    options.interval = 0ms;
    options.listen = u"default/*"_s;
    EchoReply *reply = client.echo(u"default/ping"_s, options);
    QSignalSpy acknowledged(reply, &EchoReply::acknowledged);
    QSignalSpy echoed(reply, &EchoReply::echoed);
    QList<Echo> echoes;
    std::optional<std::chrono::nanoseconds> readyAfter;
    connect(reply, &Reply::finished, this, [&] {
        QVERIFY2(!reply->error().isError(), qPrintable(reply->error().toString()));
        echoes = reply->echoes();
        readyAfter = reply->readyAfter();
        QVERIFY(reply->acknowledgedAfter() > 0ns);
    });
    QTRY_COMPARE(echoes.size(), 5);
    QCOMPARE(acknowledged.count(), 1);
    QCOMPARE(echoed.count(), 5);
    QVERIFY(readyAfter.has_value());
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(echoes[i].number, i + 1);
        QCOMPARE(echoes[i].outcome, EchoOutcome::Received);
        QVERIFY(echoes[i].latency > 0ns);
    }
}

void tst_Echo::readinessAfterADeliveryGap()
{
    QVERIFY(connects());
    EchoOptions options;
    options.untilFirst = true;
    options.count = 100;
    options.interval = 200ms;
    EchoReply *reply = m_client->echo(u"default/a"_s, options);
    const Ending ending(reply);
    std::optional<std::chrono::nanoseconds> readyAfter;
    connect(reply, &Reply::finished, this, [&] { readyAfter = reply->readyAfter(); });
    QVERIFY(acknowledgesEcho());
    for (int published = 2; published <= 4; ++published) { // the service swallows the first three
        m_clock->advance(200ms);
        QTRY_COMPARE(sent(u"publish"_s), published);
    }
    deliver(lastEvent());
    QVERIFY(ending.arrives());
    QVERIFY2(!ending.error.isError(), qPrintable(ending.error.message));
    QCOMPARE(readyAfter, std::optional<std::chrono::nanoseconds>(600ms));
    QTRY_COMPARE(sent(u"unsubscribe"_s), 1);
    m_clock->advance(1s);
    QCOMPARE(sent(u"publish"_s), 4);
}

void tst_Echo::lossIsCounted()
{
    QVERIFY(connects());
    EchoOptions options;
    options.count = 2;
    options.interval = 100ms;
    options.timeout = 1s;
    EchoReply *reply = m_client->echo(u"default/a"_s, options);
    const Ending ending(reply);
    int received = 0;
    int lost = 0;
    std::chrono::nanoseconds latency{0};
    connect(reply, &Reply::finished, this, [&] {
        received = reply->count(EchoOutcome::Received);
        lost = reply->count(EchoOutcome::Lost);
        latency = reply->echoes().constLast().latency;
    });
    QVERIFY(acknowledgesEcho());
    m_clock->advance(100ms);
    QTRY_COMPARE(sent(u"publish"_s), 2);
    m_clock->advance(30ms);
    deliver(u"{\"wrapped\":[%1]}"_s.arg(lastEvent())); // a handler may have changed it
    QSignalSpy echoed(reply, &EchoReply::echoed);
    QVERIFY(echoed.wait());
    deliver(lastEvent()); // twice is once
    m_clock->advance(1s);
    QVERIFY(ending.arrives());
    QVERIFY(!ending.error.isError());
    QCOMPARE(received, 1);
    QCOMPARE(lost, 1);
    QCOMPARE(latency, std::chrono::nanoseconds(30ms));
}

void tst_Echo::refusedPublishesFail()
{
    QVERIFY(connects());
    EchoOptions options;
    options.count = 1;
    EchoReply *reply = m_client->echo(u"default/a"_s, options);
    const Ending ending(reply);
    Echo echo;
    connect(reply, &Reply::finished, this, [&] { echo = reply->echoes().constFirst(); });
    QVERIFY(acknowledgesEcho());
    m_server->send(u"{\"type\":\"publish_error\",\"id\":\"%1\",\"errors\":[{\"errorType\":"
                   "\"UnauthorizedException\"}]}"_s.arg(
                       m_server->receivedOf(u"publish"_s).last()[u"id"_s].toString()));
    QVERIFY(ending.arrives());
    QCOMPARE(echo.outcome, EchoOutcome::Failed);
    QCOMPARE(echo.error.kind, Kind::Unauthorized);
}

void tst_Echo::refusedSubscriptionFails()
{
    QVERIFY(connects());
    const Ending ending(m_client->echo(u"default/a"_s, {}));
    QTRY_COMPARE(sent(u"subscribe"_s), 1);
    m_server->send(u"{\"type\":\"subscribe_error\",\"id\":\"%1\",\"errors\":[{\"errorType\":"
                   "\"UnauthorizedException\"}]}"_s.arg(
                       m_server->receivedOf(u"subscribe"_s).last()[u"id"_s].toString()));
    QVERIFY(ending.arrives());
    QCOMPARE(ending.error.kind, Kind::Unauthorized);
    QCOMPARE(sent(u"publish"_s), 0);
}

void tst_Echo::untilFirstWithoutAnyTimesOut()
{
    QVERIFY(connects());
    EchoOptions options;
    options.untilFirst = true;
    options.count = 1;
    options.timeout = 1s;
    const Ending ending(m_client->echo(u"default/a"_s, options));
    QVERIFY(acknowledgesEcho());
    m_clock->advance(1s);
    QVERIFY(ending.arrives());
    QCOMPARE(ending.error.kind, Kind::Timeout);
}

void tst_Echo::abortUnsubscribes()
{
    QVERIFY(connects());
    EchoReply *reply = m_client->echo(u"default/a"_s, {});
    const Ending ending(reply);
    QVERIFY(acknowledgesEcho());
    reply->abort();
    QVERIFY(ending.arrives());
    QCOMPARE(ending.error.kind, Kind::Cancelled);
    QTRY_COMPARE(sent(u"unsubscribe"_s), 1);
    m_clock->advance(1h);
    QCOMPARE(sent(u"publish"_s), 1);
}

GUILESS_TEST(tst_Echo)
#include "tst_echo.moc"
