// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/secretmask.h"

#include "app/core/jsontext.h"
#include "tests/shared/testrunner.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestSecretMask : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void json_data();
    void json();
    void texts_data();
    void texts();
    void innocent_data();
    void innocent();
    void deep();
    void deepStrings();
    void longTexts_data();
    void longTexts();
    void counts();
    void overlaps();
};

namespace {

void addColumns()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
}

void row(const char *name, const char *text, const char *expected)
{
    QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
}

//! Of what is masked nothing is masked again.
void check(const QByteArray &text, const QByteArray &expected)
{
    QCOMPARE(SecretMask().masked(text), expected);
    QCOMPARE(SecretMask().masked(expected), expected);
}

} // namespace

void TestSecretMask::json_data()
{
    addColumns();
    row("nothing", R"({"a": 1, "a":2 })", R"({"a": 1, "a":2 })");
    row("names", R"({"user":"x","Password":"abc","n":{"apiKey":17},"t":[{"access_token":["a"]}]})",
        R"({"user":"x","Password":"<masked, 3 bytes>","n":{"apiKey":"<masked, 2 bytes>"},"t":[{"access_token":"<masked, 5 bytes>"}]})");
    row("escaped name", R"({"pass\u0077ord":"x"})", R"({"pass\u0077ord":"<masked, 1 bytes>"})");
    row("words that are no secrets", R"({"token":null,"password":true,"secret":false,"jwt":""})",
        R"({"token":null,"password":true,"secret":false,"jwt":""})");
    row("no mask", R"({"token":"<masked, a","jwt":"<masked, 1 bytes> b"})",
        R"({"token":"<masked, 10 bytes>","jwt":"<masked, 19 bytes>"})");
    row("all within", R"({"password":["a",{"token":"b"}],"b":1})",
        R"({"password":"<masked, 19 bytes>","b":1})");
    row("other bytes", "{ \"a\\/b\" : \"\\u00e4\\t\xff\" ,\r\n\"otp\" : 1.50e3 }",
        "{ \"a\\/b\" : \"\\u00e4\\t\xff\" ,\r\n\"otp\" : \"<masked, 6 bytes>\" }");
    row("counted", R"({"tokens":12,"tokensUsed":-3.5,"tokens2":["a"],"token":12})",
        R"({"tokens":12,"tokensUsed":-3.5,"tokens2":"<masked, 5 bytes>","token":"<masked, 2 bytes>"})");
    row("string with JSON", R"("{\"password\":\"X\"}")",
        R"("{\"password\":\"<masked, 1 bytes>\"}")");
    row("member with JSON", R"({"a":"{\"token\":12}"})",
        R"({"a":"{\"token\":\"<masked, 2 bytes>\"}"})");
    row("JSON in JSON in JSON", R"("\"{\\\"token\\\":12,\\\"\\u00e4\\\":1}\"")",
        R"("\"{\\\"token\\\":\\\"<masked, 2 bytes>\\\",\\\"\\u00e4\\\":1}\"")");
    row("escapes as Unicode", R"("{\u0022password\u0022:\u0022x\u0022}")",
        R"("{\u0022password\u0022:\u0022<masked, 1 bytes>\u0022}")");
    row("text in a string", R"({"c":"my password=abc\nuser: \ud83d\ude00","d":1})",
        R"({"c":"my password=<masked, 3 bytes>\nuser: \ud83d\ude00","d":1})");
    row("behind an emoji", R"(["\ud83d\ude00\u00e4 token=\u0022a\u0022"])",
        R"(["\ud83d\ude00\u00e4 token=\u0022<masked, 1 bytes>\u0022"])");
    row("escaped signs", R"(["https://h/?token\u003da\u0026b\u003dc"])",
        R"(["https://h/?token\u003d<masked, 1 bytes>\u0026b\u003dc"])");
    row("escaped slashes", R"(["https:\/\/u:p@h\/"])", R"(["https:\/\/<masked, 3 bytes>@h\/"])");
    row("name at the end of a string", R"({"a":"password:","b":"c"})",
        R"({"a":"password:","b":"c"})");
    row("pairs", R"([{"key":"password","value":"a"},{"Value":[1],"x":2,"Name":"API-Token"}])",
        R"([{"key":"password","value":"<masked, 1 bytes>"},{"Value":"<masked, 3 bytes>","x":2,"Name":"API-Token"}])");
    row("pairs of others", R"([{"key":"author","value":"a"},{"name":"token"},{"value":"b"}])",
        R"([{"key":"author","value":"a"},{"name":"token"},{"value":"b"}])");
    row("pair around others", R"({"key":"jwt","value":{"password":"a"}})",
        R"({"key":"jwt","value":"<masked, 16 bytes>"})");
    row("recorded authorization",
        R"({"authorization":{"host":"h","x-api-key":"<masked, 9 bytes>"}})",
        R"({"authorization":{"host":"h","x-api-key":"<masked, 9 bytes>"}})");
    row("authorization", R"({"authorization":{"host":"h","x-api-key":"k"}})",
        R"({"authorization":"<masked, 28 bytes>"})");
    row("tokens",
        R"({"text":"see eyJhbGciOiJub25l.eyJzdWIi.c2ln and da2-abcdefghijklmnopqrstuvwxyz"})",
        R"({"text":"see <masked, 30 bytes> and <masked, 30 bytes>"})");
    row("token as a name", R"({"da2-abcdefghijklmnopqrstuvwxyz":1})",
        R"({"<masked, 30 bytes>":1})");
    row("token behind an escape", R"(["a\nBearer abcdefgh"])", R"(["a\n<masked, 15 bytes>"])");
    row("bearer", R"(["Bearer abc.def-123"])", R"(["<masked, 18 bytes>"])");
    row("GraphQL",
        R"({"query":"mutation($token: String!){login(token: $token, password: \"abc\"){id}}"})",
        R"({"query":"mutation($token: String!){login(token: $token, password: \"<masked, 3 bytes>\"){id}}"})");
}

void TestSecretMask::json()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QVERIFY(JsonText::isValid(text));
    check(text, expected);
    QVERIFY(JsonText::isValid(SecretMask().masked(text)));
}

void TestSecretMask::texts_data()
{
    addColumns();
    row("AWS", "AKIAIOSFODNN7EXAMPLE", "<masked, 20 bytes>");
    row("no UTF-8", "\xff AKIAIOSFODNN7EXAMPLE \xfe", "\xff <masked, 20 bytes> \xfe");
    row("assigned", "password=abc user=b", "password=<masked, 3 bytes> user=b");
    row("said", "The Password: abc, and more", "The Password: <masked, 3 bytes>, and more");
    row("quoted", "pwd = 'a b', x", "pwd = '<masked, 3 bytes>', x");
    row("arrow", "token => \"a\"", "token => \"<masked, 1 bytes>\"");
    row("punctuation within", "password=a,b;c&d)e", "password=<masked, 9 bytes>");
    row("list", "password=a,host=b;secret=c",
        "password=<masked, 1 bytes>,host=b;secret=<masked, 1 bytes>");
    row("in brackets", "(password=a)", "(password=<masked, 1 bytes>)");
    row("apostrophe", "password=it's", "password=<masked, 4 bytes>");
    row("in a shell", "curl -d 'password=a' x", "curl -d 'password=<masked, 1 bytes>' x");
    row("user of a URL", "see https://u:pw@h.test/a@b and ftp://x",
        "see https://<masked, 4 bytes>@h.test/a@b and ftp://x");
    row("query", "https://h/?token=a&page=2&X-Amz-Signature=b%20c#access_token=d",
        "https://h/?token=<masked, 1 bytes>&page=2&X-Amz-Signature=<masked, 5 "
        "bytes>#access_token=<masked, 1 bytes>");
    row("form", "user%5Bpassword%5D=a&user[name]=b",
        "user%5Bpassword%5D=<masked, 1 bytes>&user[name]=b");
    row("header", "Authorization: Basic dTpw\r\nCookie: a=b; c=d\r\nHost: h",
        "Authorization: <masked, 10 bytes>\r\nCookie: <masked, 8 bytes>\r\nHost: h");
    row("header in a shell", "-H 'Authorization: Basic dTpw' -v",
        "-H 'Authorization: <masked, 10 bytes>' -v");
    row("cut JSON", R"({"password":"SEC24")", R"({"password":"<masked, 5 bytes>")");
    row("JSON cut in a value", R"({"a":1,"password" : "SEC)",
        R"({"a":1,"password" : "<masked, 3 bytes>)");
    row("cut JSON with numbers", R"({"token":123,"b":2,"otp":null,"a":)",
        R"({"token":"<masked, 3 bytes>","b":2,"otp":null,"a":)");
    row("cut JSON with objects", R"({"credentials":{"a":"b"},"c)",
        R"({"credentials":"<masked, 12 bytes>")");
    row("cut JSON on lines", "{\n \"password\":\n  \"a\",\n",
        "{\n \"password\":\n  \"<masked, 1 bytes>\",\n");
    row("JSON in cut JSON", R"({"event":"{\"password\":\"a\\\"b\",\"c\":1)",
        R"({"event":"{\"password\":\"<masked, 6 bytes>\",\"c\":1)");
    row("number in JSON in cut JSON", R"({"event":"{\"token\":12,\"c\":1)",
        R"({"event":"{\"token\":\"<masked, 2 bytes>\",\"c\":1)");
    row("in a line of a log", R"(INFO {"password":"a"} done)",
        R"(INFO {"password":"<masked, 1 bytes>"} done)");
}

void TestSecretMask::texts()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QVERIFY(!JsonText::isValid(text));
    check(text, expected);
}

void TestSecretMask::innocent_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text :
         {"author: Jane", R"({"author":"Jane","authorName":"J","authority":"A","keyboard":"k"})",
          "tokens used: count 12", "tokens: 12", "the password", "password:", "password = ",
          R"(["password:"])", "at 14:02:11", "https://h.test:8080/a?page=2", "mailto:a@b.test",
          "Token::parse(x)", "secretary: Bob", "a=b", "password: null", "password=true",
          R"({"key":"a","value":"b","name":"c"})", R"({"text":"12:30 = noon","tokens":[]})"})
        QTest::newRow(text) << QByteArray(text);
}

void TestSecretMask::innocent()
{
    QFETCH(QByteArray, text);
    SecretMask mask;
    QCOMPARE(mask.masked(text), text);
    QCOMPARE(mask.count(), 0);
}

void TestSecretMask::deep()
{
    const auto text = [](const QByteArray &value) {
        return QByteArray(100'000, '[') + R"({"password":")" + value + R"("})"
            + QByteArray(100'000, ']');
    };
    check(text("x"), text("<masked, 1 bytes>"));
}

void TestSecretMask::deepStrings()
{
    // A backslash as \u005c grows by five bytes a level, so that strings in strings can be many.
    QByteArray text = R"({"password":"x"})";
    for (int level = 0; level < 200; ++level)
        text = '"' + text.replace('\\', "\\u005c").replace('"', "\\u0022") + '"';
    QVERIFY(JsonText::isValid(text));
    QVERIFY(JsonText::isValid(SecretMask().masked(text)));
}

void TestSecretMask::longTexts_data()
{
    QTest::addColumn<QByteArray>("piece");
    for (const char *piece : {"$token=", "token:", "\"token\":", "token=,", "'=", "tokens=1,",
                              "token=\\\"<masked, 1 bytes>", "cookie: <masked, 1 bytes>", "\\",
                              "://", "a@", "token=\\\\\\'", "x:y="})
        QTest::newRow(piece) << QByteArray(piece);
}

//! A time that grows with the square of the length would be minutes here.
void TestSecretMask::longTexts()
{
    QFETCH(QByteArray, piece);
    const QByteArray text = piece.repeated(1'000'000 / piece.size());
    QElapsedTimer timer;
    timer.start();
    (void)SecretMask().masked(text);
    (void)SecretMask().masked(JsonText::quoted(QString::fromUtf8(text)));
    QVERIFY2(timer.elapsed() < 20'000, "the time grows faster than the text");
}

void TestSecretMask::counts()
{
    SecretMask mask;
    (void)mask.masked(R"({"password":{"token":"a"},"b":"secret=c"})");
    QCOMPARE(mask.count(), 2);
    (void)mask.masked("Authorization: Bearer abcdefgh");
    QCOMPARE(mask.count(), 3);
    (void)mask.masked("nothing");
    QCOMPARE(mask.count(), 3);
}

void TestSecretMask::overlaps()
{
    qint64 count = 0;
    QCOMPARE(Masking::changed("abcdefgh", {{2, 4, "y"}, {1, 3, "x"}, {1, 2, "z"}}, &count),
             QByteArray("ax<masked, 1 bytes>efgh"));
    QCOMPARE(count, 2);
}

GUILESS_TEST(TestSecretMask)
#include "tst_secretmask.moc"
