// SPDX-License-Identifier: Apache-2.0
#include "emulatortest.h"
#include "tests/shared/testrunner.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;

//! Hears one request and hangs up.
class RefusingServer {
public:
    RefusingServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket *socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket] {
                m_request += socket->readAll();
                if (m_request.contains("\r\n\r\n"))
                    socket->abort();
            });
        });
    }

    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    [[nodiscard]] QByteArray request() const { return m_request; }

private:
    QTcpServer m_server;
    QByteArray m_request;
};

//! Flags that change how the connection is made, over either transport.
class TestConnectionFlags : public EmulatorTest {
    Q_OBJECT

private Q_SLOTS:
    void init() { startEmulator(); }
    void headers_data();
    void headers();
    void missingRegion();
    void proxy_data();
    void proxy();

private:
    static void transports();
};

void TestConnectionFlags::transports()
{
    QTest::addColumn<QString>("flag");
    QTest::newRow("ws") << u"--ws"_s;
    QTest::newRow("http") << u"--http"_s;
}

void TestConnectionFlags::headers_data()
{
    transports();
}

void TestConnectionFlags::headers()
{
    QFETCH(QString, flag);
    RefusingServer server;
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    const QString endpoint = u"http://127.0.0.1:%1/event"_s.arg(server.port());
    cli.run({u"pub"_s, flag, u"default/a"_s, u"1"_s, u"--endpoint"_s, endpoint, u"--retries"_s,
             u"0"_s, u"--header"_s, u"X-Team: blue"_s, u"--header"_s, u"X-Ünknown: y"_s});
    QCOMPARE(cli.process().exitCode(), 2);
    QCOMPARE(
        cli.run({u"pub"_s, flag, u"default/a"_s, u"1"_s, u"--endpoint"_s, endpoint, u"--retries"_s,
                 u"0"_s, u"--header"_s, u"X-Team: blue"_s, u"--header"_s, u"X-Other:é"_s}),
        3);
    const QByteArray sent = server.request().toLower(); // newer Qt writes names in lower case
    QVERIFY2(sent.contains("\r\nx-team: blue\r\n"), server.request());
    QVERIFY2(sent.contains("\r\nx-other: é\r\n"), server.request());
}

void TestConnectionFlags::missingRegion()
{
    // Nothing is sent without a signature, so that nobody has to be at this endpoint.
    for (const QString &transport : {u"--http"_s, u"--ws"_s}) {
        CliProcess cli;
        cli.setVariable(u"AWS_ACCESS_KEY_ID"_s, u"AKIAIOSFODNN7EXAMPLE"_s);
        cli.setVariable(u"AWS_SECRET_ACCESS_KEY"_s, u"not-a-real-secret"_s);
        QCOMPARE(cli.run({u"pub"_s, u"default/a"_s, u"1"_s, transport, u"--auth"_s, u"iam"_s,
                          u"--endpoint"_s, u"https://events.example.test/event"_s}),
                 2);
        QVERIFY2(cli.errors().contains("--region eu-west-1"), cli.errors());
    }
}

void TestConnectionFlags::proxy_data()
{
    transports();
}

void TestConnectionFlags::proxy()
{
    QFETCH(QString, flag);
    RefusingServer server;
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run({u"pub"_s, flag, u"default/a"_s, u"1"_s, u"--retries"_s, u"0"_s, u"--proxy"_s,
                      u"http://127.0.0.1:%1"_s.arg(server.port())}),
             3);
    // It is the proxy that was asked for the emulator.
    QVERIFY2(server.request().contains("127.0.0.1:" + QByteArray::number(m_emulator->port())),
             server.request());
}

GUILESS_TEST(TestConnectionFlags)
#include "tst_connectionflags.moc"
