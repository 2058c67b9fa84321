// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QTest>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! The OIDC providers of the options.
class tst_IssuerApi : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void documents();
    void tokensWork();
    void restrictions();
    void keysOutliveARestart();
    void refusals_data();
    void refusals();
    void badOptions_data();
    void badOptions();

private:
    [[nodiscard]] HttpAnswer askForToken(const QByteArray &form, const QByteArray &headers = {})
    {
        Connection connection(m_emulator->port());
        return connection.ask("POST /issuers/login/token HTTP/1.1\r\nHost: localhost\r\n"
                              "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                              + QByteArray::number(form.size()) + "\r\n" + headers + "\r\n" + form);
    }
    [[nodiscard]] QByteArray token()
    {
        return askForToken("grant_type=client_credentials&client_id=open")
            .object()["access_token"_L1]
            .toString()
            .toUtf8();
    }
    [[nodiscard]] HttpAnswer publish(const QByteArray &token)
    {
        Connection connection(m_emulator->port());
        return connection.ask(post("/event", "Authorization: " + token + "\r\n",
                                   R"({"channel":"private/a","events":["1"]})"));
    }

    std::unique_ptr<Emulator> m_emulator;
    Emulator::Options m_options;
    QDateTime m_time = QDateTime::fromString(u"2031-01-01T00:00:00Z"_s, Qt::ISODate);
};

void tst_IssuerApi::init()
{
    m_options = {};
    m_options.now = [this] { return m_time; };
    m_options.issuers = {
        {u"login"_s,
         u"https://login.example"_s,
         {{u"open"_s, {}, {{u"sub"_s, u"ada"_s}}, 60s}, {u"closed"_s, u"s e+c"_s}}}};
    m_emulator = std::make_unique<Emulator>();
    QVERIFY2(m_emulator->listen(m_options), qPrintable(m_emulator->problem()));
}

void tst_IssuerApi::documents()
{
    Connection connection(m_emulator->port());
    const QJsonObject document =
        connection.ask(get("/issuers/login/.well-known/openid-configuration")).object();
    QCOMPARE(document["issuer"_L1].toString(), u"https://login.example"_s);
    QCOMPARE(document["token_endpoint"_L1].toString(), u"http://localhost/issuers/login/token"_s);
    const QJsonObject keys = connection.ask(get("/issuers/login/.well-known/jwks.json")).object();
    QCOMPARE(keys["keys"_L1].toArray().size(), 1);
    QVERIFY(!keys["keys"_L1][0].toObject().contains("d"_L1));
    QCOMPARE(connection.ask(get("/issuers/other/.well-known/jwks.json")).status, 404);
    QCOMPARE(connection.ask(get("/issuers/login/other")).status, 404);
    QCOMPARE(connection.ask(get("/issuers/login/token")).status, 405);
}

void tst_IssuerApi::tokensWork()
{
    const QJsonObject answer = askForToken("grant_type=client_credentials&client_id=open").object();
    QCOMPARE(answer["token_type"_L1].toString(), u"Bearer"_s);
    QCOMPARE(answer["expires_in"_L1].toInt(), 60);
    const QByteArray token = answer["access_token"_L1].toString().toUtf8();
    const QJsonObject claims =
        QJsonDocument::fromJson(
            QByteArray::fromBase64(token.split('.')[1], QByteArray::Base64UrlEncoding))
            .object();
    QCOMPARE(claims["sub"_L1].toString(), u"ada"_s);
    QCOMPARE(claims["azp"_L1].toString(), u"open"_s);
    QCOMPARE(publish(token).status, 200);
    m_time = m_time.addSecs(60);
    QCOMPARE(publish(token).errorMessage().toString(), u"Token has expired."_s);
    // With a secret, in the form or in a header.
    QCOMPARE(
        askForToken("grant_type=client_credentials&client_id=closed&client_secret=s+e%2Bc").status,
        200);
    QCOMPARE(
        askForToken("grant_type=client_credentials",
                    "Authorization: Basic " + QByteArray("closed:s%20e%2Bc").toBase64() + "\r\n")
            .status,
        200);
}

void tst_IssuerApi::restrictions()
{
    m_options.issuers[0].clientIdPattern = u"close."_s;
    QVERIFY(m_emulator->listen(m_options));
    QCOMPARE(publish(token()).status, 401);
    m_options.issuers[0].clientIdPattern = u"ope."_s;
    m_options.issuers[0].iatTtl = 10s;
    QVERIFY(m_emulator->listen(m_options));
    const QByteArray one = token();
    QCOMPARE(publish(one).status, 200);
    m_time = m_time.addSecs(11);
    QCOMPARE(publish(one).status, 401);
}

void tst_IssuerApi::keysOutliveARestart()
{
    const QByteArray one = token();
    QVERIFY(m_emulator->listen(m_options));
    QCOMPARE(publish(one).status, 200);
}

void tst_IssuerApi::refusals_data()
{
    QTest::addColumn<QByteArray>("form");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    QTest::newRow("nobody") << QByteArray("grant_type=client_credentials") << 401
                            << u"invalid_client"_s;
    QTest::newRow("wrong secret") << QByteArray(
        "grant_type=client_credentials&client_id=closed&client_secret=x")
                                  << 401 << u"invalid_client"_s;
    QTest::newRow("no secret") << QByteArray("grant_type=client_credentials&client_id=closed")
                               << 401 << u"invalid_client"_s;
    QTest::newRow("other grant") << QByteArray("grant_type=password&client_id=open") << 400
                                 << u"unsupported_grant_type"_s;
}

void tst_IssuerApi::refusals()
{
    QFETCH(QByteArray, form);
    QFETCH(int, status);
    QFETCH(QString, error);
    const HttpAnswer answer = askForToken(form);
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.object()["error"_L1].toString(), error);
    QVERIFY(!answer.object().contains("access_token"_L1));
}

void tst_IssuerApi::badOptions_data()
{
    QTest::addColumn<Emulator::Issuer>("issuer");
    QTest::addColumn<QString>("word");
    QTest::newRow("name") << Emulator::Issuer{u"a/b"_s, u"urn:a"_s} << u"name of its own"_s;
    QTest::newRow("issuer") << Emulator::Issuer{u"a"_s, {}} << u"needs an issuer"_s;
    QTest::newRow("pattern") << Emulator::Issuer{u"a"_s, u"urn:a"_s, {}, u"("_s} << u"pattern"_s;
    QTest::newRow("client") << Emulator::Issuer{u"a"_s, u"urn:a"_s, {{{}}}} << u"id of its own"_s;
    QTest::newRow("same issuer") << Emulator::Issuer{u"a"_s, u"https://login.example"_s}
                                 << u"Two issuers"_s;
}

void tst_IssuerApi::badOptions()
{
    QFETCH(Emulator::Issuer, issuer);
    QFETCH(QString, word);
    m_options.issuers.append(issuer);
    QVERIFY(!m_emulator->listen(m_options));
    QVERIFY2(m_emulator->problem().contains(word), qPrintable(m_emulator->problem()));
}

GUILESS_TEST(tst_IssuerApi)
#include "tst_issuerapi.moc"
