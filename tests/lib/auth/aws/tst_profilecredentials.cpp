// SPDX-License-Identifier: Apache-2.0
#include "stsserver.h"
#include "tests/shared/testrunner.h"

#include <AppSync/ProfileCredentials>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace AppSync;

class tst_ProfileCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kinds_data();
    void kinds();
    void orderOfKinds();
    void roleThroughEveryKind_data();
    void roleThroughEveryKind();
    void roleChain();
    void keysGoBeforeRoleInASource();
    void asksThroughEveryLayer();
    void settingsOfTheFirstProfileHold();
    void wrongRoles_data();
    void wrongRoles();
    void wrongProfiles_data();
    void wrongProfiles();
    void usualProfile();
    void commandsAreAskedFor();
    void mendedFilesAreRead();
    void changedKeysAreRead();
    void anotherProfileMeanwhile();
    void regionOfTheProfile();
    void certificates();
    void names();
};

namespace {

constexpr auto kProfileKeys =
    "[keys]\naws_access_key_id = AKIA1\naws_secret_access_key = KEYSECRET\n"
    "aws_session_token = KEYTOKEN\n";

std::unique_ptr<ProfileCredentials> profileOf(const AwsHome &home, const QString &profile)
{
    auto made = std::make_unique<ProfileCredentials>(profile);
    made->setEnvironment(home.environment);
    return made;
}

} // namespace

void tst_ProfileCredentials::kinds_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("name");
    QTest::addColumn<Error::Kind>("error");
    const auto none = Error::Kind::None;
    QTest::newRow("keys") << "aws_access_key_id=A\naws_secret_access_key=S\n"_ba << u"profile p"_s
                          << none;
    QTest::newRow("command") << "credential_process=x\n"_ba << u"profile p (command)"_s
                             << Error::Kind::InvalidInput;
    QTest::newRow("SSO") << "sso_start_url=u\nsso_region=r\nsso_account_id=1\nsso_role_name=n\n"_ba
                         << u"profile p (SSO)"_s << Error::Kind::Unauthorized;
    QTest::newRow("web identity")
        << "role_arn=r\nweb_identity_token_file=/none\nsource_profile=keys\n"_ba
        << u"profile p (web identity)"_s << Error::Kind::InvalidInput;
    QTest::newRow("role") << "role_arn=r\nsource_profile=keys\n"_ba
                          << u"profile p (role, through profile keys)"_s << none;
}

void tst_ProfileCredentials::kinds()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, name);
    QFETCH(Error::Kind, error);
    AwsHome home;
    StsServer sts(home);
    sts.secrets.insert("AKIA1", u"KEYSECRET"_s);
    home.writeConfig("[profile p]\n" + config);
    home.writeCredentials(kProfileKeys);
    const auto profile = profileOf(home, u"p"_s);
    QCOMPARE(profile->displayName(), u"profile p"_s);
    const CredentialsOutcome outcome = outcomeOf(*profile);
    QCOMPARE(outcome.error.kind, error);
    QCOMPARE(profile->displayName(), name);
    if (error == Error::Kind::None)
        QCOMPARE(outcome.credentials.source, name);
}

void tst_ProfileCredentials::orderOfKinds()
{
    AwsHome home;
    StsServer sts(home);
    sts.secrets.insert("AKIA1", u"KEYSECRET"_s);
    // Everything at once; taken away one after the other.
    const QByteArray sso = "sso_start_url=u\nsso_region=r\nsso_account_id=1\nsso_role_name=n\n";
    const QByteArray web = "web_identity_token_file=/none\n";
    const QByteArray command = "credential_process=false\n";
    const QByteArray keys = "aws_access_key_id=CONFIG\naws_secret_access_key=S\n";
    const QByteArray stored = "[p]\naws_access_key_id=STORED\naws_secret_access_key=S\n";
    const auto kindOf = [&](const QByteArray &text, const QByteArray &credentials) {
        home.writeConfig("[profile p]\n" + text);
        home.writeCredentials(kProfileKeys + credentials);
        const auto profile = profileOf(home, u"p"_s);
        const CredentialsOutcome outcome = outcomeOf(*profile);
        return profile->displayName()
            + (outcome.credentials.isValid() ? u' ' + outcome.credentials.accessKeyId : u""_s);
    };
    const QByteArray role = "role_arn=r\nsource_profile=keys\n";
    QCOMPARE(kindOf(role + sso + command + keys, stored),
             u"profile p (role, through profile keys) ROLEKEYAKIA1"_s);
    QCOMPARE(kindOf(role + web + sso + command + keys, stored), u"profile p (web identity)"_s);
    QCOMPARE(kindOf(sso + command + keys, stored), u"profile p (SSO)"_s);
    QCOMPARE(kindOf(command + keys, stored), u"profile p STORED"_s);
    QCOMPARE(kindOf(command + keys, {}), u"profile p (command)"_s);
    QCOMPARE(kindOf(keys, {}), u"profile p CONFIG"_s);
}

void tst_ProfileCredentials::roleThroughEveryKind_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("keys") << "source_profile=keys\n"_ba
                          << "AKIA1"_ba;
    QTest::newRow("itself")
        << "source_profile=p\naws_access_key_id=OWN\naws_secret_access_key=OWNSECRET\n"_ba
        << "OWN"_ba;
    QTest::newRow("command") << "source_profile=tool\n"_ba
                             << "TOOL"_ba;
    QTest::newRow("web identity") << "source_profile=web\n"_ba
                                  << "WEBKEY"_ba;
    QTest::newRow("environment") << "credential_source=Environment\n"_ba
                                 << "ENV"_ba;
    QTest::newRow("container") << "credential_source = ecscontainer\n"_ba
                               << "BOX"_ba;
    QTest::newRow("instance") << "credential_source=Ec2InstanceMetadata\n"_ba
                              << "BOX"_ba;
}

void tst_ProfileCredentials::roleThroughEveryKind()
{
    QFETCH(QByteArray, config);
    QFETCH(QByteArray, key);
    AwsHome home;
    StsServer sts(home);
    sts.secrets = {{"AKIA1", u"KEYSECRET"_s},    {"OWN", u"OWNSECRET"_s},
                   {"TOOL", u"TOOLSECRET"_s},    {"ENV", u"ENVSECRET"_s},
                   {"WEBKEY", u"ROLE&SECRET"_s}, {"BOX", u"BOXSECRET"_s}};
    // A container, and an EC2 instance as well.
    HttpServer metadata([](const HttpServer::Request &request) -> HttpServer::Answer {
        if (request.verb == "PUT")
            return {200, "TOKEN"};
        if (request.path().endsWith(u"security-credentials/"))
            return {200, "role"};
        return {200, R"({"AccessKeyId":"BOX","SecretAccessKey":"BOXSECRET","Token":"T"})"};
    });
    home.set(u"AWS_CONTAINER_CREDENTIALS_FULL_URI"_s, metadata.url().toString());
    home.set(u"AWS_EC2_METADATA_SERVICE_ENDPOINT"_s, metadata.url().toString());
    home.set(u"AWS_ACCESS_KEY_ID"_s, u"ENV"_s);
    home.set(u"AWS_SECRET_ACCESS_KEY"_s, u"ENVSECRET"_s);
    home.write(u"token"_s, "WEBTOKEN");
    const QString tool = home.script(
        u"tool"_s,
        "echo '{\"Version\":1,\"AccessKeyId\":\"TOOL\",\"SecretAccessKey\":\"TOOLSECRET\"}'\n");
    home.writeConfig("[profile p]\nrole_arn=r\n" + config
                     + "[profile tool]\ncredential_process=" + tool.toUtf8()
                     + "\n[profile web]\nrole_arn=w\nweb_identity_token_file=~/token\n");
    home.writeCredentials(kProfileKeys);
    const auto profile = profileOf(home, u"p"_s);
    profile->setAllowProcesses(true);
    const CredentialsOutcome outcome = outcomeOf(*profile);
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.accessKeyId, QString::fromLatin1("ROLEKEY" + key));
}

void tst_ProfileCredentials::roleChain()
{
    AwsHome home;
    StsServer sts(home);
    sts.secrets = {{"AKIA1", u"KEYSECRET"_s},
                   {"ROLEKEYAKIA1", u"ROLE&SECRET"_s},
                   {"ROLEKEYROLEKEYAKIA1", u"ROLE&SECRET"_s}};
    home.writeConfig("[profile a]\nrole_arn=ra\nsource_profile=b\n"
                     "[profile b]\nrole_arn=rb\nsource_profile=c\n"
                     "[profile c]\nrole_arn=rc\nsource_profile=keys\n");
    home.writeCredentials(kProfileKeys);
    const CredentialsOutcome outcome = outcomeOf(*profileOf(home, u"a"_s));
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(outcome.credentials.accessKeyId, u"ROLEKEYROLEKEYROLEKEYAKIA1"_s);
    QCOMPARE(sts.sent(u"RoleArn"_s, 0), u"rc"_s);
    QCOMPARE(sts.sent(u"RoleArn"_s, 2), u"ra"_s);
}

void tst_ProfileCredentials::keysGoBeforeRoleInASource()
{
    AwsHome home;
    StsServer sts(home);
    sts.secrets.insert("AKIA1", u"KEYSECRET"_s);
    home.writeConfig("[profile a]\nrole_arn=ra\nsource_profile=keys\n"
                     "[profile keys]\nrole_arn=not-taken\nsource_profile=nowhere\n");
    home.writeCredentials(kProfileKeys);
    QVERIFY(outcomeOf(*profileOf(home, u"a"_s)).credentials.isValid());
    QCOMPARE(sts.server.requests.size(), 1);
}

void tst_ProfileCredentials::asksThroughEveryLayer()
{
    AwsHome home;
    StsServer sts(home);
    sts.secrets = {{"TOOL", u"TOOLSECRET"_s}};
    sts.acceptedCode = u"123456"_s;
    const QString tool = home.script(
        u"tool"_s,
        "echo '{\"Version\":1,\"AccessKeyId\":\"TOOL\",\"SecretAccessKey\":\"TOOLSECRET\"}'\n");
    home.writeConfig("[profile a]\nrole_arn=ra\nsource_profile=tool\nmfa_serial=device\n"
                     "[profile tool]\ncredential_process="
                     + tool.toUtf8() + '\n');
    const auto profile = profileOf(home, u"a"_s);
    QList<Interaction::Kind> shown;
    connect(profile.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *interaction) {
                shown << interaction->kind();
                interaction->answer({{u"code"_s, u"123456"_s}});
            });
    CredentialsReply *reply = profile->credentials();
    QSignalSpy waiting(reply, &InteractiveReply::isWaitingForPersonChanged);
    CredentialsOutcome outcome;
    note(reply, &outcome);
    QTRY_VERIFY(outcome.hasArrived);
    QVERIFY2(outcome.credentials.isValid(), qPrintable(outcome.error.toString()));
    QCOMPARE(shown, (QList{Interaction::Kind::Confirm, Interaction::Kind::Form}));
    QVERIFY(waiting.size() >= 2);
}

void tst_ProfileCredentials::settingsOfTheFirstProfileHold()
{
    AwsHome home;
    StsServer sts(home);
    home.environment.variables.remove(u"AWS_ENDPOINT_URL_STS"_s);
    sts.secrets = {{"AKIA1", u"KEYSECRET"_s}, {"ROLEKEYAKIA1", u"ROLE&SECRET"_s}};
    home.writeConfig(
        "[profile a]\nrole_arn=ra\nsource_profile=b\nregion=eu-north-1\nservices=local\n"
        "[profile b]\nrole_arn=rb\nsource_profile=keys\n"
        "[services local]\nsts =\n  endpoint_url = "
        + sts.server.url().toString().toUtf8() + "\n");
    home.writeCredentials(kProfileKeys);
    const CredentialsOutcome outcome = outcomeOf(*profileOf(home, u"a"_s));
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    for (const HttpServer::Request &request : std::as_const(sts.server.requests))
        QVERIFY(request.headers["authorization"].contains("/eu-north-1/sts/"));
}

void tst_ProfileCredentials::wrongRoles_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("words");
    QTest::newRow("both") << "role_arn=r\nsource_profile=keys\ncredential_source=Environment\n"_ba
                          << u"both source_profile and credential_source"_s;
    QTest::newRow("neither") << "role_arn=r\n"_ba << u"neither"_s;
    QTest::newRow("missing") << "role_arn=r\nsource_profile=gone\n"_ba
                             << u"source_profile gone does not exist"_s;
    QTest::newRow("empty") << "role_arn=r\nsource_profile=empty\n"_ba
                           << u"source_profile empty has no credentials"_s;
    QTest::newRow("unknown source")
        << "role_arn=r\ncredential_source=Moon\n"_ba << u"no credential_source Moon"_s;
    QTest::newRow("not here") << "role_arn=r\ncredential_source=Environment\n"_ba
                              << u"Environment has no credentials"_s;
    QTest::newRow("no container") << "role_arn=r\ncredential_source=EcsContainer\n"_ba
                                  << u"EcsContainer has no credentials"_s;
    QTest::newRow("itself") << "role_arn=r\nsource_profile=p\n"_ba << u"p → p"_s;
    QTest::newRow("circle") << "role_arn=r\nsource_profile=x\n"_ba << u"p → x → y → p"_s;
    QTest::newRow("circle behind") << "role_arn=r\nsource_profile=z\n"_ba << u"p → z → z"_s;
}

void tst_ProfileCredentials::wrongRoles()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, words);
    AwsHome home;
    home.writeConfig("[profile p]\n" + config
                     + "[profile empty]\nregion=r\n"
                       "[profile x]\nrole_arn=r\nsource_profile=y\n"
                       "[profile y]\nrole_arn=r\nsource_profile=p\n"
                       "[profile z]\nrole_arn=r\nsource_profile=z\n");
    home.writeCredentials(kProfileKeys);
    const Error error = outcomeOf(*profileOf(home, u"p"_s)).error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY2(error.message.contains(words), qPrintable(error.message));
    QVERIFY(!error.nextStep.isEmpty());
    QVERIFY(saysNoSecret(error));
}

void tst_ProfileCredentials::wrongProfiles_data()
{
    QTest::addColumn<QByteArray>("config");
    QTest::addColumn<QString>("words");
    QTest::newRow("missing") << ""_ba << u"There is no AWS profile p."_s;
    QTest::newRow("empty") << "[profile p]\nregion=x\n"_ba << u"has no credentials"_s;
    QTest::newRow("half") << "[profile p]\naws_access_key_id=A\n"_ba << u"aws_secret_access_key"_s;
    QTest::newRow("SSO") << "[profile p]\nsso_account_id=1\n"_ba << u"sso_start_url is missing"_s;
    QTest::newRow("login") << "[profile p]\nlogin_session=arn\n"_ba << u"aws login"_s;
    QTest::newRow("malformed") << "[profile p]\nSECRET\n"_ba << u"line 2"_s;
}

void tst_ProfileCredentials::wrongProfiles()
{
    QFETCH(QByteArray, config);
    QFETCH(QString, words);
    AwsHome home;
    home.writeConfig(config);
    const auto profile = profileOf(home, u"p"_s);
    const Error error = outcomeOf(*profile).error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY2(error.message.contains(words), qPrintable(error.message));
    QVERIFY(!error.nextStep.isEmpty());
    QVERIFY(saysNoSecret(error));
    QVERIFY(!profile->invalidate());
}

void tst_ProfileCredentials::usualProfile()
{
    AwsHome home;
    for (const char *const name : {"default", "one", "two"})
        home.writeCredentials(home.read(u".aws/credentials"_s) + '[' + name
                              + "]\naws_access_key_id=" + name + "\naws_secret_access_key=S\n");
    const auto keyOf = [&home] {
        return outcomeOf(*profileOf(home, u""_s)).credentials.accessKeyId;
    };
    QCOMPARE(keyOf(), u"default"_s);
    home.set(u"AWS_DEFAULT_PROFILE"_s, u"one"_s);
    QCOMPARE(keyOf(), u"one"_s);
    home.set(u"AWS_PROFILE"_s, u"two"_s);
    QCOMPARE(keyOf(), u"two"_s);
    // A profile says nothing about the variables of keys.
    home.set(u"AWS_ACCESS_KEY_ID"_s, u"ENV"_s);
    QCOMPARE(keyOf(), u"two"_s);
}

void tst_ProfileCredentials::commandsAreAskedFor()
{
    AwsHome home;
    const QString tool = home.script(
        u"tool"_s, "echo '{\"Version\":1,\"AccessKeyId\":\"TOOL\",\"SecretAccessKey\":\"S\"}'\n");
    home.writeConfig("[profile p]\ncredential_process=" + tool.toUtf8() + '\n');
    const auto profile = profileOf(home, u"p"_s);
    QVERIFY(!profile->allowsProcesses());
    QCOMPARE(outcomeOf(*profile).error.kind, Error::Kind::InvalidInput);
    int questions = 0;
    connect(profile.get(), &InteractiveSource::interactionRequired, this,
            [&](Interaction *interaction) {
                ++questions;
                interaction->answer();
            });
    QVERIFY(outcomeOf(*profile).credentials.isValid());
    // The answer outlives a change of the file that leaves the command as it is.
    home.writeConfig("[profile p]\nregion=x\ncredential_process=" + tool.toUtf8() + '\n');
    QVERIFY(profile->invalidate());
    QVERIFY(outcomeOf(*profile).credentials.isValid());
    QCOMPARE(questions, 1);
    QSignalSpy changed(profile.get(), &ProfileCredentials::allowProcessesChanged);
    profile->setAllowProcesses(true);
    profile->setAllowProcesses(true);
    QCOMPARE(changed.size(), 1);
}

void tst_ProfileCredentials::mendedFilesAreRead()
{
    AwsHome home;
    home.writeConfig("[profile p]\nrole_arn=r\nsource_profile=gone\n");
    const auto profile = profileOf(home, u"p"_s);
    QVERIFY(outcomeOf(*profile).error.isError());
    home.writeConfig("[profile p]\ncredential_process=/no/such/tool\n");
    profile->setAllowProcesses(true);
    QVERIFY(outcomeOf(*profile).error.message.contains(u"tool"_s));
    home.writeConfig("[profile p]\naws_access_key_id=A\naws_secret_access_key=S\n");
    QCOMPARE(outcomeOf(*profile).credentials.accessKeyId, u"A"_s);
}

void tst_ProfileCredentials::changedKeysAreRead()
{
    AwsHome home;
    home.writeCredentials(kProfileKeys);
    const auto profile = profileOf(home, u"keys"_s);
    QVERIFY(!profile->invalidate());
    QCOMPARE(outcomeOf(*profile).credentials.accessKeyId, u"AKIA1"_s);
    // The same keys once more would be refused once more.
    QVERIFY(!profile->invalidate());
    home.writeCredentials("[keys]\naws_access_key_id = AKIA2\naws_secret_access_key = S\n");
    QVERIFY(profile->invalidate());
    QCOMPARE(outcomeOf(*profile).credentials.accessKeyId, u"AKIA2"_s);
    home.writeCredentials("[keys\n");
    QVERIFY(profile->invalidate());
    QVERIFY(outcomeOf(*profile).error.message.contains(u"line 1"_s));
}

void tst_ProfileCredentials::anotherProfileMeanwhile()
{
    AwsHome home;
    StsServer sts(home);
    sts.secrets.insert("AKIA1", u"KEYSECRET"_s);
    home.writeConfig("[profile p]\nrole_arn=r\nsource_profile=keys\n");
    home.writeCredentials(kProfileKeys);
    const auto profile = profileOf(home, u"p"_s);
    QSignalSpy changed(profile.get(), &ProfileCredentials::profileChanged);
    CredentialsOutcome outcome;
    note(profile->credentials(), &outcome);
    profile->setProfile(u"keys"_s);
    profile->setProfile(u"keys"_s);
    QCOMPARE(changed.size(), 1);
    QTRY_VERIFY(outcome.hasArrived);
    QCOMPARE(outcome.error.kind, Error::Kind::Cancelled);
    QCOMPARE(outcomeOf(*profile).credentials.accessKeyId, u"AKIA1"_s);
}

void tst_ProfileCredentials::regionOfTheProfile()
{
    AwsHome home;
    home.writeConfig("[default]\nregion=eu-west-1\n[profile p]\nregion=eu-west-2\n");
    home.set(u"AWS_REGION"_s, u"us-east-1"_s);
    QCOMPARE(profileOf(home, u"p"_s)->region(), u"eu-west-2"_s);
    QCOMPARE(profileOf(home, u""_s)->region(), u"eu-west-1"_s);
    QCOMPARE(profileOf(home, u"gone"_s)->region(), u""_s);
}

void tst_ProfileCredentials::certificates()
{
    AwsHome home;
    StsServer sts(home);
    sts.secrets.insert("AKIA1", u"KEYSECRET"_s);
    home.write(u"ca.pem"_s, "no certificate");
    home.writeConfig("[profile p]\nrole_arn=r\nsource_profile=keys\nca_bundle=~/ca.pem\n");
    home.writeCredentials(kProfileKeys);
    const Error error = outcomeOf(*profileOf(home, u"p"_s)).error;
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(error.message.contains(u"ca.pem"_s));
    QVERIFY(error.nextStep.contains(u"AWS_CA_BUNDLE"_s));
}

void tst_ProfileCredentials::names()
{
    AwsHome home;
    home.writeConfig("[profile b]\nregion=x\n[default]\n[sso-session s]\nsso_region=x\n");
    home.writeCredentials(kProfileKeys);
    Error error;
    QCOMPARE(ProfileCredentials::profileNames(home.environment, &error),
             (QStringList{u"b"_s, u"default"_s, u"keys"_s}));
    QVERIFY(!error.isError());
    home.writeConfig("rubbish\n");
    QCOMPARE(ProfileCredentials::profileNames(home.environment, &error), QStringList());
    QVERIFY(error.isError());
}

GUILESS_TEST(tst_ProfileCredentials)
#include "tst_profilecredentials.moc"
