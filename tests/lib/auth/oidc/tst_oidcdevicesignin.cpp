// SPDX-License-Identifier: Apache-2.0
#include "oidcworld.h"
#include "tests/shared/testrunner.h"

using namespace std::chrono_literals;
using namespace AppSync;

//! The sign-in with a code that is confirmed elsewhere.
class tst_OidcDeviceSignIn : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void signsInOnceConfirmed();
    void asksForTheCodeWithScopesAndParameters();
    void slowsDownWhereTold();
    void troubleOnTheWayDoesNotEndIt();
    void endsInWords_data();
    void endsInWords();
    void nobodyConfirms();
    void codeThatIsShortLived();
    void personCancels();
    void endsWhileItWaits();
    void badAnswers_data();
    void badAnswers();
    void notOffered();
    void renewsAsAfterAnyOtherSignIn();

private:
    //! Asks for a token, up to the code.
    void open();
    //! Lets \a seconds pass and gives the number of polls then.
    qsizetype pollsAfter(std::chrono::seconds seconds);

    std::unique_ptr<OidcWorld> m_world;
    std::unique_ptr<OidcTokenSource> m_source;
    std::unique_ptr<TokenRequest> m_request;
    QJsonObject m_device;
    int m_deviceStatus = 200;
    QStringList m_verdicts; //!< of the polls to come; empty: tokens
};

void tst_OidcDeviceSignIn::init()
{
    m_request.reset();
    m_source.reset();
    m_world = std::make_unique<OidcWorld>();
    m_source = std::make_unique<OidcTokenSource>();
    m_world->prepare(*m_source);
    m_world->watch(*m_source);
    m_source->setFlow(OidcTokenSource::Flow::Device);
    m_deviceStatus = 200;
    m_verdicts.clear();
    m_device = {{u"device_code"_s, u"the-device-code"_s},
                {u"user_code"_s, u"WDJB-MJHT"_s},
                {u"verification_uri"_s, u"https://id.example/device"_s},
                {u"verification_uri_complete"_s, u"https://id.example/device?c=WDJB-MJHT"_s},
                {u"expires_in"_s, 1800},
                {u"interval"_s, 5}};
    m_world->onOther = [this](const HttpServer::Request &request) {
        return request.path() == u"/device"_s ? OidcWorld::json(m_device, m_deviceStatus)
                                              : OidcWorld::json(m_world->configuration);
    };
    m_world->onToken = [this](const HttpServer::Request &) {
        const QString verdict = m_verdicts.isEmpty() ? QString() : m_verdicts.takeFirst();
        if (verdict == u"down"_s)
            return OidcWorld::Answer{503, "down", "text/plain", {}, false};
        return verdict.isEmpty() ? OidcWorld::json(m_world->tokens()) : OidcWorld::refusal(verdict);
    };
}

void tst_OidcDeviceSignIn::open()
{
    m_request = std::make_unique<TokenRequest>(*m_source);
    QTRY_VERIFY(m_request->isDone || m_world->questions == 1);
    QVERIFY2(!m_request->isDone, qPrintable(m_request->error.toString()));
}

qsizetype tst_OidcDeviceSignIn::pollsAfter(std::chrono::seconds seconds)
{
    const qsizetype before = m_world->requestsTo(u"/token"_s).size();
    m_world->clock.advance(seconds);
    (void)QTest::qWaitFor([&] {
        // The next one is planned, or there will be none. In the first minute the deadline is later than that.
        return m_world->requestsTo(u"/token"_s).size() > before
            && (m_request->isDone || m_world->clock.untilNext() < 240s);
    });
    return m_world->requestsTo(u"/token"_s).size();
}

void tst_OidcDeviceSignIn::signsInOnceConfirmed()
{
    m_verdicts = {u"authorization_pending"_s, u"authorization_pending"_s};
    open();
    QVERIFY(m_request->isWaitingForPerson());
    QCOMPARE(m_world->shown->kind(), Interaction::Kind::OpenUrl);
    QCOMPARE(m_world->shown->url(), QUrl(u"https://id.example/device?c=WDJB-MJHT"_s));
    QCOMPARE(m_world->shown->userCode(), u"WDJB-MJHT"_s);
    QVERIFY(m_world->shown->message().contains(u"https://id.example/device"_s));
    QCOMPARE(m_world->shown->deadline().toMSecsSinceEpoch(),
             m_world->clock.wallMs() + std::chrono::milliseconds(5min).count());
    QCOMPARE(pollsAfter(5s), 1);
    QCOMPARE(pollsAfter(5s), 2);
    QVERIFY(!m_request->isDone);
    QCOMPARE(pollsAfter(5s), 3);
    QTRY_VERIFY(m_request->isDone);
    QVERIFY2(!m_request->error.isError(), qPrintable(m_request->error.toString()));
    QCOMPARE(m_request->token, m_world->idToken());
    QTRY_VERIFY(!m_world->shown);
    const QUrlQuery form = m_world->requestsTo(u"/token"_s)[0].form();
    QCOMPARE(form.queryItemValue(u"grant_type"_s, QUrl::FullyDecoded),
             u"urn:ietf:params:oauth:grant-type:device_code"_s);
    QCOMPARE(form.queryItemValue(u"device_code"_s), u"the-device-code"_s);
    QCOMPARE(form.queryItemValue(u"client_id"_s), u"the-client"_s);
}

void tst_OidcDeviceSignIn::asksForTheCodeWithScopesAndParameters()
{
    m_source->setParameters({{u"audience"_s, u"api"_s}, {u"client_id"_s, u"mine"_s}});
    open();
    const QUrlQuery form = m_world->requestsTo(u"/device"_s).value(0).form();
    QCOMPARE(form.queryItemValue(u"scope"_s, QUrl::FullyDecoded), u"openid email offline_access"_s);
    QCOMPARE(form.queryItemValue(u"audience"_s), u"api"_s);
    QCOMPARE(form.allQueryItemValues(u"client_id"_s), QStringList{u"the-client"_s});
}

void tst_OidcDeviceSignIn::slowsDownWhereTold()
{
    m_device[u"interval"_s] = 2;
    m_verdicts = {u"slow_down"_s, u"authorization_pending"_s};
    open();
    QCOMPARE(pollsAfter(2s), 1);
    QCOMPARE(m_world->clock.untilNext(), std::optional<std::chrono::milliseconds>(7s));
    QCOMPARE(pollsAfter(7s), 2);
    QCOMPARE(m_world->clock.untilNext(), std::optional<std::chrono::milliseconds>(7s));
    QCOMPARE(pollsAfter(7s), 3);
    QTRY_VERIFY(m_request->isDone);
    QVERIFY(!m_request->error.isError());
}

void tst_OidcDeviceSignIn::troubleOnTheWayDoesNotEndIt()
{
    m_verdicts = {u"down"_s, u"authorization_pending"_s};
    open();
    QCOMPARE(pollsAfter(5s), 1);
    QVERIFY(!m_request->isDone);
    QCOMPARE(pollsAfter(10s), 2);
    QCOMPARE(pollsAfter(10s), 3);
    QTRY_VERIFY(m_request->isDone);
    QVERIFY(!m_request->error.isError());
}

void tst_OidcDeviceSignIn::endsInWords_data()
{
    QTest::addColumn<QString>("verdict");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("declined") << u"access_denied"_s << Error::Kind::Refused;
    QTest::newRow("too late") << u"expired_token"_s << Error::Kind::Unattended;
    QTest::newRow("unknown code") << u"invalid_grant"_s << Error::Kind::Unauthorized;
}

void tst_OidcDeviceSignIn::endsInWords()
{
    QFETCH(QString, verdict);
    QFETCH(Error::Kind, kind);
    m_verdicts = {verdict};
    open();
    QCOMPARE(pollsAfter(5s), 1);
    QTRY_VERIFY(m_request->isDone);
    QCOMPARE(m_request->error.kind, kind);
    QVERIFY(!m_request->error.nextStep.isEmpty());
    QTRY_VERIFY(!m_world->shown);
    QCOMPARE(m_world->clock.untilNext(), std::nullopt);
}

void tst_OidcDeviceSignIn::nobodyConfirms()
{
    m_device[u"interval"_s] = 60;
    m_verdicts = QStringList(100, u"authorization_pending"_s);
    open();
    for (int i = 1; i < 5; ++i) {
        m_world->clock.advance(60s);
        QTRY_COMPARE(m_world->requestsTo(u"/token"_s).size(), i);
        QTRY_COMPARE(m_world->clock.untilNext(), std::optional<std::chrono::milliseconds>(60s));
    }
    m_world->clock.advance(60s);
    QTRY_VERIFY(m_request->isDone);
    QCOMPARE(m_request->error.kind, Error::Kind::Unattended);
    QTRY_VERIFY(!m_world->shown);
    QCOMPARE(m_world->clock.untilNext(), std::nullopt);
}

void tst_OidcDeviceSignIn::codeThatIsShortLived()
{
    m_device[u"expires_in"_s] = 30;
    m_device.remove(u"verification_uri_complete"_s);
    m_device.remove(u"interval"_s);
    open();
    QCOMPARE(m_world->shown->url(), QUrl(u"https://id.example/device"_s));
    QCOMPARE(m_world->shown->deadline().toMSecsSinceEpoch(),
             m_world->clock.wallMs() + std::chrono::milliseconds(30s).count());
    QCOMPARE(m_world->clock.untilNext(), std::optional<std::chrono::milliseconds>(5s));
}

void tst_OidcDeviceSignIn::personCancels()
{
    open();
    m_world->shown->cancel();
    QTRY_VERIFY(m_request->isDone);
    QCOMPARE(m_request->error.kind, Error::Kind::Cancelled);
    QCOMPARE(m_world->clock.untilNext(), std::nullopt);
}

void tst_OidcDeviceSignIn::endsWhileItWaits()
{
    open();
    m_source.reset();
    QVERIFY(!m_world->shown);
    QCOMPARE(m_world->clock.untilNext(), std::nullopt);
}

void tst_OidcDeviceSignIn::badAnswers_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<int>("status");
    const QJsonValue nothing(QJsonValue::Null);
    QTest::newRow("no device code") << u"device_code"_s << nothing << 200;
    QTest::newRow("no user code") << u"user_code"_s << nothing << 200;
    QTest::newRow("no page") << u"verification_uri"_s << nothing << 200;
    QTest::newRow("page is a program")
        << u"verification_uri"_s << QJsonValue(u"file:///bin/sh"_s) << 200;
    QTest::newRow("page by http") << u"verification_uri"_s << QJsonValue(u"http://id.example/"_s)
                                  << 200;
    QTest::newRow("complete page is a program")
        << u"verification_uri_complete"_s << QJsonValue(u"x-app:run"_s) << 200;
    QTest::newRow("refused") << u"error"_s << QJsonValue(u"unauthorized_client"_s) << 400;
    QTest::newRow("down") << u"x"_s << nothing << 503;
}

void tst_OidcDeviceSignIn::badAnswers()
{
    QFETCH(QString, name);
    QFETCH(QJsonValue, value);
    QFETCH(int, status);
    m_device[name] = value;
    m_deviceStatus = status;
    m_request = std::make_unique<TokenRequest>(*m_source);
    QTRY_VERIFY(m_request->isDone);
    QVERIFY(m_request->error.isError());
    QVERIFY(!m_request->error.nextStep.isEmpty());
    QCOMPARE(m_world->questions, 0);
}

void tst_OidcDeviceSignIn::notOffered()
{
    m_world->configuration.remove(u"device_authorization_endpoint"_s);
    m_request = std::make_unique<TokenRequest>(*m_source);
    QTRY_VERIFY(m_request->isDone);
    QCOMPARE(m_request->error.kind, Error::Kind::InvalidInput);
    QVERIFY(!m_request->error.nextStep.isEmpty());
}

void tst_OidcDeviceSignIn::renewsAsAfterAnyOtherSignIn()
{
    open();
    QCOMPARE(pollsAfter(5s), 1);
    QTRY_VERIFY(m_request->isDone);
    QSignalSpy changed(m_source.get(), &TokenSource::tokenChanged);
    m_world->clock.advance(55min);
    QVERIFY(changed.wait());
    QCOMPARE(m_world->requestsTo(u"/token"_s).last().form().queryItemValue(u"refresh_token"_s),
             u"refresh-1"_s);
}

GUILESS_TEST(tst_OidcDeviceSignIn)
#include "tst_oidcdevicesignin.moc"
