// SPDX-License-Identifier: Apache-2.0
#include "lib/auth/oidc/oidcprovider_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_OidcProvider : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsWhereToDiscover_data();
    void knowsWhereToDiscover();
    void readsAConfiguration();
    void issuerMayDifferByASlash();
    void refusesOtherConfigurations_data();
    void refusesOtherConfigurations();
    void knowsTheHostedUi_data();
    void knowsTheHostedUi();
    void knowsWhereSecretsMayGo_data();
    void knowsWhereSecretsMayGo();
};

void tst_OidcProvider::knowsWhereToDiscover_data()
{
    QTest::addColumn<QString>("issuer");
    QTest::addColumn<QString>("url");
    QTest::newRow("host") << u"https://a.example"_s
                          << u"https://a.example/.well-known/openid-configuration"_s;
    QTest::newRow("slash") << u"https://a.example/"_s
                           << u"https://a.example/.well-known/openid-configuration"_s;
    QTest::newRow("path") << u"https://a.example/realms/x"_s
                          << u"https://a.example/realms/x/.well-known/openid-configuration"_s;
}

void tst_OidcProvider::knowsWhereToDiscover()
{
    QFETCH(QString, issuer);
    QFETCH(QString, url);
    QCOMPARE(OidcProvider::discoveryUrl(issuer).toString(), url);
}

void tst_OidcProvider::readsAConfiguration()
{
    Error error;
    const OidcProvider provider = OidcProvider::fromDiscovery(
        R"({"issuer":"https://a.example","authorization_endpoint":"https://a.example/auth?x=1",
            "token_endpoint":"https://b.example/token","revocation_endpoint":"http://[::1]:8080/r",
            "device_authorization_endpoint":"http://localhost/d","unknown":{"a":[1]},
            "scopes_supported":["openid","email"],
            "token_endpoint_auth_methods_supported":["client_secret_post","none"]})",
        u"https://a.example"_s, &error);
    QVERIFY2(!error.isError(), qPrintable(error.toString()));
    QCOMPARE(provider.issuer, u"https://a.example"_s);
    QCOMPARE(provider.authorization, QUrl(u"https://a.example/auth?x=1"_s));
    QCOMPARE(provider.token, QUrl(u"https://b.example/token"_s));
    QCOMPARE(provider.revocation, QUrl(u"http://[::1]:8080/r"_s));
    QCOMPARE(provider.deviceAuthorization, QUrl(u"http://localhost/d"_s));
    QCOMPARE(provider.scopes, (QStringList{u"openid"_s, u"email"_s}));
    QVERIFY(!provider.takesBasic);
}

void tst_OidcProvider::issuerMayDifferByASlash()
{
    Error error;
    const OidcProvider provider = OidcProvider::fromDiscovery(
        R"({"issuer":"https://a.example/","token_endpoint":"https://a.example/t"})",
        u"https://a.example"_s, &error);
    QVERIFY(!error.isError());
    // Tokens say it as the provider does.
    QCOMPARE(provider.issuer, u"https://a.example/"_s);
    QVERIFY(provider.takesBasic);
}

void tst_OidcProvider::refusesOtherConfigurations_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto with = [](const QByteArray &members) {
        return R"({"issuer":"https://a.example")" + members + '}';
    };
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("HTML") << "<html>"_ba;
    QTest::newRow("array") << "[]"_ba;
    QTest::newRow("empty") << "{}"_ba;
    QTest::newRow("cut") << R"({"issuer":"https://a.exa)"_ba;
    QTest::newRow("no token endpoint") << with("");
    QTest::newRow("other issuer")
        << R"({"issuer":"https://b.example","token_endpoint":"https://a.example/t"})"_ba;
    QTest::newRow("issuer is a template")
        << R"({"issuer":"https://a.example/{tenant}","token_endpoint":"https://a.example/t"})"_ba;
    QTest::newRow("issuer is none") << R"({"issuer":1,"token_endpoint":"https://a.example/t"})"_ba;
    QTest::newRow("plain http") << with(R"(,"token_endpoint":"http://a.example/t")");
    QTest::newRow("no address") << with(R"(,"token_endpoint":"/t")");
    QTest::newRow("token endpoint is none") << with(R"(,"token_endpoint":{"a":1})");
    QTest::newRow("page is a program") << with(
        R"(,"token_endpoint":"https://a.example/t","authorization_endpoint":"file:///bin/sh")");
    QTest::newRow("revocation by http") << with(
        R"(,"token_endpoint":"https://a.example/t","revocation_endpoint":"http://a.example/r")");
}

void tst_OidcProvider::refusesOtherConfigurations()
{
    QFETCH(QByteArray, json);
    Error error;
    (void)OidcProvider::fromDiscovery(json, u"https://a.example"_s, &error);
    QCOMPARE(error.kind, Error::Kind::Receiving);
    QVERIFY(error.message.contains(u"https://a.example"_s));
    QVERIFY(!error.nextStep.isEmpty());
}

void tst_OidcProvider::knowsTheHostedUi_data()
{
    QTest::addColumn<QString>("domain");
    QTest::addColumn<QString>("base");
    const QString base = u"https://x.auth.eu-west-1.amazoncognito.com"_s;
    QTest::newRow("as pasted") << base << base;
    QTest::newRow("slash") << base + u'/' << base;
    QTest::newRow("host only") << u"x.auth.eu-west-1.amazoncognito.com"_s << base;
    QTest::newRow("port") << u"http://127.0.0.1:9000"_s << u"http://127.0.0.1:9000"_s;
}

void tst_OidcProvider::knowsTheHostedUi()
{
    QFETCH(QString, domain);
    QFETCH(QString, base);
    const OidcProvider provider = OidcProvider::ofCognitoDomain(domain);
    QCOMPARE(provider.authorization.toString(), base + u"/oauth2/authorize"_s);
    QCOMPARE(provider.token.toString(), base + u"/oauth2/token"_s);
    QCOMPARE(provider.revocation.toString(), base + u"/oauth2/revoke"_s);
    QVERIFY(provider.deviceAuthorization.isEmpty());
    QVERIFY(provider.issuer.isEmpty());
}

void tst_OidcProvider::knowsWhereSecretsMayGo_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("isSafe");
    QTest::newRow("https") << u"https://a.example/x"_s << true;
    QTest::newRow("localhost") << u"http://localhost:80/"_s << true;
    QTest::newRow("IPv4") << u"http://127.3.2.1/"_s << true;
    QTest::newRow("IPv6") << u"http://[::1]:1/"_s << true;
    QTest::newRow("http") << u"http://a.example/"_s << false;
    QTest::newRow("like localhost") << u"http://localhost.a.example/"_s << false;
    QTest::newRow("like an address") << u"http://127.0.0.1.a.example/"_s << false;
    QTest::newRow("user") << u"https://a@b.example/"_s << false;
    QTest::newRow("no host") << u"https:///x"_s << false;
    QTest::newRow("relative") << u"/x"_s << false;
    QTest::newRow("empty") << QString() << false;
    QTest::newRow("file") << u"file:///bin/sh"_s << false;
    QTest::newRow("script") << u"javascript:alert(1)"_s << false;
}

void tst_OidcProvider::knowsWhereSecretsMayGo()
{
    QFETCH(QString, url);
    QFETCH(bool, isSafe);
    QCOMPARE(isSafeForSecrets(QUrl(url, QUrl::StrictMode)), isSafe);
}

GUILESS_TEST(tst_OidcProvider)
#include "tst_oidcprovider.moc"
