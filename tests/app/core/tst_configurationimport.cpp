// SPDX-License-Identifier: Apache-2.0
#include "app/core/import/configurationimport.h"
#include "app/core/profilestore.h"
#include "tests/shared/testrunner.h"

#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestConfigurationImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void amplifyOutputs();
    void amplifyOutputsWithoutApi();
    void awsExports();
    void nativeConfiguration();
    void dartConfiguration();
    void configurationInCode();
    void cdkOutputs();
    void cdkOutputsAsPrinted();
    void cloudFormation();
    void samOutputs();
    void terraform();
    void eventApi();
    void graphqlApi();
    void apiKeys();
    void environment();
    void pasted_data();
    void pasted();
    void pastedSecrets();
    void encodings();
    void placeholders();
    void otherEndpoints();
    void refuses_data();
    void refuses();
    void keepsSecretsOutOfProfiles_data();
    void keepsSecretsOutOfProfiles();
    void scrubsWhereverASecretIs();
};

namespace {

QByteArray fixture(const QString &name)
{
    QFile file(QLatin1StringView(SYNCSCOPE_FIXTURES) + u"/import/"_s + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

ImportResult imported(const QString &name)
{
    const ImportResult result = importConfiguration(fixture(name), u"/some/where/"_s + name);
    if (result.problem.isProblem())
        qWarning("%s", qPrintable(result.problem.message));
    return result;
}

//! The only profile of \a name, or an empty one.
ImportedProfile only(const QString &name)
{
    const ImportResult result = imported(name);
    return result.profiles.size() == 1 ? result.profiles.first() : ImportedProfile();
}

QString aws(QChar id, const QString &region, const QString &path, const QString &infix = {})
{
    return u"%1://%2.appsync-%3api.%4.amazonaws.com%5%6"_s.arg(
        infix.isEmpty() ? u"https"_s : u"wss"_s, QString(26, id), infix, region,
        region.startsWith(u"cn-") ? u".cn"_s : QString(), path);
}

QString all(const QStringList &sentences)
{
    return sentences.join(u' ');
}

} // namespace

void TestConfigurationImport::amplifyOutputs()
{
    const ImportResult result = imported(u"amplify_outputs.json"_s);
    QVERIFY(result.kind.contains(u"Gen 2"));
    QCOMPARE(result.profiles.size(), 1);
    const ImportedProfile &found = result.profiles.first();
    const Profile &p = found.profile;
    QCOMPARE(p.name, u"amplify"_s);
    QCOMPARE(p.endpoint, aws(u'b', u"eu-west-1"_s, u"/event"_s));
    QCOMPARE(p.realtime, QString()); // as derived
    QCOMPARE(p.graphqlEndpoint, aws(u'a', u"eu-west-1"_s, u"/graphql"_s));
    QCOMPARE(p.region, u"eu-west-1"_s);
    QCOMPARE(p.auth, AuthMode::ApiKey);
    QCOMPARE(p.graphqlAuth, AuthMode::UserPool);
    QCOMPARE(p.userPoolId, u"eu-west-1_FakePool1"_s);
    QCOMPARE(p.clientId, u"1fakeclientfakeclientfake1"_s);
    QCOMPARE(p.identityPoolId, u"eu-west-1:00000000-1111-2222-3333-444444444444"_s);
    QCOMPARE(p.domain, u"fake.auth.eu-west-1.amazoncognito.com"_s);
    QCOMPARE(p.scopes, (QStringList{u"openid"_s, u"email"_s}));
    QCOMPARE(p.redirectUris, (QStringList{u"http://localhost:3000/"_s, u"https://app.example/"_s}));
    QCOMPARE(found.secrets,
             (QHash<SecretRole, QString>{
                 {SecretRole::ApiKey, u"da2-fakeeventfakeeventfakeeve1"_s},
                 {SecretRole::GraphqlApiKey, u"da2-fakedatafakedatafakedata01"_s}}));
    QCOMPARE(found.missing.size(), 1);
    QVERIFY(found.missing.first().contains(u"sign in"));
}

void TestConfigurationImport::amplifyOutputsWithoutApi()
{
    const ImportedProfile found = only(u"amplify_outputs-auth.json"_s);
    const Profile &p = found.profile;
    // Found among custom outputs by what it looks like.
    QCOMPARE(p.endpoint, aws(u'c', u"us-east-1"_s, u"/event"_s));
    QCOMPARE(p.auth, AuthMode::UserPool); // since nothing else is there
    QCOMPARE(p.userPoolId, u"us-east-1_FakePool2"_s);
    QVERIFY(found.secrets.isEmpty());

    const ImportResult bare = importConfiguration(
        R"({"version":"1","auth":{"user_pool_id":"us-east-1_FakePool2","aws_region":"us-east-1"}})",
        {});
    QCOMPARE(bare.profiles.size(), 1);
    QVERIFY(all(bare.profiles.first().missing).contains(u"The endpoint, which is not in the file"));
    QVERIFY(all(bare.profiles.first().missing).contains(u"How to sign in"));
}

void TestConfigurationImport::awsExports()
{
    const ImportedProfile found = only(u"aws-exports.js"_s);
    const Profile &p = found.profile;
    QCOMPARE(p.endpoint, aws(u'd', u"eu-central-1"_s, u"/graphql"_s));
    QCOMPARE(p.graphqlEndpoint, QString());
    QCOMPARE(p.auth, AuthMode::ApiKey);
    QCOMPARE(p.region, u"eu-central-1"_s);
    QCOMPARE(p.userPoolId, u"eu-central-1_FakePool3"_s);
    QCOMPARE(p.clientId, u"3fakeclientfakeclientfake3"_s);
    QCOMPARE(p.identityPoolId, u"eu-central-1:00000000-1111-2222-3333-555555555555"_s);
    QCOMPARE(p.domain, u"fake3.auth.eu-central-1.amazoncognito.com"_s);
    QCOMPARE(p.scopes, (QStringList{u"phone"_s, u"openid"_s}));
    QCOMPARE(p.redirectUris, (QStringList{u"http://localhost:3000/"_s, u"myapp://callback/"_s}));
    QCOMPARE(found.secrets.value(SecretRole::ApiKey), u"da2-fakeexportfakeexportfake01"_s);
    QVERIFY2(found.missing.isEmpty(), qPrintable(all(found.missing)));
    QVERIFY(found.notes.isEmpty());
    // The same object as JSON, as the web's amplifyconfiguration.json.
    QByteArray json = fixture(u"aws-exports.js"_s);
    json = json.mid(json.indexOf('{'), json.lastIndexOf('}') + 1 - json.indexOf('{'));
    const ImportResult asJson = importConfiguration(json, u"amplifyconfiguration.json"_s);
    QCOMPARE(asJson.profiles.size(), 1);
    QVERIFY(asJson.profiles.first().profile == p);
}

void TestConfigurationImport::nativeConfiguration()
{
    const ImportedProfile found = only(u"amplifyconfiguration.json"_s);
    const Profile &p = found.profile;
    QCOMPARE(p.name, u"ptarmigan"_s); // and not the REST API
    QCOMPARE(p.endpoint, aws(u'e', u"ap-south-1"_s, u"/graphql"_s));
    QCOMPARE(p.auth, AuthMode::UserPool);
    QCOMPARE(p.userPoolId, u"ap-south-1_FakePool4"_s);
    QCOMPARE(p.clientId, u"4fakeclientfakeclientfake4"_s);
    QCOMPARE(p.identityPoolId, u"ap-south-1:00000000-1111-2222-3333-666666666666"_s);
    QCOMPARE(p.domain, u"fake4.auth.ap-south-1.amazoncognito.com"_s);
    QCOMPARE(p.redirectUris, (QStringList{u"myapp://callback"_s, u"http://localhost:3000/"_s}));
    QCOMPARE(found.secrets.value(SecretRole::ClientSecret),
             u"fakesecretfakesecretfakesecretfakesecretfakesecret4"_s);
}

void TestConfigurationImport::dartConfiguration()
{
    const ImportedProfile found = only(u"amplifyconfiguration.dart"_s);
    QCOMPARE(found.profile.endpoint, aws(u'f', u"eu-west-1"_s, u"/graphql"_s));
    QCOMPARE(found.profile.auth, AuthMode::ApiKey);
    QCOMPARE(found.secrets.value(SecretRole::ApiKey), u"da2-fakedartfakedartfakedart01"_s);
}

void TestConfigurationImport::configurationInCode()
{
    const ImportedProfile found = only(u"configure.ts"_s);
    const Profile &p = found.profile;
    QCOMPARE(p.endpoint, aws(u'g', u"eu-west-2"_s, u"/event"_s));
    QCOMPARE(p.auth, AuthMode::UserPool);
    QCOMPARE(p.clientId, u"5fakeclientfakeclientfake5"_s);
    QCOMPARE(p.userPoolId, QString());
    const QString notes = all(found.notes);
    QVERIFY2(notes.contains(u"Line 12: the program works out userPoolId, which was left out"),
             qPrintable(notes));
    QVERIFY2(notes.contains(u"Line 13: the program works out userPoolClientId; its fallback"),
             qPrintable(notes));
    QVERIFY(all(found.missing).contains(u"The id of the user pool."));
}

void TestConfigurationImport::cdkOutputs()
{
    const ImportResult result = imported(u"cdk-outputs.json"_s);
    QVERIFY(result.kind.contains(u"CDK"));
    QCOMPARE(result.profiles.size(), 2);
    const Profile &chat = result.profiles.at(0).profile;
    QCOMPARE(chat.name, u"ChatStack"_s);
    QCOMPARE(chat.endpoint, aws(u'h', u"eu-north-1"_s, u"/event"_s));
    QCOMPARE(chat.realtime, QString());
    QCOMPARE(chat.auth, AuthMode::ApiKey);
    QCOMPARE(result.profiles.at(0).secrets.value(SecretRole::ApiKey),
             u"da2-fakecdkfakecdkfakecdkfake1"_s);
    const Profile &orders = result.profiles.at(1).profile;
    QCOMPARE(orders.name, u"OrdersStack"_s);
    QCOMPARE(orders.endpoint, aws(u'j', u"eu-north-1"_s, u"/graphql"_s));
    QCOMPARE(orders.auth, AuthMode::UserPool);
    QVERIFY(result.profiles.at(1).secrets.isEmpty()); // the key of the other API is not its
    for (const Profile &profile : {chat, orders}) {
        QCOMPARE(profile.userPoolId, u"eu-north-1_FakePool6"_s);
        QCOMPARE(profile.clientId, u"6fakeclientfakeclientfake6"_s);
    }
}

void TestConfigurationImport::cdkOutputsAsPrinted()
{
    const ImportedProfile found = only(u"cdk-deploy.txt"_s);
    QCOMPARE(found.profile.endpoint, aws(u'p', u"us-east-2"_s, u"/event"_s));
    QCOMPARE(found.secrets.value(SecretRole::ApiKey), u"da2-fakeoutfakeoutfakeoutfake1"_s);
}

void TestConfigurationImport::cloudFormation()
{
    const ImportedProfile found = only(u"describe-stacks.json"_s);
    const Profile &p = found.profile;
    QCOMPARE(p.name, u"game"_s);
    QCOMPARE(p.endpoint, u"https://api.game.example/graphql"_s);
    QCOMPARE(p.realtime, u"wss://live.game.example/graphql/realtime"_s);
    QCOMPARE(p.region, u"sa-east-1"_s); // of the ARN: the domain does not tell
    QCOMPARE(p.userPoolId, u"sa-east-1_FakePool7"_s);
    QCOMPARE(p.clientId, u"7fakeclientfakeclientfake7"_s);
    QCOMPARE(p.domain, u"fake7.auth.sa-east-1.amazoncognito.com"_s);
    QCOMPARE(p.auth, AuthMode::UserPool);
}

void TestConfigurationImport::samOutputs()
{
    const ImportResult result = importConfiguration(
        R"([{"OutputKey":"Url","OutputValue":"https://rrrrrrrrrrrrrrrrrrrrrrrrrr.appsync-api.us-east-1.amazonaws.com/event","Description":"x"}])",
        u"outputs.json"_s);
    QCOMPARE(result.profiles.size(), 1);
    QCOMPARE(result.profiles.first().profile.endpoint, aws(u'r', u"us-east-1"_s, u"/event"_s));
}

void TestConfigurationImport::terraform()
{
    const ImportedProfile found = only(u"terraform-output.json"_s);
    QCOMPARE(found.profile.endpoint, aws(u'q', u"us-east-1"_s, u"/graphql"_s));
    QCOMPARE(found.secrets.value(SecretRole::ApiKey), u"da2-faketffaketffaketffaketf01"_s);
}

void TestConfigurationImport::eventApi()
{
    const ImportedProfile found = only(u"get-api.json"_s);
    const Profile &p = found.profile;
    QCOMPARE(p.name, u"chat prod"_s);
    QCOMPARE(p.endpoint, aws(u'l', u"us-west-2"_s, u"/event"_s));
    QCOMPARE(p.realtime, QString());
    QCOMPARE(p.region, u"us-west-2"_s);
    QVERIFY(!p.auth); // no mode is good for all three
    QCOMPARE(p.connectAuth, AuthMode::ApiKey);
    QCOMPARE(p.publishAuth, AuthMode::UserPool);
    QCOMPARE(p.subscribeAuth, AuthMode::Oidc);
    QCOMPARE(p.userPoolId, u"us-west-2_FakePool8"_s);
    QCOMPARE(p.issuer, u"https://issuer.example/"_s);
    QCOMPARE(p.clientId, QString()); // of several
    QVERIFY2(all(found.missing).contains(u"list-api-keys --api-id kkkkkkkkkkkkkkkkkkkkkkkkkk"),
             qPrintable(all(found.missing)));
    QVERIFY(all(found.missing).contains(u"app client"));
    QVERIFY(all(found.notes).contains(u"takes to connect: api-key, user-pool"));

    // One mode for all is the profile's.
    const ImportResult simple = importConfiguration(
        R"({"api":{"name":"a","dns":{"HTTP":"llllllllllllllllllllllllll.appsync-api.us-west-2.amazonaws.com"},
            "eventConfig":{"connectionAuthModes":[{"authType":"API_KEY"},{"authType":"AWS_IAM"}],
            "defaultPublishAuthModes":[{"authType":"AWS_IAM"}],"defaultSubscribeAuthModes":[{"authType":"AWS_IAM"}]}}})",
        {});
    QCOMPARE(simple.profiles.value(0).profile.auth, AuthMode::Iam);
    QVERIFY(all(simple.profiles.value(0).missing).contains(u"AWS credentials"));
}

void TestConfigurationImport::graphqlApi()
{
    const ImportedProfile found = only(u"get-graphql-api.json"_s);
    const Profile &p = found.profile;
    QCOMPARE(p.name, u"orders"_s);
    QCOMPARE(p.endpoint, aws(u'n', u"cn-north-1"_s, u"/graphql"_s));
    QCOMPARE(p.auth, AuthMode::Lambda);
    QCOMPARE(p.region, u"cn-north-1"_s);
    QCOMPARE(p.issuer, u"https://issuer.example/"_s);
    QCOMPARE(p.clientId, u"console"_s);
    QVERIFY(all(found.missing).contains(u"Lambda authorizer"));
    QVERIFY(all(found.notes).contains(u"also takes: api-key, oidc"));
    QVERIFY(all(found.notes).contains(u"private"));
}

void TestConfigurationImport::apiKeys()
{
    const ImportedProfile found = only(u"list-api-keys.json"_s);
    QCOMPARE(found.secrets.value(SecretRole::ApiKey), u"da2-fakenewfakenewfakenewfake1"_s);
    QCOMPARE(found.profile.apiKeyExpiresAt, QDateTime::fromSecsSinceEpoch(1800000000).toUTC());
    QCOMPARE(found.profile.auth, AuthMode::ApiKey);
    QVERIFY(all(found.missing).contains(u"endpoint"));
    QVERIFY(all(found.notes).contains(u"Of 2 API keys"));
}

void TestConfigurationImport::environment()
{
    for (const QString &name : {u".env"_s, u".env.production"_s}) {
        const ImportResult result = importConfiguration(fixture(u"env"_s), u"/x/"_s + name);
        QCOMPARE(result.profiles.size(), 1);
        const ImportedProfile &found = result.profiles.first();
        const Profile &p = found.profile;
        QCOMPARE(p.name, name == u".env" ? u"env"_s : u"production"_s);
        QCOMPARE(p.endpoint, aws(u'o', u"eu-west-3"_s, u"/event"_s));
        QCOMPARE(p.auth, AuthMode::ApiKey);
        QCOMPARE(p.userPoolId, u"eu-west-3_FakePool9"_s);
        QCOMPARE(p.clientId, u"9fakeclientfakeclientfake9"_s); // and not Google's
        QCOMPARE(p.accessKeyId, u"AKIAIOSFODNN7EXAMPLE"_s);
        QCOMPARE(found.secrets.size(), 3);
        QCOMPARE(found.secrets.value(SecretRole::ApiKey), u"da2-fakeenvfakeenvfakeenvfake1"_s);
        QCOMPARE(found.secrets.value(SecretRole::SecretAccessKey),
                 u"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"_s);
        QVERIFY(found.secrets.contains(SecretRole::ClientSecret));
    }
    const ImportResult own =
        importConfiguration("SYNCSCOPE_ENDPOINT=http://127.0.0.1:8787/"
                            "event\r\nSYNCSCOPE_TOKEN=eyJfake.eyJfake.fake\r\n",
                            {});
    QCOMPARE(own.profiles.value(0).profile.endpoint, u"http://127.0.0.1:8787/event"_s);
    QCOMPARE(own.profiles.value(0).secrets.value(SecretRole::Token), u"eyJfake.eyJfake.fake"_s);
}

void TestConfigurationImport::pasted_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("endpoint");
    QTest::addColumn<QString>("realtime");
    QTest::addColumn<QString>("name");
    const QString http = aws(u'a', u"eu-west-1"_s, u"/event"_s);
    const QString name = u"eu-west-1 aaaaaa"_s;
    QTest::newRow("HTTP") << http << http << u""_s << name;
    QTest::newRow("realtime") << aws(u'a', u"eu-west-1"_s, u"/event/realtime"_s, u"realtime-"_s)
                              << http << u""_s << name;
    QTest::newRow("with its query")
        << aws(u'a', u"eu-west-1"_s, u"/event/realtime"_s, u"realtime-"_s)
            + u"?header=eyJ=&payload=e30="_s
        << http << u""_s << name;
    QTest::newRow("host") << u"\n "_s + QString(26, u'a')
            + u".appsync-api.eu-west-1.amazonaws.com\n"_s
                          << http << u""_s << name;
    QTest::newRow("GraphQL") << u"https://api.example/graphql"_s << u"https://api.example/graphql"_s
                             << u""_s << u"api.example"_s;
    QTest::newRow("sandbox") << u"http://127.0.0.1:8787/event"_s << u"http://127.0.0.1:8787/event"_s
                             << u""_s << u"127.0.0.1"_s;
}

void TestConfigurationImport::pasted()
{
    QFETCH(QString, text);
    const ImportResult result = importConfiguration(text.toUtf8(), {});
    QVERIFY2(!result.problem.isProblem(), qPrintable(result.problem.message));
    QVERIFY(result.kind.startsWith(u"URL of"));
    QCOMPARE(result.profiles.size(), 1);
    const Profile &p = result.profiles.first().profile;
    QTEST(p.endpoint, "endpoint");
    QTEST(p.realtime, "realtime");
    QTEST(p.name, "name");
    QVERIFY(all(result.profiles.first().missing).contains(u"How to sign in"));
}

void TestConfigurationImport::pastedSecrets()
{
    const ImportResult key = importConfiguration("da2-fakefakefakefakefakefake01", {});
    QCOMPARE(key.profiles.value(0).secrets.value(SecretRole::ApiKey),
             u"da2-fakefakefakefakefakefake01"_s);
    const ImportResult token =
        importConfiguration("eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.sig-_x", {});
    QVERIFY(token.profiles.value(0).secrets.contains(SecretRole::Token));
    // Something that cannot be told is not repeated.
    for (const QByteArray &text : {QByteArray("hunter2secret"), QByteArray("pass:word@host")}) {
        const ImportResult other = importConfiguration(text, {});
        QVERIFY(other.problem.isProblem());
        QVERIFY2(!other.problem.message.contains(QString::fromUtf8(text)),
                 qPrintable(other.problem.message));
        QVERIFY(!other.problem.message.isEmpty() && !other.problem.nextStep.isEmpty());
    }
}

void TestConfigurationImport::encodings()
{
    const QByteArray utf8 = fixture(u"get-api.json"_s);
    const Profile expected = only(u"get-api.json"_s).profile;
    QByteArray crlf = utf8;
    crlf.replace("\n", "\r\n");
    const QString text = QString::fromUtf8(utf8);
    QByteArray utf16("\xff\xfe");
    utf16.append(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
    for (const QByteArray &bytes : {"\xef\xbb\xbf" + utf8, crlf, utf16}) {
        const ImportResult result = importConfiguration(bytes, u"get-api.json"_s);
        QVERIFY2(result.profiles.size() == 1, qPrintable(result.problem.message));
        QVERIFY(result.profiles.first().profile == expected);
    }
    QByteArray exports = "\xef\xbb\xbf" + fixture(u"aws-exports.js"_s);
    exports.replace("\n", "\r\n");
    QVERIFY(importConfiguration(exports, u"aws-exports.js"_s).profiles.value(0).profile
            == only(u"aws-exports.js"_s).profile);
}

void TestConfigurationImport::placeholders()
{
    const ImportResult result = importConfiguration(
        R"(export default { aws_project_region: 'eu-west-1', aws_appsync_graphqlEndpoint: 'your api here',
            aws_appsync_apiKey: "null", aws_appsync_authenticationType: 'API_KEY' })",
        u"aws-exports.js"_s);
    QCOMPARE(result.profiles.size(), 1);
    const ImportedProfile &found = result.profiles.first();
    QVERIFY(found.profile.endpoint.isEmpty());
    QVERIFY(found.secrets.isEmpty());
    QVERIFY2(all(found.missing).contains(u"what is given there is not one"),
             qPrintable(all(found.missing)));
    QVERIFY(all(found.missing).contains(u"The API key."));
}

void TestConfigurationImport::otherEndpoints()
{
    const QByteArray first = aws(u'a', u"eu-west-1"_s, u"/event"_s).toUtf8();
    const QByteArray second = aws(u'b', u"eu-west-1"_s, u"/event"_s).toUtf8();
    const ImportResult result = importConfiguration(
        "A_EVENTS=" + first + "\nB_EVENTS=" + second + "\nC_EVENTS=" + first + '\n', u".env"_s);
    QCOMPARE(result.profiles.size(), 1);
    QCOMPARE(result.profiles.first().profile.endpoint.toUtf8(), first);
    QCOMPARE(result.profiles.first().notes,
             QStringList{u"Another endpoint was left out: "_s + QString::fromUtf8(second)});
}

void TestConfigurationImport::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *name, const QByteArray &text, const QString &words) {
        QTest::newRow(name) << text << words;
    };
    row("nothing", "", u"file.x is empty"_s);
    row("space", " \r\n\t", u"file.x is empty"_s);
    row("byte order mark alone", "\xef\xbb\xbf", u"file.x is empty"_s);
    row("bytes", QByteArray("\0\1\2\xff", 4), u"is not a text"_s);
    row("not UTF-8", "{\"a\": \"\xff\xfe\"}", u"is not a text"_s);
    row("huge", QByteArray(17 * 1024 * 1024, ' '), u"larger than 16 MiB"_s);
    row("cut JSON", "{\n  \"version\": \"1\",\n  \"auth\": {", u"file.x:3:12: "_s);
    row("JSON with a fault", "{\r\n \"a\": 1,\r\n \"b\" 2}", u"file.x:3:6: "_s);
    row("column as editors count", "{\"ü😀\": x}", u"file.x:1:9: "_s);
    row("deep", QByteArray("[").repeated(100'000) + QByteArray("]").repeated(100'000),
        u"file.x:1:"_s);
    row("deep and cut", QByteArray("{\"a\":").repeated(1'000'000), u"file.x:1:"_s);
    row("code with a fault", "const awsmobile = {\n  a: 1\n  b: 2\n}", u"file.x:3:3: "_s);
    row("other JSON", R"({"name": "x", "dependencies": {"y": "1"}})", u"nothing of AppSync"_s);
    row("number", "[1, 2]", u"nothing of AppSync"_s);
    row("other variables", "A=1\nB=2\n", u"nothing of AppSync"_s);
    row("other stacks", R"({"S": {"Url": "https://d1.cloudfront.net"}})", u"nothing of AppSync"_s);
    row("a letter", "Dear all,\nthis is it.", u"none of the files"_s);
    row("program", "#!/bin/sh\nrm -rf $HOME\n", u"none of the files"_s);
    row("profiles", R"({"version": 1, "profiles": []})", u"file of profiles already"_s);
    row("ARN", "arn:aws:appsync:eu-west-1:123456789012:apis/x", u"ARN"_s);
    row("insecure", "http://api.example/event", u"Plain text"_s);
}

void TestConfigurationImport::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    const ImportResult result = importConfiguration(text, u"/some/file.x"_s);
    QVERIFY(result.profiles.isEmpty());
    QCOMPARE(result.problem.kind, Problem::Kind::File);
    QVERIFY2(result.problem.message.contains(words), qPrintable(result.problem.message));
    QVERIFY(!result.problem.nextStep.isEmpty());
}

void TestConfigurationImport::keepsSecretsOutOfProfiles_data()
{
    QTest::addColumn<QString>("name");
    QDirIterator files(QLatin1StringView(SYNCSCOPE_FIXTURES) + u"/import"_s, QDir::Files);
    while (files.hasNext()) {
        files.next();
        QTest::newRow(qPrintable(files.fileName())) << files.fileName();
    }
}

void TestConfigurationImport::keepsSecretsOutOfProfiles()
{
    QFETCH(QString, name);
    const ImportResult result = imported(name);
    QVERIFY(!result.profiles.isEmpty());
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"profiles.json"_s);
    QStringList secrets;
    for (const ImportedProfile &found : result.profiles) {
        Problem problem;
        Profile profile = found.profile;
        profile.name = ProfileStore::load(path, &problem)->freeName(profile.name);
        for (auto it = found.secrets.begin(); it != found.secrets.end(); ++it) {
            profile.secret(it.key()) = {SecretReference::Place::Keychain,
                                        u"k/"_s + toText(it.key())};
            secrets.append(it.value());
        }
        problem = ProfileStore::add(path, profile);
        QVERIFY2(!problem.isProblem(), qPrintable(problem.message));
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    for (const QString &secret : std::as_const(secrets))
        QVERIFY2(!text.contains(secret.toUtf8()), qPrintable(secret));
    QVERIFY(!text.contains("da2-") && !text.contains("fakesecret"));
}

void TestConfigurationImport::scrubsWhereverASecretIs()
{
    const QByteArray key = "da2-fakefakefakefakefakefake01";
    const ImportResult result =
        importConfiguration("{\"" + key + "\":{\"k\":\"" + key + "\",\"u\":\"https://api.example/"
                                + key + "/event\",\"oidcClientId\":\"x" + key + "\"}}",
                            {});
    QCOMPARE(result.profiles.size(), 1);
    const ImportedProfile &found = result.profiles.first();
    QCOMPARE(found.secrets.value(SecretRole::ApiKey).toUtf8(), key);
    QCOMPARE(found.profile.name, u"profile"_s);
    QCOMPARE(found.profile.endpoint, QString());
    QCOMPARE(found.profile.clientId, QString());
    QVERIFY(all(found.notes).contains(u"contains a secret was left out"));
}

GUILESS_TEST(TestConfigurationImport)
#include "tst_configurationimport.moc"
