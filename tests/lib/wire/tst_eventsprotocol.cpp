// SPDX-License-Identifier: Apache-2.0
#include "lib/wire/eventsprotocol_p.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Event>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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

namespace {

const QHash<QString, Incoming::Kind> &kinds()
{
    using Kind = Incoming::Kind;
    static const QHash<QString, Kind> names{
        {u"Ack"_s, Kind::Ack},
        {u"ConnectionError"_s, Kind::ConnectionError},
        {u"KeepAlive"_s, Kind::KeepAlive},
        {u"Data"_s, Kind::Data},
        {u"SubscribeSuccess"_s, Kind::SubscribeSuccess},
        {u"SubscribeError"_s, Kind::SubscribeError},
        {u"UnsubscribeSuccess"_s, Kind::UnsubscribeSuccess},
        {u"UnsubscribeError"_s, Kind::UnsubscribeError},
        {u"PublishSuccess"_s, Kind::PublishSuccess},
        {u"PublishError"_s, Kind::PublishError},
        {u"BroadcastError"_s, Kind::BroadcastError},
        {u"Error"_s, Kind::Error},
        {u"Unknown"_s, Kind::Unknown},
        {u"Malformed"_s, Kind::Malformed},
    };
    return names;
}

QJsonArray described(const QList<Error> &errors)
{
    QJsonArray list;
    for (const Error &error : errors)
        list << QJsonObject{{u"kind"_s, QVariant::fromValue(error.kind).toString()},
                            {u"type"_s, error.type},
                            {u"code"_s, error.code},
                            {u"serverMessage"_s, error.serverMessage}};
    return list;
}

QJsonArray described(const QList<PublishedEvent> &events)
{
    QJsonArray list;
    for (const PublishedEvent &event : events)
        list << QJsonObject{{u"index"_s, event.index},
                            {u"identifier"_s, event.identifier},
                            {u"code"_s, event.code},
                            {u"message"_s, event.message}};
    return list;
}

QJsonArray described(const Incoming &incoming, const QString &text)
{
    QJsonArray list;
    for (const Incoming::Payload &payload : incoming.events)
        list << Event(text, payload.begin, payload.end, payload.hasEscapes).text();
    return list;
}

} // namespace

void tst_EventsProtocol::decodes_data()
{
    QTest::addColumn<QJsonObject>("row");
    QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/events/incoming.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray rows = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(rows.size() > 40);
    for (const QJsonValue &row : rows)
        QTest::newRow(qPrintable(row[u"name"].toString())) << row.toObject();
}

void tst_EventsProtocol::decodes()
{
    QFETCH(QJsonObject, row);
    const QString text = row[u"frame"_s].toString();
    const Incoming incoming = eventsProtocol().decode(text);
    QVERIFY(kinds().contains(row[u"kind"_s].toString()));
    QCOMPARE(incoming.kind, kinds()[row[u"kind"_s].toString()]);
    QCOMPARE(incoming.kind == Incoming::Kind::Malformed, !incoming.problem.isEmpty());
    if (row.contains(u"id"_s))
        QCOMPARE(incoming.id.toString(), row[u"id"_s].toString());
    if (row.contains(u"timeoutMs"_s))
        QCOMPARE(incoming.connectionTimeout.count(), row[u"timeoutMs"_s].toInteger());
    QCOMPARE(described(incoming.errors), row[u"errors"_s].toArray());
    QCOMPARE(described(incoming.successful), row[u"successful"_s].toArray());
    QCOMPARE(described(incoming.failed), row[u"failed"_s].toArray());
    QCOMPARE(described(incoming, text), row[u"events"_s].toArray());
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
