// SPDX-License-Identifier: Apache-2.0
#include "goldenframes.h"
#include "lib/wire/eventsprotocol_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_EventsProtocol : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void decodes_data();
    void decodes();
    void everyPrefixIsMalformed();
    void deepNestingIsHarmless();
    void encodes();
    void payloadsAreSentAsTheyAre();
};

void tst_EventsProtocol::decodes_data()
{
    QVERIFY(GoldenFrames::addRows(u"events"_s) > 40);
}

void tst_EventsProtocol::decodes()
{
    QFETCH(QJsonObject, row);
    GoldenFrames::compare(eventsProtocol(), row);
}

void tst_EventsProtocol::everyPrefixIsMalformed()
{
    const QString whole = uR"({"type":"data","id":"s","x":[1,{"y":"\""}],"event":"{\"a\":1}"})"_s;
    QCOMPARE(eventsProtocol().decode(whole).kind, Incoming::Kind::Data);
    for (qsizetype size = 0; size < whole.size(); ++size)
        QCOMPARE(eventsProtocol().decode(whole.left(size)).kind, Incoming::Kind::Malformed);
}

void tst_EventsProtocol::deepNestingIsHarmless()
{
    const QString deep = uR"({"type":"data","id":"s","event":)"_s + QString(200'000, u'[')
        + QString(200'000, u']') + u'}';
    QCOMPARE(eventsProtocol().decode(deep).kind, Incoming::Kind::Data);
}

void tst_EventsProtocol::encodes()
{
    const Protocol &wire = eventsProtocol();
    QCOMPARE(wire.subprotocol, u"aws-appsync-event-ws"_s);
    QCOMPARE(wire.connectionInit, R"({"type":"connection_init"})"_ba);
    QCOMPARE(wire.connectBody, "{}"_ba);
    QCOMPARE(EventsWire::subscribeBody(u"/default/*"_s), R"({"channel":"/default/*"})"_ba);
    QCOMPARE(
        wire.start(Protocol::Verb::Subscribe, "sub-1", EventsWire::subscribeBody(u"/default/*"_s),
                   R"({"x-api-key":"k"})"_ba),
        R"({"type":"subscribe","id":"sub-1","channel":"/default/*","authorization":{"x-api-key":"k"}})"_ba);
    QCOMPARE(
        wire.start(Protocol::Verb::Publish, "pub-2",
                   EventsWire::publishBody(u"/default/room"_s, {R"({"msg":"hi"})"_ba}), "{}"_ba),
        R"({"type":"publish","id":"pub-2","channel":"/default/room","events":["{\"msg\":\"hi\"}"],"authorization":{}})"_ba);
    QCOMPARE(wire.stop("sub-1"), R"({"type":"unsubscribe","id":"sub-1"})"_ba);
}

void tst_EventsProtocol::payloadsAreSentAsTheyAre()
{
    // The body of the reference's second signing vector, byte for byte.
    QCOMPARE(
        EventsWire::publishBody(u"/default/room"_s, {"{\"msg\":\"h\u00e9llo\"}"_ba, "1"_ba}),
        "{\"channel\":\"/default/room\",\"events\":[\"{\\\"msg\\\":\\\"h\u00e9llo\\\"}\",\"1\"]}"_ba);
}

GUILESS_TEST(tst_EventsProtocol)
#include "tst_eventsprotocol.moc"
