// SPDX-License-Identifier: Apache-2.0
#include "app/core/profile.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestProfile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void secretsByRole();
    void words();
    void variableNames();
    void names_data();
    void names();
    void refusesWhatMayBeASecret_data();
    void refusesWhatMayBeASecret();
    void saysWhereASecretIs();
};

void TestProfile::secretsByRole()
{
    Profile profile;
    QStringList keys;
    QStringList names;
    for (const SecretRole role : secretRoles()) {
        keys.append(toText(role));
        names.append(nameOf(role));
        profile.secret(role) = {SecretReference::Place::Environment, u"V_"_s + toText(role)};
    }
    QCOMPARE(keys.size(), 11);
    keys.removeDuplicates();
    names.removeDuplicates();
    QCOMPARE(keys.size(), 11);
    QCOMPARE(names.size(), 11);
    // A table that is out of step with the enumeration would mix them up.
    QCOMPARE(profile.apiKey.name, u"V_apiKey"_s);
    QCOMPARE(profile.graphqlApiKey.name, u"V_graphqlApiKey"_s);
    QCOMPARE(profile.token.name, u"V_token"_s);
    QCOMPARE(profile.connectToken.name, u"V_connectToken"_s);
    QCOMPARE(profile.subscribeToken.name, u"V_subscribeToken"_s);
    QCOMPARE(profile.publishToken.name, u"V_publishToken"_s);
    QCOMPARE(profile.clientSecret.name, u"V_clientSecret"_s);
    QCOMPARE(profile.password.name, u"V_password"_s);
    QCOMPARE(profile.refreshToken.name, u"V_refreshToken"_s);
    QCOMPARE(profile.secretAccessKey.name, u"V_secretAccessKey"_s);
    QCOMPARE(profile.sessionToken.name, u"V_sessionToken"_s);
    QCOMPARE(nameOf(SecretRole::SessionToken), u"session token"_s);
}

void TestProfile::words()
{
    for (const auto signIn :
         {Profile::SignIn::Srp, Profile::SignIn::Password, Profile::SignIn::Browser})
        QCOMPARE(signInFromText(toText(signIn)), signIn);
    for (const auto use : {Profile::TokenUse::Id, Profile::TokenUse::Access})
        QCOMPARE(tokenUseFromText(toText(use)), use);
    QCOMPARE(toText(Profile::SignIn::Browser), u"browser"_s);
    QCOMPARE(toText(Profile::TokenUse::Access), u"access"_s);
    QVERIFY(!signInFromText(u"SRP"));
    QVERIFY(!tokenUseFromText(u""));
}

void TestProfile::variableNames()
{
    QVERIFY(isVariableName(u"DEV_KEY"_s));
    QVERIFY(isVariableName(u"_k2"_s));
    for (const QString &text : {u""_s, u"2K"_s, u"da2-abc"_s, u"A B"_s, u"A="_s, u"Ä"_s, u"A\n"_s})
        QVERIFY2(!isVariableName(text), qPrintable(text));
    QVERIFY(!isVariableName(QString(65, u'A')));
}

void TestProfile::names_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("words"); // empty: it is good
    QTest::newRow("plain") << u"dev"_s << u""_s;
    QTest::newRow("space and script") << u"Büro 東京 2"_s << u""_s;
    QTest::newRow("empty") << u""_s << u"needs a name"_s;
    QTest::newRow("path") << u"a/b"_s << u"take for a file"_s;
    QTest::newRow("file") << u"dev.json"_s << u"take for a file"_s;
    QTest::newRow("dash") << u"-dev"_s << u"dash"_s;
    QTest::newRow("space before") << u" dev"_s << u"space"_s;
    QTest::newRow("space behind") << u"dev "_s << u"space"_s;
    QTest::newRow("line break") << u"a\nb"_s << u"begins or ends"_s;
    QTest::newRow("long") << QString(101, u'x') << u"100 characters"_s;
}

void TestProfile::names()
{
    QFETCH(QString, name);
    QFETCH(QString, words);
    Profile profile;
    profile.name = name;
    const Problem problem = profile.check();
    QCOMPARE(problem.isProblem(), !words.isEmpty());
    QVERIFY2(problem.message.contains(words), qPrintable(problem.message));
}

void TestProfile::refusesWhatMayBeASecret_data()
{
    QTest::addColumn<Profile>("profile");
    const auto row = [](const char *name, const auto &change) {
        Profile profile;
        profile.name = u"dev"_s;
        change(&profile);
        QTest::newRow(name) << profile;
    };
    row("user info", [](Profile *p) { p->endpoint = u"https://me:s3cret@a.example/event"_s; });
    row("query",
        [](Profile *p) { p->realtime = u"wss://a.example/event/realtime?header=s3cret"_s; });
    row("fragment", [](Profile *p) { p->graphqlEndpoint = u"https://a.example/#token=s3cret"_s; });
    row("GraphQL's realtime", [](Profile *p) { p->graphqlRealtime = u"s3cret@host"_s; });
    row("variable", [](Profile *p) {
        p->apiKey = {SecretReference::Place::Environment, u"da2-s3cret"_s};
    });
    row("last role", [](Profile *p) {
        p->sessionToken = {SecretReference::Place::Environment, u"s3cret+/="_s};
    });
    row("no key", [](Profile *p) { p->password = {SecretReference::Place::Keychain, {}}; });
}

void TestProfile::refusesWhatMayBeASecret()
{
    QFETCH(Profile, profile);
    const Problem problem = profile.check();
    QCOMPARE(problem.kind, Problem::Kind::Usage);
    QVERIFY(!problem.message.isEmpty());
    QVERIFY(!(problem.message + problem.nextStep).contains(u"s3cret"));
}

void TestProfile::saysWhereASecretIs()
{
    using Place = SecretReference::Place;
    QCOMPARE(SecretReference().toText(), QString());
    QCOMPARE((SecretReference{Place::Environment, u"K"_s}).toText(), u"the variable K"_s);
    QCOMPARE((SecretReference{Place::File, u"/k"_s}).toText(), u"the file /k"_s);
    QCOMPARE((SecretReference{Place::Keychain, u"k"_s}).toText(), u"the keychain"_s);
    QVERIFY((SecretReference{Place::Session, u"k"_s}).toText().contains(u"one run"));
}

GUILESS_TEST(TestProfile)
#include "tst_profile.moc"
