// SPDX-License-Identifier: Apache-2.0
#include "eventsprotocol_p.h"

#include "../core/jsonstring_p.h"
#include "../core/utf16scan_p.h"
#include "envelope_p.h"
#include "servererror_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

using Kind = Incoming::Kind;

struct TypeName {
    QStringView name;
    Kind kind = Kind::Unknown;
};

// In order of frequency, but for `data`.
constexpr std::array kTypes{
    TypeName{u"publish_success", Kind::PublishSuccess},
    TypeName{u"ka", Kind::KeepAlive},
    TypeName{u"subscribe_success", Kind::SubscribeSuccess},
    TypeName{u"unsubscribe_success", Kind::UnsubscribeSuccess},
    TypeName{u"connection_ack", Kind::Ack},
    TypeName{u"connection_error", Kind::ConnectionError},
    TypeName{u"subscribe_error", Kind::SubscribeError},
    TypeName{u"unsubscribe_error", Kind::UnsubscribeError},
    TypeName{u"publish_error", Kind::PublishError},
    TypeName{u"broadcast_error", Kind::BroadcastError},
    TypeName{u"error", Kind::Error},
};

Kind kindOf(QStringView type)
{
    if (isWord(type, u"data"))
        return Kind::Data;
    for (const TypeName &known : kTypes) {
        if (known.name == type)
            return known.kind;
    }
    return Kind::Unknown;
}

//! Moves over a text of which one knows what comes.
class Cursor {
public:
    explicit Cursor(QStringView text)
        : m_begin(text.utf16()), m_at(m_begin), m_end(m_begin + text.size())
    {
    }

    [[nodiscard]] qsizetype position() const { return m_at - m_begin; }
    [[nodiscard]] bool atEnd() const { return m_at == m_end; }

    template <size_t size> bool take(const char16_t (&expected)[size])
    {
        constexpr qsizetype kLength = size - 1;
        if (m_end - m_at < kLength || std::memcmp(m_at, expected, kLength * sizeof(char16_t)) != 0)
            return false;
        m_at += kLength;
        return true;
    }

    //! The rest of a string literal, behind its opening quote.
    bool takeLiteral(JsonScanner::Value &value)
    {
        const Utf16Scan::Literal literal = Utf16Scan::literal(m_at, m_end);
        if (!literal.quote)
            return false;
        value.begin = position();
        value.end = literal.quote - m_begin;
        value.type = JsonScanner::Type::String;
        value.hasEscapes = literal.hasEscapes;
        m_at = literal.quote + 1;
        return true;
    }

    //! Up to four digits.
    bool takeNumber(int &number)
    {
        const char16_t *const begin = m_at;
        number = 0;
        while (m_at < m_end && m_at - begin < 4 && *m_at >= u'0' && *m_at <= u'9')
            number = number * 10 + (*m_at++ - u'0');
        return m_at > begin && (*begin != u'0' || m_at - begin == 1);
    }

    [[nodiscard]] QStringView view(const JsonScanner::Value &value) const
    {
        return QStringView(m_begin + value.begin, value.end - value.begin);
    }

private:
    const char16_t *m_begin;
    const char16_t *m_at;
    const char16_t *m_end;
};

//! Takes the usual `data` message apart: no white space, no members but these three, in any order. Most of
//! what arrives is such a message, and to expect it costs half of finding out. False if it is anything else.
bool scanUsual(QStringView text, Envelope &envelope)
{
    Cursor cursor(text);
    if (!cursor.take(u"{"))
        return false;
    do {
        bool isKnown = true;
        if (cursor.take(uR"("type":"data")")) {
            envelope.type = {cursor.position() - 5, cursor.position() - 1,
                             JsonScanner::Type::String, false};
        } else if (cursor.take(uR"("id":")")) {
            isKnown = cursor.takeLiteral(envelope.id);
        } else {
            isKnown = cursor.take(uR"("event":")") && cursor.takeLiteral(envelope.content);
        }
        if (!isKnown)
            return false;
    } while (cursor.take(u","));
    envelope.isComplete = cursor.take(u"}") && cursor.atEnd();
    return envelope.isComplete;
}

//! One entry of `successful`, as the service writes it.
bool takeAccepted(Cursor &cursor, QList<PublishedEvent> &events)
{
    if (!cursor.take(u"{"))
        return false;
    bool hasIndex = false;
    bool hasIdentifier = false;
    PublishedEvent event;
    do {
        if (cursor.take(uR"("index":)")) {
            hasIndex = cursor.takeNumber(event.index);
            if (!hasIndex)
                return false;
        } else if (cursor.take(uR"("identifier":")")) {
            JsonScanner::Value identifier;
            hasIdentifier = cursor.takeLiteral(identifier) && !identifier.hasEscapes;
            if (!hasIdentifier)
                return false;
            event.identifier = cursor.view(identifier).toString();
        } else {
            return false;
        }
    } while (cursor.take(u","));
    events.append(event);
    return hasIndex && hasIdentifier && cursor.take(u"}");
}

bool takeAllAccepted(Cursor &cursor, QList<PublishedEvent> &events)
{
    events.clear();
    if (cursor.take(u"]"))
        return true;
    do {
        if (!takeAccepted(cursor, events))
            return false;
    } while (cursor.take(u","));
    return cursor.take(u"]");
}

//! Takes the usual answer to a publish apart: everything accepted, no white space, nothing unknown. False if
//! it is anything else.
bool scanUsualAnswer(const QString &text, Incoming &incoming)
{
    Cursor cursor(text);
    if (!cursor.take(u"{"))
        return false;
    do {
        bool isKnown = true;
        if (cursor.take(uR"("type":"publish_success")")) {
            incoming.type = QStringView(text).sliced(cursor.position() - 16, 15);
        } else if (cursor.take(uR"("id":")")) {
            JsonScanner::Value id;
            isKnown = cursor.takeLiteral(id) && !id.hasEscapes;
            if (isKnown)
                incoming.id = cursor.view(id);
        } else if (cursor.take(uR"("successful":[)")) {
            isKnown = takeAllAccepted(cursor, incoming.successful);
        } else {
            isKnown = cursor.take(uR"("failed":[])");
        }
        if (!isKnown)
            return false;
    } while (cursor.take(u","));
    incoming.kind = Kind::PublishSuccess;
    return !incoming.type.isEmpty() && cursor.take(u"}") && cursor.atEnd();
}

void addEvent(Incoming &incoming, const JsonScanner::Value &value)
{
    incoming.events.resize(incoming.events.size() + 1);
    Incoming::Payload &payload = incoming.events.back();
    payload.begin = value.begin;
    payload.end = value.end;
    payload.hasEscapes = value.hasEscapes;
}

//! `event` is a string in all that was seen of the service, an array of strings in its documentation;
//! any other value is taken as the event itself.
bool readEvents(Incoming &incoming, const QString &text, const JsonScanner::Value &event)
{
    if (event.type != JsonScanner::Type::Array) {
        addEvent(incoming, event);
        return true;
    }
    JsonScanner items(text, event.begin);
    items.enter(u'[');
    JsonScanner::Value item;
    while (items.nextItem(item))
        addEvent(incoming, item);
    return items.atProperEnd();
}

PublishedEvent publishedEvent(const QJsonValue &entry)
{
    const QJsonObject object = entry.toObject(); // not const, [] would add what is missing
    PublishedEvent event;
    event.setRaw(object);
    event.index = object[u"index"_s].toInt();
    event.identifier = object[u"identifier"_s].toString();
    // `code` was seen as a string; the official Android and Swift models expect a number or `errorCode`.
    const Error error = ServerError::fromEntry(entry);
    const QJsonValue code = object[u"code"_s];
    event.code = code.isDouble() ? QString::number(code.toInteger()) : code.toString(error.code);
    event.message = error.serverMessage;
    return event;
}

QList<PublishedEvent> publishedEvents(const QJsonValue &list)
{
    QList<PublishedEvent> events;
    const QJsonArray entries = list.toArray();
    for (const QJsonValue &entry : entries)
        events << publishedEvent(entry);
    return events;
}

void readRest(Incoming &incoming, const QJsonObject &object)
{
    switch (incoming.kind) {
    case Kind::Ack: {
        // Events has it at the top, GraphQL under payload; a look-alike may mix the two up.
        QJsonValue timeout = object[u"connectionTimeoutMs"_s];
        if (timeout.isUndefined())
            timeout = object[u"payload"_s].toObject()[u"connectionTimeoutMs"_s];
        incoming.connectionTimeout = connectionTimeout(timeout);
        break;
    }
    case Kind::PublishSuccess: {
        const EventsWire::PublishResult result = EventsWire::publishResult(object);
        incoming.successful = result.successful;
        incoming.failed = result.failed;
        break;
    }
    case Kind::ConnectionError: {
        // GraphQL's endpoint answers whoever speaks Events to it in its own form.
        const QJsonObject payload = object[u"payload"_s].toObject();
        incoming.errors =
            ServerError::fromErrors((object.contains(u"errors"_s) ? object : payload)[u"errors"_s]);
        break;
    }
    case Kind::SubscribeError:
    case Kind::UnsubscribeError:
    case Kind::PublishError:
    case Kind::BroadcastError:
    case Kind::Error:
        incoming.errors = ServerError::fromErrors(object[u"errors"_s]);
        break;
    default:
        break;
    }
}

Incoming decode(const QString &text)
{
    Envelope envelope;
    if (!scanUsual(text, envelope)) {
        if (Incoming answer; scanUsualAnswer(text, answer))
            return answer;
        envelope = Envelope::scanned(text, u"event");
    }
    if (!envelope.isComplete)
        return malformed(Error::Kind::Receiving,
                         QT_TRANSLATE_NOOP("AppSync::Error", "The message is not a JSON object."));
    if (envelope.type.type != JsonScanner::Type::String)
        return malformed(Error::Kind::WrongType,
                         QT_TRANSLATE_NOOP("AppSync::Error", "The message has no type."));

    Incoming incoming;
    incoming.type = viewOf(text, envelope.type, incoming.resolvedType);
    incoming.kind = kindOf(incoming.type);
    if (envelope.id.type == JsonScanner::Type::String)
        incoming.id = viewOf(text, envelope.id, incoming.resolvedId);
    if (incoming.kind == Kind::KeepAlive || incoming.kind == Kind::Unknown)
        return incoming;
    if (incoming.kind != Kind::Data) {
        // Rare enough for a document.
        const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
        if (!document.isObject())
            return malformed(Error::Kind::Receiving,
                             QT_TRANSLATE_NOOP("AppSync::Error", "The message is not valid JSON."));
        readRest(incoming, document.object());
        return incoming;
    }
    if (envelope.content.type == JsonScanner::Type::None)
        return malformed(Error::Kind::WrongType,
                         QT_TRANSLATE_NOOP("AppSync::Error", "The data message has no event."));
    if (!readEvents(incoming, text, envelope.content))
        return malformed(
            Error::Kind::WrongType,
            QT_TRANSLATE_NOOP("AppSync::Error", "The data message's event is broken."));
    return incoming;
}

QByteArray start(Protocol::Verb verb, QByteArrayView id, const QByteArray &body,
                 const QByteArray &authorization)
{
    QByteArray frame = verb == Protocol::Verb::Subscribe ? R"({"type":"subscribe","id":)"_ba
                                                         : R"({"type":"publish","id":)"_ba;
    frame.reserve(frame.size() + id.size() + body.size() + authorization.size() + 32);
    JsonString::append(frame, id);
    frame += ',';
    frame += QByteArrayView(body).sliced(1, body.size() - 2); // its members, without the braces
    frame += R"(,"authorization":)";
    frame += authorization;
    frame += '}';
    return frame;
}

QByteArray stop(QByteArrayView id)
{
    QByteArray frame = R"({"type":"unsubscribe","id":)"_ba;
    JsonString::append(frame, id);
    frame += '}';
    return frame;
}

} // namespace

QByteArray EventsWire::subscribeBody(const QString &channel)
{
    QByteArray body = R"({"channel":)"_ba;
    JsonString::append(body, channel.toUtf8());
    body += '}';
    return body;
}

QByteArray EventsWire::publishBody(const QString &channel, const QList<QByteArray> &events)
{
    QByteArray body = R"({"channel":)"_ba;
    JsonString::append(body, channel.toUtf8());
    body += R"(,"events":[)";
    for (qsizetype i = 0; i < events.size(); ++i) {
        if (i > 0)
            body += ',';
        JsonString::append(body, events[i]);
    }
    body += "]}";
    return body;
}

EventsWire::PublishResult EventsWire::publishResult(const QJsonObject &object)
{
    PublishResult result;
    result.successful = publishedEvents(object[u"successful"_s]);
    result.failed = publishedEvents(object[u"failed"_s]);
    result.isValid = object[u"successful"_s].isArray() || object[u"failed"_s].isArray();
    return result;
}

const Protocol &eventsProtocol()
{
    static const Protocol protocol{
        .service = Endpoint::Service::Events,
        .subprotocol = u"aws-appsync-event-ws"_s,
        .connectPath = {},
        .connectBody = "{}"_ba,
        .connectionInit = R"({"type":"connection_init"})"_ba,
        .startType = u"subscribe"_s,
        .stopType = u"unsubscribe"_s,
        .start = start,
        .stop = stop,
        .decode = decode,
    };
    return protocol;
}

} // namespace AppSync
