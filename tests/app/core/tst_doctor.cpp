// SPDX-License-Identifier: Apache-2.0
#include "app/core/doctor/doctor.h"
#include "tests/shared/testrunner.h"

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>
#include <AppSync/EventsClient>
#include <AppSync/IamAuthorizer>
#include <AppSync/StaticCredentials>

#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Syncscope;
using AppSync::Emulator;
using AppSync::Error;
using Kind = DoctorStep::Kind;
using Outcome = DoctorStep::Outcome;

class TestDoctor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void healthy();
    void withoutChannel();
    void wildcard();
    void firstFailure_data();
    void firstFailure();
    void unusableEndpoint();
    void noCredentials();
    void unknownHost();
    void closedPort();
    void untrustedCertificate();
    void trustedCertificate();
    void refusedUpgrade();
    void refusedSignature_data();
    void refusedSignature();
    void deliveryGap();
    void proxyThatRefuses();
    void keepsSecrets();
    void cancelled();

private:
    void listen(const AppSync::FaultPlan &faults = {}, bool tls = false);
    //! As `o` (ok), `F` (failed), `-` (skipped), one letter a step.
    QByteArray examine(const QString &channel = {});
    [[nodiscard]] DoctorStep step(Kind kind) const { return m_steps.at(int(kind)); }

    std::unique_ptr<Emulator> m_emulator;
    std::unique_ptr<AppSync::ApiKeyAuthorizer> m_key;
    std::unique_ptr<AppSync::EventsClient> m_client;
    DoctorCase m_case;
    QList<DoctorStep> m_steps;
    std::optional<DoctorStep> m_firstFailure;
};

void TestDoctor::init()
{
    listen();
}

void TestDoctor::listen(const AppSync::FaultPlan &faults, bool tls)
{
    m_client.reset();
    m_emulator = std::make_unique<Emulator>();
    Emulator::Options options;
    options.faults = faults;
    options.tls = tls;
    QVERIFY2(m_emulator->listen(options), qPrintable(m_emulator->problem()));
    m_key = std::make_unique<AppSync::ApiKeyAuthorizer>(m_emulator->apiKey());
    m_case = {};
    m_case.given = m_emulator->httpUrl().toString();
    m_case.endpoint = AppSync::Endpoint::fromUserInput(m_case.given);
    m_client = std::make_unique<AppSync::EventsClient>(m_case.endpoint, m_key.get());
    m_case.client = m_client.get();
}

QByteArray TestDoctor::examine(const QString &channel)
{
    m_case.channel = channel;
    if (m_client) // what a case says holds for its client
        m_client->setEndpoint(m_case.endpoint);
    Doctor doctor(m_case);
    QSignalSpy finished(&doctor, &Doctor::finished);
    doctor.start();
    if (finished.isEmpty() && !finished.wait(60'000))
        return "does not end";
    m_steps = doctor.steps();
    m_firstFailure = doctor.firstFailure();
    QByteArray outcomes;
    for (const DoctorStep &step : std::as_const(m_steps)) {
        outcomes += step.outcome == Outcome::Ok ? 'o' : step.outcome == Outcome::Failed ? 'F' : '-';
        // A failure says why, a skipped step too.
        if (step.error.isError() != (step.outcome == Outcome::Failed)
            || step.summary.isEmpty() != (step.outcome == Outcome::Failed))
            return "step " + toText(step.kind).toUtf8() + " does not explain itself";
    }
    return outcomes;
}

void TestDoctor::healthy()
{
    QCOMPARE(examine(u"default/a"_s), QByteArray("oo-o-ooooooo"));
    QVERIFY(!m_firstFailure);
    QCOMPARE(step(Kind::Endpoint).values(u"realtime"_s),
             QStringList{m_emulator->realtimeUrl().toString()});
    QCOMPARE(step(Kind::Http).values(u"status"_s), QStringList{u"405 Method Not Allowed"_s});
    QCOMPARE(step(Kind::Handshake).values(u"keepAlive"_s), QStringList{u"300 s"_s});
    QVERIFY(step(Kind::Tcp).duration > 0ns);
    QVERIFY(step(Kind::Delivery).duration > 0ns);
    QCOMPARE(step(Kind::Delivery).values(u"missed"_s), QStringList{u"0"_s});
}

void TestDoctor::withoutChannel()
{
    QCOMPARE(examine(), QByteArray("oo-o-oooo---"));
}

void TestDoctor::wildcard()
{
    QCOMPARE(examine(u"/default/*"_s), QByteArray("oo-o-ooooo--"));
}

void TestDoctor::firstFailure_data()
{
    QTest::addColumn<QByteArray>("faults");
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QByteArray>("outcomes");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("no answer to the upgrade")
        << R"({"neverAnswerUpgrade":true})"_ba << u"default/a"_s << "oo-o-ooF----"_ba
        << Error::Kind::Timeout;
    QTest::newRow("no answer over HTTP") << R"({"neverAnswerHttp":true})"_ba << QString()
                                         << "oo-o-Fooo---"_ba << Error::Kind::Unreachable;
    QTest::newRow("no ack") << R"({"neverAck":true})"_ba << QString() << "oo-o-oooF---"_ba
                            << Error::Kind::Timeout;
    QTest::newRow("connection_error") << R"({"refuseConnect":true})"_ba << QString()
                                      << "oo-o-oooF---"_ba << Error::Kind::Unauthorized;
    QTest::newRow("closed behind the ack") << R"({"closeCodeAfterAck":1001})"_ba << u"default/a"_s
                                           << "oo-o-ooooF--"_ba << Error::Kind::ConnectionLost;
    QTest::newRow("no answer to the subscribe")
        << R"({"neverAnswerSubscribe":true})"_ba << u"default/a"_s << "oo-o-ooooF--"_ba
        << Error::Kind::Timeout;
    QTest::newRow("no such namespace")
        << "{}"_ba << u"nosuch/a"_s << "oo-o-ooooF--"_ba << Error::Kind::Unauthorized;
    QTest::newRow("no answer to the publish")
        << R"({"neverAnswerPublish":true})"_ba << u"default/a"_s << "oo-o-oooooF-"_ba
        << Error::Kind::Timeout;
    QTest::newRow("nothing delivered") << R"({"deliveryGapMs":3600000})"_ba << u"default/a"_s
                                       << "oo-o-ooooooF"_ba << Error::Kind::Timeout;
}

void TestDoctor::firstFailure()
{
    QFETCH(QByteArray, faults);
    QFETCH(QString, channel);
    QFETCH(QByteArray, outcomes);
    QFETCH(Error::Kind, kind);
    QString problem;
    const auto plan = AppSync::FaultPlan::fromJson(faults, &problem);
    QVERIFY2(plan, qPrintable(problem));
    listen(*plan);
    m_case.timeout = 1s;
    QCOMPARE(examine(channel), outcomes);
    QVERIFY(m_firstFailure);
    QCOMPARE(m_firstFailure->error.kind, kind);
    QVERIFY(!m_firstFailure->error.nextStep.isEmpty() || kind == Error::Kind::ConnectionLost);
}

void TestDoctor::unusableEndpoint()
{
    m_case = {};
    m_client.reset();
    m_case.given = u"arn:aws:appsync:eu-west-1:1:apis/x"_s;
    m_case.endpoint = AppSync::Endpoint::fromUserInput(m_case.given);
    QCOMPARE(examine(u"default/a"_s), QByteArray("F-----------"));
    QVERIFY(!m_firstFailure->error.nextStep.isEmpty());
}

void TestDoctor::noCredentials()
{
    m_case.credentialProblem =
        Error::local(Error::Kind::InvalidInput, u"There are none."_s, u"Set some."_s);
    // What needs none is tried all the same.
    QCOMPARE(examine(u"default/a"_s), QByteArray("oF-o-o------"));
}

void TestDoctor::unknownHost()
{
    m_case.endpoint = AppSync::Endpoint::fromUserInput(u"https://nosuchhost.invalid/event"_s);
    QCOMPARE(examine(), QByteArray("ooF---o-----"));
    QCOMPARE(m_firstFailure->error.kind, Error::Kind::Unreachable);
    QVERIFY(m_firstFailure->error.message.contains(u"nosuchhost.invalid"));
}

void TestDoctor::closedPort()
{
    m_emulator->close();
    QCOMPARE(examine(), QByteArray("oo-F--o-----"));
    QCOMPARE(m_firstFailure->error.kind, Error::Kind::Unreachable);
}

void TestDoctor::untrustedCertificate()
{
    listen({}, true);
    QCOMPARE(examine(), QByteArray("oo-oF-o-----"));
    QCOMPARE(m_firstFailure->error.kind, Error::Kind::Tls);
    QVERIFY(!m_firstFailure->error.serverMessage.isEmpty());
    QCOMPARE(m_firstFailure->values(u"chain"_s).size(), 1);
}

void TestDoctor::trustedCertificate()
{
    listen({}, true);
    AppSync::NetworkSettings settings;
    settings.tls.addCaCertificates(QSslCertificate::fromData(m_emulator->caCertificate()));
    m_client->setNetworkSettings(settings);
    QCOMPARE(examine(u"default/a"_s), QByteArray("oo-ooooooooo"));
    QVERIFY(step(Kind::Tls).values(u"protocol"_s).value(0).startsWith(u"TLS 1."));
    QVERIFY(step(Kind::Tls).values(u"names"_s).contains(u"localhost"_s));
    settings = {};
    settings.tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_client->close();
    m_client->setNetworkSettings(settings);
    QTRY_COMPARE(m_client->connection()->state(), AppSync::Connection::State::Disconnected);
    QCOMPARE(examine(), QByteArray("oo-oooooo---"));
    QVERIFY(step(Kind::Tls).summary.contains(u"not checked"));
}

void TestDoctor::refusedUpgrade()
{
    AppSync::FaultPlan faults;
    faults.refuseUpgradeStatus = 403;
    listen(faults);
    QCOMPARE(examine(u"default/a"_s), QByteArray("oo-o-ooF----"));
    QCOMPARE(m_firstFailure->error.httpStatus, 403);
    QCOMPARE(m_firstFailure->error.serverMessage, u"Refused by the fault plan."_s);
    QCOMPARE(m_firstFailure->values(u"status"_s), QStringList{u"403 Forbidden"_s});
    const QStringList headers = m_firstFailure->values(u"headers"_s);
    QVERIFY2(headers.filter(u"x-amzn-errortype"_s, Qt::CaseInsensitive).size() == 1,
             qPrintable(headers.join(u'\n')));
    QVERIFY(m_firstFailure->values(u"body"_s).value(0).contains(u"\"errorType\""));
}

void TestDoctor::refusedSignature_data()
{
    using Operation = AppSync::SignableRequest::Operation;
    QTest::addColumn<Operation>("operation");
    QTest::addColumn<std::chrono::seconds>("clockOffset");
    QTest::addColumn<bool>("isKeyWrong");
    QTest::addColumn<Kind>("step");
    QTest::addColumn<QString>("likely");
    QTest::newRow("connect, wrong key")
        << Operation::Connect << 0s << true << Kind::Handshake << u"secret access key"_s;
    QTest::newRow("connect, clock two hours off")
        << Operation::Connect << std::chrono::seconds(2h) << false << Kind::Handshake
        << u"120 minutes after"_s;
    QTest::newRow("subscribe, wrong key")
        << Operation::Subscribe << 0s << true << Kind::Subscribe << u"secret access key"_s;
    QTest::newRow("publish, wrong key")
        << Operation::Publish << 0s << true << Kind::Publish << u"secret access key"_s;
}

void TestDoctor::refusedSignature()
{
    using Operation = AppSync::SignableRequest::Operation;
    QFETCH(Operation, operation);
    QFETCH(std::chrono::seconds, clockOffset);
    QFETCH(bool, isKeyWrong);
    QFETCH(Kind, step);
    QFETCH(QString, likely);
    const QString wrongKey = u"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"_s;
    AppSync::StaticCredentials keys(m_emulator->accessKeyId(),
                                    isKeyWrong ? wrongKey : m_emulator->secretAccessKey());
    AppSync::IamAuthorizer iam(&keys);
    iam.setRegion(m_emulator->region());
    iam.setClockOffset(clockOffset);
    if (operation == Operation::Connect)
        m_client->setConnectAuthorizer(&iam);
    else if (operation == Operation::Subscribe)
        m_client->setSubscribeAuthorizer(&iam);
    else
        m_client->setPublishAuthorizer(&iam);
    examine(u"default/a"_s);
    QVERIFY(m_firstFailure);
    QCOMPARE(m_firstFailure->kind, step);
    const QString causes = m_firstFailure->values(u"likely"_s).join(u'\n');
    QVERIFY2(causes.contains(likely), qPrintable(causes));
    // Both sides are shown, and nothing of the key.
    const QStringList request =
        m_firstFailure->values(u"canonical"_s) + m_firstFailure->values(u"signed"_s);
    QVERIFY2(request.join(u'\n').contains(u"x-amz-date:"), qPrintable(request.join(u'\n')));
    for (const DoctorStep::Fact &fact : m_firstFailure->facts)
        QVERIFY(!fact.values.join(u'\n').contains(wrongKey));
    m_client.reset(); // before its authorizer
}

void TestDoctor::deliveryGap()
{
    AppSync::FaultPlan faults;
    faults.deliveryGap = 600ms;
    listen(faults);
    QCOMPARE(examine(u"default/a"_s), QByteArray("oo-o-ooooooo"));
    const DoctorStep delivery = step(Kind::Delivery);
    QVERIFY(delivery.values(u"missed"_s).value(0).toInt() >= 1);
    QVERIFY(delivery.values(u"readyAfterMs"_s).value(0).toInt() >= 500);
    QVERIFY(delivery.duration >= 500ms);
}

void TestDoctor::proxyThatRefuses()
{
    QTcpServer proxy;
    QVERIFY(proxy.listen(QHostAddress::LocalHost));
    connect(&proxy, &QTcpServer::newConnection, &proxy, [&proxy] {
        QTcpSocket *socket = proxy.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 407 Proxy Authentication Required\r\n"
                          "Proxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    AppSync::NetworkSettings settings;
    settings.proxy = QNetworkProxy(QNetworkProxy::HttpProxy, u"127.0.0.1"_s, proxy.serverPort());
    m_client->setNetworkSettings(settings);
    QCOMPARE(examine(), QByteArray("oo-F--o-----"));
    const QString place = u"http://127.0.0.1:%1"_s.arg(proxy.serverPort());
    QVERIFY2(m_firstFailure->error.message.contains(place),
             qPrintable(m_firstFailure->error.toString()));

    settings.proxy.setHostName(u"nosuchproxy.invalid"_s);
    m_client->setNetworkSettings(settings);
    QCOMPARE(examine(), QByteArray("ooF---o-----"));
    QVERIFY2(m_firstFailure->error.nextStep.contains(u"proxy"),
             qPrintable(m_firstFailure->error.toString()));
}

void TestDoctor::keepsSecrets()
{
    const QString secret = u"sesame-open-9"_s;
    m_case.given = u"wss://user:%1@127.0.0.1/event/realtime?header=%1"_s.arg(secret);
    AppSync::NetworkSettings settings;
    settings.headers = {{"X-Gateway-Key", secret.toLatin1()}};
    settings.query = {{u"key"_s, secret}};
    m_client->setNetworkSettings(settings);
    (void)examine(u"default/a"_s);
    QCOMPARE(step(Kind::Request).outcome, Outcome::Ok);
    QVERIFY(
        step(Kind::Request).values(u"headers"_s).contains(u"X-Gateway-Key: <masked, 13 bytes>"_s));
    QVERIFY(step(Kind::Request).values(u"authorization"_s).value(0).contains(u"x-api-key"));
    for (const DoctorStep &step : std::as_const(m_steps)) {
        QString all = step.summary + step.error.toString();
        for (const DoctorStep::Fact &fact : step.facts)
            all += fact.name + fact.values.join(u' ');
        QVERIFY2(!all.contains(secret), qPrintable(all));
        QVERIFY2(!all.contains(m_emulator->apiKey()), qPrintable(all));
    }
}

void TestDoctor::cancelled()
{
    AppSync::FaultPlan faults;
    faults.neverAck = true;
    listen(faults);
    Doctor doctor(m_case);
    QSignalSpy started(&doctor, &Doctor::stepStarted);
    QSignalSpy ended(&doctor, &Doctor::stepFinished);
    QSignalSpy finished(&doctor, &Doctor::finished);
    doctor.start();
    QTRY_COMPARE(started.value(started.size() - 1).value(0).value<Kind>(), Kind::Handshake);
    doctor.cancel();
    const qsizetype before = ended.size();
    m_emulator->dropConnections();
    QTRY_COMPARE(m_client->connection()->state(), AppSync::Connection::State::Disconnected);
    QCOMPARE(ended.size(), before);
    QVERIFY(finished.isEmpty());
}

GUILESS_TEST(TestDoctor)
#include "tst_doctor.moc"
