// SPDX-License-Identifier: Apache-2.0
#include "goldenframes.h"
#include "lib/wire/graphqlprotocol_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_GraphQlProtocol : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodes_data();
    void decodes();
    void everyPrefixIsMalformed();
    void deepNestingIsHarmless();
    void encodes();
    void documentsAreSentAsTheyAre_data();
    void documentsAreSentAsTheyAre();
    void dataIsWhatASignatureCovers();
};

void tst_GraphQlProtocol::decodes_data()
{
    QVERIFY(GoldenFrames::addRows(u"graphql"_s) > 40);
}

void tst_GraphQlProtocol::decodes()
{
    QFETCH(QJsonObject, row);
    GoldenFrames::compare(graphQlProtocol(), row);
}

void tst_GraphQlProtocol::everyPrefixIsMalformed()
{
    const QString whole =
        uR"({"type":"data","id":"s","x":[1,{"y":"\""}],"payload":{"data":{"a":1}}})"_s;
    QCOMPARE(graphQlProtocol().decode(whole).kind, Incoming::Kind::Data);
    for (qsizetype size = 0; size < whole.size(); ++size)
        QCOMPARE(graphQlProtocol().decode(whole.left(size)).kind, Incoming::Kind::Malformed);
}

void tst_GraphQlProtocol::deepNestingIsHarmless()
{
    const QString deep = uR"({"type":"data","id":"s","payload":{"data":)"_s + QString(200'000, u'[')
        + QString(200'000, u']') + u"}}"_s;
    QCOMPARE(graphQlProtocol().decode(deep).kind, Incoming::Kind::Data);
}

void tst_GraphQlProtocol::encodes()
{
    const Protocol &wire = graphQlProtocol();
    QCOMPARE(wire.service, Endpoint::Service::GraphQl);
    QCOMPARE(wire.subprotocol, u"graphql-ws"_s);
    QCOMPARE(wire.connectionInit, R"({"type":"connection_init"})"_ba);
    QCOMPARE(wire.connectBody, "{}"_ba);
    QCOMPARE(wire.connectPath, u"/connect"_s);
    const QByteArray body = GraphQlWire::body(R"(subscription { onX(a: "\"") { id } })",
                                              R"({"b":null, "a":9007199254740993})"_ba, u"N"_s);
    QCOMPARE(body,
             R"({"query":"subscription { onX(a: \"\\\"\") { id } }",)"
             R"("variables":{"b":null, "a":9007199254740993},"operationName":"N"})"_ba);
    QCOMPARE(GraphQlWire::body("{a}", {}, {}), R"({"query":"{a}"})"_ba);
    QCOMPARE(
        wire.start(Protocol::Verb::Subscribe, "sub-1", GraphQlWire::body("{a}", {}, {}),
                   R"({"x-api-key":"k"})"_ba),
        R"({"id":"sub-1","type":"start","payload":{"data":"{\"query\":\"{a}\"}","extensions":{"authorization":{"x-api-key":"k"}}}})"_ba);
    QCOMPARE(wire.stop("sub-1"), R"({"type":"stop","id":"sub-1"})"_ba);
}

void tst_GraphQlProtocol::documentsAreSentAsTheyAre_data()
{
    QTest::addColumn<QString>("document");
    QTest::newRow("white space") << u"query  A{\r\n\ta # comment\n ,,}\n"_s;
    QTest::newRow("quotes and escapes")
        << uR"({ a(b: "\"\\\n\u00e9") c(d: """block " \""" """) })"_s;
    QTest::newRow("non-BMP") << u"{ a(b: \"\U0001F600é漢\") }"_s;
    QTest::newRow("control characters") << u"{ a(b: \"\u0001\u007f\u2028\ufeff\") }"_s;
}

void tst_GraphQlProtocol::documentsAreSentAsTheyAre()
{
    QFETCH(QString, document);
    const QByteArray body = GraphQlWire::body(document.toUtf8(), {}, {});
    const QJsonObject read = QJsonDocument::fromJson(body).object();
    QCOMPARE(read[u"query"_s].toString(), document);
    // And the string in the frame is, once unescaped, the body byte for byte.
    const QByteArray frame = graphQlProtocol().start(Protocol::Verb::Subscribe, "s", body, "{}"_ba);
    const QJsonValue data =
        QJsonDocument::fromJson(frame).object()[u"payload"_s].toObject()[u"data"_s];
    QCOMPARE(data.toString().toUtf8(), body);
}

//! The reference's vector of a start: what it hashes is the text that the frame carries.
void tst_GraphQlProtocol::dataIsWhatASignatureCovers()
{
    const QByteArray body = GraphQlWire::body(
        "subscription OnCreateMessage($room: ID!) { onCreateMessage(room: $room) { id message } }",
        R"({"room":"lobby"})"_ba, {});
    QCOMPARE(
        body,
        R"({"query":"subscription OnCreateMessage($room: ID!) { onCreateMessage(room: $room) { id message } }","variables":{"room":"lobby"}})"_ba);
}

GUILESS_TEST(tst_GraphQlProtocol)
#include "tst_graphqlprotocol.moc"
