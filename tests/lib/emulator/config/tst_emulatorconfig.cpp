// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>
#include <AppSync/EmulatorConfig>

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using AppSync::Emulator;
using AppSync::EmulatorConfig;

class TestEmulatorConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads();
    void graphQl();
    void emptyKeepsDefaults();
    void refuses_data();
    void refuses();
    void providers();
    void secretsOfVariables();
    void pathsStartAtItsFolder();
    void examples_data();
    void examples();
    void schemaNamesWhatIsKnown();
    void schemaHasTheSameValues();
};

namespace {

const QString kExamples = QStringLiteral(SYNCSCOPE_FIXTURES "/../../resources/emulator/");

QByteArray contentsOf(const QString &name)
{
    QFile file(kExamples + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString problemOf(const QJsonValue &document)
{
    Emulator::Options options;
    const auto problem = EmulatorConfig::read(
        kExamples + u"full.json"_s, QJsonDocument(document.toObject()).toJson(), &options);
    return problem ? problem->reason : QString();
}

//! \a document with \a value at \a path; undefined: without it.
QJsonValue with(const QJsonValue &document, QStringList path, const QJsonValue &value)
{
    if (path.isEmpty())
        return value;
    const QString key = path.takeFirst();
    if (document.isArray()) {
        QJsonArray array = document.toArray();
        array[key.toInt()] = with(array.at(key.toInt()), path, value);
        return array;
    }
    QJsonObject object = document.toObject();
    const QJsonValue changed = with(object.value(key), path, value);
    if (changed.isUndefined())
        object.remove(key);
    else
        object.insert(key, changed);
    return object;
}

//! Walks through an example along its schema.
class SchemaWalk {
public:
    using Visit = std::function<void(const QStringList &path, const QJsonObject &schema,
                                     const QJsonValue &value)>;

    SchemaWalk() : m_schema(QJsonDocument::fromJson(contentsOf(u"emulator.schema.json"_s)).object())
    {
    }

    void walk(const QJsonValue &value, const Visit &visit) const
    {
        walk({}, m_schema, value, visit);
    }

private:
    void walk(const QStringList &path, const QJsonObject &given, const QJsonValue &value,
              const Visit &visit) const
    {
        const QJsonObject schema = resolved(given, value);
        visit(path, schema, value);
        const QJsonObject properties = schema.value("properties"_L1).toObject();
        const QJsonObject object = value.toObject();
        for (auto it = properties.begin(); it != properties.end(); ++it) {
            if (object.contains(it.key()))
                walk(path + QStringList{it.key()}, it.value().toObject(), object.value(it.key()),
                     visit);
        }
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size() && schema.contains("items"_L1); ++i)
            walk(path + QStringList{QString::number(i)}, schema.value("items"_L1).toObject(),
                 array.at(i), visit);
    }

    //! Follows a reference, and chooses the alternative that suits \a value.
    QJsonObject resolved(const QJsonObject &schema, const QJsonValue &value) const
    {
        if (schema.contains("$ref"_L1)) {
            const QString name = schema.value("$ref"_L1).toString().section(u'/', -1);
            return resolved(m_schema.value("$defs"_L1).toObject().value(name).toObject(), value);
        }
        const QJsonArray alternatives = schema.value("anyOf"_L1).toArray();
        for (const QJsonValue alternative : alternatives) {
            if ((alternative.toObject().value("type"_L1) == "object"_L1) == value.isObject())
                return alternative.toObject();
        }
        return schema;
    }

    const QJsonObject m_schema;
};

} // namespace

void TestEmulatorConfig::reads()
{
    Emulator::Options options;
    const auto problem = EmulatorConfig::read(u"c.json"_s, R"({
        "eventConfig": {
            "connectionAuthModes": [{"authType": "API_KEY"}],
            "defaultPublishAuthModes": [{"authType": "AMAZON_COGNITO_USER_POOLS"}, {"authType": "OPENID_CONNECT"}],
            "defaultSubscribeAuthModes": [{"authType": "API_KEY"}, {"authType": "AWS_IAM"}]},
        "channelNamespaces": [
            {"name": "game"},
            {"name": "open", "publishAuthModes": [{"authType": "API_KEY"}],
             "subscribeAuthModes": [{"authType": "OPENID_CONNECT"}]}],
        "emulator": {"port": 4001, "keepAliveIntervalMs": 50, "connectionTimeoutMs": 2000, "limits": "aws"}})",
                                              &options);
    QVERIFY2(!problem, qPrintable(problem ? problem->toString() : QString()));
    using Modes = QList<Emulator::AuthMode>;
    QCOMPARE(options.connectModes, Modes{Emulator::AuthMode::ApiKey});
    QCOMPARE(options.namespaces.size(), 2);
    QCOMPARE(options.namespaces.at(0).name, u"game"_s);
    QCOMPARE(options.namespaces.at(0).publish,
             (Modes{Emulator::AuthMode::UserPool, Emulator::AuthMode::Oidc}));
    QCOMPARE(options.namespaces.at(0).subscribe,
             (Modes{Emulator::AuthMode::ApiKey, Emulator::AuthMode::Iam}));
    QCOMPARE(options.namespaces.at(1).publish, Modes{Emulator::AuthMode::ApiKey});
    QCOMPARE(options.namespaces.at(1).subscribe, Modes{Emulator::AuthMode::Oidc});
    QCOMPARE(options.port, quint16(4001));
    QCOMPARE(options.keepAliveInterval, 50ms);
    QCOMPARE(options.connectionTimeout, 2000ms);
    QVERIFY(options.limits == Emulator::Limits::aws());
}

void TestEmulatorConfig::graphQl()
{
    Emulator::Options options;
    const auto problem = EmulatorConfig::read(u"c.json"_s, R"({
        "graphqlApi": {"authenticationType": "AWS_IAM", "introspectionConfig": "DISABLED",
                       "additionalAuthenticationProviders": [{"authenticationType": "API_KEY"}],
                       "queryDepthLimit": 7},
        "emulator": {
            "limits": {"graphqlSubscriptionsPerConnection": 3, "graphqlPayloadBytes": 1000},
            "dataSources": [{"name": "t", "table": {"partitionKey": "k", "sortKey": "s"}}],
            "resolvers": {"Query.a": {"code": "1", "dataSource": "t"},
                          "Query.b": {"code": "2", "functions": [
                              {"code": "3", "dataSource": "t"}, {"code": "4"}]}}}})",
                                              &options);
    QVERIFY2(!problem, qPrintable(problem ? problem->toString() : QString()));
    using Mode = Emulator::AuthMode;
    const Emulator::GraphQl &settings = options.graphQl;
    QCOMPARE(settings.defaultMode, Mode::Iam);
    QCOMPARE(settings.modes, (QList{Mode::Iam, Mode::ApiKey}));
    QVERIFY(!settings.introspection);
    QCOMPARE(settings.queryDepthLimit, 7);
    QCOMPARE(settings.resolverCountLimit, 10'000);
    QCOMPARE(settings.resolvers.value(u"Query.a"_s).dataSource, u"t"_s);
    QVERIFY(settings.resolvers.value(u"Query.a"_s).functions.isEmpty());
    const auto functions = settings.resolvers.value(u"Query.b"_s).functions;
    QCOMPARE(functions.size(), 2);
    QCOMPARE(functions.at(0).dataSource, u"t"_s);
    QCOMPARE(functions.at(1).code, u"4"_s);
    QCOMPARE(options.dataSources.at(0).kind, Emulator::DataSource::Kind::Table);
    QCOMPARE(options.dataSources.at(0).partitionKey, u"k"_s);
    QCOMPARE(options.dataSources.at(0).sortKey, u"s"_s);
    QCOMPARE(options.limits.graphQlSubscriptionsPerConnection, 3);
    QCOMPARE(options.limits.graphQlPayloadBytes, 1000);
}

void TestEmulatorConfig::emptyKeepsDefaults()
{
    Emulator::Options options;
    options.port = 7;
    QVERIFY(!EmulatorConfig::read(u"c"_s, "{}", &options));
    QCOMPARE(options.port, quint16(7));
    QVERIFY(options.namespaces.isEmpty());
}

void TestEmulatorConfig::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("where");
    const auto row = [](const char *name, const QByteArray &text, const QString &where) {
        QTest::newRow(name) << text << where;
    };
    row("not JSON", "{\n,}", u"c.json:2: "_s);
    row("empty", "", u"c.json:1: "_s);
    row("array", "[]", u"a JSON object"_s);
    row("unknown at the top", "{\n\"channels\":[]}", u"c.json:2: \"channels\" is not known"_s);
    row("unknown below", "{\"emulator\":{\"port\":1,\n\"prot\":2}}",
        u"c.json:2: \"prot\" is not known"_s);
    row("unknown in a namespace",
        "{\"channelNamespaces\":[\n{\"name\":\"a\"},\n{\"name\":\"b\",\n\"code\":\"\"}]}",
        u"c.json:4: \"code\""_s);
    row("unknown in a mode",
        "{\"eventConfig\":{\"connectionAuthModes\":[{\"authType\":\"API_KEY\",\n\"x\":1}]}}",
        u"c.json:2: \"x\""_s);
    row("no object", "{\"emulator\":\n1}", u"\"emulator\" must be an object"_s);
    row("no array", "{\"channelNamespaces\":{}}", u"must be an array"_s);
    row("no namespaces", "{\"channelNamespaces\":[]}", u"at least one"_s);
    row("no name", "{\"channelNamespaces\":[{}]}", u"\"name\" of at least"_s);
    row("bad name", "{\"channelNamespaces\":[{\"name\":\"a/b\"}]}", u"needs a \"name\""_s);
    row("wildcard name", "{\"channelNamespaces\":[{\"name\":\"*\"}]}", u"needs a \"name\""_s);
    row("same name", "{\"channelNamespaces\":[{\"name\":\"a\"},\n{\"name\":\"a\"}]}",
        u"c.json:2: the namespace \"a\""_s);
    row("no modes", "{\"channelNamespaces\":[{\"name\":\"a\",\"publishAuthModes\":[]}]}",
        u"publishAuthModes"_s);
    row("unknown mode", "{\"eventConfig\":{\"connectionAuthModes\":[\n{\"authType\":\"KEY\"}]}}",
        u"c.json:2: "_s);
    row("mode without a provider",
        "{\"eventConfig\":{\"authProviders\":[{\"authType\":\"API_KEY\"}],\n"
        "\"connectionAuthModes\":[\n{\"authType\":\"AWS_IAM\"}]}}",
        u"c.json:3: AWS_IAM is not among the authProviders"_s);
    row("nothing to call",
        "{\"eventConfig\":{\"authProviders\":[\n{\"authType\":\"AWS_LAMBDA\"}]}}",
        u"c.json:2: AWS_LAMBDA needs \"lambdaAuthorizer\""_s);
    row("two API key providers",
        "{\"eventConfig\":{\"authProviders\":[{\"authType\":\"API_KEY\"},\n{\"authType\":\"API_"
        "KEY\"}]}}",
        u"c.json:2: one provider of type API_KEY"_s);
    row("keys of nobody",
        "{\"eventConfig\":{\"authProviders\":[{\"authType\":\"API_KEY\"}]},\n"
        "\"emulator\":{\"tokenProviders\":[{\"issuer\":\"urn:a\",\"jwks\":{\"keys\":[]}}]}}",
        u"c.json:2: no provider"_s);
    row("no keys",
        "{\"eventConfig\":{\"authProviders\":[\n{\"authType\":\"OPENID_CONNECT\","
        "\"openIDConnectConfig\":{\"issuer\":\"urn:a\"}}]}}",
        u"c.json:2: the issuer urn:a is no web address"_s);
    row("no such file",
        "{\"emulator\":{\"tokenProviders\":[{\"issuer\":\"a\",\n\"jwksFile\":\"none\"}]}}",
        u"c.json:2: there is no readable file"_s);
    row("two ways of keys",
        "{\"emulator\":{\"tokenProviders\":[{\"issuer\":\"a\",\"jwks\":{\"keys\":[]},"
        "\"jwksUrl\":\"https://a\"}]}}",
        u"one of \"jwks\""_s);
    row("same key", "{\"apiKeys\":[{\"id\":\"da2-a\"},\n{\"id\":\"da2-a\"}]}",
        u"c.json:2: this key is there twice"_s);
    row("pattern",
        "{\"eventConfig\":{\"authProviders\":[{\"authType\":\"AWS_LAMBDA\",\n"
        "\"lambdaAuthorizerConfig\":{\n\"identityValidationExpression\":\"(\"}}]}}",
        u"c.json:3: \"identityValidationExpression\" is no regular expression"_s);
    row("fault", "{\"emulator\":{\n\"faults\":{\"neverAnswer\":true}}}", u"c.json:2: "_s);
    row("direct handler",
        "{\"channelNamespaces\":[{\"name\":\"a\",\"handlerConfigs\":{\"onPublish\":{\n"
        "\"behavior\":\"DIRECT\"}}}]}",
        u"c.json:2: \"behavior\" must be one of CODE"_s);
    row("no such data source",
        "{\"channelNamespaces\":[{\"name\":\"a\",\"handlerConfigs\":{\"onPublish\":{\n"
        "\"behavior\":\"CODE\",\"integration\":{\"dataSourceName\":\"b\"}}}}]}",
        u"c.json:2: none of \"dataSources\" in \"emulator\" is called b"_s);
    row("two data sources of a name",
        "{\"emulator\":{\"dataSources\":[{\"name\":\"a\",\"table\":{}},\n"
        "{\"name\":\"a\",\"table\":{}}]}}",
        u"c.json:2: the data source a is there twice"_s);
    row("data source that is not on the web",
        "{\"emulator\":{\"dataSources\":[{\"name\":\"a\",\n\"endpoint\":\"ftp://a\"}]}}",
        u"c.json:2: \"endpoint\" must be a URL"_s);
    row("no such program", "{\"emulator\":{\"lambdaAuthorizer\":{\n\"command\":[\"./none\"]}}}",
        u"c.json:2: there is no program "_s);
    row("unset variable", "{\"apiKeys\":[{\"id\":\n{\"env\":\"SYNCSCOPE_NO_SUCH_THING\"}}]}",
        u"c.json:2: the variable SYNCSCOPE_NO_SUCH_THING is not set"_s);
    row("one file of TLS",
        "{\"emulator\":{\n\"tlsCertFile\":\"" SYNCSCOPE_FIXTURES "/../CMakeLists.txt\"}}",
        u"c.json:2: \"tlsCertFile\" and"_s);
    row("config of another type",
        "{\"eventConfig\":{\"authProviders\":[{\"authType\":\"API_KEY\",\n\"cognitoConfig\":{}}]}}",
        u"c.json:2: \"cognitoConfig\" belongs to AMAZON_COGNITO_USER_POOLS"_s);
    row("port", "{\"emulator\":{\"port\":70000}}", u"from 0 to 65535"_s);
    row("fraction", "{\"emulator\":{\"port\":1.5}}", u"whole number"_s);
    row("text for a number", "{\"emulator\":{\"keepAliveIntervalMs\":\"1\"}}", u"whole number"_s);
    row("limits", "{\"emulator\":{\"limits\":\"none\"}}", u"relaxed"_s);
    row("GraphQL without a mode", "{\n\"graphqlApi\":{}}",
        u"c.json:2: an \"authenticationType\""_s);
    row("resolver without code", "{\"emulator\":{\"resolvers\":{\n\"Query.a\":{}}}}",
        u"one of \"code\" and \"codeFile\""_s);
    row("function without code",
        "{\"emulator\":{\"resolvers\":{\"Query.a\":{\"code\":\"1\",\"functions\":[\n{}]}}}}",
        u"c.json:2: one of \"code\" and \"codeFile\""_s);
    row("no such schema", "{\"emulator\":{\n\"schemaFile\":\"none\"}}",
        u"c.json:2: there is no readable file"_s);
}

void TestEmulatorConfig::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    Emulator::Options options;
    options.port = 7;
    const auto problem = EmulatorConfig::read(u"c.json"_s, text, &options);
    QVERIFY(problem);
    QVERIFY2(problem->toString().contains(where), qPrintable(problem->toString()));
    QCOMPARE(options.port, quint16(7));
}

void TestEmulatorConfig::providers()
{
    Emulator::Options options;
    const auto problem = EmulatorConfig::read(u"c.json"_s, R"({
        "eventConfig": {"authProviders": [
            {"authType": "AMAZON_COGNITO_USER_POOLS"},
            {"authType": "AMAZON_COGNITO_USER_POOLS", "cognitoConfig": {
                "userPoolId": "cn-north-1_Abc", "awsRegion": "cn-north-1", "appIdClientRegex": "a|b"}},
            {"authType": "OPENID_CONNECT", "openIDConnectConfig": {
                "issuer": "https://one.example", "clientId": "c", "iatTTL": 1000, "authTTL": 2000}},
            {"authType": "OPENID_CONNECT", "openIDConnectConfig": {"issuer": "urn:two"}},
            {"authType": "OPENID_CONNECT", "openIDConnectConfig": {"issuer": "urn:own", "clientId": "d"}}]},
        "emulator": {
            "tokenProviders": [{"issuer": "urn:two", "jwksUrl": "http://localhost:1/keys"}],
            "issuers": [{"name": "own", "issuer": "urn:own"}]}})",
                                              &options);
    QVERIFY2(!problem, qPrintable(problem ? problem->toString() : QString()));
    using Mode = Emulator::AuthMode;
    QCOMPARE(options.connectModes, (QList{Mode::UserPool, Mode::Oidc}));
    QCOMPARE(options.namespaces.size(), 4); // those that are always there, for these modes
    QCOMPARE(options.namespaces.at(0).publish, (QList{Mode::UserPool, Mode::Oidc}));
    QCOMPARE(options.tokenProviders.size(), 3);
    const Emulator::TokenProvider &pool = options.tokenProviders.at(0);
    QCOMPARE(pool.kind, Mode::UserPool);
    QCOMPARE(pool.issuer, u"https://cognito-idp.cn-north-1.amazonaws.com.cn/cn-north-1_Abc"_s);
    QCOMPARE(pool.keysUrl, QUrl(pool.issuer + u"/.well-known/jwks.json"_s));
    QCOMPARE(pool.clientIdPattern, u"a|b"_s);
    const Emulator::TokenProvider &discovered = options.tokenProviders.at(1);
    QCOMPARE(discovered.kind, Mode::Oidc);
    QVERIFY(discovered.keys.isEmpty() && discovered.keysUrl.isEmpty());
    QCOMPARE(discovered.iatTtl, 1000ms);
    QCOMPARE(discovered.authTtl, 2000ms);
    QCOMPARE(options.tokenProviders.at(2).keysUrl, QUrl(u"http://localhost:1/keys"_s));
    QCOMPARE(options.issuers.at(0).clientIdPattern, u"d"_s);
}

void TestEmulatorConfig::secretsOfVariables()
{
    qputenv("SYNCSCOPE_TEST_SECRET", "from outside");
    Emulator::Options options;
    QVERIFY(!EmulatorConfig::read(
        u"c.json"_s,
        R"({"emulator":{"identities":[{"name":"a","accessKeyId":"A","secretAccessKey":{"env":"SYNCSCOPE_TEST_SECRET"}}]}})",
        &options));
    QCOMPARE(options.identities.at(0).secretAccessKey, u"from outside"_s);
}

void TestEmulatorConfig::pathsStartAtItsFolder()
{
    QTemporaryDir folder;
    QFile keys(folder.filePath(u"keys.json"_s));
    QVERIFY(keys.open(QIODevice::WriteOnly) && keys.write("{\"keys\":[]}") > 0);
    keys.close();
    QFile program(folder.filePath(u"authorize"_s));
    QVERIFY(program.open(QIODevice::WriteOnly)
            && program.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    program.close();
    Emulator::Options options;
    const QByteArray text =
        R"({"channelNamespaces":[{"name":"a","codeHandlersFile":"keys.json"}],
            "emulator":{"lambdaAuthorizer":{"command":["./authorize","./x"]},
                        "tokenProviders":[{"issuer":"urn:a","jwksFile":"keys.json"}]}})";
    QVERIFY(!EmulatorConfig::read(folder.filePath(u"c.json"_s), text, &options));
    QCOMPARE(options.namespaces.at(0).codeFile, folder.filePath(u"keys.json"_s));
    QCOMPARE(options.lambda.command, (QStringList{folder.filePath(u"authorize"_s), u"./x"_s}));
    QCOMPARE(options.tokenProviders.at(0).keys, QByteArray("{\"keys\":[]}"));
}

void TestEmulatorConfig::examples_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name : {"example.json", "full.json"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

//! They are read, and an emulator listens with them.
void TestEmulatorConfig::examples()
{
    QFETCH(QString, name);
    Emulator::Options options;
    const auto problem = EmulatorConfig::read(kExamples + name, contentsOf(name), &options);
    QVERIFY2(!problem, qPrintable(problem ? problem->toString() : QString()));
    options.port = 0;
    Emulator emulator;
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    QCOMPARE(emulator.apiKey(), options.apiKeys.at(0).id);
}

//! In every object of the example that has all of them: the reader tells what it knows.
void TestEmulatorConfig::schemaNamesWhatIsKnown()
{
    const QJsonValue example = QJsonDocument::fromJson(contentsOf(u"full.json"_s)).object();
    int objects = 0;
    SchemaWalk().walk(
        example, [&](const QStringList &path, const QJsonObject &schema, const QJsonValue &) {
            if (schema.value("additionalProperties"_L1) != false)
                return;
            ++objects;
            const QString reason =
                problemOf(with(example, path + QStringList{u"stranger"_s}, QJsonValue(1)));
            QStringList known = schema.value("properties"_L1).toObject().keys();
            known.sort();
            QVERIFY2(reason == u"\"stranger\" is not known here; known are "_s + known.join(u", "),
                     qPrintable(path.join(u'.') + u": "_s + reason + u"\nschema: "_s
                                + known.join(u", ")));
        });
    QVERIFY2(objects >= 50, qPrintable(QString::number(objects)));
}

void TestEmulatorConfig::schemaHasTheSameValues()
{
    const QJsonValue example = QJsonDocument::fromJson(contentsOf(u"full.json"_s)).object();
    const auto refused = [&](const QStringList &path, const QJsonValue &value) {
        const QString reason = problemOf(with(example, path, value));
        QVERIFY2(!reason.isEmpty(),
                 qPrintable(path.join(u'.') + u" as "_s + value.toVariant().toString()));
    };
    SchemaWalk().walk(
        example, [&](const QStringList &path, const QJsonObject &schema, const QJsonValue &value) {
            const bool isPlain = schema.contains("type"_L1) || schema.contains("enum"_L1);
            if (isPlain && !path.isEmpty() && path != QStringList{u"$schema"_s})
                refused(path, value.isArray() ? QJsonValue(1) : QJsonValue(QJsonArray{1}));
            if (schema.contains("enum"_L1))
                refused(path, u"stranger"_s);
            if (schema.contains("maximum"_L1)) {
                refused(path, schema.value("minimum"_L1).toDouble() - 1);
                refused(path, schema.value("maximum"_L1).toDouble() + 1);
            }
            if (schema.contains("minItems"_L1))
                refused(path, QJsonArray());
            if (schema.contains("minLength"_L1))
                refused(path, QString());
            const QJsonArray required = schema.value("required"_L1).toArray();
            for (const QJsonValue name : required)
                refused(path + QStringList{name.toString()}, QJsonValue::Undefined);
        });
}

GUILESS_TEST(TestEmulatorConfig)
#include "tst_emulatorconfig.moc"
