// SPDX-License-Identifier: Apache-2.0
#include "lib/wire/protocol_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_Protocol : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headerSubprotocols_data();
    void headerSubprotocols();
    void queryCarriesAuthorization();
    void hostIsAddedOnce();
    void secretsAreMasked();
    void credentialsAreMasked_data();
    void credentialsAreMasked();
};

void tst_Protocol::headerSubprotocols_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("subprotocol");
    // The reference's vectors; the second exercises - and _ and needs no padding to be legal.
    QTest::newRow("api key")
        << R"({"host":"abcdefghijklmnopqrstuvwxyz.appsync-api.us-east-1.amazonaws.com","x-api-key":"da2-abcdefghijklmnopqrstuvwxyz"})"_ba
        << u"header-eyJob3N0IjoiYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXouYXBwc3luYy1hcGkudXMtZWFzdC0xLmFtYXpvbmF3cy5jb20iLCJ4LWFwaS1rZXkiOiJkYTItYWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXoifQ"_s;
    QTest::newRow("url-safe alphabet")
        << R"({"Authorization":"~~~???","host":"h"})"_ba
        << u"header-eyJBdXRob3JpemF0aW9uIjoifn5-Pz8_IiwiaG9zdCI6ImgifQ"_s;
}

void tst_Protocol::headerSubprotocols()
{
    QFETCH(QByteArray, json);
    QTEST(headerSubprotocol(json), "subprotocol");
}

void tst_Protocol::queryCarriesAuthorization()
{
    // Base64 with + / and padding, none of which may reach a server's query as it is.
    const QByteArray json = R"({"Authorization":"~~~???","host":"h"})"_ba;
    QVERIFY(json.toBase64().contains('+') && json.toBase64().contains('/'));
    const QUrl url = withAuthorization(QUrl(u"wss://h/graphql?x=1%2B1"_s), json, "{}"_ba);
    QCOMPARE(url.toEncoded(),
             "wss://h/graphql?x=1%2B1&header=" + json.toBase64().toPercentEncoding()
                 + "&payload=e30%3D");
}

void tst_Protocol::hostIsAddedOnce()
{
    QCOMPARE(authorizationObject({{"x-api-key"_ba, "k"_ba}}, u"h"_s),
             R"({"host":"h","x-api-key":"k"})"_ba);
    QCOMPARE(authorizationObject({{"Host"_ba, "mine"_ba}}, u"h"_s), R"({"Host":"mine"})"_ba);
}

void tst_Protocol::secretsAreMasked()
{
    const Headers headers{{"x-api-key"_ba, "da2-secret"_ba},
                          {"Authorization"_ba, "eyJsecret"_ba},
                          {"X-Amz-Security-Token"_ba, "tokensecret"_ba},
                          {"x-amz-date"_ba, "20150830T123600Z"_ba},
                          {"x-unknown"_ba, "perhaps-secret"_ba}};
    const QByteArray masked = maskedAuthorizationObject(headers, u"h"_s);
    QVERIFY(!masked.contains("secret"));
    QVERIFY(masked.contains("20150830T123600Z"));
    QVERIFY(masked.contains(R"("x-api-key":"<masked, 10 bytes>")"));
}

void tst_Protocol::credentialsAreMasked_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("masked");
    const QString mask = u"<masked, 8 bytes>"_s;
    QTest::newRow("none") << u"You are not authorized."_s << u"You are not authorized."_s;
    QTest::newRow("words")
        << u"'POST\nx-amz-security-token:FQoG/+==\n\nhost;x-amz-security-token\nabc'"_s
        << u"'POST\nx-amz-security-token:%1\n\nhost;x-amz-security-token\nabc'"_s.arg(mask);
    QTest::newRow("JSON") << uR"({"m":"x-amz-security-token:FQoG/+==\n\nhost"})"_s
                          << uR"({"m":"x-amz-security-token:%1\n\nhost"})"_s.arg(mask);
    QTest::newRow("JSON with more escapes")
        << uR"({"m":"X-Amz-Security-Token:FQ\/+\u003d\n\nhost"})"_s
        << uR"({"m":"X-Amz-Security-Token:<masked, 11 bytes>\n\nhost"})"_s;
    QTest::newRow("member") << uR"({"X-Amz-Security-Token": "FQoG/+==","a":1})"_s
                            << uR"({"X-Amz-Security-Token": "%1","a":1})"_s.arg(mask);
    QTest::newRow("query") << u"/?X-Amz-Security-Token=FQoG%2F&a=1"_s
                           << u"/?X-Amz-Security-Token=<masked, 7 bytes>&a=1"_s;
    QTest::newRow("twice") << u"x-amz-security-token:FQoG/+== x-amz-security-token=FQoG/+=="_s
                           << u"x-amz-security-token:%1 x-amz-security-token=%1"_s.arg(mask);
    QTest::newRow("a key in JSON") << uR"({"X-Api-Key":"da2-1234","host":"x"})"_s
                                   << uR"({"X-Api-Key":"%1","host":"x"})"_s.arg(mask);
    QTest::newRow("a token in a header")
        << u"Authorization: Bearer 1\nHost: x"_s << u"Authorization: %1\nHost: x"_s.arg(mask);
    QTest::newRow("JSON in JSON") << uR"({"m":"{\"Authorization\":\"12345678\",\"a\":1}"})"_s
                                  << uR"({"m":"{\"Authorization\":\"%1\",\"a\":1}"})"_s.arg(mask);
    QTest::newRow("a subprotocol") << u"aws-appsync-event-ws, header-eyJob3N0IjoieCJ9"_s
                                   << u"aws-appsync-event-ws, header-<masked, 16 bytes>"_s;
    QTest::newRow("a query") << u"GET /graphql?header=eyJob3N0IjoieCJ9&payload=e30%3D"_s
                             << u"GET /graphql?header=<masked, 16 bytes>&payload=e30%3D"_s;
    QTest::newRow("a header's name") << u"The header Authorization is missing; host;x-api-key"_s
                                     << u"The header Authorization is missing; host;x-api-key"_s;
    QTest::newRow("masked already, as JSON")
        << uR"({"authorization":"%1"})"_s.arg(mask) << uR"({"authorization":"%1"})"_s.arg(mask);
    QTest::newRow("masked already")
        << u"x-amz-security-token:"_s + mask << u"x-amz-security-token:"_s + mask;
}

void tst_Protocol::credentialsAreMasked()
{
    QFETCH(QString, text);
    QTEST(withoutCredentials(text), "masked");
}

GUILESS_TEST(tst_Protocol)
#include "tst_protocol.moc"
