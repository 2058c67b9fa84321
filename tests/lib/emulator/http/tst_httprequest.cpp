// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/http/httprequest_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_HttpRequest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads();
    void absoluteTargets();
    void joinsLists();
    void knowsUpgrades_data();
    void knowsUpgrades();
    void knowsKeepAlive_data();
    void knowsKeepAlive();
    void refuses_data();
    void refuses();
};

void tst_HttpRequest::reads()
{
    const auto request = HttpRequest::parse(
        "POST /event?a=/b?c HTTP/1.1\r\nHost: localhost:8787\r\nX-API-Key:  da2-x \r\n"
        "authorization: a:b\r\nEmpty:\r\n\r\n");
    QVERIFY(request);
    QCOMPARE(request->method, "POST");
    QCOMPARE(request->path, "/event");
    QCOMPARE(request->query, "a=/b?c");
    QCOMPARE(request->header("host"), "localhost:8787");
    QCOMPARE(request->header("x-api-key"), "da2-x");
    QCOMPARE(request->header("absent"), "");
    QCOMPARE(request->count("empty"), 1);
    QVERIFY(!request->isHttp10);
    QCOMPARE(request->credentials().apiKey(), u"da2-x"_s);
    QCOMPARE(request->credentials().authorization(), u"a:b"_s);
}

void tst_HttpRequest::absoluteTargets()
{
    const auto pathOf = [](const QByteArray &target) {
        return HttpRequest::parse("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")
            .value_or(HttpRequest())
            .path;
    };
    QCOMPARE(pathOf("http://localhost:8787/event?x=1"), "/event");
    QCOMPARE(pathOf("HTTPS://localhost"), "/");
}

void tst_HttpRequest::joinsLists()
{
    const auto request = HttpRequest::parse(
        "GET / HTTP/1.1\r\nSec-WebSocket-Protocol: a, b,\r\nsec-websocket-protocol:c\r\n\r\n");
    QVERIFY(request);
    QCOMPARE(request->listHeader("sec-websocket-protocol"), QList<QByteArray>({"a", "b", "c"}));
    QVERIFY(request->listHeaderHas("sec-websocket-protocol", "B"));
    QVERIFY(!request->listHeaderHas("sec-websocket-protocol", "a, b"));
}

void tst_HttpRequest::knowsUpgrades_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("upgrade");
    QTest::newRow("none") << QByteArray() << false;
    QTest::newRow("websocket") << QByteArray("Upgrade: WebSocket\r\n") << true;
    QTest::newRow("one of several") << QByteArray("Upgrade: h2c, websocket\r\n") << true;
    QTest::newRow("another") << QByteArray("Upgrade: h2c\r\n") << false;
}

void tst_HttpRequest::knowsUpgrades()
{
    QFETCH(QByteArray, headers);
    QTEST(HttpRequest::parse("GET / HTTP/1.1\r\n" + headers + "\r\n")->wantsWebSocket(), "upgrade");
}

void tst_HttpRequest::knowsKeepAlive_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("keepsAlive");
    QTest::newRow("1.1") << QByteArray("GET / HTTP/1.1\r\n\r\n") << true;
    QTest::newRow("1.1 close") << QByteArray("GET / HTTP/1.1\r\nConnection: Close\r\n\r\n")
                               << false;
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false;
    QTest::newRow("1.0 keep-alive")
        << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << true;
}

void tst_HttpRequest::knowsKeepAlive()
{
    QFETCH(QByteArray, head);
    QTEST(HttpRequest::parse(head)->keepsAlive(), "keepsAlive");
}

void tst_HttpRequest::refuses_data()
{
    QTest::addColumn<QByteArray>("head");
    const auto row = [](const char *name, const QByteArray &head) { QTest::newRow(name) << head; };
    row("empty", "\r\n");
    row("two words", "GET /\r\n\r\n");
    row("four words", "GET / x HTTP/1.1\r\n\r\n");
    row("HTTP/2", "PRI * HTTP/2.0\r\n\r\n");
    row("no path", "GET localhost HTTP/1.1\r\n\r\n");
    row("another scheme", "GET ftp://localhost/ HTTP/1.1\r\n\r\n");
    row("control in the path", "GET /\x01 HTTP/1.1\r\n\r\n");
    row("beyond ASCII in the path", "GET /\xc3\xa4 HTTP/1.1\r\n\r\n");
    row("method is no token", "G(T / HTTP/1.1\r\n\r\n");
    row("no colon", "GET / HTTP/1.1\r\nHost\r\n\r\n");
    row("space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n");
    row("folded line", "GET / HTTP/1.1\r\nA: b\r\n c: d\r\n\r\n");
    row("nameless", "GET / HTTP/1.1\r\n: b\r\n\r\n");
    row("control in a value", QByteArray("GET / HTTP/1.1\r\nA: b?c\r\n\r\n").replace('?', '\0'));
    row("carriage return in a value", "GET / HTTP/1.1\r\nA: b\rc\r\n\r\n");
    row("line feed alone", "GET / HTTP/1.1\nHost: a\r\n\r\n");
    row("empty line of a line feed", "GET / HTTP/1.1\r\nHost: a\n\nX: b\r\n\r\n");
    row("no empty line", "GET / HTTP/1.1\r\nHost: a\r\n");
    row("TLS", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n", 12));
}

void tst_HttpRequest::refuses()
{
    QFETCH(QByteArray, head);
    QVERIFY(!HttpRequest::parse(head));
}

GUILESS_TEST(tst_HttpRequest)
#include "tst_httprequest.moc"
