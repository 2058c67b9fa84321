// SPDX-License-Identifier: Apache-2.0
// Frames of AppSync Events: what arrives is decoded as QJsonDocument reads it, and what leaves is JSON that
// says what was meant. Input: the text of one frame in UTF-8, also used as a channel, an event and a secret.
#include "fuzz.h"

#include "lib/wire/eventsprotocol_p.h"

#include <AppSync/Event>
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
    return kind == Kind::ConnectionError || kind == Kind::SubscribeError
        || kind == Kind::UnsubscribeError || kind == Kind::PublishError
        || kind == Kind::BroadcastError || kind == Kind::Error;
}

//! Kinds of which the decoder reads more than it can without a document.
bool needsDocument(Kind kind)
{
    return kind != Kind::Data && kind != Kind::KeepAlive && kind != Kind::Unknown;
}

void checkShape(const Incoming &incoming, const QString &text)
{
    FUZZ_CHECK((incoming.kind == Kind::Malformed) == !incoming.problem.isEmpty());
    FUZZ_CHECK(endsInError(incoming.kind) == !incoming.errors.isEmpty());
    FUZZ_CHECK(incoming.connectionTimeout.count() >= 0);
    for (const Incoming::Payload &payload : incoming.events) {
        FUZZ_CHECK(payload.begin >= 0 && payload.begin <= payload.end);
        FUZZ_CHECK(payload.end <= text.size());
    }
    for (const Error &error : incoming.errors)
        FUZZ_CHECK(error.isError());
}

void checkEvent(const Event &event, const QJsonValue &expected)
{
    FUZZ_CHECK(event.json() == event.text().toUtf8());
    if (expected.isString()) {
        FUZZ_CHECK(event.text() == expected.toString());
    } else {
        FUZZ_CHECK(!Validation::json(event.json()).isProblem());
        FUZZ_CHECK(event.text().trimmed() == event.text());
        FUZZ_CHECK(event.payload() == expected);
    }
}

void checkEvents(const Incoming &incoming, const QString &text, const QJsonValue &event)
{
    const QJsonArray expected = event.isArray() ? event.toArray() : QJsonArray({event});
    FUZZ_CHECK(incoming.events.size() == expected.size());
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const Incoming::Payload &payload = incoming.events[i];
        checkEvent(Event(text, payload.begin, payload.end, payload.hasEscapes), expected[i]);
    }
}

//! \a object is what the frame says by an independent reader.
void checkMeaning(const Incoming &incoming, const QString &text, const QJsonObject &object)
{
    const QJsonValue type = object[u"type"_s];
    const QJsonValue event = object[u"event"_s];
    const bool isUsable =
        type.isString() && (type.toString() != u"data" || object.contains(u"event"_s));
    FUZZ_CHECK((incoming.kind != Kind::Malformed) == isUsable);
    if (!isUsable)
        return;
    FUZZ_CHECK(incoming.type == type.toString());
    FUZZ_CHECK(incoming.id == object[u"id"_s].toString());
    if (incoming.kind == Kind::Data)
        checkEvents(incoming, text, event);
    FUZZ_CHECK((incoming.kind == Kind::Data) == (type.toString() == u"data"));
    if (incoming.kind == Kind::PublishSuccess) {
        FUZZ_CHECK(incoming.successful.size() == object[u"successful"_s].toArray().size());
        FUZZ_CHECK(incoming.failed.size() == object[u"failed"_s].toArray().size());
    }
    const QJsonValue errors = object[u"errors"_s];
    if (endsInError(incoming.kind) && errors.isArray() && !errors.toArray().isEmpty())
        FUZZ_CHECK(incoming.errors.size() == errors.toArray().size());
}

void checkIncoming(const QString &text, const QByteArray &utf8)
{
    const Incoming incoming = eventsProtocol().decode(text);
    checkShape(incoming, text);
    if (Validation::json(utf8).isProblem() || Fuzz::hasByteOrderMark(text))
        return; // the decoder skips what it does not need, and says so
    const QJsonDocument document = QJsonDocument::fromJson(utf8);
    if (document.isObject())
        return checkMeaning(incoming, text, document.object());
    if (!utf8.trimmed().startsWith('{'))
        FUZZ_CHECK(incoming.kind == Kind::Malformed);
    else
        FUZZ_CHECK(document.isArray() || Fuzz::exceedsQJson(utf8));
    FUZZ_CHECK(!needsDocument(incoming.kind) || incoming.kind == Kind::Malformed);
}

void checkOutgoing(const QString &text, const QByteArray &utf8)
{
    const QByteArray body = EventsWire::publishBody(text, {utf8, "1"});
    const QJsonObject expected{{u"channel"_s, text}, {u"events"_s, QJsonArray{text, u"1"_s}}};
    FUZZ_CHECK(QJsonDocument::fromJson(body).object() == expected);
    FUZZ_CHECK(!Validation::json(body).isProblem());

    const QByteArray authorization = authorizationObject({{"x-api-key", utf8}}, text);
    const QJsonObject headers{{u"host"_s, text}, {u"x-api-key"_s, text}};
    FUZZ_CHECK(QJsonDocument::fromJson(authorization).object() == headers);
    const QByteArray masked = maskedAuthorizationObject({{"x-api-key", utf8}}, text);
    FUZZ_CHECK(QJsonDocument::fromJson(masked).object()[u"x-api-key"_s].toString()
               == u"<masked, %1 bytes>"_s.arg(utf8.size()));
    const QString subprotocol = headerSubprotocol(authorization);
    FUZZ_CHECK(QByteArray::fromBase64(subprotocol.mid(7).toLatin1(), QByteArray::Base64UrlEncoding)
               == authorization);

    const QByteArray frame =
        eventsProtocol().start(Protocol::Verb::Publish, utf8, body, authorization);
    QJsonObject whole = expected;
    whole.insert(u"type"_s, u"publish"_s);
    whole.insert(u"id"_s, text);
    whole.insert(u"authorization"_s, headers);
    FUZZ_CHECK(QJsonDocument::fromJson(frame).object() == whole);
    const QJsonObject stop{{u"type"_s, u"unsubscribe"_s}, {u"id"_s, text}};
    FUZZ_CHECK(QJsonDocument::fromJson(eventsProtocol().stop(utf8)).object() == stop);
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
