// SPDX-License-Identifier: Apache-2.0
#include "stsserver.h"
#include "tests/shared/testrunner.h"

#include "lib/auth/aws/webidentitycredentials_p.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

class tst_WebIdentityCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesTheRole();
    void ofAProfile();
    void readsTheTokenAnew();
    void incomplete();
    void noToken_data();
    void noToken();
    void refused_data();
    void refused();
};

namespace {

void setVariables(AwsHome &home)
{
    home.write(u"token"_s, "WEBTOKEN\n");
    home.set(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, home.path(u"token"_s));
    home.set(u"AWS_ROLE_ARN"_s, u"arn:aws:iam::1:role/Pod"_s);
}

std::unique_ptr<WebIdentityCredentials> sourceOf(const AwsHome &home)
{
    Error error;
    const auto settings = WebIdentityCredentials::Settings::of(home.environment, &error);
    if (error.isError())
        qFatal("%s", qPrintable(error.toString()));
    return std::make_unique<WebIdentityCredentials>(home.context(), settings, nullptr);
}

} // namespace

void tst_WebIdentityCredentials::takesTheRole()
{
    AwsHome home;
    StsServer sts(home);
    setVariables(home);
    home.set(u"AWS_ROLE_SESSION_NAME"_s, u"pod-7"_s);
    const auto web = sourceOf(home);
    const CredentialsOutcome outcome = outcomeOf(*web);
    // The server would refuse a signature.
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.accessKeyId, u"WEBKEY"_s);
    QCOMPARE(outcome.credentials.expiresAt, home.in(1h));
    QCOMPARE(outcome.credentials.source, u"environment (web identity)"_s);
    QCOMPARE(sts.sent(u"WebIdentityToken"_s), u"WEBTOKEN"_s);
    QCOMPARE(sts.sent(u"RoleArn"_s), u"arn:aws:iam::1:role/Pod"_s);
    QCOMPARE(sts.sent(u"RoleSessionName"_s), u"pod-7"_s);
}

void tst_WebIdentityCredentials::ofAProfile()
{
    AwsHome home;
    StsServer sts(home);
    home.write(u"token"_s, "WEBTOKEN");
    home.writeConfig("[profile pod]\nrole_arn = r\nweb_identity_token_file = ~/token\n");
    const AwsContext context = home.context(u"pod"_s);
    QVERIFY(WebIdentityCredentials::areIn(context.profile));
    Error error;
    const auto settings = WebIdentityCredentials::Settings::of(context.profile, &error);
    WebIdentityCredentials web(context, settings, nullptr);
    const CredentialsOutcome outcome = outcomeOf(web);
    QVERIFY2(outcome.credentials.isValid(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.source, u"profile pod (web identity)"_s);
}

void tst_WebIdentityCredentials::readsTheTokenAnew()
{
    AwsHome home;
    StsServer sts(home);
    setVariables(home);
    const auto web = sourceOf(home);
    outcomeOf(*web);
    home.write(u"token"_s, "NEXTTOKEN");
    home.clock.advance(1h);
    outcomeOf(*web);
    QCOMPARE(sts.sent(u"WebIdentityToken"_s, 1), u"NEXTTOKEN"_s);
}

void tst_WebIdentityCredentials::incomplete()
{
    AwsHome home;
    home.set(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, u"x"_s);
    Error error;
    WebIdentityCredentials::Settings::of(home.environment, &error);
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(error.nextStep.contains(u"AWS_ROLE_ARN"_s));
}

void tst_WebIdentityCredentials::noToken_data()
{
    QTest::addColumn<QString>("path");
    QTest::newRow("missing") << u"gone"_s;
    QTest::newRow("folder") << u".aws"_s;
    QTest::newRow("empty") << u"empty"_s;
    QTest::newRow("huge") << u"huge"_s;
}

void tst_WebIdentityCredentials::noToken()
{
    QFETCH(QString, path);
    AwsHome home;
    StsServer sts(home);
    setVariables(home);
    home.write(u"empty"_s, " \n");
    home.write(u"huge"_s, QByteArray(1024 * 1024, 'x'));
    home.set(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, home.path(path));
    const Error error = outcomeOf(*sourceOf(home)).error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(error.message.contains(home.path(path)));
    QVERIFY(!error.nextStep.isEmpty());
    QCOMPARE(sts.server.requests.size(), 0);
}

void tst_WebIdentityCredentials::refused_data()
{
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QString>("advice");
    QTest::newRow("expired") << "ExpiredTokenException"_ba << u"renewed"_s;
    QTest::newRow("invalid") << "InvalidIdentityToken"_ba << u"trust policy"_s;
    QTest::newRow("denied") << "AccessDenied"_ba << u"trust policy"_s;
}

void tst_WebIdentityCredentials::refused()
{
    QFETCH(QByteArray, code);
    QFETCH(QString, advice);
    AwsHome home;
    StsServer sts(home);
    setVariables(home);
    sts.next = {StsServer::error(400, code, "words of the service")};
    const Error error = outcomeOf(*sourceOf(home)).error;
    QCOMPARE(error.kind, Error::Kind::Unauthorized);
    QCOMPARE(error.serverMessage, u"words of the service"_s);
    QVERIFY2(error.nextStep.contains(advice), qPrintable(error.nextStep));
    QVERIFY(!wordsOf(error).contains(u"WEBTOKEN"_s));
}

GUILESS_TEST(tst_WebIdentityCredentials)
#include "tst_webidentitycredentials.moc"
