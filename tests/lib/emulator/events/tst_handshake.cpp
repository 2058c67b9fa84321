// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QJsonArray>
#include <QTest>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;

//! How clients come in: upgrade, subprotocols, credentials.
class tst_Handshake : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void accepts_data();
    void accepts();
    void refusesAfterTheUpgrade_data();
    void refusesAfterTheUpgrade();
    void longTokens_data();
    void longTokens();
    void refusesTheUpgrade_data();
    void refusesTheUpgrade();
    void selectsTheSubprotocol_data();
    void selectsTheSubprotocol();
    void headInSmallPieces();
    void framesBeforeTheAnswer_data();
    void framesBeforeTheAnswer();
    void clientThatGoesAtOnceLeavesNothing();

private:
    using HeaderList = QList<QPair<QByteArray, QByteArray>>;

    Emulator m_emulator;
};

namespace {

const QString kEvents = u"aws-appsync-event-ws"_s;

QByteArray upgrade(const QByteArray &headers, const QByteArray &path = "/event/realtime")
{
    return get(path, "Connection: Upgrade\r\nUpgrade: websocket\r\n" + headers);
}

const QByteArray kKeyAndVersion =
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";

} // namespace

void tst_Handshake::initTestCase()
{
    QVERIFY2(m_emulator.listen(), qPrintable(m_emulator.problem()));
}

void tst_Handshake::accepts_data()
{
    QTest::addColumn<QStringList>("protocols");
    QTest::addColumn<HeaderList>("headers");
    const QString key = m_emulator.apiKey();
    const QString token = m_emulator.token();
    const QString byKey = headerProtocol({{u"host"_s, u"localhost"_s}, {u"x-api-key"_s, key}});
    QTest::newRow("API key") << QStringList{kEvents, byKey} << HeaderList();
    QTest::newRow("header first") << QStringList{byKey, kEvents} << HeaderList();
    QTest::newRow("any host")
        << QStringList{kEvents,
                       headerProtocol({{u"host"_s, u"abc.appsync-api.us-east-1.amazonaws.com"_s},
                                       {u"x-api-key"_s, key}})}
        << HeaderList();
    QTest::newRow("more members") << QStringList{kEvents,
                                                 headerProtocol({{u"host"_s, u"h"_s},
                                                                 {u"X-Api-Key"_s, key},
                                                                 {u"x-amz-date"_s, u"now"_s}})}
                                  << HeaderList();
    QTest::newRow("token")
        << QStringList{kEvents, headerProtocol({{u"host"_s, u"h"_s}, {u"Authorization"_s, token}})}
        << HeaderList();
    QTest::newRow("lower case, Bearer")
        << QStringList{kEvents,
                       headerProtocol({{u"host"_s, u"h"_s},
                                       {u"authorization"_s, QString(u"Bearer "_s + token)}})}
        << HeaderList();
    QTest::newRow("API key in an HTTP header")
        << QStringList{kEvents} << HeaderList{{"x-api-key", key.toLatin1()}};
    QTest::newRow("token in an HTTP header")
        << QStringList{kEvents} << HeaderList{{"Authorization", token.toLatin1()}};
    // {"host":"…", "x-api-key":"…"} with a blank and a line feed, as the service's shell example makes it.
    const QByteArray spaced = "{\"host\":\"h\", \"x-api-key\":\"" + key.toLatin1() + "\"}\n";
    QTest::newRow("white space") << QStringList{kEvents,
                                                u"header-"_s
                                                    + QString::fromLatin1(spaced.toBase64(
                                                        QByteArray::Base64UrlEncoding
                                                        | QByteArray::OmitTrailingEquals))}
                                 << HeaderList();
}

void tst_Handshake::accepts()
{
    QFETCH(QStringList, protocols);
    QFETCH(HeaderList, headers);
    WebSocket socket;
    QVERIFY(socket.open(m_emulator.realtimeUrl(), protocols, headers));
    QCOMPARE(socket.socket().subprotocol(), kEvents);
    QTRY_COMPARE(m_emulator.connectionCount(), 1);
    socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
    QCOMPARE(socket.next(), uR"({"type":"connection_ack","connectionTimeoutMs":300000})"_s);
    socket.socket().close();
    QTRY_COMPARE(m_emulator.connectionCount(), 0);
}

void tst_Handshake::refusesAfterTheUpgrade_data()
{
    QTest::addColumn<QStringList>("protocols");
    QTest::addColumn<QString>("error");
    const QString key = m_emulator.apiKey();
    const QString unauthorized =
        uR"({"errorType":"UnauthorizedException","errorCode":401,"message":"You are not authorized to make this call."})"_s;
    const auto header = [](const QJsonObject &object) {
        return QStringList{kEvents, headerProtocol(object)};
    };
    QTest::newRow("wrong key") << header({{u"host"_s, u"h"_s}, {u"x-api-key"_s, u"da2-wrong"_s}})
                               << unauthorized;
    QTest::newRow("no credentials") << header({{u"host"_s, u"h"_s}}) << unauthorized;
    QTest::newRow("no header protocol") << QStringList{kEvents} << unauthorized;
    QTest::newRow("no host") << header({{u"x-api-key"_s, key}}) << unauthorized;
    QTest::newRow("expired token")
        << header({{u"host"_s, u"h"_s},
                   {u"Authorization"_s, m_emulator.tokenFor(u"late"_s, std::chrono::seconds(-1))}})
        << QString(unauthorized)
               .replace(u"You are not authorized to make this call."_s, u"Token has expired."_s);
    QTest::newRow("not JSON") << QStringList{kEvents, u"header-YWJj"_s} << unauthorized;
    QTest::newRow("not base64url") << QStringList{kEvents, u"header-+"_s} << unauthorized;
    QTest::newRow("half a signature")
        << header({{u"host"_s, u"h"_s}, {u"Authorization"_s, u"AWS4-HMAC-SHA256 Credential=x"_s}})
        << uR"({"errorType":"BadRequestException","errorCode":400,"message":"Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."})"_s;
    QTest::newRow("no subprotocol")
        << QStringList()
        << uR"({"errorType":"BadRequestException","errorCode":400,"message":"NoProtocolError"})"_s;
    QTest::newRow("other subprotocol")
        << QStringList{u"graphql-ws"_s,
                       headerProtocol({{u"host"_s, u"h"_s}, {u"x-api-key"_s, key}})}
        << uR"({"errorType":"BadRequestException","errorCode":400,"message":"SubProtocolNotSupportedError"})"_s;
}

void tst_Handshake::refusesAfterTheUpgrade()
{
    QFETCH(QStringList, protocols);
    QFETCH(QString, error);
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    WebSocket socket;
    QVERIFY(socket.open(m_emulator.realtimeUrl(), protocols));
    socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
    QCOMPARE(socket.next(), uR"({"type":"connection_error","errors":[)"_s + error + u"]}"_s);
    QVERIFY(socket.hasEnded());
    QCOMPARE(socket.waiting(), 0);
    QCOMPARE(socket.socket().closeCode(), QWebSocketProtocol::CloseCodeNormal);
    QTRY_COMPARE(refused.count(), 1);
    const QString line = refused.first().first().toString();
    QVERIFY2(line.startsWith(u"connect refused for 127.0.0.1:"_s), qPrintable(line));
    QVERIFY2(!line.contains(m_emulator.apiKey()) && !line.contains(u"da2-"_s), qPrintable(line));
    QTRY_COMPARE(m_emulator.connectionCount(), 0);
}

void tst_Handshake::longTokens_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("8 KB") << 8'000;
    QTest::newRow("16 KB") << 16'000;
    QTest::newRow("40 KB") << 40'000;
}

void tst_Handshake::longTokens()
{
    QFETCH(int, size);
    WebSocket socket;
    const QString padding(size, u'x');
    QVERIFY(socket.open(m_emulator.realtimeUrl(),
                        {kEvents,
                         headerProtocol({{u"host"_s, u"h"_s},
                                         {u"x-api-key"_s, m_emulator.apiKey()},
                                         {u"padding"_s, padding}})}));
    socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
    QCOMPARE(socket.nextJson().value(u"type"_s).toString(), u"connection_ack"_s);
}

void tst_Handshake::refusesTheUpgrade_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("word");
    QTest::newRow("wrong path") << upgrade(kKeyAndVersion, "/event") << 404 << u"/event/realtime"_s;
    QTest::newRow("no key") << upgrade("Sec-WebSocket-Version: 13\r\n") << 400
                            << u"Sec-WebSocket-Key"_s;
    QTest::newRow("short key") << upgrade(
        "Sec-WebSocket-Key: YWJj\r\nSec-WebSocket-Version: 13\r\n")
                               << 400 << u"Sec-WebSocket-Key"_s;
    QTest::newRow("old version") << upgrade(
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8\r\n")
                                 << 426 << u"version 13"_s;
    QTest::newRow("no Connection")
        << get("/event/realtime", "Upgrade: websocket\r\n" + kKeyAndVersion) << 400
        << u"Connection"_s;
    QTest::newRow("POST") << post(
        "/event/realtime", "Connection: Upgrade\r\nUpgrade: websocket\r\n" + kKeyAndVersion, "")
                          << 400 << u"GET"_s;
    QTest::newRow("with a body") << upgrade(kKeyAndVersion + "Content-Length: 1\r\n") + "x" << 400
                                 << u"no body"_s;
    QTest::newRow("stranger's Host")
        << upgrade(kKeyAndVersion).replace("localhost", "evil.example") << 403 << u"Host header"_s;
    QTest::newRow("stranger's Origin")
        << upgrade(kKeyAndVersion + "Origin: https://evil.example\r\n") << 403
        << u"pages of this machine"_s;
    QTest::newRow("no upgrade") << get("/event/realtime") << 426 << u"WebSocket"_s;
    QTest::newRow("70 KB of headers")
        << upgrade(kKeyAndVersion + "X-Long: " + QByteArray(70'000, 'x') + "\r\n") << 431
        << u"64 KB"_s;
}

void tst_Handshake::refusesTheUpgrade()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(QString, word);
    Connection connection(m_emulator.port());
    const HttpAnswer answer = connection.ask(request);
    QCOMPARE(answer.status, status);
    QVERIFY2(answer.errorMessage().toString().contains(word), answer.body.constData());
    QCOMPARE(answer.header("x-amzn-ErrorType"), answer.errorType().toLatin1());
    if (status == 426)
        QCOMPARE(answer.header("Sec-WebSocket-Version"), "13");
}

void tst_Handshake::selectsTheSubprotocol_data()
{
    QTest::addColumn<QByteArray>("offered");
    QTest::addColumn<QByteArray>("selected");
    QTest::newRow("ours last") << QByteArray(
        "Sec-WebSocket-Protocol: header-e30, aws-appsync-event-ws\r\n")
                               << QByteArray("aws-appsync-event-ws");
    QTest::newRow("two lines") << QByteArray(
        "Sec-WebSocket-Protocol: header-e30\r\nSec-WebSocket-Protocol: aws-appsync-event-ws\r\n")
                               << QByteArray("aws-appsync-event-ws");
    QTest::newRow("another") << QByteArray("Sec-WebSocket-Protocol: graphql-ws\r\n")
                             << QByteArray();
    QTest::newRow("none") << QByteArray() << QByteArray();
}

void tst_Handshake::selectsTheSubprotocol()
{
    QFETCH(QByteArray, offered);
    QFETCH(QByteArray, selected);
    Connection connection(m_emulator.port());
    const HttpAnswer answer = connection.ask(upgrade(kKeyAndVersion + offered));
    QCOMPARE(answer.status, 101);
    QCOMPARE(answer.header("Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    QCOMPARE(answer.header("Sec-WebSocket-Protocol"), selected);
}

void tst_Handshake::headInSmallPieces()
{
    Connection connection(m_emulator.port());
    const QByteArray request =
        upgrade(kKeyAndVersion + "Sec-WebSocket-Protocol: aws-appsync-event-ws\r\n");
    for (const char c : request) {
        connection.write(QByteArray(1, c));
        connection.socket().flush();
        QCoreApplication::processEvents();
    }
    QCOMPARE(connection.answer().status, 101);
}

//! A client that does not wait for the answer to its upgrade loses nothing.
void tst_Handshake::framesBeforeTheAnswer_data()
{
    QTest::addColumn<bool>("tls");
    QTest::newRow("plain") << false;
    QTest::newRow("TLS") << true;
}

void tst_Handshake::framesBeforeTheAnswer()
{
    QFETCH(bool, tls);
    Emulator emulator;
    Emulator::Options options;
    options.tls = tls;
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    const QString authorization =
        headerProtocol({{u"host"_s, u"localhost"_s}, {u"x-api-key"_s, emulator.apiKey()}});
    const QByteArray head = upgrade(kKeyAndVersion + "Sec-WebSocket-Protocol: "
                                    + (kEvents + u", "_s + authorization).toLatin1() + "\r\n");
    const QByteArray init = R"({"type":"connection_init"})";
    const QByteArray mask(4, '\0');
    const QByteArray frame = "\x81" + QByteArray(1, char(0x80 | init.size())) + mask + init;
    Connection client(emulator.port(), emulator.caCertificate());
    QCOMPARE(client.ask(head + frame + frame).status, 101);
    QVERIFY(waitFor([&] { return client.received().count("connection_ack") == 2; }));
}

void tst_Handshake::clientThatGoesAtOnceLeavesNothing()
{
    const QString authorization =
        headerProtocol({{u"host"_s, u"localhost"_s}, {u"x-api-key"_s, m_emulator.apiKey()}});
    const QByteArray head = upgrade(kKeyAndVersion + "Sec-WebSocket-Protocol: "
                                    + (kEvents + u", "_s + authorization).toLatin1() + "\r\n");
    const QByteArray close("\x88\x80\0\0\0\0", 6);
    Connection client(m_emulator.port());
    client.write(head + close);
    QVERIFY(client.hasEnded());
    QVERIFY(waitFor([&] { return m_emulator.connectionCount() == 0; }));
}

GUILESS_TEST(tst_Handshake)
#include "tst_handshake.moc"
