// SPDX-License-Identifier: Apache-2.0
#include "app/core/credentials.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

using Operation = CredentialResolver::Operation;

class TestCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void precedence_data();
    void precedence();
    void operationsOfTheirOwn();
    void files();
    void leavesToTheSignIn_data();
    void leavesToTheSignIn();
    void effectiveProfiles();
    void refuses_data();
    void refuses();
    void theKeychainOnlyWhenNeeded();
    void secretsOfAnEarlierRun();
    void neverRepeatsASecretGivenAsAName();
    void authorizers_data();
    void authorizers();
};

namespace {

//! `A=1 B=2`
QProcessEnvironment environmentOf(const QString &text)
{
    QProcessEnvironment environment;
    for (const QString &pair : text.split(u' ', Qt::SkipEmptyParts))
        environment.insert(pair.section(u'=', 0, 0), pair.section(u'=', 1));
    return environment;
}

CredentialFlags flagsOf(const QString &text)
{
    CredentialFlags flags;
    for (const QString &pair : text.split(u' ', Qt::SkipEmptyParts)) {
        const QString name = pair.section(u'=', 0, 0);
        const QString value = pair.section(u'=', 1);
        if (name == u"auth")
            flags.auth = authModeFromText(value);
        else if (name == u"connect-auth")
            flags.connectAuth = authModeFromText(value);
        else if (name == u"subscribe-auth")
            flags.subscribeAuth = authModeFromText(value);
        else if (name == u"publish-auth")
            flags.publishAuth = authModeFromText(value);
        else if (name == u"api-key-env")
            flags.apiKeyVariable = value;
        else if (name == u"token-env")
            flags.tokenVariable = value;
        else if (name == u"token-file")
            flags.tokenFile = value;
        else if (name == u"aws-profile")
            flags.awsProfile = value;
    }
    return flags;
}

SecretReference inVariable(const QString &name)
{
    return {SecretReference::Place::Environment, name};
}

std::optional<Profile> profileOf(const QString &mode)
{
    if (mode.isEmpty())
        return std::nullopt;
    Profile profile;
    profile.auth = authModeFromText(mode);
    profile.apiKey = inVariable(u"P_KEY"_s);
    profile.token = inVariable(u"P_TOKEN"_s);
    return profile;
}

const QString kProfileSecrets = u" P_KEY=pk P_TOKEN=pt"_s;

} // namespace

void TestCredentials::precedence_data()
{
    QTest::addColumn<QString>("flags");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("expected"); // mode, secret, source
    const auto row = [](const char *name, const QString &flags, const QString &environment,
                        const QString &profile, const QString &expected) {
        QTest::newRow(name) << flags << environment << profile << expected;
    };
    row("key of the environment", {}, u"SYNCSCOPE_API_KEY=k"_s, {},
        u"api-key k SYNCSCOPE_API_KEY"_s);
    row("token of the environment", {}, u"SYNCSCOPE_TOKEN=t"_s, {},
        u"user-pool t SYNCSCOPE_TOKEN"_s);
    row("key before token", {}, u"SYNCSCOPE_API_KEY=k SYNCSCOPE_TOKEN=t"_s, {},
        u"api-key k SYNCSCOPE_API_KEY"_s);
    row("an empty variable is none", {}, u"SYNCSCOPE_API_KEY= SYNCSCOPE_TOKEN=t"_s, {},
        u"user-pool t SYNCSCOPE_TOKEN"_s);
    row("--auth chooses", u"auth=lambda"_s, u"SYNCSCOPE_API_KEY=k SYNCSCOPE_TOKEN=t"_s, {},
        u"lambda t SYNCSCOPE_TOKEN"_s);
    row("--auth none", u"auth=none"_s, u"SYNCSCOPE_API_KEY=k"_s, {}, u"none  no credentials"_s);
    row("flag beats environment", u"api-key-env=OTHER"_s, u"OTHER=o SYNCSCOPE_API_KEY=k"_s, {},
        u"api-key o OTHER"_s);
    row("token flag beats the key of the environment", u"token-env=OTHER"_s,
        u"OTHER=o SYNCSCOPE_API_KEY=k"_s, {}, u"user-pool o OTHER"_s);
    row("token flag beats the operation's variable", u"token-env=OTHER auth=oidc"_s,
        u"OTHER=o SYNCSCOPE_PUBLISH_TOKEN=p SYNCSCOPE_TOKEN=t"_s, {}, u"oidc o OTHER"_s);
    row("operation's variable first", {},
        u"SYNCSCOPE_PUBLISH_TOKEN=p SYNCSCOPE_TOKEN=t SYNCSCOPE_API_KEY=k"_s, {},
        u"user-pool p SYNCSCOPE_PUBLISH_TOKEN"_s);
    row("operation's flag first", u"auth=api-key publish-auth=oidc"_s,
        u"SYNCSCOPE_API_KEY=k SYNCSCOPE_TOKEN=t"_s, {}, u"oidc t SYNCSCOPE_TOKEN"_s);
    row("profile", {}, kProfileSecrets, u"api-key"_s, u"api-key pk P_KEY"_s);
    row("profile's token", {}, kProfileSecrets, u"lambda"_s, u"lambda pt P_TOKEN"_s);
    row("environment beats profile", {}, u"SYNCSCOPE_API_KEY=k"_s + kProfileSecrets, u"lambda"_s,
        u"api-key k SYNCSCOPE_API_KEY"_s);
    row("profile's mode for the environment's token", {}, u"SYNCSCOPE_TOKEN=t"_s + kProfileSecrets,
        u"oidc"_s, u"oidc t SYNCSCOPE_TOKEN"_s);
    row("flag beats profile", u"auth=api-key"_s, kProfileSecrets, u"lambda"_s,
        u"api-key pk P_KEY"_s);
}

void TestCredentials::precedence()
{
    QFETCH(QString, flags);
    QFETCH(QString, environment);
    QFETCH(QString, profile);
    CredentialResolver resolver(flagsOf(flags), environmentOf(environment), profileOf(profile));
    Problem problem;
    const auto found = resolver.resolve(Operation::Publish, &problem);
    QVERIFY2(found, qPrintable(problem.message));
    QTEST(toText(found->mode) + u' ' + found->secret + u' ' + found->source, "expected");
}

void TestCredentials::operationsOfTheirOwn()
{
    CredentialResolver resolver(
        flagsOf(u"connect-auth=api-key subscribe-auth=oidc publish-auth=lambda"_s),
        environmentOf(u"SYNCSCOPE_API_KEY=k SYNCSCOPE_SUBSCRIBE_TOKEN=s "
                      "SYNCSCOPE_PUBLISH_TOKEN=p SYNCSCOPE_CONNECT_TOKEN=c"_s),
        {});
    Problem problem;
    QCOMPARE(resolver.resolve(Operation::Connect, &problem)->secret, u"k"_s);
    QCOMPARE(resolver.resolve(Operation::Subscribe, &problem)->secret, u"s"_s);
    QCOMPARE(resolver.resolve(Operation::Publish, &problem)->secret, u"p"_s);

    Profile profile = *profileOf(u"api-key"_s);
    profile.subscribeAuth = AuthMode::Lambda;
    profile.subscribeToken = inVariable(u"S"_s);
    CredentialResolver ofProfile({}, environmentOf(u"S=own"_s + kProfileSecrets), profile);
    QCOMPARE(ofProfile.resolve(Operation::Connect, &problem)->secret, u"pk"_s);
    QCOMPARE(ofProfile.resolve(Operation::Subscribe, &problem)->secret, u"own"_s);
}

void TestCredentials::files()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(u"token"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("  abc.def\r\n");
    file.close();
    CredentialResolver resolver(flagsOf(u"token-file="_s + file.fileName()), {}, {});
    Problem problem;
    const auto found = resolver.resolve(Operation::Connect, &problem);
    QVERIFY(found);
    QCOMPARE(found->secret, u"abc.def"_s);
    QCOMPARE(found->source, file.fileName());
    // read once
    QVERIFY(file.remove());
    QVERIFY(resolver.resolve(Operation::Publish, &problem));

    CredentialResolver missing(flagsOf(u"token-file="_s + file.fileName()), {}, {});
    QVERIFY(!missing.resolve(Operation::Publish, &problem));
    QCOMPARE(problem.kind, Problem::Kind::File);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    QVERIFY(!missing.resolve(Operation::Publish, &problem));
    QVERIFY(problem.message.contains(u"no token"));
}

void TestCredentials::leavesToTheSignIn_data()
{
    QTest::addColumn<QString>("flags");
    QTest::addColumn<Profile>("profile");
    QTest::addColumn<QString>("expected"); // mode and source
    Profile profile;
    QTest::newRow("nothing at all: what the AWS tools would use")
        << QString() << profile
        << u"iam the AWS credentials of this machine, since no others were given "
           u"(SYNCSCOPE_API_KEY, SYNCSCOPE_TOKEN, --profile)"_s;
    QTest::newRow("--auth iam") << u"auth=iam"_s << profile
                                << u"iam the AWS credentials of this machine"_s;
    QTest::newRow("--aws-profile")
        << u"aws-profile=dev"_s << profile << u"iam the AWS profile dev"_s;
    profile.auth = AuthMode::Iam;
    profile.identityPoolId = u"eu-west-1:1"_s;
    QTest::newRow("identity pool")
        << QString() << profile << u"iam the identity pool eu-west-1:1"_s;
    QTest::newRow("--aws-profile beats it")
        << u"aws-profile=dev"_s << profile << u"iam the AWS profile dev"_s;
    profile = {};
    profile.auth = AuthMode::UserPool;
    profile.userPoolId = u"eu-west-1_x"_s;
    profile.clientId = u"1"_s;
    QTest::newRow("user pool") << QString() << profile
                               << u"user-pool signing in as the profile says"_s;
    profile.token = {SecretReference::Place::Keychain, u"k"_s};
    QTest::newRow("token of the keychain") << QString() << profile << u"user-pool the keychain"_s;
    profile.auth = AuthMode::ApiKey;
    profile.apiKey = {SecretReference::Place::Keychain, u"k"_s};
    QTest::newRow("key of the keychain") << QString() << profile << u"api-key the keychain"_s;
}

void TestCredentials::leavesToTheSignIn()
{
    QFETCH(QString, flags);
    QFETCH(Profile, profile);
    CredentialResolver resolver(flagsOf(flags), {}, profile);
    Problem problem;
    const auto found = resolver.resolve(Operation::Publish, &problem);
    QVERIFY2(found, qPrintable(problem.message));
    QVERIFY(found->isFromSignIn);
    QVERIFY(found->secret.isEmpty());
    QTEST(toText(found->mode) + u' ' + found->source, "expected");
}

void TestCredentials::effectiveProfiles()
{
    Profile profile;
    profile.username = u"anna"_s;
    profile.clientId = u"1"_s;
    profile.password = {SecretReference::Place::Keychain, u"k"_s};
    SignInFlags flags;
    flags.username = u"bert"_s;
    flags.clientSecretVariable = u"S"_s;
    const Profile same = effectiveProfile(profile, {}, {}, {});
    QCOMPARE(same, profile);
    const Profile other =
        effectiveProfile(profile, {}, flags, environmentOf(u"SYNCSCOPE_PASSWORD=p"_s));
    QCOMPARE(other.username, u"bert"_s);
    QCOMPARE(other.clientId, u"1"_s);
    QCOMPARE(other.clientSecret, inVariable(u"S"_s));
    QCOMPARE(other.password, inVariable(u"SYNCSCOPE_PASSWORD"_s));
}

void TestCredentials::refuses_data()
{
    QTest::addColumn<QString>("flags");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("words");
    QTest::newRow("no key") << u"auth=api-key"_s << u"SYNCSCOPE_TOKEN=t"_s
                            << u"SYNCSCOPE_API_KEY"_s;
    QTest::newRow("no token") << u"auth=oidc"_s << u"SYNCSCOPE_API_KEY=k"_s << u"SYNCSCOPE_TOKEN"_s;
    QTest::newRow("unset variable")
        << u"api-key-env=NOT_THERE"_s << u"SYNCSCOPE_API_KEY=k"_s << u"NOT_THERE"_s;
}

void TestCredentials::refuses()
{
    QFETCH(QString, flags);
    QFETCH(QString, environment);
    QFETCH(QString, words);
    CredentialResolver resolver(flagsOf(flags), environmentOf(environment), {});
    Problem problem;
    QVERIFY(!resolver.resolve(Operation::Publish, &problem));
    QCOMPARE(problem.kind, Problem::Kind::Usage);
    const QString text = problem.message + problem.nextStep;
    QVERIFY2(text.contains(words), qPrintable(text));
}

void TestCredentials::theKeychainOnlyWhenNeeded()
{
    Profile profile = *profileOf(u"api-key"_s);
    profile.apiKey = {SecretReference::Place::Keychain, u"dev/apiKey"_s};
    QStringList asked;
    const auto keychain = [&](const SecretReference &reference,
                              Problem *problem) -> std::optional<QString> {
        asked.append(reference.name);
        if (asked.size() == 1)
            return u"kept"_s;
        *problem = Problem::denied(u"The keychain is locked."_s);
        return std::nullopt;
    };
    Problem problem;
    CredentialResolver byEnvironment({}, environmentOf(u"SYNCSCOPE_API_KEY=k"_s), profile,
                                     keychain);
    QVERIFY(byEnvironment.resolve(Operation::Connect, &problem));
    QVERIFY(asked.isEmpty());
    CredentialResolver byProfile({}, {}, profile, keychain);
    QCOMPARE(byProfile.resolve(Operation::Connect, &problem),
             (Credential{AuthMode::ApiKey, u"kept"_s, u"the keychain"_s}));
    QCOMPARE(asked, QStringList{u"dev/apiKey"_s});
    QVERIFY(!byProfile.resolve(Operation::Connect, &problem));
    QCOMPARE(problem.kind, Problem::Kind::Denied);
    // Where nobody asks the keychain here, a SignIn does.
    CredentialResolver without({}, {}, profile);
    const auto left = without.resolve(Operation::Connect, &problem);
    QVERIFY(left && left->isFromSignIn);
}

void TestCredentials::secretsOfAnEarlierRun()
{
    Profile profile = *profileOf(u"lambda"_s);
    profile.token = {SecretReference::Place::Session, u"SYNCSCOPE_ANY"_s};
    Problem problem;
    // It is no name of a variable.
    CredentialResolver resolver({}, environmentOf(u"SYNCSCOPE_ANY=t"_s), profile);
    QVERIFY(!resolver.resolve(Operation::Connect, &problem));
    QVERIFY2(problem.message.contains(u"kept in memory"), qPrintable(problem.message));
    QVERIFY(!problem.nextStep.isEmpty());
}

void TestCredentials::neverRepeatsASecretGivenAsAName()
{
    const QString jwt = u"eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"_s;
    const QString key = u"da2-abcdefghijklmnopqrstuvwxyz"_s;
    for (const QString &flags : {u"token-env="_s + jwt, u"api-key-env="_s + key}) {
        CredentialResolver resolver(flagsOf(flags), {}, {});
        Problem problem;
        QVERIFY(!resolver.resolve(Operation::Publish, &problem));
        const QString text = problem.message + problem.nextStep;
        QVERIFY2(!text.contains(jwt) && !text.contains(key), qPrintable(text));
    }
}

void TestCredentials::authorizers_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("api-key") << u"api-key"_s << QByteArray("x-api-key: s3cret");
    QTest::newRow("user-pool") << u"user-pool"_s << QByteArray("Authorization: s3cret");
    QTest::newRow("lambda") << u"lambda"_s << QByteArray("Authorization: s3cret");
    QTest::newRow("none") << u"none"_s << QByteArray();
}

void TestCredentials::authorizers()
{
    QFETCH(QString, mode);
    QFETCH(QByteArray, header);
    const Credential credential{*authModeFromText(mode), u"s3cret"_s, {}};
    const auto authorizer = credential.makeAuthorizer();
    AppSync::AuthReply *reply = authorizer->authorize({});
    AppSync::Headers headers;
    connect(reply, &AppSync::Reply::finished, this, [&] { headers = reply->headers(); });
    QSignalSpy finished(reply, &AppSync::Reply::finished);
    QVERIFY(finished.wait());
    QCOMPARE(headers.size(), header.isEmpty() ? 0 : 1);
    if (!headers.isEmpty())
        QCOMPARE(headers.first().first + ": " + headers.first().second, header);
}

GUILESS_TEST(TestCredentials)
#include "tst_credentials.moc"
