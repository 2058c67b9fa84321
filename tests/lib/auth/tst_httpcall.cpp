// SPDX-License-Identifier: Apache-2.0
#include "lib/auth/httpcall_p.h"
#include "tests/shared/httpserver.h"
#include "tests/shared/testrunner.h"

#include <QNetworkAccessManager>
#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_HttpCall : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void givesAnyAnswer_data();
    void givesAnyAnswer();
    void sendsWhatItIsGiven();
    void doesNotFollowRedirects();
    void silentServer();
    void drippingServer();
    void endlessAnswer();
    void nobodyThere();
    void deletedBeforeTheEnd();
    void managerGoesFirst();

private:
    void watch(HttpCall *call);

    std::unique_ptr<HttpServer> m_server;
    HttpAccess m_access;
    HttpAnswer m_answer;
    Error m_error;
    int m_ends = 0;
};

void tst_HttpCall::init()
{
    m_server = std::make_unique<HttpServer>();
    m_access = {};
    m_answer = {};
    m_error = {};
    m_ends = 0;
}

void tst_HttpCall::watch(HttpCall *call)
{
    connect(call, &HttpCall::finished, this, [this](const HttpAnswer &answer, const Error &error) {
        m_answer = answer;
        m_error = error;
        ++m_ends;
    });
}

void tst_HttpCall::givesAnyAnswer_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {200, 204, 400, 401, 404, 429, 500, 503})
        QTest::addRow("%d", status) << status;
}

void tst_HttpCall::givesAnyAnswer()
{
    QFETCH(int, status);
    const QByteArray body = status == 204 ? ""_ba : "body"_ba;
    m_server->setAnswer([&](const HttpServer::Request &) {
        return HttpServer::Answer{status, body, "text/plain", {{"X-Extra", "1"}}, false};
    });
    watch(HttpCall::get(m_server->url(u"/a?b=c"_s), {}, m_access, this));
    QTRY_COMPARE(m_ends, 1);
    QVERIFY2(!m_error.isError(), qPrintable(m_error.toString()));
    QCOMPARE(m_answer.status, status);
    QCOMPARE(m_answer.body, body);
    QCOMPARE(m_answer.header("x-extra"), "1"_ba);
}

void tst_HttpCall::sendsWhatItIsGiven()
{
    m_access.settings.headers = {{"X-Settings", "s"}};
    watch(HttpCall::send("PUT", m_server->url(u"/p"_s), {{"X-Call", "c"}}, "the body", m_access,
                         this));
    QTRY_COMPARE(m_ends, 1);
    const HttpServer::Request request = m_server->requests.value(0);
    QCOMPARE(request.verb, "PUT"_ba);
    QCOMPARE(request.path(), u"/p"_s);
    QCOMPARE(request.headers["x-settings"], "s"_ba);
    QCOMPARE(request.headers["x-call"], "c"_ba);
    QCOMPARE(request.body, "the body"_ba);
}

void tst_HttpCall::doesNotFollowRedirects()
{
    m_server->setAnswer([&](const HttpServer::Request &) {
        return HttpServer::Answer{
            302, {}, "text/plain", {{"Location", m_server->url(u"/other"_s).toEncoded()}}, false};
    });
    watch(HttpCall::post(m_server->url(), {}, "secret", m_access, this));
    QTRY_COMPARE(m_ends, 1);
    QCOMPARE(m_answer.status, 302);
    QCOMPARE(m_server->requests.size(), 1);
}

void tst_HttpCall::silentServer()
{
    m_server->setAnswer([](const HttpServer::Request &) {
        HttpServer::Answer answer;
        answer.isNever = true;
        return answer;
    });
    m_access.timeout = std::chrono::milliseconds(50);
    watch(HttpCall::get(m_server->url(), {}, m_access, this));
    QTRY_COMPARE(m_ends, 1);
    QCOMPARE(m_error.kind, Error::Kind::Timeout);
    QVERIFY(!m_error.nextStep.isEmpty());
    QVERIFY(!m_answer.isValid());
}

//! Something every now and then, and never an end.
void tst_HttpCall::drippingServer()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTimer drip;
    connect(&server, &QTcpServer::newConnection, &server, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        socket->write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        connect(&drip, &QTimer::timeout, socket, [socket] { socket->write("."); });
        drip.start(5);
    });
    m_access.timeout = std::chrono::milliseconds(100);
    watch(HttpCall::get(QUrl(u"http://127.0.0.1:%1/"_s.arg(server.serverPort())), {}, m_access,
                        this));
    QTRY_COMPARE(m_ends, 1);
    QCOMPARE(m_error.kind, Error::Kind::Timeout);
}

void tst_HttpCall::endlessAnswer()
{
    m_server->setAnswer([](const HttpServer::Request &) {
        return HttpServer::Answer{200, QByteArray(2'000'000, 'x'), "text/plain", {}, false};
    });
    watch(HttpCall::get(m_server->url(), {}, m_access, this));
    QTRY_COMPARE(m_ends, 1);
    QCOMPARE(m_error.kind, Error::Kind::Receiving);
    QVERIFY(m_answer.body.isEmpty());
}

void tst_HttpCall::nobodyThere()
{
    const QUrl url = m_server->url();
    m_server.reset();
    watch(HttpCall::get(url, {}, m_access, this));
    QTRY_COMPARE(m_ends, 1);
    QCOMPARE(m_error.kind, Error::Kind::Unreachable);
    QVERIFY(!m_error.nextStep.isEmpty());
}

void tst_HttpCall::deletedBeforeTheEnd()
{
    m_server->setAnswer([](const HttpServer::Request &) {
        HttpServer::Answer answer;
        answer.isNever = true;
        return answer;
    });
    HttpCall *call = HttpCall::get(m_server->url(), {}, m_access, this);
    watch(call);
    QTRY_COMPARE(m_server->requests.size(), 1);
    const QPointer<QTcpSocket> socket = m_server->findChild<QTcpSocket *>();
    QVERIFY(socket);
    delete call;
    QTRY_VERIFY(!socket); // the server's side goes with ours
    QCOMPARE(m_ends, 0);
}

void tst_HttpCall::managerGoesFirst()
{
    auto *manager = new QNetworkAccessManager;
    m_access.manager = manager;
    m_server->setAnswer([](const HttpServer::Request &) {
        HttpServer::Answer answer;
        answer.isNever = true;
        return answer;
    });
    HttpCall *call = HttpCall::get(m_server->url(), {}, m_access, this);
    QTRY_COMPARE(m_server->requests.size(), 1);
    delete manager;
    delete call;
}

GUILESS_TEST(tst_HttpCall)
#include "tst_httpcall.moc"
