// SPDX-License-Identifier: Apache-2.0
#include "awshome.h"
#include "tests/shared/testrunner.h"

#include "lib/auth/aws/containercredentials_p.h"
#include "tests/shared/httpserver.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

class tst_ContainerCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesTheRole();
    void tokens_data();
    void tokens();
    void wrongTokens_data();
    void wrongTokens();
    void addresses_data();
    void addresses();
    void triesAgain();
    void refused_data();
    void refused();
    void neverAnswers();
};

namespace {

HttpServer::Answer role(const AwsHome &home)
{
    return {200,
            R"({"RoleArn":"r","AccessKeyId":"ASIAC","SecretAccessKey":"SECRET","Token":"TOKEN",)"
            R"("Expiration":")"
                + home.isoIn(1h) + "\"}"};
}

} // namespace

void tst_ContainerCredentials::givesTheRole()
{
    AwsHome home;
    HttpServer server([&](const HttpServer::Request &) { return role(home); });
    QVERIFY(!ContainerCredentials::areIn(home.environment));
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, server.url(u"/v1/x?id=7"_s).toString());
    QVERIFY(ContainerCredentials::areIn(home.environment));
    ContainerCredentials source(home.context(), nullptr);
    const CredentialsOutcome outcome = outcomeOf(source);
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.accessKeyId, u"ASIAC"_s);
    QCOMPARE(outcome.credentials.secretAccessKey, u"SECRET"_s);
    QCOMPARE(outcome.credentials.sessionToken, u"TOKEN"_s);
    QCOMPARE(outcome.credentials.expiresAt, home.in(1h));
    QCOMPARE(outcome.credentials.source, u"container"_s);
    QCOMPARE(server.requests.first().url.toString(), u"/v1/x?id=7"_s);
    QVERIFY(!server.requests.first().headers.contains("authorization"));
    outcomeOf(source);
    QCOMPARE(server.requests.size(), 1);
    home.clock.advance(55min);
    outcomeOf(source);
    QCOMPARE(server.requests.size(), 2);
}

void tst_ContainerCredentials::tokens_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("sent");
    QTest::newRow("variable") << u"Basic V"_s << ""_ba
                              << "Basic V"_ba;
    QTest::newRow("file") << u""_s << "F\n"_ba
                          << "F"_ba;
    QTest::newRow("file wins") << u"V"_s << "F"_ba
                               << "F"_ba;
}

void tst_ContainerCredentials::tokens()
{
    QFETCH(QString, variable);
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, sent);
    AwsHome home;
    HttpServer server([&](const HttpServer::Request &) { return role(home); });
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, server.url().toString());
    home.set(u"AWS_CONTAINER_AUTHORIZATION_TOKEN"_s, variable);
    if (!file.isEmpty()) {
        home.write(u"token"_s, file);
        home.set(u"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"_s, home.path(u"token"_s));
    }
    ContainerCredentials source(home.context(), nullptr);
    QVERIFY(outcomeOf(source).credentials.isValid());
    QCOMPARE(server.requests.first().headers["authorization"], sent);
}

void tst_ContainerCredentials::wrongTokens_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("no file") << u"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"_s << u"/no/such/file"_s;
    QTest::newRow("folder") << u"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"_s << u"/"_s;
    QTest::newRow("two lines") << u"AWS_CONTAINER_AUTHORIZATION_TOKEN"_s
                               << u"SECRET\r\nHost: elsewhere"_s;
}

void tst_ContainerCredentials::wrongTokens()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    AwsHome home;
    HttpServer server;
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, server.url().toString());
    home.set(name, value);
    ContainerCredentials source(home.context(), nullptr);
    const Error error = outcomeOf(source).error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(!error.nextStep.isEmpty());
    QVERIFY(!wordsOf(error).contains(u"SECRET"_s));
    QCOMPARE(server.requests.size(), 0);
}

void tst_ContainerCredentials::addresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("localhost") << u"http://localhost:1/x"_s << true;
    QTest::newRow("loopback") << u"http://127.9.9.9:1/x"_s << true;
    QTest::newRow("loopback 6") << u"http://[::1]:1/x"_s << true;
    QTest::newRow("elsewhere encrypted") << u"https://127.0.0.1:1/x"_s << true;
    QTest::newRow("elsewhere") << u"http://example.com/x"_s << false;
    QTest::newRow("looks like it") << u"http://localhost.example.com/x"_s << false;
    QTest::newRow("another number") << u"http://169.254.170.3/x"_s << false;
    QTest::newRow("instance metadata") << u"http://169.254.169.254/x"_s << false;
    QTest::newRow("file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("user before it") << u"http://127.0.0.1@example.com/"_s << false;
    QTest::newRow("none") << u"/v2/credentials"_s << false;
}

void tst_ContainerCredentials::addresses()
{
    QFETCH(QString, url);
    QFETCH(bool, isAllowed);
    AwsHome home;
    home.environment.requestTimeout = 500ms;
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, url);
    ContainerCredentials source(home.context(), nullptr);
    CredentialsOutcome outcome;
    note(source.credentials(), &outcome);
    // Nothing listens at port 1: an address that is allowed is tried, three times.
    while (!outcome.hasArrived) {
        QTRY_VERIFY(outcome.hasArrived || home.clock.untilNext());
        home.clock.advance(1s);
    }
    QCOMPARE(outcome.error.kind == Error::Kind::InvalidInput, !isAllowed);
    QVERIFY(!outcome.error.nextStep.isEmpty());
}

void tst_ContainerCredentials::triesAgain()
{
    AwsHome home;
    int count = 0;
    HttpServer server([&](const HttpServer::Request &) {
        return ++count % 3 == 0 ? role(home) : HttpServer::Answer{500, "{}"};
    });
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, server.url().toString());
    ContainerCredentials source(home.context(), nullptr);
    CredentialsOutcome outcome;
    note(source.credentials(), &outcome);
    for (int i = 1; i < 3; ++i) {
        QTRY_COMPARE(home.clock.untilNext(), std::optional(1000ms));
        QCOMPARE(count, i);
        home.clock.advance(1s);
    }
    QTRY_VERIFY(outcome.credentials.isValid());
}

void tst_ContainerCredentials::refused_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("denied") << 403 << R"({"code":"AccessDenied","message":"words"})"_ba
                            << Error::Kind::Unauthorized;
    QTest::newRow("unknown") << 404 << "SECRET"_ba << Error::Kind::Refused;
    QTest::newRow("elsewhere") << 302 << ""_ba << Error::Kind::Refused;
    QTest::newRow("rubbish") << 200 << "SECRET"_ba << Error::Kind::Receiving;
    QTest::newRow("half") << 200 << R"({"SecretAccessKey":"SECRET"})"_ba << Error::Kind::Receiving;
    QTest::newRow("expired")
        << 200
        << R"({"AccessKeyId":"a","SecretAccessKey":"SECRET","Expiration":"2020-01-01T00:00:00Z"})"_ba
        << Error::Kind::Unauthorized;
}

void tst_ContainerCredentials::refused()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Error::Kind, kind);
    AwsHome home;
    HttpServer server([&](const HttpServer::Request &) {
        return HttpServer::Answer{status, body};
    });
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, server.url().toString());
    ContainerCredentials source(home.context(), nullptr);
    const Error error = outcomeOf(source).error;
    QCOMPARE(error.kind, kind);
    QVERIFY(!error.nextStep.isEmpty());
    QVERIFY(!wordsOf(error).contains(u"SECRET"_s));
    QCOMPARE(server.requests.size(), 1);
}

void tst_ContainerCredentials::neverAnswers()
{
    AwsHome home;
    home.environment.requestTimeout = 50ms;
    HttpServer::Answer never;
    never.isNever = true;
    HttpServer server([&](const HttpServer::Request &) { return never; });
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, server.url().toString());
    ContainerCredentials source(home.context(), nullptr);
    CredentialsOutcome outcome;
    note(source.credentials(), &outcome);
    while (!outcome.hasArrived) {
        QTRY_VERIFY(outcome.hasArrived || home.clock.untilNext());
        home.clock.advance(1s);
    }
    QCOMPARE(outcome.error.kind, Error::Kind::Timeout);
    QCOMPARE(server.requests.size(), 3);
}

GUILESS_TEST(tst_ContainerCredentials)
#include "tst_containercredentials.moc"
