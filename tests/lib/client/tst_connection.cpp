// SPDX-License-Identifier: Apache-2.0
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/EventsClient>

#include "tests/lib/client/manualauthorizer.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/scriptedserver.h"
#include "tests/shared/testrunner.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using ConnectionState = Connection::State;
using Kind = Error::Kind;

namespace {

const QString kAck = u"{\"type\":\"connection_ack\",\"connectionTimeoutMs\":300000}"_s;

} // namespace

//! The state machine: each state by itself, each deadline, each way to end.
class tst_Connection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void happyPathGoesThroughEveryState();
    void handshakeOffersBothSubprotocols();
    void openIsIdempotent();

    void authorizingTimesOut();
    void authorizerFailureEndsTheAttempt();
    void noAuthorizerSaysSo();
    void invalidEndpointSaysSo();
    void openingTimesOut();
    void handshakingTimesOut();
    void readyTimesOutWithoutAnyFrame();
    void anyFrameKeepsReadyAlive();
    void serverNamesTheKeepAliveTimeout();
    void backoffLastsItsDelay();

    void refusedTcp();
    void unknownHost();
    void refusedUpgrade_data();
    void refusedUpgrade();
    void connectionErrorIsNotRetried();
    void connectionErrorIsRetriedOnceWithNewCredentials();
    void errorInPlaceOfTheAck();
    void closedByTheServer();
    void droppedCable();
    void droppedDuringHandshake();
    void tooLargeMessage();

    void closeInEveryState_data();
    void closeInEveryState();
    void retriesEnd();
    void causeIsTheFirstFailure();
    void openLeavesBackoffAtOnce();
    void stableConnectionStartsRetriesAnew();
    void lateAuthorizationIsDropped();
    void deletingTheClientInAnySlotIsSafe();

private:
    [[nodiscard]] ConnectionState state() const { return m_client->connection()->state(); }
    [[nodiscard]] QList<ConnectionState> states() const;
    bool becomeReady();

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<ManualAuthorizer> m_authorizer;
    std::unique_ptr<EventsClient> m_client;
    std::unique_ptr<QSignalSpy> m_states;
    std::unique_ptr<QSignalSpy> m_failures;
};

void tst_Connection::init()
{
    m_clock = std::make_unique<FakeClock>();
    m_server = std::make_unique<ScriptedServer>();
    m_authorizer = std::make_unique<ManualAuthorizer>();
    m_client = std::make_unique<EventsClient>(Endpoint(m_server->url()), m_authorizer.get());
    m_client->setClock(m_clock.get());
    m_client->setRetryPolicy(RetryPolicy::never());
    m_states = std::make_unique<QSignalSpy>(m_client->connection(), &Connection::stateChanged);
    m_failures = std::make_unique<QSignalSpy>(m_client.get(), &EventsClient::connectionFailed);
}

void tst_Connection::cleanup()
{
    m_states.reset();
    m_failures.reset();
    m_client.reset();
    m_authorizer.reset();
    m_server.reset();
    m_clock.reset();
}

QList<ConnectionState> tst_Connection::states() const
{
    QList<ConnectionState> all;
    for (const QVariantList &arguments : *m_states)
        all << arguments.first().value<ConnectionState>();
    return all;
}

bool tst_Connection::becomeReady()
{
    m_server->beFriendly();
    m_client->open();
    return QTest::qWaitFor([this] { return state() == ConnectionState::Ready; });
}

void tst_Connection::happyPathGoesThroughEveryState()
{
    QSignalSpy opened(m_client.get(), &EventsClient::opened);
    QSignalSpy closed(m_client.get(), &EventsClient::closed);
    QVERIFY(becomeReady());
    QCOMPARE(states(),
             (QList<ConnectionState>{ConnectionState::Authorizing, ConnectionState::Opening,
                                     ConnectionState::Handshaking, ConnectionState::Ready}));
    QCOMPARE(opened.count(), 1);
    QCOMPARE(m_client->connection()->keepAliveTimeout(), 300'000ms);
    QVERIFY(!m_client->connection()->error().isError());

    QSignalSpy left(m_server.get(), &ScriptedServer::disconnected);
    m_client->close();
    QCOMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(closed.count(), 1);
    QVERIFY(!closed[0][0].value<Error>().isError());
    QVERIFY(left.wait());
    QCOMPARE(left[0][0].toInt(), 1000);
    QCOMPARE(m_failures->count(), 0);
}

void tst_Connection::handshakeOffersBothSubprotocols()
{
    QVERIFY(becomeReady());
    const QStringList offered = m_server->subprotocols();
    QCOMPARE(offered.size(), 2);
    QCOMPARE(offered[0], u"aws-appsync-event-ws"_s);
    QVERIFY(offered[1].startsWith(u"header-"));
    const QByteArray json =
        QByteArray::fromBase64(offered[1].mid(7).toLatin1(), QByteArray::Base64UrlEncoding);
    QCOMPARE(json,
             QByteArray(R"({"host":"127.0.0.1:)" + QByteArray::number(m_server->port())
                        + R"(","x-api-key":"da2-k"})"));
    QCOMPARE(m_authorizer->requests.size(), 1);
    const SignableRequest request = m_authorizer->requests.first();
    QCOMPARE(request.operation, SignableRequest::Operation::Connect);
    QCOMPARE(request.body, "{}"_ba);
    QCOMPARE(request.url, m_server->url());
    QCOMPARE(m_server->upgradeRequest().url().path(), u"/event/realtime"_s);
}

void tst_Connection::openIsIdempotent()
{
    QVERIFY(becomeReady());
    m_client->open();
    m_client->open();
    QCOMPARE(state(), ConnectionState::Ready);
    QCOMPARE(m_server->connections(), 1);
}

void tst_Connection::authorizingTimesOut()
{
    m_authorizer->answersAtOnce = false;
    m_client->open();
    QCOMPARE(state(), ConnectionState::Authorizing);
    QCOMPARE(m_clock->untilNext(), 30'000ms);
    m_clock->advance(30s);
    QCOMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_client->connection()->error().kind, Kind::Timeout);
    QVERIFY(m_client->connection()->error().message.contains(u"30 s"));
    QCOMPARE(m_failures->count(), 1);
}

void tst_Connection::authorizerFailureEndsTheAttempt()
{
    m_authorizer->answersAtOnce = false;
    m_client->open();
    m_authorizer->last->fail(Error::local(Kind::InvalidInput, u"No key."_s));
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_client->connection()->error().message, u"No key."_s);
}

void tst_Connection::noAuthorizerSaysSo()
{
    m_client->setAuthorizer(nullptr);
    m_client->open();
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_client->connection()->error().kind, Kind::InvalidInput);
    QVERIFY(m_client->connection()->error().message.contains(u"credentials"));
}

void tst_Connection::invalidEndpointSaysSo()
{
    m_client->setEndpoint(Endpoint::fromUserInput(u"arn:aws:appsync:x"_s));
    m_client->open();
    QCOMPARE(state(), ConnectionState::Disconnected);
    QVERIFY(m_client->connection()->error().message.contains(u"ARN"));
}

void tst_Connection::openingTimesOut()
{
    MuteServer mute;
    m_client->setEndpoint(Endpoint(mute.url()));
    QSignalSpy reached(&mute, &MuteServer::connected);
    m_client->open();
    QVERIFY(reached.wait());
    QCOMPARE(state(), ConnectionState::Opening);
    QCOMPARE(m_clock->untilNext(), 15'000ms);
    m_clock->advance(15s);
    QCOMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_client->connection()->error().kind, Kind::Timeout);
}

void tst_Connection::handshakingTimesOut()
{
    m_client->open();
    QTRY_COMPARE(m_server->receivedOf(u"connection_init"_s).size(), 1);
    QCOMPARE(state(), ConnectionState::Handshaking);
    QCOMPARE(m_clock->untilNext(), 15'000ms);
    m_clock->advance(15s);
    QCOMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_client->connection()->error().kind, Kind::Timeout);
    QVERIFY(m_client->connection()->error().message.contains(u"acknowledge"));
}

void tst_Connection::readyTimesOutWithoutAnyFrame()
{
    QVERIFY(becomeReady());
    m_clock->advance(299'999ms);
    QCOMPARE(state(), ConnectionState::Ready);
    m_clock->advance(1ms);
    QCOMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_client->connection()->error().kind, Kind::Timeout);
    QVERIFY(m_client->connection()->error().message.contains(u"300 s"));
}

void tst_Connection::anyFrameKeepsReadyAlive()
{
    QVERIFY(becomeReady());
    m_clock->advance(200s);
    QSignalSpy keepAlive(m_client->connection(), &Connection::keepAliveReceived);
    m_server->send(u"{\"type\":\"ka\"}"_s);
    QVERIFY(keepAlive.wait());
    QCOMPARE(m_client->connection()->lastKeepAliveAt().toMSecsSinceEpoch(), m_clock->wallMs());
    m_clock->advance(299s);
    QCOMPARE(state(), ConnectionState::Ready);
    m_clock->advance(1s);
    QCOMPARE(state(), ConnectionState::Disconnected);
}

void tst_Connection::serverNamesTheKeepAliveTimeout()
{
    m_server->beFriendly(5000);
    m_client->open();
    QTRY_COMPARE(state(), ConnectionState::Ready);
    QCOMPARE(m_client->connection()->keepAliveTimeout(), 5s);
    m_clock->advance(5s);
    QCOMPARE(state(), ConnectionState::Disconnected);
}

void tst_Connection::backoffLastsItsDelay()
{
    RetryPolicy policy;
    policy.base = 1000ms;
    policy.maxAttempts = 1;
    m_client->setRetryPolicy(policy);
    QRandomGenerator random(1);
    m_client->setRandomGenerator(&random);
    QRandomGenerator same(1);
    const auto expected = policy.delay(1, same);

    QVERIFY(becomeReady());
    m_server->drop();
    QTRY_COMPARE(state(), ConnectionState::Backoff);
    QCOMPARE(m_client->connection()->attempt(), 1);
    QCOMPARE(m_clock->untilNext(), expected);
    QCOMPARE(m_client->connection()->nextAttemptAt().toMSecsSinceEpoch(),
             m_clock->wallMs() + expected.count());
    m_clock->advance(expected);
    QTRY_COMPARE(state(), ConnectionState::Ready);
    QCOMPARE(m_server->connections(), 2);
    QVERIFY(!m_client->connection()->nextAttemptAt().isValid());
}

void tst_Connection::refusedTcp()
{
    m_server->stopListening();
    m_client->open();
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    const Error error = m_client->connection()->error();
    QCOMPARE(error.kind, Kind::Unreachable);
    QVERIFY2(error.message.contains(u"Nothing answers"), qPrintable(error.message));
    QCOMPARE(m_failures->count(), 1);
}

void tst_Connection::unknownHost()
{
    // A name of more than 255 characters is refused by the resolver itself, without a network.
    const QString host = (QString(60, u'x') + u'.').repeated(5) + u"invalid"_s;
    m_client->setEndpoint(Endpoint(QUrl(u"https://%1/event"_s.arg(host))));
    m_client->open();
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_client->connection()->error().kind, Kind::Unreachable);
    QVERIFY(m_client->connection()->error().message.contains(host));
}

void tst_Connection::refusedUpgrade_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("status");
    QTest::newRow("401") << "HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n"_ba << 401;
    QTest::newRow("404 with a body")
        << "HTTP/1.1 404 Not Found\r\ncontent-length: 9\r\n\r\nnot here\n"_ba << 404;
    QTest::newRow("503") << "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n"_ba
                         << 503;
    QTest::newRow("not HTTP") << "220 mail.example.com ESMTP\r\n\r\n"_ba << -1;
}

void tst_Connection::refusedUpgrade()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, status);
    MuteServer server(answer);
    m_client->setEndpoint(Endpoint(server.url()));
    m_client->open();
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    const Error error = m_client->connection()->error();
    QCOMPARE(error.kind, Kind::UpgradeRefused);
    if (status > 0)
        QCOMPARE(error.httpStatus, status);
    QVERIFY(!error.nextStep.isEmpty());
    QCOMPARE(m_failures->count(), 1);
}

void tst_Connection::connectionErrorIsNotRetried()
{
    m_client->setRetryPolicy({}); // for ever, if it were allowed
    m_client->open();
    QTRY_COMPARE(state(), ConnectionState::Handshaking);
    m_server->send(
        u"{\"type\":\"connection_error\",\"errors\":[{\"errorType\":\"UnauthorizedException\","
        "\"errorCode\":401,\"message\":\"You are not authorized to make this call.\"}]}"_s);
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    const Error error = m_client->connection()->error();
    QCOMPARE(error.kind, Kind::Unauthorized);
    QCOMPARE(error.serverMessage, u"You are not authorized to make this call."_s);
    QCOMPARE(error.message, u"The connection was not authorized."_s);
    QCOMPARE(m_authorizer->invalidations, 1);
    QCOMPARE(m_server->connections(), 1);
}

void tst_Connection::connectionErrorIsRetriedOnceWithNewCredentials()
{
    m_authorizer->canRenew = true;
    const QString refusal =
        u"{\"type\":\"connection_error\",\"errors\":[{\"errorType\":\"Unauthorized\"}]}"_s;
    m_client->open();
    QTRY_COMPARE(m_server->receivedOf(u"connection_init"_s).size(), 1);
    m_server->send(refusal);
    QTRY_COMPARE(m_server->receivedOf(u"connection_init"_s).size(), 2);
    QCOMPARE(m_authorizer->requests.size(), 2);
    m_server->send(refusal);
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_server->connections(), 2);
}

void tst_Connection::errorInPlaceOfTheAck()
{
    m_client->open();
    QTRY_COMPARE(state(), ConnectionState::Handshaking);
    m_server->send(
        u"{\"type\":\"error\",\"errors\":[{\"errorType\":\"BadRequestException\",\"message\":\"no\"}]}"_s);
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_client->connection()->error().kind, Kind::Refused);
    QCOMPARE(m_client->connection()->error().serverMessage, u"no"_s);
}

void tst_Connection::closedByTheServer()
{
    QVERIFY(becomeReady());
    m_server->close(1001, u"going away"_s);
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    const Error error = m_client->connection()->error();
    QCOMPARE(error.kind, Kind::ConnectionLost);
    QCOMPARE(error.code, u"1001"_s);
    QCOMPARE(error.serverMessage, u"going away"_s);
}

void tst_Connection::droppedCable()
{
    QVERIFY(becomeReady());
    m_server->drop();
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_client->connection()->error().kind, Kind::ConnectionLost);
    QCOMPARE(m_client->connection()->error().code, u"1006"_s);
    QCOMPARE(m_failures->count(), 1);
}

void tst_Connection::droppedDuringHandshake()
{
    m_client->open();
    QTRY_COMPARE(state(), ConnectionState::Handshaking);
    QTRY_COMPARE(m_server->connections(), 1);
    m_server->drop();
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_client->connection()->error().kind, Kind::ConnectionLost);
}

void tst_Connection::tooLargeMessage()
{
    NetworkSettings network;
    network.maxIncomingBytes = 1000;
    m_client->setNetworkSettings(network);
    QVERIFY(becomeReady());
    QSignalSpy left(m_server.get(), &ScriptedServer::disconnected);
    m_server->send(QString(2000, u'x'));
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_client->connection()->error().kind, Kind::ConnectionLost);
    QVERIFY(left.count() || left.wait());
    QCOMPARE(left[0][0].toInt(), 1009);
}

void tst_Connection::closeInEveryState_data()
{
    QTest::addColumn<ConnectionState>("when");
    QTest::newRow("disconnected") << ConnectionState::Disconnected;
    QTest::newRow("authorizing") << ConnectionState::Authorizing;
    QTest::newRow("opening") << ConnectionState::Opening;
    QTest::newRow("handshaking") << ConnectionState::Handshaking;
    QTest::newRow("ready") << ConnectionState::Ready;
    QTest::newRow("backoff") << ConnectionState::Backoff;
}

void tst_Connection::closeInEveryState()
{
    QFETCH(ConnectionState, when);
    m_client->setRetryPolicy({});
    m_authorizer->answersAtOnce = when != ConnectionState::Authorizing;
    const MuteServer mute;
    if (when == ConnectionState::Opening)
        m_client->setEndpoint(Endpoint(mute.url()));
    if (when == ConnectionState::Ready || when == ConnectionState::Backoff) {
        QVERIFY(becomeReady());
        if (when == ConnectionState::Backoff)
            m_server->drop();
    } else if (when != ConnectionState::Disconnected) {
        m_client->open();
    }
    QTRY_COMPARE(state(), when);
    QSignalSpy closed(m_client.get(), &EventsClient::closed);
    m_client->close();
    QCOMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(closed.count(), when == ConnectionState::Disconnected ? 0 : 1);
    QVERIFY(!m_client->connection()->error().isError());
    QVERIFY(!m_clock->untilNext()); // no timer is left behind
}

void tst_Connection::retriesEnd()
{
    RetryPolicy policy;
    policy.maxAttempts = 3;
    m_client->setRetryPolicy(policy);
    m_server->stopListening();
    m_client->open();
    for (int attempt = 1; attempt <= 3; ++attempt) {
        QTRY_COMPARE(state(), ConnectionState::Backoff);
        QCOMPARE(m_client->connection()->attempt(), attempt);
        m_clock->advance(policy.cap);
    }
    QTRY_COMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_failures->count(), 4);
}

void tst_Connection::causeIsTheFirstFailure()
{
    m_client->setRetryPolicy({});
    QVERIFY(becomeReady());
    QVERIFY(!m_client->connection()->cause().isError());
    m_server->stopListening();
    m_server->close(1011, u"restarting"_s);
    QTRY_COMPARE(state(), ConnectionState::Backoff);
    m_client->open();
    QTRY_COMPARE(m_client->connection()->error().kind, Kind::Unreachable);
    QCOMPARE(m_client->connection()->cause().kind, Kind::ConnectionLost);
    QCOMPARE(m_client->connection()->cause().serverMessage, u"restarting"_s);
    m_client->close();
    QVERIFY(!m_client->connection()->cause().isError());
}

void tst_Connection::openLeavesBackoffAtOnce()
{
    m_client->setRetryPolicy({});
    QVERIFY(becomeReady());
    m_server->drop();
    QTRY_COMPARE(state(), ConnectionState::Backoff);
    m_client->open();
    QTRY_COMPARE(state(), ConnectionState::Ready);
}

void tst_Connection::stableConnectionStartsRetriesAnew()
{
    m_client->setRetryPolicy({});
    QVERIFY(becomeReady());
    for (int round = 1; round <= 2; ++round) { // short-lived connections count up
        m_server->drop();
        QTRY_COMPARE(state(), ConnectionState::Backoff);
        QCOMPARE(m_client->connection()->attempt(), round);
        m_client->open();
        QTRY_COMPARE(state(), ConnectionState::Ready);
    }
    m_clock->advance(30s);
    m_server->drop();
    QTRY_COMPARE(state(), ConnectionState::Backoff);
    QCOMPARE(m_client->connection()->attempt(), 1);
}

void tst_Connection::lateAuthorizationIsDropped()
{
    m_authorizer->answersAtOnce = false;
    m_client->open();
    const QPointer<AuthReply> late = m_authorizer->last;
    m_client->close();
    late->succeed({{"x-api-key"_ba, "late"_ba}});
    QSignalSpy gone(late, &QObject::destroyed);
    QVERIFY(gone.wait());
    QCOMPARE(state(), ConnectionState::Disconnected);
    QCOMPARE(m_server->connections(), 0);
}

void tst_Connection::deletingTheClientInAnySlotIsSafe()
{
    for (const ConnectionState fatal : {ConnectionState::Authorizing, ConnectionState::Opening,
                                        ConnectionState::Handshaking, ConnectionState::Ready}) {
        ScriptedServer server;
        server.beFriendly();
        auto *client = new EventsClient(Endpoint(server.url()), m_authorizer.get());
        QPointer<EventsClient> alive(client);
        connect(client->connection(), &Connection::stateChanged, this,
                [client, fatal](ConnectionState now) {
                    if (now == fatal)
                        delete client;
                });
        client->open();
        QTRY_VERIFY(!alive);
    }
}

GUILESS_TEST(tst_Connection)
#include "tst_connection.moc"
