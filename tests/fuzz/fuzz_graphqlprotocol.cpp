// SPDX-License-Identifier: Apache-2.0
// Frames of GraphQL: what arrives is decoded, and results are taken apart, as QJsonDocument reads them; what leaves is
// JSON that says what was meant. Input: the text of one frame in UTF-8, also used as a document and an id.
#include "fuzz.h"

#include "lib/wire/graphqlprotocol_p.h"

#include <AppSync/GraphQlResult>
#include <AppSync/Validation>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace AppSync;
using namespace Qt::StringLiterals;

namespace {

using Kind = Incoming::Kind;

bool endsInError(Kind kind)
{
    return kind == Kind::ConnectionError || kind == Kind::OperationError;
}

void checkShape(const Incoming &incoming, const QString &text)
{
    FUZZ_CHECK((incoming.kind == Kind::Malformed) == !incoming.problem.isEmpty());
    FUZZ_CHECK(endsInError(incoming.kind) == !incoming.errors.isEmpty());
    FUZZ_CHECK((incoming.kind == Kind::Data) == (incoming.events.size() == 1));
    FUZZ_CHECK(incoming.connectionTimeout.count() >= 0);
    for (const Incoming::Payload &payload : incoming.events) {
        FUZZ_CHECK(payload.begin >= 0 && payload.begin <= payload.end);
        FUZZ_CHECK(payload.end <= text.size());
    }
    for (const Error &error : incoming.errors)
        FUZZ_CHECK(error.isError());
}

//! \a expected is the payload as an independent reader has it.
void checkResult(const GraphQlResult &result, const QJsonObject &expected)
{
    FUZZ_CHECK(QJsonDocument::fromJson(result.json()).object() == expected);
    FUZZ_CHECK(result.data() == expected[u"data"_s]);
    FUZZ_CHECK(result.hasData() == (expected.contains(u"data"_s) && !expected[u"data"_s].isNull()));
    FUZZ_CHECK(result.dataJson().isEmpty() == !expected.contains(u"data"_s));
    const QJsonValue errors = expected[u"errors"_s];
    if (errors.isArray())
        FUZZ_CHECK(result.errors().size() == errors.toArray().size());
    FUZZ_CHECK(result.extensions() == expected[u"extensions"_s].toObject());
}

//! \a object is what the frame says by an independent reader.
void checkMeaning(const Incoming &incoming, const QString &text, const QJsonObject &object)
{
    const QJsonValue type = object[u"type"_s];
    const QJsonValue payload = object[u"payload"_s];
    const bool isUsable = type.isString() && (type.toString() != u"data" || payload.isObject());
    FUZZ_CHECK((incoming.kind != Kind::Malformed) == isUsable);
    if (!isUsable)
        return;
    FUZZ_CHECK(incoming.type == type.toString());
    FUZZ_CHECK(incoming.id == object[u"id"_s].toString());
    if (incoming.kind != Kind::Data)
        return;
    const Incoming::Payload &span = incoming.events.front();
    checkResult(GraphQlResult(text, span.begin, span.end), payload.toObject());
}

void checkIncoming(const QString &text, const QByteArray &utf8)
{
    const Incoming incoming = graphQlProtocol().decode(text);
    checkShape(incoming, text);
    if (incoming.kind == Kind::Data) { // may be no JSON, and is taken apart without a crash
        const Incoming::Payload &span = incoming.events.front();
        const GraphQlResult result(text, span.begin, span.end);
        (void)result.data();
        (void)result.errors();
    }
    if (Validation::json(utf8).isProblem() || Fuzz::hasByteOrderMark(text))
        return; // the decoder skips what it does not need
    const QJsonDocument document = QJsonDocument::fromJson(utf8);
    if (document.isObject())
        checkMeaning(incoming, text, document.object());
    else if (!utf8.trimmed().startsWith('{'))
        FUZZ_CHECK(incoming.kind == Kind::Malformed);
}

void checkOutgoing(const QString &text, const QByteArray &utf8)
{
    const QByteArray body = GraphQlWire::body(utf8, "{}", text);
    QJsonObject expected{{u"query"_s, text}, {u"variables"_s, QJsonObject()}};
    if (!text.isEmpty())
        expected.insert(u"operationName"_s, text);
    FUZZ_CHECK(QJsonDocument::fromJson(body).object() == expected);
    FUZZ_CHECK(!Validation::json(body).isProblem());

    const QByteArray frame = graphQlProtocol().start(Protocol::Verb::Subscribe, utf8, body, "{}");
    const QJsonObject extensions{{u"authorization"_s, QJsonObject()}};
    const QJsonObject whole{
        {u"type"_s, u"start"_s},
        {u"id"_s, text},
        {u"payload"_s,
         QJsonObject{{u"data"_s, QString::fromUtf8(body)}, {u"extensions"_s, extensions}}}};
    FUZZ_CHECK(QJsonDocument::fromJson(frame).object() == whole);
    const QJsonObject stop{{u"type"_s, u"stop"_s}, {u"id"_s, text}};
    FUZZ_CHECK(QJsonDocument::fromJson(graphQlProtocol().stop(utf8)).object() == stop);
}

} // namespace

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    Fuzz::startApplication(argc, *argv);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const Fuzz::ExactText text(QString::fromUtf8(Fuzz::bytes(data, size)));
    const QByteArray utf8 = text.string().toUtf8();
    checkIncoming(text.string(), utf8);
    if (!Fuzz::hasByteOrderMark(text.string()))
        checkOutgoing(text.string(), utf8);
    return 0;
}
