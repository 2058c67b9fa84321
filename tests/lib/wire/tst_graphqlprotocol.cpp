// SPDX-License-Identifier: Apache-2.0
#include "goldenframes.h"
#include "lib/wire/graphqlprotocol_p.h"
#include "lib/wire/servererror_p.h"
#include "tests/shared/testrunner.h"

#include <AppSync/GraphQlResult>

#include <QDir>
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
    void conversations_data();
    void conversations();

private:
    static void understand(const QJsonObject &frame);
    static void understandAnswer(const QJsonObject &step);
    static void write(const QJsonObject &frame);
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

void tst_GraphQlProtocol::conversations_data()
{
    QTest::addColumn<QString>("path");
    const QDir folder(QStringLiteral(SYNCSCOPE_FIXTURES "/emulator"));
    const QStringList files = folder.entryList({u"graphql-*.json"_s});
    QVERIFY(files.size() > 5);
    for (const QString &file : files)
        QTest::newRow(qPrintable(file)) << folder.filePath(file);
}

//! What the emulator is held to is what the client writes and understands.
void tst_GraphQlProtocol::conversations()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray steps = QJsonDocument::fromJson(file.readAll()).object()[u"steps"_s].toArray();
    QVERIFY(!steps.isEmpty());
    for (const QJsonValue &value : steps) {
        const QJsonObject step = value.toObject();
        if (step.contains(u"expect"_s))
            understand(step[u"expect"_s].toObject());
        else if (step.contains(u"expectText"_s))
            understand(QJsonDocument::fromJson(step[u"expectText"_s].toString().toUtf8()).object());
        else if (step.contains(u"post"_s))
            understandAnswer(step);
        else if (step.contains(u"send"_s))
            write(step[u"send"_s].toObject());
        if (QTest::currentTestFailed())
            return;
    }
}

void tst_GraphQlProtocol::understand(const QJsonObject &frame)
{
    static const QHash<QString, Incoming::Kind> kinds{
        {u"connection_ack"_s, Incoming::Kind::Ack},
        {u"connection_error"_s, Incoming::Kind::ConnectionError},
        {u"ka"_s, Incoming::Kind::KeepAlive},
        {u"start_ack"_s, Incoming::Kind::SubscribeSuccess},
        {u"data"_s, Incoming::Kind::Data},
        {u"complete"_s, Incoming::Kind::Complete},
        {u"error"_s, Incoming::Kind::OperationError}};
    const QString text = QString::fromUtf8(QJsonDocument(frame).toJson(QJsonDocument::Compact));
    const Incoming incoming = graphQlProtocol().decode(text);
    const QString type = frame[u"type"_s].toString();
    QVERIFY2(kinds.contains(type), qPrintable(text));
    QCOMPARE(incoming.kind, kinds[type]);
    QCOMPARE(incoming.id.toString(), frame[u"id"_s].toString());
    const QJsonValue errors = frame[u"payload"_s].toObject()[u"errors"_s];
    if (incoming.kind == Incoming::Kind::Data)
        return;
    const QJsonArray list = errors.isObject() ? QJsonArray{errors} : errors.toArray();
    QCOMPARE(incoming.errors.size(), list.size());
    for (qsizetype i = 0; i < list.size(); ++i) {
        QCOMPARE(incoming.errors[i].type, list[i][u"errorType"_s].toString());
        QCOMPARE(incoming.errors[i].serverMessage, list[i][u"message"_s].toString());
    }
}

void tst_GraphQlProtocol::understandAnswer(const QJsonObject &step)
{
    const int status = step[u"status"_s].toInt();
    const QJsonObject answer = step[u"answer"_s].toObject();
    const QByteArray body = QJsonDocument(answer).toJson(QJsonDocument::Compact);
    const QJsonObject first = answer[u"errors"_s].toArray().at(0).toObject();
    if (status >= 400) {
        const Error error = ServerError::fromHttp(status, body, {});
        QCOMPARE(error.type, first[u"errorType"_s].toString());
        QCOMPARE(error.serverMessage, first[u"message"_s].toString());
        QCOMPARE(error.kind == Error::Kind::Unauthorized, status == 401);
        return;
    }
    const GraphQlResult result = GraphQlResult::fromJson(body);
    QCOMPARE(result.hasData(), answer[u"data"_s].isObject());
    QCOMPARE(result.errors().size(), answer[u"errors"_s].toArray().size());
    for (const GraphQlError &error : result.errors())
        QCOMPARE(error.message, first[u"message"_s].toString());
}

void tst_GraphQlProtocol::write(const QJsonObject &frame)
{
    const QByteArray id = frame[u"id"_s].toString().toUtf8();
    const QJsonObject payload = frame[u"payload"_s].toObject();
    const QByteArray authorization =
        QJsonDocument(payload[u"extensions"_s][u"authorization"_s].toObject()).toJson();
    QByteArray written;
    if (frame[u"type"_s] == u"connection_init"_s)
        written = graphQlProtocol().connectionInit;
    else if (frame[u"type"_s] == u"start"_s)
        written = graphQlProtocol().start(Protocol::Verb::Subscribe, id,
                                          payload[u"data"_s].toString().toUtf8(), authorization);
    else if (frame[u"type"_s] == u"stop"_s)
        written = graphQlProtocol().stop(id);
    else
        return; // what no client sends
    QCOMPARE(QJsonDocument::fromJson(written).object(), frame);
}

GUILESS_TEST(tst_GraphQlProtocol)
#include "tst_graphqlprotocol.moc"
