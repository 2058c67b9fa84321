// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/JwtClaims>

#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_JwtClaims : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAnAccessToken();
    void readsAnIdToken();
    void keepsOrderAndDigits();
    void takesAnyBase64_data();
    void takesAnyBase64();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
    void readsTimes_data();
    void readsTimes();
    void countsDown();
    void audienceIsOneOrSeveral();
    void lastOfTheSameNameCounts();
    void isFineWhenAllIsWell();
    void warns_data();
    void warns();
    void warnsAboutLambdaTokens_data();
    void warnsAboutLambdaTokens();
    void doesNotKeepTheSignature();
};

namespace {

constexpr qint64 kNow = 1'736'944'496'000; // 2025-01-15T12:34:56Z
const auto kIssuer = u"https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCd12345"_s;

QString encoded(const QByteArray &json)
{
    return QString::fromLatin1(
        json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

QString jwt(const QByteArray &payload, const QByteArray &header = R"({"kid":"k1","alg":"RS256"})")
{
    return encoded(header) + u'.' + encoded(payload) + u".c2lnbmF0dXJl"_s;
}

QByteArray accessPayload(const QByteArray &more = {})
{
    return R"({"sub":"7d8ca528","iss":")" + kIssuer.toLatin1()
        + R"(","client_id":"1example","token_use":"access","scope":"openid  chat/read",)"
          R"("username":"alice","exp":1736948096,"iat":1736944496)"
        + more + "}";
}

} // namespace

void tst_JwtClaims::readsAnAccessToken()
{
    const JwtClaims claims =
        JwtClaims::fromToken(jwt(accessPayload(R"(,"cognito:groups":["admins","a b"])")));
    QVERIFY2(claims.isValid(), qPrintable(claims.problem()));
    QCOMPARE(claims.problem(), QString());
    QCOMPARE(claims.keyId(), u"k1"_s);
    QCOMPARE(claims.algorithm(), u"RS256"_s);
    QCOMPARE(claims.issuer(), kIssuer);
    QCOMPARE(claims.subject(), u"7d8ca528"_s);
    QCOMPARE(claims.clientId(), u"1example"_s);
    QCOMPARE(claims.audience(), QStringList());
    QCOMPARE(claims.tokenUse(), u"access"_s);
    QCOMPARE(claims.username(), u"alice"_s);
    QCOMPARE(claims.groups(), (QStringList{u"admins"_s, u"a b"_s}));
    QCOMPARE(claims.scopes(), (QStringList{u"openid"_s, u"chat/read"_s}));
    QCOMPARE(claims.issuedAt(), QDateTime::fromString(u"2025-01-15T12:34:56Z"_s, Qt::ISODate));
    QCOMPARE(claims.expiresAt(), QDateTime::fromString(u"2025-01-15T13:34:56Z"_s, Qt::ISODate));
    QCOMPARE(claims.claim(u"sub"_s), u"7d8ca528"_s);
    QCOMPARE(claims.claim(u"nobody"_s), QString());
}

void tst_JwtClaims::readsAnIdToken()
{
    const JwtClaims claims = JwtClaims::fromToken(
        jwt(R"({"aud":"1example","azp":"part","cognito:username":"alice","email_verified":true,)"
            R"("token_use":"id","identities":[{"userId":"1"}],"custom:tenant":"\u00e4\n\"x\""})"));
    QCOMPARE(claims.audience(), QStringList{u"1example"_s});
    QCOMPARE(claims.clientId(), u"part"_s);
    QCOMPARE(claims.username(), u"alice"_s);
    QCOMPARE(claims.claim(u"email_verified"_s), u"true"_s);
    QCOMPARE(claims.claim(u"identities"_s), uR"([{"userId":"1"}])"_s);
    QCOMPARE(claims.claim(u"custom:tenant"_s), u"ä\n\"x\""_s);
    QVERIFY(!claims.expiresAt().isValid());
    QCOMPARE(claims.secondsLeft(kNow), 0);
}

void tst_JwtClaims::keepsOrderAndDigits()
{
    const JwtClaims claims = JwtClaims::fromToken(
        jwt(R"({"z":9007199254740993,"exp":1736948096,"a":18446744073709551615,"m":1.10})"));
    QStringList table;
    for (const JwtClaim &claim : claims.claims())
        table << claim.name + u'=' + claim.value;
    QCOMPARE(table,
             (QStringList{u"z=9007199254740993"_s, u"exp=1736948096"_s, u"a=18446744073709551615"_s,
                          u"m=1.10"_s}));
    QVERIFY(!claims.claims().at(0).time.isValid());
    QCOMPARE(claims.claims().at(1).time, claims.expiresAt());
}

void tst_JwtClaims::takesAnyBase64_data()
{
    QTest::addColumn<QString>("token");
    // Encoded, its bytes need both characters in which the alphabets differ, and padding.
    const QByteArray payload = R"({"sub":"ü?>~~ÿÿ>>??."})";
    const QString header = encoded(R"({"alg":"RS256"})");
    const QByteArray url = payload.toBase64(QByteArray::Base64UrlEncoding);
    const QByteArray standard = payload.toBase64();
    QVERIFY(url != standard && url.endsWith('='));
    const auto row = [&header](const char *name, const QByteArray &part, const QString &before) {
        QTest::newRow(name) << before + header + u'.' + QString::fromLatin1(part) + u".sig"_s;
    };
    row("url", url, {});
    row("standard", standard, {});
    row("url, no padding",
        payload.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals), {});
    row("too much padding", url + "==", {});
    row("space around", url, u" \n"_s);
    row("Bearer", url, u"Bearer "_s);
    row("bearer", url, u"bearer   "_s);
}

void tst_JwtClaims::takesAnyBase64()
{
    QFETCH(QString, token);
    const JwtClaims claims = JwtClaims::fromToken(token);
    QVERIFY2(claims.isValid(), qPrintable(claims.problem()));
    QCOMPARE(claims.subject(), u"ü?>~~ÿÿ>>??."_s);
}

void tst_JwtClaims::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("word");
    const QString good = encoded(R"({"alg":"RS256"})");
    QTest::newRow("nothing") << QString() << u"no JWT"_s;
    QTest::newRow("opaque") << u"da2-secret"_s << u"no JWT"_s;
    QTest::newRow("two parts") << good + u'.' + good << u"three parts"_s;
    QTest::newRow("encrypted") << u"a.b.c.d.e"_s << u"encrypted"_s;
    QTest::newRow("dots") << u".."_s << u"header"_s;
    QTest::newRow("header no base64") << u"*."_s + good + u".s"_s << u"header"_s;
    QTest::newRow("payload no base64") << good + u".*.s"_s << u"base64"_s;
    QTest::newRow("payload no JSON") << good + u'.' + encoded("{\"a\":}") + u".s"_s << u"payload"_s;
    QTest::newRow("payload an array") << good + u'.' + encoded("[1]") + u".s"_s << u"object"_s;
    QTest::newRow("payload cut off") << good + u'.' + encoded("{\"a\":1") + u".s"_s << u"payload"_s;
    QTest::newRow("not Latin 1") << u"ä.東.京"_s << u"header"_s;
}

void tst_JwtClaims::saysWhatIsWrong()
{
    QFETCH(QString, token);
    QFETCH(QString, word);
    const JwtClaims claims = JwtClaims::fromToken(token);
    QVERIFY(!claims.isValid());
    QVERIFY2(claims.problem().contains(word), qPrintable(claims.problem()));
    QVERIFY(claims.claims().isEmpty());
    QVERIFY(!claims.problem().contains(u"da2-secret"_s));
    QCOMPARE(claims.warnings(JwtClaims::Mode::Oidc, kNow), QStringList{claims.problem()});
}

void tst_JwtClaims::readsTimes_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("seconds") << "1736948096"_ba << Q_INT64_C(1736948096000);
    QTest::newRow("fraction") << "1736948096.25"_ba << Q_INT64_C(1736948096250);
    QTest::newRow("exponent") << "1.736948096e9"_ba << Q_INT64_C(1736948096000);
    QTest::newRow("text") << "\"1736948096\""_ba << Q_INT64_C(0);
    QTest::newRow("huge") << "1e300"_ba << Q_INT64_C(0);
    QTest::newRow("negative") << "-5"_ba << Q_INT64_C(0);
    QTest::newRow("null") << "null"_ba << Q_INT64_C(0);
}

void tst_JwtClaims::readsTimes()
{
    QFETCH(QByteArray, json);
    QFETCH(qint64, ms);
    const QDateTime expires = JwtClaims::fromToken(jwt("{\"exp\":" + json + "}")).expiresAt();
    QCOMPARE(expires.isValid(), ms != 0);
    if (ms != 0)
        QCOMPARE(expires.toMSecsSinceEpoch(), ms);
}

void tst_JwtClaims::countsDown()
{
    const JwtClaims claims = JwtClaims::fromToken(jwt(accessPayload()));
    QCOMPARE(claims.secondsLeft(kNow), 3600);
    QCOMPARE(claims.secondsLeft(kNow + 1), 3599);
    QCOMPARE(claims.secondsLeft(kNow + 3'600'000), 0);
    QCOMPARE(claims.secondsLeft(kNow + 3'600'001), -1);
    QCOMPARE(claims.secondsLeft(kNow + 7'200'000), -3600);
}

void tst_JwtClaims::audienceIsOneOrSeveral()
{
    QCOMPARE(JwtClaims::fromToken(jwt(R"({"aud":"a b"})")).audience(), QStringList{u"a b"_s});
    QCOMPARE(JwtClaims::fromToken(jwt(R"({"aud":["a","b"]})")).audience(),
             (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(JwtClaims::fromToken(jwt(R"({"aud":[]})")).audience(), QStringList());
}

void tst_JwtClaims::lastOfTheSameNameCounts()
{
    QCOMPARE(JwtClaims::fromToken(jwt(R"({"sub":"1","sub":"2"})")).subject(), u"2"_s);
}

void tst_JwtClaims::isFineWhenAllIsWell()
{
    const JwtClaims claims = JwtClaims::fromToken(jwt(accessPayload()));
    QCOMPARE(claims.warnings(JwtClaims::Mode::UserPool, kNow, kIssuer, u"access"_s), QStringList());
    QCOMPARE(claims.warnings(JwtClaims::Mode::Oidc, kNow), QStringList());
    // What nobody verifies there is no matter of warnings.
    QCOMPARE(JwtClaims::fromToken(u"opaque"_s).warnings(JwtClaims::Mode::Lambda, kNow),
             QStringList());
    // Clocks are never quite equal.
    QCOMPARE(claims.warnings(JwtClaims::Mode::UserPool, kNow - 59'000), QStringList());
}

void tst_JwtClaims::warns_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<qint64>("offsetMs");
    QTest::addColumn<QString>("word");
    const QString good = jwt(accessPayload());
    QTest::newRow("expired") << good << Q_INT64_C(3'605'000) << u"expired 5 s ago"_s;
    QTest::newRow("expired long ago") << good << Q_INT64_C(10'800'000) << u"expired 2 h ago"_s;
    QTest::newRow("clock behind") << good << Q_INT64_C(-7'200'000) << u"2 h in the future"_s;
    QTest::newRow("not yet valid") << jwt(accessPayload(R"(,"nbf":1736944796)")) << Q_INT64_C(0)
                                   << u"not valid yet, but in 5 min"_s;
    QTest::newRow("never expires")
        << jwt(R"({"iss":")" + kIssuer.toLatin1() + R"(","token_use":"access"})") << Q_INT64_C(0)
        << u"when it expires"_s;
    QTest::newRow("other use") << jwt(accessPayload(R"(,"token_use":"id")")) << Q_INT64_C(0)
                               << u"\"id\", where \"access\""_s;
    QTest::newRow("no use of a user pool")
        << jwt(accessPayload(R"(,"token_use":"refresh")")) << Q_INT64_C(0) << u"no ID or access"_s;
    QTest::newRow("other issuer") << jwt(accessPayload(R"(,"iss":"https://else")")) << Q_INT64_C(0)
                                  << u"https://else, not https://cognito"_s;
    QTest::newRow("no issuer") << jwt(accessPayload(R"(,"iss":"")")) << Q_INT64_C(0)
                               << u"no issuer"_s;
    QTest::newRow("Bearer") << u"Bearer "_s + good << Q_INT64_C(0) << u"Send the token alone"_s;
    QTest::newRow("not signed") << jwt(accessPayload(), R"({"alg":"none"})") << Q_INT64_C(0)
                                << u"\"none\""_s;
    QTest::newRow("shared key") << jwt(accessPayload(), R"({"alg":"HS256"})") << Q_INT64_C(0)
                                << u"\"HS256\""_s;
}

void tst_JwtClaims::warns()
{
    QFETCH(QString, token);
    QFETCH(qint64, offsetMs);
    QFETCH(QString, word);
    const QStringList warnings = JwtClaims::fromToken(token).warnings(
        JwtClaims::Mode::UserPool, kNow + offsetMs, kIssuer, u"access"_s);
    QCOMPARE(warnings.size(), 1);
    QVERIFY2(warnings.first().contains(word), qPrintable(warnings.first()));
}

void tst_JwtClaims::warnsAboutLambdaTokens_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QStringList>("words");
    const QString good = jwt(accessPayload());
    QTest::newRow("opaque") << u"s3cret"_s << QStringList();
    QTest::newRow("another word") << u"Token s3cret"_s << QStringList();
    QTest::newRow("Bearer") << u"Bearer s3cret"_s << QStringList{u"Bearer"_s};
    QTest::newRow("bearer") << u"bearer s3cret"_s << QStringList{u"Bearer"_s};
    QTest::newRow("JWT") << good << QStringList{u"JWT"_s};
    QTest::newRow("JWT with a prefix") << u"x-"_s + good << QStringList();
    QTest::newRow("JWT with Bearer") << u"Bearer "_s + good << QStringList{u"Bearer"_s, u"JWT"_s};
    QTest::newRow("signature") << u"AWS4-HMAC-SHA256 Credential=…"_s << QStringList{u"IAM"_s};
}

void tst_JwtClaims::warnsAboutLambdaTokens()
{
    QFETCH(QString, token);
    QFETCH(QStringList, words);
    const QStringList warnings =
        JwtClaims::fromToken(token).warnings(JwtClaims::Mode::Lambda, kNow);
    QCOMPARE(warnings.size(), words.size());
    for (int i = 0; i < words.size(); ++i) {
        QVERIFY2(warnings.at(i).contains(words.at(i)), qPrintable(warnings.at(i)));
        QVERIFY(!warnings.at(i).contains(u"s3cret"_s));
    }
}

void tst_JwtClaims::doesNotKeepTheSignature()
{
    const QString token = jwt(accessPayload());
    const QString other = token.left(token.lastIndexOf(u'.')) + u".b3RoZXI"_s;
    QCOMPARE(JwtClaims::fromToken(token), JwtClaims::fromToken(other));
}

GUILESS_TEST(tst_JwtClaims)
#include "tst_jwtclaims.moc"
