// SPDX-License-Identifier: Apache-2.0
#include "app/cli/emulatorconfig.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Syncscope;
using namespace Syncscope::Cli;

using AppSync::Emulator;

class TestEmulatorConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads();
    void emptyKeepsDefaults();
    void refuses_data();
    void refuses();
};

void TestEmulatorConfig::reads()
{
    Emulator::Options options;
    const Problem problem = readEmulatorConfig(u"c.json"_s, R"({
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
    QVERIFY2(!problem.isProblem(), qPrintable(problem.message));
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

void TestEmulatorConfig::emptyKeepsDefaults()
{
    Emulator::Options options;
    options.port = 7;
    QVERIFY(!readEmulatorConfig(u"c"_s, "{}", &options).isProblem());
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
        "{\"channelNamespaces\":[\n{\"name\":\"a\"},\n{\"name\":\"b\",\n\"codeHandlers\":\"\"}]}",
        u"c.json:4: \"codeHandlers\""_s);
    row("unknown in a mode",
        "{\"eventConfig\":{\"connectionAuthModes\":[{\"authType\":\"API_KEY\",\n\"x\":1}]}}",
        u"c.json:2: \"x\""_s);
    row("no object", "{\"emulator\":\n1}", u"\"emulator\" must be an object"_s);
    row("no array", "{\"channelNamespaces\":{}}", u"must be an array"_s);
    row("no namespaces", "{\"channelNamespaces\":[]}", u"at least one"_s);
    row("no name", "{\"channelNamespaces\":[{}]}", u"needs a \"name\""_s);
    row("bad name", "{\"channelNamespaces\":[{\"name\":\"a/b\"}]}", u"needs a \"name\""_s);
    row("wildcard name", "{\"channelNamespaces\":[{\"name\":\"*\"}]}", u"needs a \"name\""_s);
    row("same name", "{\"channelNamespaces\":[{\"name\":\"a\"},\n{\"name\":\"a\"}]}",
        u"c.json:2: the namespace \"a\""_s);
    row("no modes", "{\"channelNamespaces\":[{\"name\":\"a\",\"publishAuthModes\":[]}]}",
        u"publishAuthModes"_s);
    row("unknown mode", "{\"eventConfig\":{\"connectionAuthModes\":[\n{\"authType\":\"KEY\"}]}}",
        u"c.json:2: "_s);
    row("later mode", "{\"eventConfig\":{\"connectionAuthModes\":[{\"authType\":\"AWS_LAMBDA\"}]}}",
        u"not in this version"_s);
    row("port", "{\"emulator\":{\"port\":70000}}", u"from 0 to 65535"_s);
    row("fraction", "{\"emulator\":{\"port\":1.5}}", u"whole number"_s);
    row("text for a number", "{\"emulator\":{\"keepAliveIntervalMs\":\"1\"}}", u"whole number"_s);
    row("limits", "{\"emulator\":{\"limits\":\"none\"}}", u"relaxed"_s);
}

void TestEmulatorConfig::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, where);
    Emulator::Options options;
    options.port = 7;
    const Problem problem = readEmulatorConfig(u"c.json"_s, text, &options);
    QCOMPARE(problem.kind, Problem::Kind::File);
    QVERIFY2(problem.message.contains(where), qPrintable(problem.message));
    QCOMPARE(options.port, quint16(7));
}

QTEST_GUILESS_MAIN(TestEmulatorConfig)
#include "tst_emulatorconfig.moc"
