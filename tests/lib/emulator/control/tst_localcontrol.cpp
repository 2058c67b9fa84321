// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QJsonArray>
#include <QTest>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;

class tst_LocalControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void isOffUnlessAsked();
    void needsTheToken_data();
    void needsTheToken();
    void keepsStrangersOut_data();
    void keepsStrangersOut();
    void answersPreflights();
    void tellsWhatThereIs();
    void faults();
    void refusesBadFaults_data();
    void refusesBadFaults();
    void connections();
    void endsConnections_data();
    void endsConnections();
    void metrics();
    void scenario();
    void keepAlives();
    void refusesOtherMethods_data();
    void refusesOtherMethods();

private:
    [[nodiscard]] QByteArray authorization() const
    {
        return "Authorization: Bearer " + m_emulator.controlToken().toLatin1() + "\r\n";
    }
    HttpAnswer ask(const QByteArray &method, const QByteArray &path,
                   const QByteArray &body = {}) const
    {
        Connection connection(m_emulator.port());
        return connection.ask(post(path, authorization(), body).replace(0, 4, method));
    }
    [[nodiscard]] bool open(WebSocket &socket) const
    {
        return socket.open(m_emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s},
                           {{"x-api-key", m_emulator.apiKey().toLatin1()}})
            && waitFor([this] { return m_emulator.connections().size() == 1; });
    }

    Emulator m_emulator;
};

void tst_LocalControl::init()
{
    Emulator::Options options;
    options.controlToken = Emulator::makeControlToken();
    QVERIFY2(m_emulator.listen(options), qPrintable(m_emulator.problem()));
}

void tst_LocalControl::isOffUnlessAsked()
{
    QVERIFY(m_emulator.listen());
    QVERIFY(m_emulator.controlUrl().isEmpty());
    QCOMPARE(ask("GET", "/_local").status, 404);
    QCOMPARE(ask("GET", "/v2/apis").status, 404);
}

void tst_LocalControl::needsTheToken_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("wrong") << QByteArray("Authorization: Bearer wrong\r\n");
    QTest::newRow("empty") << QByteArray("Authorization: Bearer \r\n");
    QTest::newRow("API key") << QByteArray("x-api-key: KEY\r\n");
    QTest::newRow("API key as a token") << QByteArray("Authorization: Bearer KEY\r\n");
    QTest::newRow("in the query") << QByteArray("X: y\r\n");
}

void tst_LocalControl::needsTheToken()
{
    QFETCH(QByteArray, header);
    Connection connection(m_emulator.port());
    QSignalSpy refused(&m_emulator, &Emulator::refused);
    header.replace("KEY", m_emulator.apiKey().toLatin1());
    const HttpAnswer answer =
        connection.ask(get("/_local/faults?token=" + m_emulator.controlToken().toLatin1(), header));
    QCOMPARE(answer.status, 401);
    QCOMPARE(answer.header("WWW-Authenticate"), "Bearer");
    QVERIFY(!answer.errorMessage().toString().isEmpty());
    QTRY_COMPARE(refused.count(), 1);
    const QString line = refused.at(0).at(0).toString();
    QVERIFY2(line.contains(u"/_local/faults: UnauthorizedException"), qPrintable(line));
    QVERIFY(!line.contains(m_emulator.controlToken()));
}

void tst_LocalControl::keepsStrangersOut_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("type");
    QTest::newRow("foreign page") << QByteArray(
        "Host: localhost\r\nOrigin: https://evil.example\r\n")
                                  << u"OriginNotAllowed"_s;
    QTest::newRow("sandboxed page")
        << QByteArray("Host: localhost\r\nOrigin: null\r\n") << u"OriginNotAllowed"_s;
    QTest::newRow("DNS rebinding")
        << QByteArray("Host: evil.example:8787\r\n") << u"HostNotAllowed"_s;
}

void tst_LocalControl::keepsStrangersOut()
{
    QFETCH(QByteArray, headers);
    for (const char *path : {"/_local/faults", "/v2/apis"}) {
        Connection connection(m_emulator.port());
        const HttpAnswer answer = connection.ask(QByteArray("GET ") + path + " HTTP/1.1\r\n"
                                                 + authorization() + headers + "\r\n");
        QCOMPARE(answer.status, 403);
        QTEST(answer.errorType(), "type");
    }
}

void tst_LocalControl::answersPreflights()
{
    Connection connection(m_emulator.port());
    const HttpAnswer answer =
        connection.ask(get("/_local/faults",
                           "Origin: http://localhost:5173\r\nAccess-Control-Request-Method: PUT\r\n"
                           "Access-Control-Request-Headers: authorization\r\n")
                           .replace("GET", "OPTIONS"));
    QCOMPARE(answer.status, 204);
    QVERIFY(answer.header("Access-Control-Allow-Methods").contains("PUT"));
    QCOMPARE(answer.header("Access-Control-Allow-Origin"), "http://localhost:5173");
}

void tst_LocalControl::tellsWhatThereIs()
{
    QCOMPARE(m_emulator.controlUrl().path(), u"/_local"_s);
    const HttpAnswer answer = ask("GET", "/_local");
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.object().value(u"apis"_s).toArray().size(), 1);
    QCOMPARE(ask("GET", "/_local/").status, 200);
    QCOMPARE(ask("GET", "/_local/nothing").status, 404);
    QCOMPARE(ask("GET", "/_local/faults/x").status, 404);
    QCOMPARE(ask("GET", "/_localize").status, 404);
}

void tst_LocalControl::faults()
{
    const QByteArray plan = R"({"refuseUpgradeStatus": 503, "faults": [{"kind": "publishError",
        "errorType": "X", "rate": 0.5, "when": {"fromMs": 5}, "for": {"channel": "default/*"}}]})";
    const HttpAnswer answer = ask("PUT", "/_local/faults", plan);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.object(), QJsonDocument::fromJson(plan).object());
    QCOMPARE(m_emulator.faults().refuseUpgradeStatus, 503);
    QCOMPARE(m_emulator.faults().faults.first().rate, 0.5);
    QCOMPARE(ask("GET", "/_local/faults").object(), QJsonDocument::fromJson(plan).object());
    WebSocket socket;
    QVERIFY(!socket.open(m_emulator.realtimeUrl(), {u"aws-appsync-event-ws"_s}));
    QCOMPARE(ask("DELETE", "/_local/faults").object(), QJsonObject());
    QCOMPARE(m_emulator.faults(), FaultPlan());
}

void tst_LocalControl::refusesBadFaults_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("word");
    QTest::newRow("empty") << QByteArray() << u"Not JSON"_s;
    QTest::newRow("bytes") << QByteArray("\xff\xfe\x00{", 4) << u"Not JSON"_s;
    QTest::newRow("array") << QByteArray("[]") << u"JSON object"_s;
    QTest::newRow("deep") << QByteArray(100'000, '[') << u"Not JSON"_s;
    QTest::newRow("unknown") << QByteArray(R"({"neverSleep":true})") << u"neverSleep"_s;
}

void tst_LocalControl::refusesBadFaults()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, word);
    FaultPlan plan;
    plan.neverAck = true;
    m_emulator.setFaults(plan);
    const HttpAnswer answer = ask("PUT", "/_local/faults", body);
    QCOMPARE(answer.status, 400);
    QVERIFY2(answer.errorMessage().toString().contains(word), answer.body);
    QCOMPARE(m_emulator.faults(), plan);
}

void tst_LocalControl::connections()
{
    QCOMPARE(ask("GET", "/_local/connections").object().value(u"connections"_s), QJsonArray());
    WebSocket socket;
    QVERIFY(open(socket));
    socket.send({{u"type"_s, u"subscribe"_s},
                 {u"id"_s, u"s"_s},
                 {u"channel"_s, u"default/*"_s},
                 {u"authorization"_s, QJsonObject{{u"x-api-key"_s, m_emulator.apiKey()}}}});
    QVERIFY(!socket.next().isEmpty());
    const HttpAnswer answer = ask("GET", "/_local/connections");
    const QJsonObject one = answer.object().value(u"connections"_s).toArray().first().toObject();
    QCOMPARE(one.value(u"authType"_s).toString(), u"API_KEY"_s);
    QCOMPARE(one.value(u"framesReceived"_s), QJsonValue(1));
    const QJsonObject subscription = one.value(u"subscriptions"_s).toArray().first().toObject();
    QCOMPARE(subscription.value(u"channel"_s).toString(), u"/default/*"_s);
    QVERIFY(!answer.body.contains(m_emulator.apiKey().toLatin1()));
    const QByteArray id = one.value(u"id"_s).toString().toLatin1();
    QCOMPARE(ask("GET", "/_local/connections/" + id).object(), one);
    QCOMPARE(ask("GET", "/_local/connections/999").status, 404);
    QCOMPARE(ask("DELETE", "/_local/connections/999").status, 404);
}

void tst_LocalControl::endsConnections_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<int>("code"); // 0: TCP is cut
    QTest::newRow("close") << QByteArray() << 1000;
    QTest::newRow("with a code") << QByteArray("?code=4003") << 4003;
    QTest::newRow("cut") << QByteArray("?how=cut") << 0;
}

void tst_LocalControl::endsConnections()
{
    QFETCH(QByteArray, query);
    QFETCH(int, code);
    for (const bool isOne : {false, true}) {
        WebSocket socket;
        QVERIFY(open(socket));
        const QByteArray id = m_emulator.connections().first().id.toLatin1();
        QCOMPARE(ask("DELETE", "/_local/connections?code=99").status, 400);
        QCOMPARE(ask("DELETE", "/_local/connections?code=1006").status, 400);
        const HttpAnswer answer =
            ask("DELETE", QByteArray("/_local/connections") + (isOne ? "/" + id : "") + query);
        QCOMPARE(answer.object().value(u"ended"_s), QJsonValue(1));
        QVERIFY(socket.hasEnded());
        if (code == 0)
            QCOMPARE(socket.socket().error(), QAbstractSocket::RemoteHostClosedError);
        else
            QCOMPARE(int(socket.socket().closeCode()), code);
        QTRY_COMPARE(m_emulator.connectionCount(), 0);
    }
}

void tst_LocalControl::metrics()
{
    WebSocket socket;
    QVERIFY(open(socket));
    const QString apiId = m_emulator.apiIds().first();
    const QJsonObject metrics =
        ask("GET", "/_local/metrics").object().value(u"apis"_s).toObject().value(apiId).toObject();
    QCOMPARE(metrics.value(u"counters"_s).toObject().value(u"ConnectSuccess"_s), QJsonValue(1));
    const HttpAnswer text = ask("GET", "/_local/metrics?format=prometheus");
    QVERIFY(text.header("Content-Type").startsWith("text/plain; version=0.0.4"));
    QVERIFY2(
        text.body.contains("appsync_connect_success_total{api=\"" + apiId.toLatin1() + "\"} 1\n"),
        text.body);
    QCOMPARE(ask("GET", "/_local/metrics?format=xml").status, 400);
}

void tst_LocalControl::scenario()
{
    QCOMPARE(ask("PUT", "/_local/scenario", R"({"scenario":"demo"})").object(),
             (QJsonObject{{u"isPlaying"_s, true}}));
    QVERIFY(m_emulator.isPlaying());
    QCOMPARE(ask("DELETE", "/_local/scenario").status, 200);
    QVERIFY(!m_emulator.isPlaying());
    for (const char *body : {R"({"scenario":"no-such-one"})", R"({"scenario":"/etc/passwd"})",
                             R"({"scenario":"../demo"})", R"({"scenario":1})", "rubbish"}) {
        const HttpAnswer answer = ask("PUT", "/_local/scenario", body);
        QCOMPARE(answer.status, 400);
        QVERIFY2(!answer.body.contains("root:"), answer.body);
    }
    QCOMPARE(ask("GET", "/_local/scenario").object(), (QJsonObject{{u"isPlaying"_s, false}}));
}

void tst_LocalControl::keepAlives()
{
    WebSocket socket;
    QVERIFY(open(socket));
    QCOMPARE(ask("POST", "/_local/keep-alives").status, 200);
    QCOMPARE(socket.next(), uR"({"type":"ka"})"_s);
}

void tst_LocalControl::refusesOtherMethods_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("state") << QByteArray("/_local");
    QTest::newRow("faults") << QByteArray("/_local/faults");
    QTest::newRow("connections") << QByteArray("/_local/connections");
    QTest::newRow("metrics") << QByteArray("/_local/metrics");
    QTest::newRow("scenario") << QByteArray("/_local/scenario");
    QTest::newRow("keep-alives") << QByteArray("/_local/keep-alives");
}

void tst_LocalControl::refusesOtherMethods()
{
    QFETCH(QByteArray, path);
    QCOMPARE(ask("PATCH", path).status, 405);
}

GUILESS_TEST(tst_LocalControl)
#include "tst_localcontrol.moc"
