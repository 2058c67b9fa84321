// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/secretnames.h"

#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestSecretNames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kinds_data();
    void kinds();
    void moreNames();
};

void TestSecretNames::kinds_data()
{
    using Kind = SecretNames::Kind;
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<int>("kind");
    const auto rows = [](Kind kind, std::initializer_list<const char *> names) {
        for (const char *name : names)
            QTest::newRow(name) << QByteArray(name) << int(kind);
    };
    rows(Kind::Secret,
         {"password",
          "PASSWORD",
          "user_password_hash",
          "passwd",
          "pass-word",
          "pass word",
          "password\xe2\x80\x8b",
          "passPhrase",
          "secretAccessKey",
          "accesstoken",
          "refresh_token",
          "Session-Token",
          "x-api-key",
          "API_KEY",
          "private_key",
          "private-key",
          "PrivateKey",
          "credentials",
          "Set-Cookie",
          "X-Amz-Signature",
          "Authorization",
          "auth",
          "Auth",
          "basicAuth",
          "x-auth",
          "authKey",
          "jwt",
          "userJWT",
          "JWTValue",
          "jwt2",
          "otp",
          "otp_code",
          "pwd",
          "user.pwd",
          "user[password]",
          "user%5Bpassword%5D"});
    rows(Kind::Counter, {"tokens", "tokensUsed", "total_tokens", "tokenCount", "token-count"});
    rows(Kind::Other,
         {"",          "author",    "authorName", "authors",   "authMode", "authenticated",
          "authority", "secretary", "tokenizer",  "tokenised", "key",      "keyboard",
          "monkey",    "publicKey", "count",      "used",      "hotpot",   "optional",
          "option",    "jwtx",      "name",       "value",     "pass",     "passenger",
          "compass",   "signal",    "cook",       "14",        "--"});
}

void TestSecretNames::kinds()
{
    QFETCH(QByteArray, name);
    QFETCH(int, kind);
    SecretNames names;
    QCOMPARE(int(names.kindOf(name)), kind);
    QCOMPARE(int(names.kindOf(name)), kind); // as remembered
}

void TestSecretNames::moreNames()
{
    SecretNames names({u"E-Mail"_s, u"--"_s});
    QVERIFY(names.isSecret("user_email"));
    QVERIFY(names.isSecret("EMAIL"));
    QVERIFY(names.isSecret("password"));
    QVERIFY(!names.isSecret("mail"));
}

GUILESS_TEST(TestSecretNames)
#include "tst_secretnames.moc"
