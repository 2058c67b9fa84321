// SPDX-License-Identifier: Apache-2.0
#include "stsserver.h"
#include "tests/shared/testrunner.h"

#include "lib/auth/aws/assumerolecredentials_p.h"
#include "lib/auth/aws/profilesource_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

class tst_AssumeRoleCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void formIsThatOfTheVector();
    void takesTheRole();
    void sessionTokenIsSigned();
    void settingsReachTheService();
    void regionOfTheService_data();
    void regionOfTheService();
    void keepsTheRole();
    void asksForTheCode();
    void wrongCodes();
    void codesThatAreNone();
    void nobodyHasTheCode();
    void renewsWhatTakesIt();
    void clockIsOff_data();
    void clockIsOff();
    void refused_data();
    void refused();
    void noService();
    void neverAnswers();
};

namespace {

constexpr auto kConfig = "[profile dev]\n"
                         "role_arn = arn:aws:iam::123456789012:role/Demo\n"
                         "source_profile = base\n"
                         "region = eu-west-1\n";
constexpr auto kBaseKeys =
    "[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = BASESECRET\n";

//! A home where the profile dev takes a role with the keys of base, and \a more.
class Role {
public:
    explicit Role(const QByteArray &more = {}, const QByteArray &keys = kBaseKeys) : sts(home)
    {
        home.writeConfig(kConfig + more);
        home.writeCredentials(keys);
        sts.secrets.insert("AKIABASE", u"BASESECRET"_s);
    }

    CredentialsOutcome ask()
    {
        if (!source)
            make();
        return outcomeOf(*source);
    }

    void make()
    {
        Error error;
        source.reset(makeProfileSource(home.context(u"dev"_s), nullptr, &error));
        if (!source)
            qFatal("%s", qPrintable(error.toString()));
    }

    AwsHome home;
    StsServer sts;
    std::unique_ptr<FetchedCredentials> source;
};

} // namespace

void tst_AssumeRoleCredentials::formIsThatOfTheVector()
{
    QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/auth/sigv4-vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray vectors =
        QJsonDocument::fromJson(file.readAll()).object()[u"vectors"_s].toArray();
    int checked = 0;
    for (const QJsonValue &vector : vectors) {
        if (!vector[u"id"_s].toString().startsWith(u"h1-"))
            continue;
        const QByteArray form = Sts::form(u"AssumeRole"_s,
                                          {{u"RoleArn"_s, u"arn:aws:iam::123456789012:role/Demo"_s},
                                           {u"RoleSessionName"_s, u"appsync-console"_s},
                                           {u"DurationSeconds"_s, u"3600"_s},
                                           {u"ExternalId"_s, u""_s}});
        QCOMPARE(QString::fromLatin1(form), vector[u"input"_s][u"body"_s].toString());
        const QJsonObject headers = vector[u"input"_s][u"headers_before_signing"_s].toObject();
        QCOMPARE(QString::fromLatin1(Sts::headers().first().second),
                 headers[u"content-type"_s].toString());
        ++checked;
    }
    QCOMPARE(checked, 2);
}

void tst_AssumeRoleCredentials::takesTheRole()
{
    Role role;
    const CredentialsOutcome outcome = role.ask();
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.accessKeyId, u"ROLEKEYAKIABASE"_s);
    QCOMPARE(outcome.credentials.secretAccessKey, u"ROLE&SECRET"_s);
    QCOMPARE(outcome.credentials.sessionToken, u"ROLETOKEN"_s);
    QCOMPARE(outcome.credentials.expiresAt, role.home.in(1h));
    QCOMPARE(outcome.credentials.source, u"profile dev (role, through profile base)"_s);
    QCOMPARE(role.sts.sent(u"Action"_s), u"AssumeRole"_s);
    QCOMPARE(role.sts.sent(u"RoleArn"_s), u"arn:aws:iam::123456789012:role/Demo"_s);
    QVERIFY(role.sts.sent(u"RoleSessionName"_s).startsWith(u"AppSyncQt-"));
    QVERIFY(!role.sts.server.requests.first().body.contains("SerialNumber"));
}

void tst_AssumeRoleCredentials::sessionTokenIsSigned()
{
    Role role({}, kBaseKeys + "aws_session_token = BASETOKEN\n"_ba);
    QVERIFY(role.ask().credentials.isValid());
    const auto headers = role.sts.server.requests.first().headers;
    QCOMPARE(headers["x-amz-security-token"], "BASETOKEN"_ba);
    QVERIFY(headers["authorization"].contains("x-amz-security-token"));
}

void tst_AssumeRoleCredentials::settingsReachTheService()
{
    Role role("role_session_name = me@home\nexternal_id = a b+c\nduration_seconds = 900\n");
    QVERIFY(role.ask().credentials.isValid());
    QCOMPARE(role.sts.sent(u"RoleSessionName"_s), u"me@home"_s);
    QVERIFY(role.sts.server.requests.first().body.contains("ExternalId=a%20b%2Bc"));
    QCOMPARE(role.sts.sent(u"DurationSeconds"_s), u"900"_s);

    Role wrong("duration_seconds = an hour\n");
    QCOMPARE(wrong.ask().error.kind, Error::Kind::InvalidInput);
    QCOMPARE(wrong.sts.server.requests.size(), 0);
}

void tst_AssumeRoleCredentials::regionOfTheService_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("region");
    QTest::newRow("profile") << u""_s << u"eu-west-1"_s;
    QTest::newRow("AWS_REGION") << u"AWS_REGION"_s << u"us-west-2"_s;
    QTest::newRow("AWS_DEFAULT_REGION") << u"AWS_DEFAULT_REGION"_s << u"us-west-2"_s;
}

void tst_AssumeRoleCredentials::regionOfTheService()
{
    QFETCH(QString, variable);
    QFETCH(QString, region);
    Role role;
    if (!variable.isEmpty())
        role.home.set(variable, region);
    QVERIFY(role.ask().credentials.isValid());
    QVERIFY(role.sts.server.requests.first().headers["authorization"].contains(
        '/' + region.toLatin1() + "/sts/aws4_request"));
}

void tst_AssumeRoleCredentials::keepsTheRole()
{
    Role role;
    role.make();
    CredentialsOutcome first;
    CredentialsOutcome second;
    note(role.source->credentials(), &first);
    note(role.source->credentials(), &second);
    QTRY_VERIFY(first.hasArrived && second.hasArrived);
    QCOMPARE(first.credentials, second.credentials);
    role.home.clock.advance(54min);
    role.ask();
    QCOMPARE(role.sts.server.requests.size(), 1);
    role.home.clock.advance(1min);
    QCOMPARE(role.ask().credentials.expiresAt, role.home.in(1h));
    QCOMPARE(role.sts.server.requests.size(), 2);
    QVERIFY(role.source->invalidate());
    role.ask();
    QCOMPARE(role.sts.server.requests.size(), 3);
}

void tst_AssumeRoleCredentials::asksForTheCode()
{
    Role role("mfa_serial = arn:aws:iam::1:mfa/me\n");
    role.sts.acceptedCode = u"123456"_s;
    role.make();
    QPointer<Interaction> shown;
    connect(role.source.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *interaction) { shown = interaction; });
    CredentialsReply *reply = role.source->credentials();
    CredentialsOutcome outcome;
    note(reply, &outcome);
    QTRY_VERIFY(shown);
    QCOMPARE(shown->kind(), Interaction::Kind::Form);
    QVERIFY(shown->message().contains(u"arn:aws:iam::1:mfa/me"_s));
    QVERIFY(reply->isWaitingForPerson());
    QVERIFY(!shown->answer({{u"code"_s, u""_s}}));
    QVERIFY(shown->answer({{u"code"_s, u"123 456"_s}}));
    QVERIFY(!reply->isWaitingForPerson());
    QTRY_VERIFY(outcome.hasArrived);
    QVERIFY2(outcome.credentials.isValid(), qPrintable(outcome.error.toString()));
    QCOMPARE(role.sts.sent(u"SerialNumber"_s), u"arn:aws:iam::1:mfa/me"_s);
    QCOMPARE(role.sts.sent(u"TokenCode"_s), u"123456"_s);
}

void tst_AssumeRoleCredentials::wrongCodes()
{
    Role role("mfa_serial = device\n");
    role.sts.acceptedCode = u"333333"_s;
    role.make();
    QStringList problems;
    const QStringList codes{u"111111"_s, u"222222"_s, u"333333"_s};
    connect(role.source.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *interaction) {
                problems << interaction->problem();
                interaction->answer({{u"code"_s, codes.value(problems.size() - 1)}});
            });
    QVERIFY(role.ask().credentials.isValid());
    QCOMPARE(problems.size(), 3);
    QVERIFY(problems[0].isEmpty());
    QVERIFY(problems[1].contains(u"did not accept"_s));

    role.sts.acceptedCode = u"444444"_s;
    role.source->invalidate();
    problems.clear();
    const Error error = role.ask().error;
    QCOMPARE(problems.size(), 3);
    QCOMPARE(error.kind, Error::Kind::Unauthorized);
    QVERIFY(!error.nextStep.isEmpty());
    QVERIFY(!wordsOf(error).contains(u"333333"_s));
}

void tst_AssumeRoleCredentials::codesThatAreNone()
{
    Role role("mfa_serial = device\n");
    role.make();
    int shown = 0;
    connect(role.source.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *interaction) {
                ++shown;
                interaction->answer({{u"code"_s, u"12345x"_s}});
            });
    QCOMPARE(role.ask().error.kind, Error::Kind::InvalidInput);
    QCOMPARE(shown, 3);
    QCOMPARE(role.sts.server.requests.size(), 0);
}

void tst_AssumeRoleCredentials::nobodyHasTheCode()
{
    Role role("mfa_serial = device\n");
    Error error = role.ask().error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(!error.nextStep.isEmpty());
    const auto cancel = connect(role.source.get(), &InteractiveSource::interactionRequired, this,
                                [](Interaction *interaction) { interaction->cancel(); });
    QCOMPARE(role.ask().error.kind, Error::Kind::Cancelled);
    disconnect(cancel);
    QPointer<Interaction> shown;
    connect(role.source.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *interaction) { shown = interaction; });
    CredentialsOutcome outcome;
    note(role.source->credentials(), &outcome);
    QTRY_VERIFY(shown);
    role.home.clock.advance(5min);
    QTRY_VERIFY(outcome.hasArrived);
    QCOMPARE(outcome.error.kind, Error::Kind::Unattended);
    QTRY_VERIFY(!shown);
    QCOMPARE(role.sts.server.requests.size(), 0);
}

void tst_AssumeRoleCredentials::renewsWhatTakesIt()
{
    // The keys that take the role are those of another role, which STS does not know any more.
    Role role("[profile base]\nrole_arn = arn:aws:iam::1:role/Base\nsource_profile = keys\n",
              "[keys]\naws_access_key_id = AKIABASE\naws_secret_access_key = BASESECRET\n");
    role.sts.secrets.insert("ROLEKEYAKIABASE", u"ROLE&SECRET"_s);
    QVERIFY(role.ask().credentials.isValid());
    QCOMPARE(role.sts.server.requests.size(), 2);
    QCOMPARE(role.sts.sent(u"RoleArn"_s, 0), u"arn:aws:iam::1:role/Base"_s);
    QCOMPARE(role.sts.sent(u"RoleArn"_s, 1), u"arn:aws:iam::123456789012:role/Demo"_s);

    role.sts.revoked.insert(u"ROLEKEYAKIABASE"_s);
    role.source->invalidate();
    const Error error = role.ask().error;
    // Refused, renewed, refused.
    QCOMPARE(role.sts.server.requests.size(), 5);
    QCOMPARE(error.kind, Error::Kind::Unauthorized);
    QCOMPARE(error.type, u"ExpiredToken"_s);
    QVERIFY2(error.nextStep.contains(u"profile base"_s), qPrintable(error.nextStep));
}

void tst_AssumeRoleCredentials::clockIsOff_data()
{
    QTest::addColumn<int>("hours");
    QTest::newRow("ours is behind") << 2;
    QTest::newRow("ours is ahead") << -2;
}

void tst_AssumeRoleCredentials::clockIsOff()
{
    QFETCH(int, hours);
    Role role;
    role.sts.ahead = std::chrono::hours(hours);
    const CredentialsOutcome outcome = role.ask();
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    // Signed by the server's clock at the second try; kept by our own.
    QCOMPARE(role.sts.server.requests.size(), 2);
    QCOMPARE(outcome.credentials.expiresAt, role.home.in(1h));
    role.source->invalidate();
    QVERIFY(role.ask().credentials.isValid());
    QCOMPARE(role.sts.server.requests.size(), 3);

    // Where that does not help, the error says what it is.
    role.sts.next = {StsServer::error(403, "SignatureDoesNotMatch", "Signature expired: …")};
    role.source->invalidate();
    const Error error = role.ask().error;
    QCOMPARE(error.kind, Error::Kind::Unauthorized);
    QVERIFY2(error.nextStep.contains(hours > 0 ? u"120 minutes behind"_s : u"120 minutes ahead"_s),
             qPrintable(error.nextStep));
}

void tst_AssumeRoleCredentials::refused_data()
{
    QTest::addColumn<HttpServer::Answer>("answer");
    QTest::addColumn<Error::Kind>("kind");
    QTest::newRow("denied") << StsServer::error(403, "AccessDenied", "User x is not authorized")
                            << Error::Kind::Unauthorized;
    QTest::newRow("wrong secret") << StsServer::error(403, "SignatureDoesNotMatch",
                                                      "does not match")
                                  << Error::Kind::Unauthorized;
    QTest::newRow("region off") << StsServer::error(403, "RegionDisabledException",
                                                    "STS is not activated")
                                << Error::Kind::Unauthorized;
    QTest::newRow("malformed") << StsServer::error(400, "ValidationError",
                                                   "1 validation error detected")
                               << Error::Kind::Refused;
    QTest::newRow("throttled") << StsServer::error(400, "Throttling", "Rate exceeded")
                               << Error::Kind::LimitExceeded;
    QTest::newRow("ill") << HttpServer::Answer{503, "<html>SECRET", "text/html"}
                         << Error::Kind::Server;
    QTest::newRow("rubbish") << HttpServer::Answer{200, "SECRET", "text/plain"}
                             << Error::Kind::Receiving;
    QTest::newRow("cut off") << HttpServer::Answer{
        200,
        "<a><AccessKeyId>k</AccessKeyId><SecretAccessKey>SECRET"
        "</SecretAccessKey>",
        "text/xml"} << Error::Kind::Receiving;
    QTest::newRow("no secret") << HttpServer::Answer{200, "<a><AccessKeyId>k</AccessKeyId></a>",
                                                     "text/xml"}
                               << Error::Kind::Receiving;
    QTest::newRow("expired") << HttpServer::Answer{
        200,
        "<a><AccessKeyId>k</AccessKeyId><SecretAccessKey>SECRET"
        "</SecretAccessKey><Expiration>2020-01-01T00:00:00Z</Expiration></a>",
        "text/xml"} << Error::Kind::Unauthorized;
    QTest::newRow("entities") << HttpServer::Answer{
        200,
        "<!DOCTYPE a [<!ENTITY b 'SECRET'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;"
        "&b;&b;&b;'><!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e "
        "'&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;'>]><a><AccessKeyId>&e;</AccessKeyId>"
        "</a>",
        "text/xml"} << Error::Kind::Receiving;
}

void tst_AssumeRoleCredentials::refused()
{
    QFETCH(HttpServer::Answer, answer);
    QFETCH(Error::Kind, kind);
    Role role;
    role.sts.next = {answer};
    const Error error = role.ask().error;
    QCOMPARE(error.kind, kind);
    QVERIFY2(error.message.contains(u"dev"_s) || error.kind == Error::Kind::Receiving,
             qPrintable(error.message));
    if (!error.isRetryable())
        QVERIFY(!error.nextStep.isEmpty());
    QVERIFY(saysNoSecret(error));
    QVERIFY(role.ask().credentials.isValid());
}

void tst_AssumeRoleCredentials::noService()
{
    Role role;
    role.sts.server.close();
    QCOMPARE(role.ask().error.kind, Error::Kind::Unreachable);
}

void tst_AssumeRoleCredentials::neverAnswers()
{
    Role role;
    role.home.environment.requestTimeout = 100ms;
    HttpServer::Answer never;
    never.isNever = true;
    role.sts.next = {never};
    QCOMPARE(role.ask().error.kind, Error::Kind::Timeout);
}

GUILESS_TEST(tst_AssumeRoleCredentials)
#include "tst_assumerolecredentials.moc"
