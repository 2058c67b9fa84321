// SPDX-License-Identifier: Apache-2.0
#include "ssocenter.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;
using namespace SsoCenter;

class tst_SsoLogin : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void signsIn();
    void oldFormHasNoScopes();
    void signInFails_data();
    void signInFails();
    void nobodyConfirms();
    void signInIsCancelled();
    void signInIsCutOff();
    void refusedSignIn();
    void fileCannotBeWritten();
};

void tst_SsoLogin::signsIn()
{
    AwsHome home;
    Center center(home);
    center.tokens = {refusal("authorization_pending", "AuthorizationPendingException"),
                     refusal("slow_down", "SlowDownException"),
                     {503, "<html>"},
                     kNewToken};
    const auto sso = source(home);
    QPointer<Interaction> shown;
    connect(sso.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *interaction) { shown = interaction; });
    CredentialsReply *reply = sso->credentials();
    CredentialsOutcome outcome;
    note(reply, &outcome);
    QTRY_VERIFY(shown);
    QCOMPARE(shown->kind(), Interaction::Kind::OpenUrl);
    QCOMPARE(shown->url(),
             QUrl(u"https://device.sso.eu-central-1.amazonaws.com/?user_code=ABCD-EFGH"_s));
    QCOMPARE(shown->userCode(), u"ABCD-EFGH"_s);
    QCOMPARE(shown->deadline(), home.in(5min));
    QVERIFY(reply->isWaitingForPerson());
    QJsonObject registered = center.body(Center::kRegister);
    QCOMPARE(registered[u"clientType"_s], u"public"_s);
    QCOMPARE(registered[u"scopes"_s], QJsonArray({u"sso:account:access"_s, u"other:scope"_s}));
    const QJsonObject device{{u"clientId"_s, u"client"_s},
                             {u"clientSecret"_s, u"CLIENTSECRET"_s},
                             {u"startUrl"_s, u"https://corp.awsapps.com/start"_s}};
    QCOMPARE(center.body(Center::kDevice), device);

    // Every second; every six after it was too fast.
    const auto waitForPoll = [&](std::chrono::milliseconds interval, int count) {
        QTRY_COMPARE(home.clock.untilNext(), std::optional(interval));
        home.clock.advance(interval - 1ms);
        QCOMPARE(center.to(Center::kToken).size(), count - 1);
        home.clock.advance(1ms);
        QTRY_COMPARE(center.to(Center::kToken).size(), count);
    };
    waitForPoll(1s, 1);
    waitForPoll(1s, 2);
    waitForPoll(6s, 3);
    waitForPoll(6s, 4);
    QCOMPARE(center.body(Center::kToken)[u"grantType"_s],
             u"urn:ietf:params:oauth:grant-type:device_code"_s);
    QCOMPARE(center.body(Center::kToken)[u"deviceCode"_s], u"DEVICECODE"_s);
    QTRY_VERIFY(outcome.hasArrived);
    QVERIFY2(outcome.credentials.isValid(), qPrintable(outcome.error.toString()));
    QCOMPARE(center.bearer(), "NEWTOKEN"_ba);
    QVERIFY(!shown);
    const QJsonObject kept = QJsonDocument::fromJson(home.read(kFile)).object();
    QCOMPARE(kept[u"accessToken"_s], u"NEWTOKEN"_s);
    QCOMPARE(kept[u"refreshToken"_s], u"NEWREFRESH"_s);
    QCOMPARE(kept[u"clientSecret"_s], u"CLIENTSECRET"_s);
    QCOMPARE(kept[u"expiresAt"_s], QString::fromLatin1(home.isoIn(1h)));
    QCOMPARE(QFile::permissions(home.path(kFile)) & (QFile::ReadGroup | QFile::ReadOther), 0);
}

void tst_SsoLogin::oldFormHasNoScopes()
{
    AwsHome home;
    Center center(home);
    center.tokens = {{200, R"({"accessToken":"NEWTOKEN","expiresIn":3600})"}};
    const auto sso = source(home, u"old"_s);
    connect(sso.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *) { home.clock.advance(1s); });
    QVERIFY(outcomeOf(*sso).credentials.isValid());
    QVERIFY(!center.body(Center::kRegister).contains(u"scopes"_s));
    QVERIFY(!home.read(fileOf("https://old.awsapps.com/start")).isEmpty());
}

void tst_SsoLogin::signInFails_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("not registered")
        << Center::kRegister << 400
        << R"({"error":"invalid_client_metadata","error_description":"words"})"_ba
        << Error::Kind::Refused;
    QTest::newRow("wrong start url")
        << Center::kDevice << 400 << R"({"error":"invalid_request","error_description":"words"})"_ba
        << Error::Kind::Refused;
    QTest::newRow("rubbish") << Center::kDevice << 200 << "SECRET"_ba << Error::Kind::Receiving;
    QTest::newRow("url of another program")
        << Center::kDevice << 200
        << R"({"deviceCode":"DEVICECODE","userCode":"A","verificationUri":"file:///bin/sh"})"_ba
        << Error::Kind::Receiving;
    QTest::newRow("declined") << Center::kToken << 400 << R"({"error":"access_denied"})"_ba
                              << Error::Kind::Unauthorized;
    QTest::newRow("code expired") << Center::kToken << 400 << R"({"error":"expired_token"})"_ba
                                  << Error::Kind::Unauthorized;
    QTest::newRow("empty token") << Center::kToken << 200 << R"({"expiresIn":1})"_ba
                                 << Error::Kind::Receiving;
}

void tst_SsoLogin::signInFails()
{
    QFETCH(QString, path);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(Error::Kind, kind);
    AwsHome home;
    Center center(home);
    const auto usual = [](const QString &asked) -> HttpServer::Answer {
        return {
            200,
            asked == Center::kRegister
                ? R"({"clientId":"c","clientSecret":"CLIENTSECRET","clientSecretExpiresAt":1})"_ba
                : R"({"deviceCode":"DEVICECODE","userCode":"A","verificationUri":"https://x"})"_ba};
    };
    center.server.setAnswer([&](const HttpServer::Request &request) {
        return request.path() == path ? HttpServer::Answer{status, body} : usual(request.path());
    });
    const auto sso = source(home);
    QPointer<Interaction> shown;
    connect(sso.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *interaction) {
                shown = interaction;
                home.clock.advance(5s);
            });
    const Error error = outcomeOf(*sso).error;
    QCOMPARE(error.kind, kind);
    QVERIFY(!error.nextStep.isEmpty());
    QVERIFY(saysNoSecret(error));
    QTRY_VERIFY(!shown);
    QVERIFY(home.read(kFile).isEmpty());
    QCOMPARE(home.clock.untilNext(), std::nullopt);
}

void tst_SsoLogin::nobodyConfirms()
{
    AwsHome home;
    Center center(home);
    center.tokens = {{400, R"({"error":"authorization_pending"})"}};
    const auto sso = source(home);
    QPointer<Interaction> shown;
    connect(sso.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *interaction) { shown = interaction; });
    CredentialsOutcome outcome;
    note(sso->credentials(), &outcome);
    QTRY_VERIFY(shown);
    home.clock.advance(5min);
    QTRY_VERIFY(outcome.hasArrived);
    QCOMPARE(outcome.error.kind, Error::Kind::Unattended);
    QVERIFY(!outcome.error.nextStep.isEmpty());
    QTRY_VERIFY(!shown);
}

void tst_SsoLogin::signInIsCancelled()
{
    AwsHome home;
    Center center(home);
    const auto sso = source(home);
    connect(sso.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *interaction) { interaction->cancel(); });
    QCOMPARE(outcomeOf(*sso).error.kind, Error::Kind::Cancelled);
    QCOMPARE(home.clock.untilNext(), std::nullopt);
}

void tst_SsoLogin::signInIsCutOff()
{
    AwsHome home;
    Center center(home);
    auto sso = source(home);
    Interaction *shown = nullptr;
    int closed = 0;
    connect(sso.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *interaction) {
                shown = interaction;
                connect(interaction, &Interaction::closed, this, [&] { ++closed; });
            });
    sso->credentials();
    QTRY_VERIFY(shown);
    sso.reset();
    QCOMPARE(closed, 1);
    QCOMPARE(home.clock.untilNext(), std::nullopt);
}

void tst_SsoLogin::refusedSignIn()
{
    AwsHome home;
    Center center(home);
    home.write(kFile, signIn(home.isoIn(8h)));
    center.acceptedToken = "NEWTOKEN";
    const auto sso = source(home);
    const Error error = outcomeOf(*sso).error;
    QCOMPARE(error.kind, Error::Kind::Unauthorized);
    QVERIFY(error.nextStep.contains(u"aws sso login --profile dev"_s));

    int shown = 0;
    connect(sso.get(), &InteractiveSource::interactionRequired, this, [&](Interaction *) {
        ++shown;
        home.clock.advance(1s);
    });
    center.tokens = {kNewToken};
    QVERIFY(outcomeOf(*sso).credentials.isValid());
    QCOMPARE(shown, 1);

    // A service that refuses even a new one does not keep us signing in.
    sso->invalidate();
    center.acceptedToken = "NONE";
    center.tokens = {kNewToken};
    QCOMPARE(outcomeOf(*sso).error.kind, Error::Kind::Unauthorized);
    QCOMPARE(shown, 2);
}

void tst_SsoLogin::fileCannotBeWritten()
{
    AwsHome home;
    Center center(home);
    QVERIFY(QDir(home.path(u".aws/sso"_s)).removeRecursively());
    home.write(u".aws/sso"_s, "a file in place of the folder");
    center.tokens = {kNewToken};
    const auto sso = source(home);
    connect(sso.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *) { home.clock.advance(1s); });
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"cannot be kept"_s));
    QVERIFY(outcomeOf(*sso).credentials.isValid());
    // It holds for this run.
    sso->invalidate();
    QVERIFY(outcomeOf(*sso).credentials.isValid());
    QCOMPARE(center.to(Center::kDevice).size(), 1);
}

GUILESS_TEST(tst_SsoLogin)
#include "tst_ssologin.moc"
