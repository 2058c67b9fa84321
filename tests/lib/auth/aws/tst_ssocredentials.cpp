// SPDX-License-Identifier: Apache-2.0
#include "ssocenter.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using namespace SsoCenter;

class tst_SsoCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void usesTheSignInOfTheTools_data();
    void usesTheSignInOfTheTools();
    void keepsTheRole();
    void renewsTheSignIn();
    void renewalFails_data();
    void renewalFails();
    void anotherProgramRenewedIt();
    void noSignIn_data();
    void noSignIn();
    void roleRefused_data();
    void roleRefused();
    void clockIsOff();
    void settings_data();
    void settings();
};

void tst_SsoCredentials::usesTheSignInOfTheTools_data()
{
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("file");
    QTest::newRow("session") << u"dev"_s << kFile;
    QTest::newRow("old form") << u"old"_s << fileOf("https://old.awsapps.com/start");
}

void tst_SsoCredentials::usesTheSignInOfTheTools()
{
    QFETCH(QString, profile);
    QFETCH(QString, file);
    AwsHome home;
    Center center(home);
    // As old versions write the zone.
    home.write(file, signIn(home.isoIn(1h).replace("Z", "UTC")));
    const auto sso = source(home, profile);
    const CredentialsOutcome outcome = outcomeOf(*sso);
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.accessKeyId, u"ASIAROLE"_s);
    QCOMPARE(outcome.credentials.secretAccessKey, u"ROLESECRET"_s);
    QCOMPARE(outcome.credentials.sessionToken, u"ROLETOKEN"_s);
    QCOMPARE(outcome.credentials.expiresAt, home.in(1h));
    QCOMPARE(outcome.credentials.source, u"profile %1 (SSO)"_s.arg(profile));
    QCOMPARE(center.bearer(), "ACCESSTOKEN"_ba);
    QCOMPARE(center.server.requests.size(), 1);
    QCOMPARE(center.server.requests.first().url.query(),
             profile == u"dev" ? u"account_id=123456789012&role_name=Dev%2BOps"_s
                               : u"account_id=1&role_name=R"_s);
}

void tst_SsoCredentials::keepsTheRole()
{
    AwsHome home;
    Center center(home);
    home.write(kFile, signIn(home.isoIn(24h)));
    const auto sso = source(home);
    CredentialsOutcome first;
    CredentialsOutcome second;
    note(sso->credentials(), &first);
    note(sso->credentials(), &second);
    QTRY_VERIFY(first.hasArrived && second.hasArrived);
    QCOMPARE(first.credentials, second.credentials);
    home.clock.advance(54min);
    outcomeOf(*sso);
    QCOMPARE(center.server.requests.size(), 1);
    home.clock.advance(1min);
    outcomeOf(*sso);
    QCOMPARE(center.server.requests.size(), 2);
}

void tst_SsoCredentials::renewsTheSignIn()
{
    AwsHome home;
    Center center(home);
    home.write(kFile, signIn(home.isoIn(14min), renewable(home.isoIn(24h))));
    center.tokens = {kNewToken};
    const auto sso = source(home);
    QVERIFY(outcomeOf(*sso).credentials.isValid());
    const QJsonObject asked{{u"clientId"_s, u"client"_s},
                            {u"clientSecret"_s, u"CLIENTSECRET"_s},
                            {u"grantType"_s, u"refresh_token"_s},
                            {u"refreshToken"_s, u"REFRESHTOKEN"_s}};
    QCOMPARE(center.body(Center::kToken), asked);
    QCOMPARE(center.bearer(), "NEWTOKEN"_ba);

    const QJsonObject kept = QJsonDocument::fromJson(home.read(kFile)).object();
    const QJsonObject expected{{u"startUrl"_s, u"https://corp.awsapps.com/start"_s},
                               {u"region"_s, u"eu-central-1"_s},
                               {u"accessToken"_s, u"NEWTOKEN"_s},
                               {u"expiresAt"_s, QString::fromLatin1(home.isoIn(1h))},
                               {u"refreshToken"_s, u"NEWREFRESH"_s},
                               {u"clientId"_s, u"client"_s},
                               {u"clientSecret"_s, u"CLIENTSECRET"_s},
                               {u"registrationExpiresAt"_s, QString::fromLatin1(home.isoIn(24h))},
                               {u"kept"_s, u"as it was"_s}};
    QCOMPARE(kept, expected);
    QCOMPARE(QFile::permissions(home.path(kFile)) & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
    // Nothing half-written is left.
    QCOMPARE(QDir(home.path(u".aws/sso/cache"_s)).entryList(QDir::Files).size(), 1);
}

void tst_SsoCredentials::renewalFails_data()
{
    QTest::addColumn<int>("minutesLeft");
    QTest::addColumn<QByteArray>("registeredUntil");
    QTest::addColumn<int>("status");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("refused, time left")
        << 10 << "2099-01-01T00:00:00Z"_ba << 400 << Error::Kind::None;
    QTest::newRow("refused") << -1 << "2099-01-01T00:00:00Z"_ba << 400 << Error::Kind::Unauthorized;
    QTest::newRow("service ill") << -1 << "2099-01-01T00:00:00Z"_ba << 503 << Error::Kind::Server;
    QTest::newRow("registration over")
        << -1 << "2020-01-01T00:00:00Z"_ba << 200 << Error::Kind::Unauthorized;
    QTest::newRow("rubbish") << -1 << "2099-01-01T00:00:00Z"_ba << 200 << Error::Kind::Unauthorized;
}

void tst_SsoCredentials::renewalFails()
{
    QFETCH(int, minutesLeft);
    QFETCH(QByteArray, registeredUntil);
    QFETCH(int, status);
    QFETCH(Error::Kind, kind);
    AwsHome home;
    Center center(home);
    home.write(kFile,
               signIn(home.isoIn(std::chrono::minutes(minutesLeft)), renewable(registeredUntil)));
    center.tokens = {{status, R"({"error":"invalid_grant","error_description":"words"})"}};
    const auto sso = source(home);
    const Error error = outcomeOf(*sso).error;
    QCOMPARE(error.kind, kind);
    QVERIFY(saysNoSecret(error));
    if (kind == Error::Kind::Unauthorized)
        QVERIFY2(error.nextStep.contains(u"aws sso login --profile dev"_s),
                 qPrintable(error.nextStep));
}

void tst_SsoCredentials::anotherProgramRenewedIt()
{
    AwsHome home;
    Center center(home);
    home.write(kFile, signIn(home.isoIn(-1min), renewable(home.isoIn(24h))));
    // What we had is void by the time that we show it.
    center.server.setAnswer([&](const HttpServer::Request &request) -> HttpServer::Answer {
        if (request.path() == Center::kToken) {
            home.write(
                kFile,
                signIn(home.isoIn(8h), renewable(home.isoIn(24h))).replace("ACCESS", "OTHER"));
            return refusal("invalid_grant");
        }
        return {200, R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"S"}})"};
    });
    const auto sso = source(home);
    QVERIFY(outcomeOf(*sso).credentials.isValid());
    QCOMPARE(center.bearer(), "OTHERTOKEN"_ba);
}

void tst_SsoCredentials::noSignIn_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("none") << ""_ba;
    QTest::newRow("rubbish") << "TOKEN"_ba;
    QTest::newRow("array") << "[]"_ba;
    QTest::newRow("no token") << R"({"expiresAt":"2099-01-01T00:00:00Z"})"_ba;
    QTest::newRow("no end") << R"({"accessToken":"TOKEN"})"_ba;
    QTest::newRow("no time") << R"({"accessToken":"TOKEN","expiresAt":"tomorrow"})"_ba;
    QTest::newRow("expired") << signIn("2023-01-01T00:00:00Z");
    QTest::newRow("folder") << "folder"_ba;
}

void tst_SsoCredentials::noSignIn()
{
    QFETCH(QByteArray, text);
    AwsHome home;
    Center center(home);
    if (text == "folder")
        QVERIFY(QDir().mkdir(home.path(kFile)));
    else if (!text.isEmpty())
        home.write(kFile, text);
    const auto sso = source(home);
    const Error error = outcomeOf(*sso).error;
    QCOMPARE(error.kind, Error::Kind::Unauthorized);
    QVERIFY(error.message.contains(u"dev"_s));
    QVERIFY2(error.nextStep.contains(u"aws sso login --profile dev"_s), qPrintable(error.nextStep));
    QVERIFY(saysNoSecret(error));
    QCOMPARE(center.server.requests.size(), 0);

    // Somebody follows the advice.
    if (text == "folder")
        QVERIFY(QDir().rmdir(home.path(kFile)));
    home.write(kFile, signIn(home.isoIn(8h)));
    QVERIFY(outcomeOf(*sso).credentials.isValid());
}

void tst_SsoCredentials::roleRefused_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("not assigned") << 403 << R"({"message":"No access"})"_ba
                                  << Error::Kind::Unauthorized;
    QTest::newRow("unknown") << 404 << R"({"message":"Role not found"})"_ba << Error::Kind::Refused;
    QTest::newRow("too many") << 429 << "{}"_ba << Error::Kind::LimitExceeded;
    QTest::newRow("ill") << 500 << "<html>SECRET</html>"_ba << Error::Kind::Server;
    QTest::newRow("rubbish") << 200 << "SECRET"_ba << Error::Kind::Receiving;
    QTest::newRow("half") << 200 << R"({"roleCredentials":{"secretAccessKey":"SECRET"}})"_ba
                          << Error::Kind::Receiving;
    QTest::newRow("expired")
        << 200
        << R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"SECRET","expiration":1}})"_ba
        << Error::Kind::Unauthorized;
}

void tst_SsoCredentials::roleRefused()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Error::Kind, kind);
    AwsHome home;
    Center center(home);
    home.write(kFile, signIn(home.isoIn(8h)));
    center.role = {status, body};
    const auto sso = source(home);
    const Error error = outcomeOf(*sso).error;
    QCOMPARE(error.kind, kind);
    QVERIFY(!error.message.isEmpty());
    QVERIFY(saysNoSecret(error));
    if (!error.isRetryable())
        QVERIFY(!error.nextStep.isEmpty());
}

void tst_SsoCredentials::clockIsOff()
{
    AwsHome home;
    Center center(home);
    home.write(kFile, signIn(home.isoIn(8h)));
    // Two hours behind ours, so what ends in an hour there has ended here.
    center.role.body =
        R"({"roleCredentials":{"accessKeyId":"A","secretAccessKey":"S","expiration":)"
        + QByteArray::number(home.clock.wallMs() - 3'600'000) + "}}";
    center.role.headers = {dateHeader(home, -2h)};
    const auto sso = source(home);
    const CredentialsOutcome outcome = outcomeOf(*sso);
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.expiresAt, home.in(1h));
}

void tst_SsoCredentials::settings_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("words");
    QTest::newRow("no session")
        << "[profile p]\nsso_session=x\nsso_account_id=1\nsso_role_name=r\n"_ba
        << u"[sso-session x]"_s;
    QTest::newRow("no role") << "[profile p]\nsso_start_url=u\nsso_region=r\nsso_account_id=1\n"_ba
                             << u"sso_role_name"_s;
    QTest::newRow("no region in the session")
        << "[profile p]\nsso_session=x\nsso_account_id=1\nsso_role_name=r\n[sso-session x]\nsso_start_url=u\n"_ba
        << u"sso_region"_s;
    QTest::newRow("they differ")
        << "[profile p]\nsso_session=x\nsso_account_id=1\nsso_role_name=r\nsso_region=a\n"
           "[sso-session x]\nsso_start_url=u\nsso_region=b\n"_ba
        << u"sso_region differs"_s;
}

void tst_SsoCredentials::settings()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, words);
    AwsHome home;
    home.writeConfig(config);
    Error error;
    const AwsContext context = home.context(u"p"_s);
    QVERIFY(SsoSettings::isIn(context.profile));
    SsoSettings::of(context, &error);
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY2(error.message.contains(words), qPrintable(error.message));
    QVERIFY(error.nextStep.contains(u"--profile p"_s));
}

GUILESS_TEST(tst_SsoCredentials)
#include "tst_ssocredentials.moc"
