// SPDX-License-Identifier: Apache-2.0
#include "lib/wire/protocol_p.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_Protocol : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void headerSubprotocols_data();
    void headerSubprotocols();
    void hostIsAddedOnce();
    void secretsAreMasked();
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

QTEST_GUILESS_MAIN(tst_Protocol)
#include "tst_protocol.moc"
