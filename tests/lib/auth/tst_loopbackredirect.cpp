// SPDX-License-Identifier: Apache-2.0
#include "lib/auth/loopbackredirect_p.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;
using RawClient::Connection;

namespace {

constexpr auto kState = "the-state";

//! A port that nothing used a moment ago.
quint16 freePort()
{
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return server.serverPort();
}

//! Whether anybody listens at \a address, \a port.
bool isTaken(const QHostAddress &address, quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(address, port);
    return socket.waitForConnected(RawClient::kPatience);
}

bool hasIpv6()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHostIPv6);
}

QString localhost(quint16 port, const QString &path = u"/callback"_s)
{
    return u"http://localhost:%1%2"_s.arg(port).arg(path);
}

} // namespace

class tst_LoopbackRedirect : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void takesTheCode();
    void decodesParameters();
    void passesTheProvidersError();
    void answersNothingOfTheRequest();
    void keepsTheUriAsRegistered();
    void listensOnBothLoopbacks();
    void anyPortForProvidersThatAllowIt_data();
    void anyPortForProvidersThatAllowIt();
    void takesTheNextFreePort();
    void portTakenOnIpv6Only();
    void allPortsTaken();
    void refusesOtherUris_data();
    void refusesOtherUris();
    void noUri();
    void endsInWords_data();
    void endsInWords();
    void turnsAway_data();
    void turnsAway();
    void takesOneOnly();
    void slowClientIsTurnedAway();
    void silentClientIsDropped();
    void manyClientsAreDropped();
    void listensNoLongerAfterTheEnd();
    void listensNoLongerOnceClosed();
    void listensNoLongerOnceDeleted();

private:
    //! Listens at `/callback` and watches for the end.
    void listen(const QStringList &uris = {});
    [[nodiscard]] quint16 port() const { return quint16(QUrl(m_redirect->uri()).port()); }
    //! A request as a browser makes it.
    [[nodiscard]] QByteArray request(const QByteArray &target, const QByteArray &more = {}) const
    {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost:" + QByteArray::number(port())
            + "\r\n" + more + "\r\n";
    }

    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<LoopbackRedirect> m_redirect;
    Redirect m_got;
    Error m_error;
    int m_ends = 0;
};

void tst_LoopbackRedirect::init()
{
    m_redirect.reset();
    m_clock = std::make_unique<FakeClock>();
    m_redirect =
        std::make_unique<LoopbackRedirect>(QString::fromLatin1(kState), m_clock.get(), nullptr);
    m_got = {};
    m_error = {};
    m_ends = 0;
    connect(m_redirect.get(), &LoopbackRedirect::finished, this,
            [this](const Redirect &redirect, const Error &error) {
                m_got = redirect;
                m_error = error;
                ++m_ends;
            });
}

void tst_LoopbackRedirect::listen(const QStringList &uris)
{
    const Error error = m_redirect->listen(uris.isEmpty() ? QStringList{localhost(0)} : uris);
    QVERIFY2(!error.isError(), qPrintable(error.toString()));
    QVERIFY(m_redirect->isListening());
}

void tst_LoopbackRedirect::takesTheCode()
{
    listen();
    Connection browser(port());
    const auto answer =
        browser.ask(request("/callback?code=abc&state=the-state&iss=https%3A%2F%2Fid",
                            "Sec-Fetch-Dest: document\r\nSec-Fetch-Mode: navigate\r\n"));
    QCOMPARE(answer.status, 200);
    QCOMPARE(m_ends, 1);
    QVERIFY2(!m_error.isError(), qPrintable(m_error.toString()));
    QCOMPARE(m_got.code, u"abc"_s);
    QCOMPARE(m_got.issuer, u"https://id"_s);
    QVERIFY(browser.hasEnded());
}

void tst_LoopbackRedirect::decodesParameters()
{
    listen();
    Connection browser(port());
    browser.ask(request("/callback?state=the-state&error=x%26y&error_description=a+b%2Bc%20d"));
    QCOMPARE(m_got.error, u"x&y"_s);
    QCOMPARE(m_got.errorDescription, u"a b+c d"_s);
}

void tst_LoopbackRedirect::passesTheProvidersError()
{
    listen();
    Connection browser(port());
    const auto answer =
        browser.ask(request("/callback?error=access_denied&error_description=no&state=the-state"));
    QCOMPARE(answer.status, 400);
    QVERIFY(!m_error.isError());
    QCOMPARE(m_got.error, u"access_denied"_s);
    QCOMPARE(m_got.errorDescription, u"no"_s);
    QVERIFY(m_got.code.isEmpty());
}

void tst_LoopbackRedirect::answersNothingOfTheRequest()
{
    listen();
    Connection browser(port());
    browser.write(request("/callback?code=secret-code&state=the-state&x=<script>"));
    const auto answer = browser.answer();
    QCOMPARE(answer.status, 200);
    QVERIFY(answer.header("content-type").startsWith("text/html"));
    QVERIFY(answer.header("content-security-policy").startsWith("default-src 'none'"));
    QCOMPARE(answer.header("cache-control"), "no-store"_ba);
    QCOMPARE(answer.header("referrer-policy"), "no-referrer"_ba);
    QCOMPARE(answer.header("x-content-type-options"), "nosniff"_ba);
    for (const QByteArray part : {"secret-code", "the-state", "script", "http", "src=", "href"})
        QVERIFY2(!answer.body.contains(part), part.constData());
    QVERIFY(answer.body.contains("close this window"));
}

void tst_LoopbackRedirect::keepsTheUriAsRegistered()
{
    const quint16 port = freePort();
    const QString uri = u"http://LOCALHOST:%1/Call%2eback/"_s.arg(port);
    listen({uri});
    QCOMPARE(m_redirect->uri(), uri);
    Connection browser(port);
    QCOMPARE(browser.ask(request("/Call%2eback/?code=a&state=the-state")).status, 200);
}

void tst_LoopbackRedirect::listensOnBothLoopbacks()
{
    listen();
    QVERIFY(isTaken(QHostAddress(QHostAddress::LocalHost), port()));
    if (!hasIpv6())
        QSKIP("This machine has no IPv6.");
    QVERIFY(isTaken(QHostAddress(QHostAddress::LocalHostIPv6), port()));
    QTcpSocket browser;
    browser.connectToHost(QHostAddress(QHostAddress::LocalHostIPv6), port());
    browser.write(request("/callback?code=six&state=the-state"));
    QTRY_COMPARE(m_got.code, u"six"_s);
}

void tst_LoopbackRedirect::anyPortForProvidersThatAllowIt_data()
{
    QTest::addColumn<QString>("uri");
    QTest::addColumn<QString>("pattern");
    QTest::newRow("localhost") << u"http://localhost:0/callback"_s
                               << u"^http://localhost:[1-9]\\d*/callback$"_s;
    QTest::newRow("IPv4") << u"http://127.0.0.1:0/callback"_s
                          << u"^http://127\\.0\\.0\\.1:[1-9]\\d*/callback$"_s;
    QTest::newRow("IPv6") << u"http://[::1]:0/callback"_s
                          << u"^http://\\[::1\\]:[1-9]\\d*/callback$"_s;
    QTest::newRow("no path") << u"http://127.0.0.1:0"_s << u"^http://127\\.0\\.0\\.1:[1-9]\\d*$"_s;
}

void tst_LoopbackRedirect::anyPortForProvidersThatAllowIt()
{
    QFETCH(QString, uri);
    QFETCH(QString, pattern);
    if (uri.contains(u"::1"_s) && !hasIpv6())
        QSKIP("This machine has no IPv6.");
    listen({uri});
    QVERIFY2(QRegularExpression(pattern).match(m_redirect->uri()).hasMatch(),
             qPrintable(m_redirect->uri()));
    const QUrl url(m_redirect->uri());
    QTcpSocket browser;
    browser.connectToHost(QHostAddress(url.host() == u"localhost"_s ? u"127.0.0.1"_s : url.host()),
                          port());
    browser.write("GET " + (url.path().isEmpty() ? "/"_ba : "/callback"_ba)
                  + "?code=a&state=the-state HTTP/1.1\r\nHost: "
                  + url.authority(QUrl::FullyEncoded).toLatin1() + "\r\n\r\n");
    QTRY_COMPARE(m_ends, 1);
    QCOMPARE(m_got.code, u"a"_s);
}

void tst_LoopbackRedirect::takesTheNextFreePort()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost));
    listen({localhost(other.serverPort()), localhost(0, u"/second"_s)});
    QVERIFY(m_redirect->uri().endsWith(u"/second"_s));
}

void tst_LoopbackRedirect::portTakenOnIpv6Only()
{
    QTcpServer other;
    if (!other.listen(QHostAddress::LocalHostIPv6))
        QSKIP("This machine has no IPv6.");
    // The browser may choose either, and the code must not reach the other program.
    const Error error = m_redirect->listen({localhost(other.serverPort())});
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(!isTaken(QHostAddress(QHostAddress::LocalHost), other.serverPort()));
}

void tst_LoopbackRedirect::allPortsTaken()
{
    QTcpServer first;
    QTcpServer second;
    QVERIFY(first.listen(QHostAddress::LocalHost) && second.listen(QHostAddress::LocalHost));
    const Error error =
        m_redirect->listen({localhost(first.serverPort()), localhost(second.serverPort())});
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(error.message.contains(localhost(second.serverPort())));
    QVERIFY(!error.nextStep.isEmpty());
    QVERIFY(!m_redirect->isListening());
    if (hasIpv6())
        QVERIFY(!isTaken(QHostAddress(QHostAddress::LocalHostIPv6), first.serverPort()));
}

void tst_LoopbackRedirect::refusesOtherUris_data()
{
    QTest::addColumn<QString>("uri");
    QTest::newRow("https") << u"https://localhost:5000/callback"_s;
    QTest::newRow("app scheme") << u"myapp://callback"_s;
    QTest::newRow("other host") << u"http://example.com:5000/callback"_s;
    QTest::newRow("other address") << u"http://192.0.2.1:5000/callback"_s;
    QTest::newRow("all addresses") << u"http://0.0.0.0:5000/callback"_s;
    QTest::newRow("like localhost") << u"http://localhost.example.com:5000/"_s;
    QTest::newRow("user") << u"http://a@localhost:5000/callback"_s;
    QTest::newRow("query") << u"http://localhost:5000/callback?x=1"_s;
    QTest::newRow("fragment") << u"http://localhost:5000/callback#x"_s;
    QTest::newRow("port too large") << u"http://localhost:65536/callback"_s;
    QTest::newRow("no URI") << u"callback"_s;
    QTest::newRow("empty") << u""_s;
}

void tst_LoopbackRedirect::refusesOtherUris()
{
    QFETCH(QString, uri);
    const Error error = m_redirect->listen({uri});
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(error.message.contains(uri));
    QVERIFY(!error.nextStep.isEmpty());
    QVERIFY(!m_redirect->isListening());
}

void tst_LoopbackRedirect::noUri()
{
    QCOMPARE(m_redirect->listen({}).kind, Error::Kind::InvalidInput);
}

void tst_LoopbackRedirect::endsInWords_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::newRow("wrong state") << "code=secret-code&state=another"_ba;
    QTest::newRow("no state") << "code=secret-code"_ba;
    QTest::newRow("error with wrong state") << "error=access_denied&state=another"_ba;
    QTest::newRow("two states") << "code=secret-code&state=the-state&state=the-state"_ba;
    QTest::newRow("two codes") << "code=secret-code&code=b&state=the-state"_ba;
    QTest::newRow("neither code nor error") << "state=the-state"_ba;
    QTest::newRow("empty code") << "code=&state=the-state"_ba;
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("rubbish") << "%zz%00=&&&=%ff"_ba;
}

void tst_LoopbackRedirect::endsInWords()
{
    QFETCH(QByteArray, query);
    listen();
    const quint16 port = this->port();
    Connection browser(port);
    const auto answer = browser.ask(request("/callback?" + query));
    QCOMPARE(answer.status, 400);
    QVERIFY(!answer.body.contains("secret-code"));
    QCOMPARE(m_ends, 1);
    QCOMPARE(m_error.kind, Error::Kind::Receiving);
    QVERIFY(!m_error.message.isEmpty());
    QVERIFY(!m_error.nextStep.isEmpty());
    QVERIFY(!m_error.toString().contains(u"secret-code"_s));
    QVERIFY(m_got.code.isEmpty());
    QVERIFY(!isTaken(QHostAddress(QHostAddress::LocalHost), port));
}

void tst_LoopbackRedirect::turnsAway_data()
{
    QTest::addColumn<QByteArray>("request"); // %1: the port
    QTest::addColumn<int>("status");
    const QByteArray host = "Host: localhost:%1\r\n";
    const QByteArray target = "/callback?code=a&state=the-state";
    const QByteArray get = "GET " + target + " HTTP/1.1\r\n";
    QTest::newRow("favicon") << "GET /favicon.ico HTTP/1.1\r\n" + host + "\r\n" << 404;
    QTest::newRow("root") << "GET / HTTP/1.1\r\n" + host + "\r\n" << 404;
    QTest::newRow("longer path") << "GET /callback/?code=a&state=the-state HTTP/1.1\r\n" + host
            + "\r\n" << 404;
    QTest::newRow("path in other case") << "GET /Callback?code=a&state=the-state HTTP/1.1\r\n"
            + host + "\r\n" << 404;
    QTest::newRow("POST") << "POST " + target + " HTTP/1.1\r\n" + host + "\r\n" << 405;
    QTest::newRow("HEAD") << "HEAD " + target + " HTTP/1.1\r\n" + host + "\r\n" << 405;
    QTest::newRow("OPTIONS") << "OPTIONS " + target + " HTTP/1.1\r\n" + host + "\r\n" << 405;
    QTest::newRow("rebound name") << get + "Host: evil.example:%1\r\n\r\n" << 403;
    QTest::newRow("other loopback name") << get + "Host: 127.0.0.1:%1\r\n\r\n" << 403;
    QTest::newRow("other port") << get + "Host: localhost:1\r\n\r\n" << 403;
    QTest::newRow("no port") << get + "Host: localhost\r\n\r\n" << 403;
    QTest::newRow("no Host") << get + "\r\n" << 403;
    QTest::newRow("two Hosts") << get + host + host + "\r\n" << 403;
    QTest::newRow("a page's request") << get + host + "Origin: https://evil.example\r\n\r\n" << 403;
    QTest::newRow("a page's picture") << get + host + "Sec-Fetch-Dest: image\r\n\r\n" << 403;
    QTest::newRow("a page's frame") << get + host + "Sec-Fetch-Dest: iframe\r\n\r\n" << 403;
    QTest::newRow("a page's fetch") << get + host + "Sec-Fetch-Dest: empty\r\n\r\n" << 403;
    QTest::newRow("no HTTP") << "hello\r\n\r\n"_ba << 400;
    QTest::newRow("TLS") << "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n"_ba << 400;
    QTest::newRow("old HTTP") << "GET " + target + "\r\n\r\n" << 400;
    QTest::newRow("HTTP/2") << "PRI * HTTP/2.0\r\n\r\n"_ba << 400;
    QTest::newRow("absolute target") << "GET http://localhost:%1" + target + " HTTP/1.1\r\n" + host
            + "\r\n" << 400;
    QTest::newRow("header without colon") << get + host + "rubbish\r\n\r\n" << 400;
    QTest::newRow("nothing at all") << "\r\n\r\n"_ba << 400;
    QTest::newRow("endless head") << get + host + "X: " + QByteArray(20'000, 'x') << 400;
}

void tst_LoopbackRedirect::turnsAway()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    listen();
    request.replace("%1", QByteArray::number(port()));
    Connection stranger(port());
    const auto answer = stranger.ask(request);
    QCOMPARE(answer.status, status);
    QVERIFY(stranger.hasEnded());
    // The sign-in goes on.
    QCOMPARE(m_ends, 0);
    QVERIFY(m_redirect->isListening());
    Connection browser(port());
    QCOMPARE(browser.ask(this->request("/callback?code=a&state=the-state")).status, 200);
    QCOMPARE(m_got.code, u"a"_s);
}

void tst_LoopbackRedirect::takesOneOnly()
{
    listen();
    Connection first(port());
    Connection second(port());
    QCOMPARE(first.ask(request("/callback?code=first&state=the-state")).status, 200);
    const auto answer = second.ask(request("/callback?code=second&state=the-state"));
    QVERIFY(answer.status == 404 || answer.status == 0);
    QCOMPARE(m_ends, 1);
    QCOMPARE(m_got.code, u"first"_s);
}

void tst_LoopbackRedirect::slowClientIsTurnedAway()
{
    listen();
    Connection slow(port());
    slow.write("GET /callback?code=a&state=the-");
    QTRY_VERIFY(m_clock->untilNext());
    // Its bytes have arrived once somebody later is served.
    Connection other(port());
    QCOMPARE(other.ask(request("/x")).status, 404);
    m_clock->advance(std::chrono::seconds(9));
    QVERIFY(slow.received().isEmpty());
    m_clock->advance(std::chrono::seconds(1));
    QCOMPARE(slow.answer().status, 400);
    QVERIFY(slow.hasEnded());
    QCOMPARE(m_ends, 0);
}

void tst_LoopbackRedirect::silentClientIsDropped()
{
    listen();
    Connection silent(port());
    QTRY_VERIFY(m_clock->untilNext());
    m_clock->advance(std::chrono::seconds(10));
    QVERIFY(silent.hasEnded());
    QVERIFY(silent.received().isEmpty());
    QVERIFY(m_redirect->isListening());
}

void tst_LoopbackRedirect::manyClientsAreDropped()
{
    listen();
    std::vector<std::unique_ptr<Connection>> many;
    many.reserve(17);
    for (int i = 0; i < 17; ++i)
        many.push_back(std::make_unique<Connection>(port()));
    QVERIFY(many.back()->hasEnded());
    many.pop_back();
    // With room again, the browser is served.
    many.front()->socket().abort();
    many.erase(many.begin());
    QTRY_COMPARE(m_redirect->findChildren<QTcpSocket *>().size(), 15);
    Connection browser(port());
    QCOMPARE(browser.ask(request("/callback?code=a&state=the-state")).status, 200);
}

void tst_LoopbackRedirect::listensNoLongerAfterTheEnd()
{
    listen();
    const quint16 port = this->port();
    Connection browser(port);
    browser.ask(request("/callback?code=a&state=the-state"));
    QVERIFY(!m_redirect->isListening());
    QVERIFY(!isTaken(QHostAddress(QHostAddress::LocalHost), port));
    QVERIFY(!isTaken(QHostAddress(QHostAddress::LocalHostIPv6), port));
}

void tst_LoopbackRedirect::listensNoLongerOnceClosed()
{
    listen();
    const quint16 port = this->port();
    Connection open(port);
    QTRY_VERIFY(m_clock->untilNext());
    m_redirect->close();
    QVERIFY(open.hasEnded());
    QVERIFY(!isTaken(QHostAddress(QHostAddress::LocalHost), port));
    QVERIFY(!isTaken(QHostAddress(QHostAddress::LocalHostIPv6), port));
    QCOMPARE(m_ends, 0);
}

void tst_LoopbackRedirect::listensNoLongerOnceDeleted()
{
    listen();
    const quint16 port = this->port();
    Connection open(port);
    QTRY_VERIFY(m_clock->untilNext());
    m_redirect.reset();
    QVERIFY(open.hasEnded());
    QVERIFY(!isTaken(QHostAddress(QHostAddress::LocalHost), port));
    QVERIFY(!isTaken(QHostAddress(QHostAddress::LocalHostIPv6), port));
    QCOMPARE(m_ends, 0);
}

GUILESS_TEST(tst_LoopbackRedirect)
#include "tst_loopbackredirect.moc"
