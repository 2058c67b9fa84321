// SPDX-License-Identifier: Apache-2.0
#include "stsserver.h"
#include "tests/shared/testrunner.h"

#include <AppSync/CredentialsChain>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

class tst_CredentialsChain : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void order();
    void webIdentityAndProfile();
    void chosenProfileSkipsVariables();
    void variables_data();
    void variables();
    void nothingAnywhere();
    void brokenSourcesEndIt_data();
    void brokenSourcesEndIt();
    void emptyProfilesDoNot();
    void instanceIsOptIn();
    void reportFollowsTheAnswers();
    void reportIsMadeAnew();
    void onlyTheChosenOneIsAsked();
    void regionAndProperties();
};

namespace {

using Outcome = CredentialsAttempt::Outcome;

void setKeys(AwsHome &home)
{
    home.set(u"AWS_ACCESS_KEY_ID"_s, u"AKIAENV"_s);
    home.set(u"AWS_SECRET_ACCESS_KEY"_s, u"ENVSECRET"_s);
}

void writeProfile(const AwsHome &home, const QByteArray &name)
{
    home.writeCredentials('[' + name
                          + "]\naws_access_key_id = AKIAFILE\n"
                            "aws_secret_access_key = FILESECRET\n");
}

std::unique_ptr<CredentialsChain> chain(const AwsHome &home)
{
    auto made = std::make_unique<CredentialsChain>();
    made->setEnvironment(home.environment);
    return made;
}

//! The outcomes in short: one letter each.
QString shortly(const QList<CredentialsAttempt> &report)
{
    QString letters;
    for (const CredentialsAttempt &attempt : report)
        letters += u"AUFN"_s[int(attempt.outcome)];
    return letters;
}

QString namesOf(const QList<CredentialsAttempt> &report)
{
    QStringList names;
    for (const CredentialsAttempt &attempt : report)
        names << attempt.source;
    return names.join(u", ");
}

HttpServer::Answer metadata(const HttpServer::Request &request)
{
    if (request.verb == "PUT")
        return {200, "TOKEN"};
    if (request.path().endsWith(u"security-credentials/"))
        return {200, "role"};
    return {200, R"({"AccessKeyId":"BOX","SecretAccessKey":"BOXSECRET","Token":"T"})"};
}

} // namespace

void tst_CredentialsChain::order()
{
    AwsHome home;
    StsServer sts(home);
    HttpServer box(metadata);
    setKeys(home);
    writeProfile(home, "default");
    home.write(u"token"_s, "WEBTOKEN");
    home.set(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, home.path(u"token"_s));
    home.set(u"AWS_ROLE_ARN"_s, u"r"_s);
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, box.url().toString());
    home.set(u"AWS_EC2_METADATA_SERVICE_ENDPOINT"_s, box.url().toString());

    // Everything at once; taken away one after the other.
    const auto next = [&](const QString &key, const QString &name, const QString &letters) {
        const auto credentials = chain(home);
        credentials->setUseInstance(true);
        const CredentialsOutcome outcome = outcomeOf(*credentials);
        QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
        QCOMPARE(outcome.credentials.accessKeyId, key);
        QCOMPARE(credentials->displayName(), name);
        QCOMPARE(outcome.credentials.source, name);
        QCOMPARE(shortly(credentials->report()), letters);
        QCOMPARE(namesOf(credentials->report()),
                 u"environment, web identity of the environment, profile default, container, EC2 "
                 "instance"_s);
        for (const CredentialsAttempt &attempt : credentials->report()) {
            QVERIFY(!attempt.words.isEmpty());
            QVERIFY(!attempt.words.contains(u"SECRET"_s));
        }
    };
    next(u"AKIAENV"_s, u"environment"_s, u"UNNNN"_s);
    home.environment.variables.remove(u"AWS_ACCESS_KEY_ID"_s);
    next(u"WEBKEY"_s, u"environment (web identity)"_s, u"AUNNN"_s);
    home.environment.variables.remove(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s);
    next(u"AKIAFILE"_s, u"profile default"_s, u"AAUNN"_s);
    QVERIFY(QFile::remove(home.path(u".aws/credentials"_s)));
    next(u"BOX"_s, u"container"_s, u"AAAUN"_s);
    home.environment.variables.remove(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s);
    next(u"BOX"_s, u"EC2 instance"_s, u"AAAAU"_s);
}

void tst_CredentialsChain::webIdentityAndProfile()
{
    AwsHome home;
    StsServer sts(home);
    sts.secrets.insert("AKIAFILE", u"FILESECRET"_s);
    home.write(u"token"_s, "WEBTOKEN");
    home.set(u"AWS_WEB_IDENTITY_TOKEN_FILE"_s, home.path(u"token"_s));
    home.set(u"AWS_ROLE_ARN"_s, u"r"_s);
    writeProfile(home, "keys");
    home.writeConfig("[default]\nrole_arn = r\nsource_profile = keys\n");
    const auto credentials = chain(home);
    QCOMPARE(outcomeOf(*credentials).credentials.accessKeyId, u"ROLEKEYAKIAFILE"_s);
    QCOMPARE(namesOf(credentials->report()),
             u"environment, profile default, web identity of the environment, container, EC2 "
             "instance"_s);
    QCOMPARE(shortly(credentials->report()), u"AUNNN"_s);
}

void tst_CredentialsChain::chosenProfileSkipsVariables()
{
    AwsHome home;
    setKeys(home);
    writeProfile(home, "dev");
    home.set(u"AWS_PROFILE"_s, u"dev"_s);
    // The variable is not a choice made here: keys go before it, as with the AWS tools.
    const auto credentials = chain(home);
    QCOMPARE(outcomeOf(*credentials).credentials.accessKeyId, u"AKIAENV"_s);
    credentials->setProfile(u"dev"_s);
    QCOMPARE(outcomeOf(*credentials).credentials.accessKeyId, u"AKIAFILE"_s);
    const CredentialsAttempt first = credentials->report().first();
    QCOMPARE(first.outcome, Outcome::NotAsked);
    QVERIFY2(first.words.contains(u"chosen"_s), qPrintable(first.words));
}

void tst_CredentialsChain::variables_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("token");
    QTest::addColumn<Error::Kind>("kind");
    const auto none = Error::Kind::None;
    QTest::newRow("keys") << u"X"_s << u""_s << u""_s << none;
    QTest::newRow("token") << u"AWS_SESSION_TOKEN"_s << u"T"_s << u"T"_s << none;
    QTest::newRow("old token") << u"AWS_SECURITY_TOKEN"_s << u"T"_s << u"T"_s << none;
    QTest::newRow("valid") << u"AWS_CREDENTIAL_EXPIRATION"_s << u"2099-01-01T00:00:00Z"_s << u""_s
                           << none;
    QTest::newRow("expired") << u"AWS_CREDENTIAL_EXPIRATION"_s << u"2020-01-01T00:00:00Z"_s << u""_s
                             << Error::Kind::Unauthorized;
    QTest::newRow("no time") << u"AWS_CREDENTIAL_EXPIRATION"_s << u"later"_s << u""_s
                             << Error::Kind::InvalidInput;
    QTest::newRow("no secret") << u"AWS_SECRET_ACCESS_KEY"_s << u""_s << u""_s
                               << Error::Kind::InvalidInput;
}

void tst_CredentialsChain::variables()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, token);
    QFETCH(Error::Kind, kind);
    AwsHome home;
    setKeys(home);
    writeProfile(home, "default");
    home.set(name, value);
    const auto credentials = chain(home);
    const CredentialsOutcome outcome = outcomeOf(*credentials);
    QCOMPARE(outcome.error.kind, kind);
    QVERIFY(!wordsOf(outcome.error).contains(u"ENVSECRET"_s));
    QCOMPARE(credentials->report().first().outcome,
             kind == Error::Kind::None ? Outcome::Used : Outcome::Failed);
    if (kind == Error::Kind::None) {
        QCOMPARE(outcome.credentials.secretAccessKey, u"ENVSECRET"_s);
        QCOMPARE(outcome.credentials.sessionToken, token);
    } else {
        QVERIFY(!outcome.error.nextStep.isEmpty());
        QCOMPARE(credentials->report().first().words, outcome.error.message);
    }
    QVERIFY(!credentials->invalidate());
}

void tst_CredentialsChain::nothingAnywhere()
{
    AwsHome home;
    const auto credentials = chain(home);
    QCOMPARE(credentials->report(), QList<CredentialsAttempt>());
    const Error error = outcomeOf(*credentials).error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(!error.nextStep.isEmpty());
    // Why, for each of them.
    for (const QString &words :
         {u"AWS_ACCESS_KEY_ID is not set"_s, u"profile default: it does not exist"_s,
          u"AWS_CONTAINER_CREDENTIALS"_s, u"EC2 instance: it is switched off"_s})
        QVERIFY2(error.message.contains(words), qPrintable(error.message));
    QCOMPARE(shortly(credentials->report()), u"AAAAN"_s);
    QVERIFY(!credentials->invalidate());

    // Somebody follows the advice.
    writeProfile(home, "default");
    QVERIFY(outcomeOf(*credentials).credentials.isValid());
    QCOMPARE(shortly(credentials->report()), u"AAUNN"_s);
}

void tst_CredentialsChain::brokenSourcesEndIt_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("words");
    QTest::newRow("malformed file") << "[default\n"_ba << u""_s << u"line 1"_s;
    QTest::newRow("named, but missing") << ""_ba << u"gone"_s << u"no AWS profile gone"_s;
    QTest::newRow("half a pair") << "[default]\naws_access_key_id=a\n"_ba << u""_s
                                 << u"aws_secret_access_key is missing"_s;
    QTest::newRow("circle") << "[default]\nrole_arn=r\nsource_profile=default\n"_ba << u""_s
                            << u"circle"_s;
    QTest::newRow("SSO has ended")
        << "[default]\nsso_start_url=u\nsso_region=r\nsso_account_id=1\nsso_role_name=n\n"_ba
        << u""_s << u"no valid SSO sign-in"_s;
}

void tst_CredentialsChain::brokenSourcesEndIt()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, profile);
    QFETCH(QString, words);
    AwsHome home;
    HttpServer box(metadata);
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, box.url().toString());
    home.set(u"AWS_PROFILE"_s, profile);
    home.writeConfig(config);
    const auto credentials = chain(home);
    const Error error = outcomeOf(*credentials).error;
    QVERIFY2(error.message.contains(words), qPrintable(error.message));
    QVERIFY(!error.nextStep.isEmpty());
    QCOMPARE(box.requests.size(), 0);
}

void tst_CredentialsChain::emptyProfilesDoNot()
{
    AwsHome home;
    HttpServer box(metadata);
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, box.url().toString());
    home.set(u"AWS_PROFILE"_s, u"dev"_s);
    home.writeConfig("[profile dev]\nregion = eu-west-1\n");
    const auto credentials = chain(home);
    QCOMPARE(outcomeOf(*credentials).credentials.accessKeyId, u"BOX"_s);
    QCOMPARE(credentials->report().value(2).words, u"it has no credentials"_s);
    QCOMPARE(credentials->region(), u"eu-west-1"_s);
}

void tst_CredentialsChain::instanceIsOptIn()
{
    AwsHome home;
    HttpServer box(metadata);
    home.set(u"AWS_EC2_METADATA_SERVICE_ENDPOINT"_s, box.url().toString());
    const auto credentials = chain(home);
    QVERIFY(outcomeOf(*credentials).error.isError());
    QCOMPARE(box.requests.size(), 0);
    credentials->setUseInstance(true);
    QCOMPARE(outcomeOf(*credentials).credentials.accessKeyId, u"BOX"_s);
    home.set(u"AWS_EC2_METADATA_DISABLED"_s, u"true"_s);
    credentials->setEnvironment(home.environment);
    const Error error = outcomeOf(*credentials).error;
    QVERIFY2(error.message.contains(u"AWS_EC2_METADATA_DISABLED is set"_s),
             qPrintable(error.message));

    // Nobody is there.
    home.environment.variables.remove(u"AWS_EC2_METADATA_DISABLED"_s);
    box.close();
    credentials->setEnvironment(home.environment);
    QCOMPARE(outcomeOf(*credentials).error.kind, Error::Kind::Unreachable);
    QCOMPARE(shortly(credentials->report()), u"AAAAF"_s);
}

void tst_CredentialsChain::reportFollowsTheAnswers()
{
    AwsHome home;
    int count = 0;
    HttpServer box([&](const HttpServer::Request &request) {
        return ++count == 1 ? HttpServer::Answer{403, "{}"} : metadata(request);
    });
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, box.url().toString());
    const auto credentials = chain(home);
    QSignalSpy changed(credentials.get(), &CredentialsChain::reportChanged);
    const Error error = outcomeOf(*credentials).error;
    QCOMPARE(credentials->report().value(3).outcome, Outcome::Failed);
    QCOMPARE(credentials->report().value(3).words, error.message);
    QVERIFY(outcomeOf(*credentials).credentials.isValid());
    QCOMPARE(credentials->report().value(3).outcome, Outcome::Used);
    QCOMPARE(credentials->report().value(3).words, u"used"_s);
    QVERIFY(changed.size() >= 3);
}

void tst_CredentialsChain::reportIsMadeAnew()
{
    AwsHome home;
    StsServer sts(home);
    sts.secrets.insert("AKIAFILE", u"FILESECRET"_s);
    writeProfile(home, "dev");
    home.writeConfig("[profile role]\nrole_arn=r\nsource_profile=dev\n");
    const auto credentials = chain(home);
    credentials->setProfile(u"role"_s);
    CredentialsOutcome outcome;
    note(credentials->credentials(), &outcome);
    credentials->setProfile(u"dev"_s);
    QCOMPARE(credentials->report(), QList<CredentialsAttempt>());
    QVERIFY(outcomeOf(*credentials).credentials.isValid());
    QCOMPARE(outcome.error.kind, Error::Kind::Cancelled);
    // What was cancelled says nothing about what is used now.
    QCOMPARE(credentials->report().value(2).source, u"profile dev"_s);
    QCOMPARE(credentials->report().value(2).outcome, Outcome::Used);
}

void tst_CredentialsChain::onlyTheChosenOneIsAsked()
{
    AwsHome home;
    HttpServer box(metadata);
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, box.url().toString());
    const auto credentials = chain(home);
    CredentialsOutcome first;
    CredentialsOutcome second;
    note(credentials->credentials(), &first);
    note(credentials->credentials(), &second);
    QTRY_VERIFY(first.hasArrived && second.hasArrived);
    QCOMPARE(first.credentials, second.credentials);
    QCOMPARE(box.requests.size(), 1);
    QVERIFY(credentials->invalidate());
    outcomeOf(*credentials);
    QCOMPARE(box.requests.size(), 2);
}

void tst_CredentialsChain::regionAndProperties()
{
    AwsHome home;
    home.writeConfig("[default]\nregion=a\n[profile b]\nregion=b\n");
    const auto credentials = chain(home);
    QSignalSpy profile(credentials.get(), &CredentialsChain::profileChanged);
    QSignalSpy processes(credentials.get(), &CredentialsChain::allowProcessesChanged);
    QSignalSpy instance(credentials.get(), &CredentialsChain::useInstanceChanged);
    QCOMPARE(credentials->region(), u"a"_s);
    credentials->setProfile(u"b"_s);
    credentials->setProfile(u"b"_s);
    QCOMPARE(credentials->region(), u"b"_s);
    QVERIFY(!credentials->allowsProcesses());
    credentials->setAllowProcesses(true);
    credentials->setAllowProcesses(true);
    QVERIFY(credentials->allowsProcesses());
    QVERIFY(!credentials->usesInstance());
    credentials->setUseInstance(true);
    credentials->setUseInstance(true);
    QVERIFY(credentials->usesInstance());
    QCOMPARE(profile.size(), 1);
    QCOMPARE(processes.size(), 1);
    QCOMPARE(instance.size(), 1);
    QVERIFY(!credentials->displayName().isEmpty());
}

GUILESS_TEST(tst_CredentialsChain)
#include "tst_credentialschain.moc"
