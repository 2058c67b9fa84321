// SPDX-License-Identifier: Apache-2.0
#include "signer.h"
#include "tests/shared/testrunner.h"

#include "tests/shared/rawclient.h"

#include <AppSync/Emulator>

#include <QFile>
#include <QJsonArray>
#include <QTest>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;

//! IAM mode on the wire: connect, subscribe, publish over WebSocket, publish over HTTP.
class tst_IamAuth : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void vectorsOnTheWire_data();
    void vectorsOnTheWire();
    void aNewcomerCanTryIt();
    void tellsWhatItExpected();
    void wrongCredentials_data();
    void wrongCredentials();
    void specialCharacters_data();
    void specialCharacters();
    void grants_data();
    void grants();
    void modes();
    void logsNoToken();

private:
    [[nodiscard]] static bool open(WebSocket &socket, const Emulator &emulator,
                                   const QJsonObject &authorization)
    {
        return socket.open(emulator.realtimeUrl(),
                           {u"aws-appsync-event-ws"_s, headerProtocol(authorization)});
    }
    //! The answer to connection_init.
    [[nodiscard]] static QJsonObject acknowledged(const Emulator &emulator,
                                                  const QJsonObject &authorization)
    {
        WebSocket socket;
        if (!open(socket, emulator, authorization))
            return {};
        socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
        return socket.nextJson();
    }
};

namespace {

QJsonObject firstError(const QJsonObject &frame)
{
    return frame["errors"_L1][0].toObject();
}

QString subscribeFrame(const QString &channel, const Signer &signer)
{
    const QByteArray body = QString(u"{\"channel\":\"%1\"}"_s.arg(channel)).toUtf8();
    return json({{u"type"_s, u"subscribe"_s},
                 {u"id"_s, u"s"_s},
                 {u"channel"_s, channel},
                 {u"authorization"_s, signer.authorization(body)}});
}

QString publishFrame(const QString &channel, const QStringList &events,
                     const QJsonObject &authorization)
{
    return json({{u"type"_s, u"publish"_s},
                 {u"id"_s, u"p"_s},
                 {u"channel"_s, channel},
                 {u"events"_s, QJsonArray::fromStringList(events)},
                 {u"authorization"_s, authorization}});
}

Signer ownerOf(const Emulator &emulator)
{
    return {emulator.accessKeyId(), emulator.secretAccessKey()};
}

} // namespace

void tst_IamAuth::vectorsOnTheWire_data()
{
    QTest::addColumn<QJsonObject>("vector");
    QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/auth/sigv4-vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray vectors =
        QJsonDocument::fromJson(file.readAll()).object().value("vectors"_L1).toArray();
    for (const QJsonValue vector : vectors) {
        const QString id = vector["id"_L1].toString();
        if (vector["input"_L1]["url"_L1].toString().endsWith(u"/event"))
            QTest::newRow(qPrintable(id)) << vector.toObject();
    }
}

void tst_IamAuth::vectorsOnTheWire()
{
    QFETCH(QJsonObject, vector);
    const QJsonObject input = vector["input"_L1].toObject();
    const QJsonObject output = vector["output"_L1].toObject();
    Emulator emulator;
    Emulator::Options options;
    options.identities = {{u"somebody"_s,
                           input["access_key_id"_L1].toString(),
                           input["secret_access_key"_L1].toString(),
                           input["session_token"_L1].toString(),
                           {{{u"appsync:Event*"_s}}}}};
    options.now = [] { return QDateTime::fromString(u"2025-01-15T12:36:00Z"_s, Qt::ISODate); };
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));

    if (output.contains("header_subprotocol"_L1)) {
        WebSocket socket;
        QVERIFY(
            socket.open(emulator.realtimeUrl(),
                        {u"aws-appsync-event-ws"_s, output["header_subprotocol"_L1].toString()}));
        socket.send(QJsonObject{{u"type"_s, u"connection_init"_s}});
        QCOMPARE(socket.nextJson()["type"_L1].toString(), u"connection_ack"_s);
        return;
    }
    for (const QString &operation : {u"subscribe"_s, u"publish"_s}) {
        const QString frame = output[QString(operation + u"_frame"_s)].toString();
        if (frame.isEmpty())
            continue;
        WebSocket socket;
        QVERIFY(open(socket, emulator, {{u"host"_s, u"h"_s}, {u"x-api-key"_s, emulator.apiKey()}}));
        socket.send(frame);
        QCOMPARE(socket.nextJson()["type"_L1].toString(), QString(operation + u"_success"_s));
        return;
    }
    QByteArray request = "POST /event HTTP/1.1\r\n";
    const QJsonObject headers = output["signed_headers_object"_L1].toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        request += it.key().toLatin1() + ": " + it.value().toString().toLatin1() + "\r\n";
    const QByteArray body = input["body"_L1].toString().toUtf8();
    request += "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    Connection connection(emulator.port());
    const HttpAnswer answer = connection.ask(request);
    QVERIFY2(answer.status == 200, answer.body.constData());
}

void tst_IamAuth::aNewcomerCanTryIt()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    const Signer signer = ownerOf(emulator);
    WebSocket socket;
    QVERIFY(open(socket, emulator, signer.authorization("{}")));
    socket.send(subscribeFrame(u"/private/*"_s, signer));
    QCOMPARE(socket.nextJson()["type"_L1].toString(), u"subscribe_success"_s);
    const QByteArray publish = R"({"channel":"/private/a","events":["{\"a\":\"é\\n/😀\"}"]})";
    socket.send(
        publishFrame(u"/private/a"_s, {u"{\"a\":\"é\\n/😀\"}"_s}, signer.authorization(publish)));
    QCOMPARE(socket.nextJson()["type"_L1].toString(), u"publish_success"_s);
    QCOMPARE(socket.nextJson()["event"_L1].toString(), u"{\"a\":\"é\\n/😀\"}"_s);

    Connection connection(emulator.port());
    QCOMPARE(connection.ask(post("/event", signer.headerLines(publish), publish)).status, 200);
    // Over HTTP the bytes count, not what they mean.
    const QByteArray spaced = R"({ "events": ["1"], "channel": "private/a" })";
    QCOMPARE(connection.ask(post("/event", signer.headerLines(spaced), spaced)).status, 200);
    QCOMPARE(connection.ask(post("/event", signer.headerLines(spaced), spaced + ' ')).status, 403);
}

void tst_IamAuth::tellsWhatItExpected()
{
    Emulator emulator;
    QVERIFY(emulator.listen());
    const Signer signer = ownerOf(emulator);
    const QJsonObject answer =
        acknowledged(emulator, signer.authorization(R"({"channel":"/default/a"})"));
    QCOMPARE(answer["type"_L1].toString(), u"connection_error"_s);
    QCOMPARE(firstError(answer)["errorType"_L1].toString(), u"BadRequestException"_s);
    QCOMPARE(firstError(answer)["errorCode"_L1].toInt(), 400);
    const QString message = firstError(answer)["message"_L1].toString();
    QVERIFY2(message.startsWith(u"The request signature we calculated does not match"_s),
             qPrintable(message));
    const QString canonical =
        u"'POST\n/event\n\naccept:application/json, text/javascript\ncontent-encoding:amz-1.0\n"
        "content-type:application/json; charset=UTF-8\nhost:localhost\nx-amz-date:%1\n\n"
        "accept;content-encoding;content-type;host;x-amz-date\n"
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'\n"_s.arg(
            Emulation::Sigv4::timeText(signer.now));
    QVERIFY2(message.contains(canonical), qPrintable(message));

    const QByteArray body = R"({"channel":"default/a","events":["1"]})";
    Connection connection(emulator.port());
    const HttpAnswer refused = connection.ask(post("/event", signer.headerLines("{}"), body));
    QCOMPARE(refused.status, 403);
    QCOMPARE(refused.errorType(), u"InvalidSignatureException"_s);
    QCOMPARE(refused.header("x-amzn-ErrorType"), "InvalidSignatureException");
    QVERIFY(refused.errorMessage().toString().contains(u"The Canonical String"_s));
}

void tst_IamAuth::wrongCredentials_data()
{
    QTest::addColumn<Signer>("signer");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("overHttp");
    QTest::addColumn<QString>("start");
    const QString right = u"secret"_s;
    const QString bad = u"BadRequestException"_s;
    const QString signature = u"InvalidSignatureException"_s;
    const QString unknown = u"UnrecognizedClientException"_s;
    const QString invalid = u"The security token included in the request is invalid."_s;
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QTest::newRow("wrong secret") << Signer{u"AKIDLASTING"_s, u"wrong"_s} << bad << signature
                                  << u"The request signature"_s;
    QTest::newRow("unknown key") << Signer{u"AKIDOTHER"_s, right} << unknown << unknown << invalid;
    QTest::newRow("token missing")
        << Signer{u"ASIATEMPORARY"_s, right} << unknown << unknown << invalid;
    QTest::newRow("other token") << Signer{u"ASIATEMPORARY"_s, right, u"x"_s} << unknown << unknown
                                 << invalid;
    QTest::newRow("other region") << Signer{u"AKIDLASTING"_s, right, {}, "eu-west-1"} << bad
                                  << signature
                                  << u"Credential should be scoped to a valid region"_s;
    QTest::newRow("other service")
        << Signer{u"AKIDLASTING"_s, right, {}, "us-east-1", "execute-api"} << bad << signature
        << u"Credential should be scoped to correct service: 'appsync'. "_s;
    QTest::newRow("two hours early")
        << Signer{u"AKIDLASTING"_s, right, {}, "us-east-1", "appsync", now.addSecs(-7200)} << bad
        << signature << u"Signature expired: "_s;
    QTest::newRow("two hours late")
        << Signer{u"AKIDLASTING"_s, right, {}, "us-east-1", "appsync", now.addSecs(7200)} << bad
        << signature << u"Signature not yet current: "_s;
}

void tst_IamAuth::wrongCredentials()
{
    QFETCH(Signer, signer);
    QFETCH(QString, start);
    Emulator emulator;
    Emulator::Options options;
    const QList<Emulator::Grant> all{{{u"*"_s}}};
    options.identities = {{u"lasting"_s, u"AKIDLASTING"_s, u"secret"_s, {}, all},
                          {u"temporary"_s, u"ASIATEMPORARY"_s, u"secret"_s, u"token"_s, all}};
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    const QJsonObject error = firstError(acknowledged(emulator, signer.authorization("{}")));
    QTEST(error["errorType"_L1].toString(), "type");
    QVERIFY2(error["message"_L1].toString().startsWith(start), qPrintable(json(error)));

    const QByteArray body = R"({"channel":"default/a","events":["1"]})";
    Connection connection(emulator.port());
    const HttpAnswer answer = connection.ask(post("/event", signer.headerLines(body), body));
    QCOMPARE(answer.status, 403);
    QTEST(answer.errorType(), "overHttp");
    QVERIFY(answer.errorMessage().toString().startsWith(start));
}

void tst_IamAuth::specialCharacters_data()
{
    QTest::addColumn<bool>("likeTheService");
    QTest::addColumn<bool>("signedEscaped");
    QTest::addColumn<QString>("answer");
    QTest::newRow("as sent") << false << false << u"publish_success"_s;
    QTest::newRow("escaped") << false << true << u"publish_success"_s;
    QTest::newRow("as sent, like the service") << true << false << u"publish_error"_s;
    QTest::newRow("escaped, like the service") << true << true << u"publish_success"_s;
}

void tst_IamAuth::specialCharacters()
{
    QFETCH(bool, likeTheService);
    QFETCH(bool, signedEscaped);
    Emulator emulator;
    Emulator::Options options;
    options.faults.htmlEscapedSignatures = likeTheService;
    QVERIFY(emulator.listen(options));
    const Signer signer = ownerOf(emulator);
    WebSocket socket;
    QVERIFY(open(socket, emulator, signer.authorization("{}")));
    const QByteArray plain = R"({"channel":"default/a","events":["\"<b>&\""]})";
    const QByteArray escaped = R"({"channel":"default/a","events":["\"\u003cb\u003e\u0026\""]})";
    socket.send(publishFrame(u"default/a"_s, {u"\"<b>&\""_s},
                             signer.authorization(signedEscaped ? escaped : plain)));
    QTEST(socket.nextJson()["type"_L1].toString(), "answer");
    // Over HTTP the service has no such trouble.
    Connection connection(emulator.port());
    QCOMPARE(connection.ask(post("/event", signer.headerLines(plain), plain)).status, 200);
}

void tst_IamAuth::grants_data()
{
    using Grants = QList<Emulator::Grant>;
    QTest::addColumn<Grants>("allow");
    QTest::addColumn<Grants>("deny");
    QTest::addColumn<QString>("may");
    const QString api = u"arn:aws:appsync:us-east-1:*:apis/*"_s;
    const QString chat = QString(api + u"/channelNamespace/default"_s);
    QTest::newRow("everything") << Grants{{{u"appsync:*"_s}}} << Grants() << u"csp"_s;
    QTest::newRow("nothing") << Grants() << Grants() << QString();
    QTest::newRow("connect only") << Grants{{{u"appsync:EventConnect"_s}, {api}}} << Grants()
                                  << u"c"_s;
    QTest::newRow("one namespace")
        << Grants{{{u"appsync:EventConnect"_s}}, {{u"appsync:EventPublish"_s}, {chat}}} << Grants()
        << u"cp"_s;
    QTest::newRow("another namespace")
        << Grants{{{u"appsync:EventConnect"_s}},
                  {{u"appsync:EventPublish"_s, u"appsync:EventSubscribe"_s},
                   {QString(api + u"/channelNamespace/public"_s)}}}
        << Grants() << u"c"_s;
    QTest::newRow("all but publish")
        << Grants{{{u"*"_s}}} << Grants{{{u"appsync:EventPublish"_s}, {chat}}} << u"cs"_s;
    QTest::newRow("all but connect")
        << Grants{{{u"*"_s}}} << Grants{{{u"appsync:EventConnect"_s}}} << u"sp"_s;
}

void tst_IamAuth::grants()
{
    QFETCH(QList<Emulator::Grant>, allow);
    QFETCH(QList<Emulator::Grant>, deny);
    QFETCH(QString, may);
    Emulator emulator;
    Emulator::Options options;
    options.identities = {{u"somebody"_s, u"AKIDSOMEBODY"_s, u"secret"_s, {}, allow, deny}};
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    QVERIFY2(emulator.apiArn().startsWith(u"arn:aws:appsync:us-east-1:"_s),
             qPrintable(emulator.apiArn()));
    const Signer signer{u"AKIDSOMEBODY"_s, u"secret"_s};

    const QJsonObject connect = acknowledged(emulator, signer.authorization("{}"));
    QCOMPARE(connect["type"_L1].toString(),
             may.contains(u'c') ? u"connection_ack"_s : u"connection_error"_s);
    if (!may.contains(u'c'))
        QCOMPARE(firstError(connect)["message"_L1].toString(), u"Permission denied"_s);
    WebSocket socket;
    QVERIFY(open(socket, emulator, {{u"host"_s, u"h"_s}, {u"x-api-key"_s, emulator.apiKey()}}));
    socket.send(subscribeFrame(u"/default/a"_s, signer));
    const QJsonObject subscribe = socket.nextJson();
    QCOMPARE(subscribe["type"_L1].toString(),
             may.contains(u's') ? u"subscribe_success"_s : u"subscribe_error"_s);
    if (!may.contains(u's')) {
        QCOMPARE(firstError(subscribe)["errorType"_L1].toString(), u"UnauthorizedException"_s);
        QVERIFY(!firstError(subscribe).contains("message"_L1));
    }
    const QByteArray body = R"({"channel":"default/b","events":["1"]})";
    socket.send(publishFrame(u"default/b"_s, {u"1"_s}, signer.authorization(body)));
    QCOMPARE(socket.nextJson()["type"_L1].toString(),
             may.contains(u'p') ? u"publish_success"_s : u"publish_error"_s);
    Connection connection(emulator.port());
    QCOMPARE(connection.ask(post("/event", signer.headerLines(body), body)).status,
             may.contains(u'p') ? 200 : 403);
}

void tst_IamAuth::modes()
{
    using Mode = Emulator::AuthMode;
    Emulator emulator;
    Emulator::Options options;
    options.namespaces = {{u"signed"_s, {Mode::Iam}, {Mode::Iam}},
                          {u"keys"_s, {Mode::ApiKey}, {Mode::ApiKey}}};
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    const Signer signer = ownerOf(emulator);
    const auto publish = [&](const QByteArray &channel, bool isSigned) {
        const QByteArray body = R"({"channel":")" + channel + R"(/a","events":["1"]})";
        Connection connection(emulator.port());
        return connection
            .ask(post("/event",
                      isSigned ? signer.headerLines(body)
                               : "x-api-key: " + emulator.apiKey().toLatin1() + "\r\n",
                      body))
            .status;
    };
    QCOMPARE(publish("signed", true), 200);
    QCOMPARE(publish("signed", false), 403);
    QCOMPARE(publish("keys", true), 403);
    QCOMPARE(publish("keys", false), 200);
}

void tst_IamAuth::logsNoToken()
{
    Emulator emulator;
    Emulator::Options options;
    const QString token = u"a-token-that-is-secret"_s;
    options.identities = {{u"temporary"_s, u"ASIATEMPORARY"_s, u"secret"_s, token}};
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    QSignalSpy refused(&emulator, &Emulator::refused);
    const QJsonObject error = firstError(
        acknowledged(emulator, Signer{u"ASIATEMPORARY"_s, u"wrong"_s, token}.authorization("{}")));
    QVERIFY(error["message"_L1].toString().contains(token)); // as the service does
    QTRY_COMPARE(refused.count(), 1);
    const QString line = refused.first().first().toString();
    QVERIFY2(line.contains(u"The request signature we calculated"_s) && !line.contains(token),
             qPrintable(line));
}

GUILESS_TEST(tst_IamAuth)
#include "tst_iamauth.moc"
