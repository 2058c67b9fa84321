// SPDX-License-Identifier: Apache-2.0
#include <AppSync/EventsClient>

#include "tests/lib/client/manualauthorizer.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/rawserver.h"
#include "tests/shared/scriptedserver.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using ConnectionState = Connection::State;
using Kind = Error::Kind;

//! What a server says when it refuses an upgrade, and how ours goes out.
class tst_HandshakeProbe : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void statusHeadersAndBodyAreShown();
    void errorOfTheServiceIsUnderstood();
    void chunkedBodyIsRead();
    void acceptedTheSecondTime();
    void silenceKeepsWhatWasKnown();
    void credentialsAreRenewedOnce();
    void closingWhileAsking();

    void describedUpgradeIsMasked();
    void describedUpgradeOfABadEndpoint();
    void requestHasQueryHeadersAndUserAgent();
    void socketOfTheCaller();
    void networkManagerOfTheCaller();

private:
    [[nodiscard]] bool refusedWith(const QByteArray &answer);

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<RawServer> m_server;
    std::unique_ptr<ManualAuthorizer> m_authorizer;
    std::unique_ptr<EventsClient> m_client;
};

void tst_HandshakeProbe::init()
{
    m_clock = std::make_unique<FakeClock>();
    m_server = std::make_unique<RawServer>();
    m_authorizer = std::make_unique<ManualAuthorizer>();
    m_client = std::make_unique<EventsClient>(Endpoint(m_server->url()), m_authorizer.get());
    m_client->setClock(m_clock.get());
    m_client->setRetryPolicy(RetryPolicy::never());
}

void tst_HandshakeProbe::cleanup()
{
    m_client.reset();
    m_authorizer.reset();
    m_server.reset();
    m_clock.reset();
}

bool tst_HandshakeProbe::refusedWith(const QByteArray &answer)
{
    m_server->answerAlways(answer);
    m_client->open();
    return QTest::qWaitFor(
        [this] { return m_client->connection()->state() == ConnectionState::Disconnected; });
}

void tst_HandshakeProbe::statusHeadersAndBodyAreShown()
{
    QVERIFY(refusedWith("HTTP/1.1 403 Not Today\r\nX-Amz-Cf-Id: abc\r\nserver: edge\r\n"
                        "content-type: text/html\r\ncontent-length: 13\r\n\r\n<b>Blocked</b>"));
    const HttpAnswer answer = m_client->connection()->upgradeAnswer();
    QCOMPARE(answer.status, 403);
    QCOMPARE(answer.reason, u"Not Today"_s);
    QCOMPARE(answer.header("x-amz-cf-id"), "abc"_ba);
    QCOMPARE(answer.header("server"), "edge"_ba);
    QCOMPARE(answer.body, "<b>Blocked</b"_ba); // as long as it says it is
    const Error error = m_client->connection()->error();
    QCOMPARE(error.kind, Kind::UpgradeRefused);
    QCOMPARE(error.httpStatus, 403);
    QVERIFY2(error.serverMessage.contains(u"Blocked"), qPrintable(error.serverMessage));
    QVERIFY(!error.nextStep.isEmpty());
    QCOMPARE(m_server->connections(), 2); // once by the socket, once to hear why
}

void tst_HandshakeProbe::errorOfTheServiceIsUnderstood()
{
    QVERIFY(refusedWith(
        "HTTP/1.1 404 Not Found\r\nx-amzn-ErrorType: HttpNotFoundException:http://x/\r\n"
        "content-length: 22\r\n\r\n{\"message\":\"Not found\"}"));
    const Error error = m_client->connection()->error();
    QCOMPARE(error.type, u"HttpNotFoundException"_s);
    QCOMPARE(error.httpStatus, 404);
    QVERIFY2(error.nextStep.contains(u"/event/realtime"), qPrintable(error.nextStep));
}

void tst_HandshakeProbe::chunkedBodyIsRead()
{
    QVERIFY(refusedWith("HTTP/1.1 503 Unavailable\r\ntransfer-encoding: chunked\r\n\r\n"
                        "5\r\nplea\x73\r\n6\r\ne wait\r\n0\r\n\r\n"));
    QCOMPARE(m_client->connection()->upgradeAnswer().body, "please wait"_ba);
    QCOMPARE(m_client->connection()->error().serverMessage, u"please wait"_s);
}

void tst_HandshakeProbe::acceptedTheSecondTime()
{
    m_client->open();
    QTRY_VERIFY(m_server->wasAsked());
    m_server->answerOnce("HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n");
    QTRY_COMPARE(m_server->connections(), 2);
    QTRY_VERIFY(m_server->wasAsked());
    m_server->acceptUpgrade();
    QTRY_COMPARE(m_client->connection()->state(), ConnectionState::Disconnected);
    const Error error = m_client->connection()->error();
    QCOMPARE(error.kind, Kind::UpgradeRefused);
    QVERIFY(error.isRetryable());
    QVERIFY2(error.message.contains(u"asked again"), qPrintable(error.message));
}

void tst_HandshakeProbe::silenceKeepsWhatWasKnown()
{
    m_client->open();
    QTRY_VERIFY(m_server->wasAsked());
    m_server->answerOnce("HTTP/1.1 418 Teapot\r\ncontent-length: 0\r\n\r\n");
    QTRY_COMPARE(m_server->connections(), 2);
    QTRY_VERIFY(m_server->wasAsked());
    QCOMPARE(m_client->connection()->state(), ConnectionState::Opening);
    m_clock->advance(15s);
    QCOMPARE(m_client->connection()->state(), ConnectionState::Disconnected);
    QCOMPARE(m_client->connection()->error().kind, Kind::UpgradeRefused);
    QCOMPARE(m_client->connection()->error().httpStatus, 418);
    QVERIFY(!m_client->connection()->upgradeAnswer().isValid());
}

void tst_HandshakeProbe::credentialsAreRenewedOnce()
{
    m_authorizer->canRenew = true;
    QVERIFY(refusedWith("HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n"));
    QCOMPARE(m_authorizer->requests.size(), 2);
    QCOMPARE(m_authorizer->invalidations, 1);
}

void tst_HandshakeProbe::closingWhileAsking()
{
    m_client->open();
    QTRY_VERIFY(m_server->wasAsked());
    m_server->answerOnce("HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n");
    QTRY_COMPARE(m_server->connections(), 2);
    m_client->close();
    QCOMPARE(m_client->connection()->state(), ConnectionState::Disconnected);
    QVERIFY(!m_clock->untilNext());
    m_client.reset(); // with the question still in the air
}

void tst_HandshakeProbe::describedUpgradeIsMasked()
{
    NetworkSettings network;
    network.query = {{u"token"_s, u"secretquery"_s}};
    network.headers = {{"X-Secret"_ba, "secretheader"_ba}};
    m_client->setNetworkSettings(network);
    UpgradeReply *reply = m_client->describeUpgrade();
    UpgradeRequest request;
    connect(reply, &Reply::finished, this, [&] { request = reply->request(); });
    QTRY_VERIFY(request.url.isValid());
    QCOMPARE(request.url.path(), u"/event/realtime"_s);
    QCOMPARE(request.subprotocols.size(), 2);
    const QByteArray decoded = QByteArray::fromBase64(request.subprotocols[1].mid(7).toLatin1(),
                                                      QByteArray::Base64UrlEncoding);
    QCOMPARE(QString::fromUtf8(decoded), request.authorization);
    QVERIFY(request.authorization.contains(u"x-api-key"));
    QVERIFY2(!request.authorization.contains(u"da2-k\""), qPrintable(request.authorization));
    QCOMPARE(request.url.query(), u"token=masked"_s);
    QCOMPARE(request.headers.constFirst().first, "X-Secret"_ba);
    QVERIFY(!request.headers.constFirst().second.contains("secretheader"));
    QCOMPARE(request.headers.constLast(), qMakePair("User-Agent"_ba, "AppSyncQt"_ba));
    QCOMPARE(m_server->connections(), 0);
}

void tst_HandshakeProbe::describedUpgradeOfABadEndpoint()
{
    m_client->setEndpoint(Endpoint::fromUserInput(u"arn:aws:appsync:x"_s));
    UpgradeReply *reply = m_client->describeUpgrade();
    Error error;
    connect(reply, &Reply::finished, this, [&] { error = reply->error(); });
    QTRY_VERIFY(error.isError());
    QVERIFY(error.message.contains(u"ARN"));
}

void tst_HandshakeProbe::requestHasQueryHeadersAndUserAgent()
{
    NetworkSettings network;
    network.query = {{u"stage"_s, u"a&b c"_s}};
    network.headers = {{"X-Trace"_ba, "1"_ba}};
    network.userAgent = u"Hello/1.0"_s;
    m_client->setNetworkSettings(network);
    ScriptedServer server;
    server.beFriendly();
    m_client->setEndpoint(Endpoint(server.url()));
    m_client->open();
    QTRY_COMPARE(m_client->connection()->state(), ConnectionState::Ready);
    const QNetworkRequest request = server.upgradeRequest();
    QCOMPARE(request.url().query(QUrl::FullyEncoded), u"stage=a%26b%20c"_s);
    QCOMPARE(request.rawHeader("X-Trace"), "1"_ba);
    QCOMPARE(request.rawHeader("User-Agent"), "Hello/1.0"_ba);
}

void tst_HandshakeProbe::socketOfTheCaller()
{
    ScriptedServer server;
    server.beFriendly();
    m_client->setEndpoint(Endpoint(server.url()));
    QPointer<QWebSocket> made;
    m_client->setSocketFactory([&made] {
        made = new QWebSocket(u"https://my.origin.example"_s);
        return made;
    });
    m_client->open();
    QTRY_COMPARE(m_client->connection()->state(), ConnectionState::Ready);
    QVERIFY(made);
    QCOMPARE(server.upgradeRequest().rawHeader("Origin"), "https://my.origin.example"_ba);
    m_client->close();
    QTRY_VERIFY(!made); // the client took it over
}

namespace {

class CountingManager : public QNetworkAccessManager {
public:
    int requests = 0;

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *body) override
    {
        ++requests;
        return QNetworkAccessManager::createRequest(operation, request, body);
    }
};

} // namespace

void tst_HandshakeProbe::networkManagerOfTheCaller()
{
    CountingManager manager;
    m_client->setNetworkAccessManager(&manager);
    QVERIFY(refusedWith("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"));
    QCOMPARE(manager.requests, 1);
    PublishOptions options;
    options.via = EventsClient::PublishVia::Http;
    PublishReply *reply = m_client->publish(u"default/a"_s, {"1"_ba}, options);
    QSignalSpy finished(reply, &Reply::finished);
    QVERIFY(finished.wait());
    QCOMPARE(manager.requests, 2);
    m_client.reset(); // before the manager that it uses
}

GUILESS_TEST(tst_HandshakeProbe)
#include "tst_handshakeprobe.moc"
