// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/access/jwt_p.h"
#include "tests/shared/testrunner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace AppSync;
using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_TokenCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void clients_data();
    void clients();
    void forgeries_data();
    void forgeries();
    void knowsItsProviders();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

namespace {

constexpr qint64 kNow = 1'736'944'496;
const QString kIssuer = u"https://issuer.example"_s;

const Now kClock = [] { return QDateTime::fromSecsSinceEpoch(kNow).toUTC(); };

QByteArray setOf(const JsonWebKey &key)
{
    return QJsonDocument(QJsonObject{{u"keys"_s, QJsonArray{key.toJwk()}}}).toJson();
}

QJsonObject goodClaims()
{
    return {{u"iss"_s, kIssuer},         {u"sub"_s, u"someone"_s}, {u"token_use"_s, u"access"_s},
            {u"client_id"_s, u"app"_s},  {u"azp"_s, u"app"_s},     {u"iat"_s, kNow - 60},
            {u"auth_time"_s, kNow - 60}, {u"exp"_s, kNow + 3600}};
}

QJsonObject with(QJsonObject claims, const QString &name, const QJsonValue &value)
{
    if (value.isUndefined())
        claims.remove(name);
    else
        claims.insert(name, value);
    return claims;
}

TokenCheck::Verdict judge(const EmulatorOptions::TokenProvider &provider, const QString &text)
{
    TokenCheck check(kClock);
    const QString problem = check.setProviders({}, {provider});
    if (!problem.isEmpty())
        return {{}, problem};
    const auto token = WebToken::parse(text);
    const TokenCheck::Provider *found = token ? check.providerOf(*token) : nullptr;
    return found ? check.verify(*token, *found) : TokenCheck::Verdict{{}, u"no provider"_s};
}

} // namespace

void tst_TokenCheck::judges_data()
{
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<EmulatorOptions::AuthMode>("kind");
    QTest::addColumn<int>("iatTtl"); // s
    QTest::addColumn<int>("authTtl"); // s
    QTest::addColumn<QString>("problem");
    QTest::addColumn<bool>("hasExpired");
    const auto row = [](const char *name, const QJsonObject &claims, const QString &problem = {},
                        int iatTtl = 0, int authTtl = 0, bool hasExpired = false,
                        EmulatorOptions::AuthMode kind = EmulatorOptions::AuthMode::Oidc) {
        QTest::newRow(name) << claims << kind << iatTtl << authTtl << problem << hasExpired;
    };
    const QJsonObject good = goodClaims();
    row("good", good);
    row("last second", with(good, u"exp"_s, kNow + 1));
    row("expired", with(good, u"exp"_s, kNow), u"expired"_s, 0, 0, true);
    row("fraction of a second left", with(good, u"exp"_s, double(kNow) + 0.5));
    row("no end", with(good, u"exp"_s, QJsonValue::Undefined), u"no time of expiry"_s);
    row("end as text", with(good, u"exp"_s, QString::number(kNow + 60)), u"no time of expiry"_s);
    row("not yet", with(good, u"nbf"_s, kNow + 61), u"not yet valid"_s);
    row("nearly", with(good, u"nbf"_s, kNow + 60));
    row("from the future", with(good, u"iat"_s, kNow + 61), u"in the future"_s);
    row("young enough", good, {}, 60);
    row("issued too long ago", good, u"issued too long ago"_s, 59);
    row("sign-in recent enough", good, {}, 0, 60);
    row("signed in too long ago", good, u"signed in too long ago"_s, 0, 59);
    row("no sign-in", with(good, u"auth_time"_s, QJsonValue::Undefined),
        u"signed in too long ago"_s, 0, 59);
    row("any use", with(good, u"token_use"_s, u"refresh"_s));
    const auto pool = EmulatorOptions::AuthMode::UserPool;
    row("access token", good, {}, 0, 0, false, pool);
    row("ID token", with(good, u"token_use"_s, u"id"_s), {}, 0, 0, false, pool);
    row("other use", with(good, u"token_use"_s, u"refresh"_s), u"neither"_s, 0, 0, false, pool);
    row("no use", with(good, u"token_use"_s, QJsonValue::Undefined), u"neither"_s, 0, 0, false,
        pool);
}

void tst_TokenCheck::judges()
{
    QFETCH(QJsonObject, claims);
    QFETCH(EmulatorOptions::AuthMode, kind);
    QFETCH(int, iatTtl);
    QFETCH(int, authTtl);
    QFETCH(QString, problem);
    const JsonWebKey key = JsonWebKey::makeEs256();
    const EmulatorOptions::TokenProvider provider{
        kind, kIssuer, setOf(key), {}, std::chrono::seconds(iatTtl), std::chrono::seconds(authTtl)};
    const TokenCheck::Verdict verdict = judge(provider, WebToken::make(key, claims));
    QCOMPARE(verdict.isGood(), problem.isEmpty());
    QVERIFY2(verdict.problem.contains(problem), qPrintable(verdict.problem));
    QTEST(verdict.hasExpired, "hasExpired");
    QCOMPARE(verdict.subject(), verdict.isGood() ? u"someone"_s : QString());
}

void tst_TokenCheck::clients_data()
{
    QTest::addColumn<EmulatorOptions::AuthMode>("kind");
    QTest::addColumn<QJsonObject>("claims");
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<bool>("good");
    const auto pool = EmulatorOptions::AuthMode::UserPool;
    const auto oidc = EmulatorOptions::AuthMode::Oidc;
    QJsonObject claims = goodClaims();
    for (const QString &name : {u"client_id"_s, u"azp"_s})
        claims.remove(name);
    const auto of = [&](const QString &name, const QJsonValue &value) {
        return with(claims, name, value);
    };
    QTest::newRow("anybody") << oidc << claims << QString() << true;
    QTest::newRow("nobody") << oidc << claims << u".*"_s << false;
    QTest::newRow("audience") << oidc << of(u"aud"_s, u"app"_s) << u"app"_s << true;
    QTest::newRow("one of the audience")
        << oidc << of(u"aud"_s, QJsonArray{u"x"_s, u"app"_s}) << u"app"_s << true;
    QTest::newRow("azp") << oidc << of(u"azp"_s, u"app"_s) << u"app|web"_s << true;
    QTest::newRow("client_id of OIDC") << oidc << of(u"client_id"_s, u"app"_s) << u"app"_s << false;
    QTest::newRow("client_id") << pool << of(u"client_id"_s, u"app"_s) << u"a.p"_s << true;
    QTest::newRow("azp of a pool") << pool << of(u"azp"_s, u"app"_s) << u"app"_s << false;
    QTest::newRow("as a whole") << oidc << of(u"aud"_s, u"my-app"_s) << u"app"_s << false;
    QTest::newRow("alternatives as a whole")
        << oidc << of(u"aud"_s, u"web-x"_s) << u"app|web"_s << false;
}

void tst_TokenCheck::clients()
{
    QFETCH(EmulatorOptions::AuthMode, kind);
    QFETCH(QJsonObject, claims);
    QFETCH(QString, pattern);
    QFETCH(bool, good);
    const JsonWebKey key = JsonWebKey::makeEs256();
    const TokenCheck::Verdict verdict =
        judge({kind, kIssuer, setOf(key), pattern}, WebToken::make(key, claims));
    QCOMPARE(verdict.isGood(), good);
    QVERIFY(good || verdict.problem.contains(u"another client"_s));
}

void tst_TokenCheck::forgeries_data()
{
    QTest::addColumn<QString>("token");
    const JsonWebKey mine = JsonWebKey::rs256();
    const auto base64 = [](const QJsonObject &object) {
        return QString::fromLatin1(
            QJsonDocument(object)
                .toJson(QJsonDocument::Compact)
                .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    };
    const QStringList parts = WebToken::make(mine, goodClaims()).split(u'.');
    const QString forged = base64(with(goodClaims(), u"sub"_s, u"someone-else"_s));
    const auto header = [&](const QJsonObject &header) {
        return base64(header) + u'.' + parts[1] + u'.';
    };
    QTest::newRow("claims") << QString(parts[0] + u'.' + forged + u'.' + parts[2]);
    QTest::newRow("no signature") << QString(parts[0] + u'.' + parts[1] + u'.');
    QTest::newRow("no algorithm") << QString(
        header({{u"alg"_s, u"none"_s}, {u"kid"_s, mine.id()}}));
    QTest::newRow("another algorithm")
        << QString(header({{u"alg"_s, u"ES256"_s}, {u"kid"_s, mine.id()}}) + parts[2]);
    QTest::newRow("HMAC with the public key")
        << QString(header({{u"alg"_s, u"HS256"_s}, {u"kid"_s, mine.id()}}) + parts[2]);
    QTest::newRow("unknown key") << WebToken::make(JsonWebKey::makeEs256(), goodClaims());
}

void tst_TokenCheck::forgeries()
{
    QFETCH(QString, token);
    const EmulatorOptions::TokenProvider provider{EmulatorOptions::AuthMode::Oidc, kIssuer,
                                                  setOf(JsonWebKey::rs256())};
    QVERIFY(judge(provider, WebToken::make(JsonWebKey::rs256(), goodClaims())).isGood());
    const TokenCheck::Verdict verdict = judge(provider, token);
    QVERIFY2(verdict.problem.contains(u"signature"_s), qPrintable(verdict.problem));
}

void tst_TokenCheck::knowsItsProviders()
{
    TokenCheck check(kClock);
    const TokenIssuer issuer;
    const TokenCheck::Provider own{EmulatorOptions::AuthMode::Oidc, issuer.issuer(),
                                   [&issuer] { return QList{issuer.key()}; }};
    QCOMPARE(check.setProviders({own}, {}), QString());
    const auto token = WebToken::parse(issuer.issue(u"a"_s, 1h, kClock()));
    const TokenCheck::Provider *provider = check.providerOf(*token);
    QVERIFY(provider);
    QVERIFY(check.verify(*token, *provider).isGood());
    const auto foreign = WebToken::parse(TokenIssuer().issue(u"a"_s, 1h, kClock()));
    QVERIFY(!check.providerOf(*foreign));
}

void tst_TokenCheck::saysWhatIsWrong_data()
{
    QTest::addColumn<EmulatorOptions::TokenProvider>("provider");
    QTest::addColumn<QString>("word");
    const auto oidc = EmulatorOptions::AuthMode::Oidc;
    const QByteArray keys = setOf(JsonWebKey::makeEs256());
    QTest::newRow("no issuer") << EmulatorOptions::TokenProvider{oidc, {}, keys} << u"issuer"_s;
    QTest::newRow("own issuer") << EmulatorOptions::TokenProvider{oidc, u"own"_s, keys}
                                << u"issuer"_s;
    QTest::newRow("kind") << EmulatorOptions::TokenProvider{EmulatorOptions::AuthMode::Iam, kIssuer,
                                                            keys}
                          << u"neither"_s;
    QTest::newRow("no keys") << EmulatorOptions::TokenProvider{oidc, kIssuer, "{}"} << u"key set"_s;
    QTest::newRow("pattern") << EmulatorOptions::TokenProvider{oidc, kIssuer, keys, u"("_s}
                             << u"client id pattern"_s;
}

void tst_TokenCheck::saysWhatIsWrong()
{
    QFETCH(EmulatorOptions::TokenProvider, provider);
    QFETCH(QString, word);
    TokenCheck check(kClock);
    const QString problem =
        check.setProviders({{EmulatorOptions::AuthMode::Oidc, u"own"_s, {}}}, {provider});
    QVERIFY2(problem.contains(word) && problem.contains(provider.issuer), qPrintable(problem));
}

GUILESS_TEST(tst_TokenCheck)
#include "tst_tokencheck.moc"
