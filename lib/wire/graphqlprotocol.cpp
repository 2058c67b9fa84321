// SPDX-License-Identifier: Apache-2.0
#include "graphqlprotocol_p.h"

#include "../core/jsonstring_p.h"
#include "envelope_p.h"
#include "servererror_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

using Kind = Incoming::Kind;

Kind graphQlKind(QStringView type)
{
    if (isWord(type, u"data"))
        return Kind::Data;
    if (isWord(type, u"ka"))
        return Kind::KeepAlive;
    if (isWord(type, u"start_ack"))
        return Kind::SubscribeSuccess;
    if (isWord(type, u"complete"))
        return Kind::Complete;
    if (isWord(type, u"error"))
        return Kind::OperationError;
    if (isWord(type, u"connection_ack"))
        return Kind::Ack;
    return isWord(type, u"connection_error") ? Kind::ConnectionError : Kind::Unknown;
}

//! `payload.errors` is an array or a single object; look-alikes put one error or an array of them into
//! `payload` itself, or `errors` beside `type`.
QList<Error> errorsOf(const QJsonObject &message)
{
    const QJsonValue payload = message[u"payload"_s];
    if (payload.isArray() || payload.isString())
        return ServerError::fromErrors(payload);
    const QJsonObject object = payload.toObject();
    if (object.contains(u"errors"_s))
        return ServerError::fromErrors(object[u"errors"_s]);
    if (object.contains(u"message"_s) || object.contains(u"errorType"_s))
        return ServerError::fromErrors(object);
    return ServerError::fromErrors(message[u"errors"_s]);
}

std::chrono::milliseconds timeoutOf(const QJsonObject &message)
{
    // `connectionTimeout` is what Amplify's simulator calls it.
    for (const QJsonObject &object : {message[u"payload"_s].toObject(), message}) {
        for (const QString &name : {u"connectionTimeoutMs"_s, u"connectionTimeout"_s}) {
            const auto timeout = connectionTimeout(object[name]);
            if (timeout.count() > 0)
                return timeout;
        }
    }
    return {};
}

Incoming decodeGraphQl(const QString &text)
{
    const Envelope envelope = Envelope::scanned(text, u"payload");
    if (!envelope.isComplete)
        return malformed(Error::Kind::Receiving,
                         QT_TRANSLATE_NOOP("AppSync::Error", "The message is not a JSON object."));
    if (envelope.type.type != JsonScanner::Type::String)
        return malformed(Error::Kind::WrongType,
                         QT_TRANSLATE_NOOP("AppSync::Error", "The message has no type."));

    Incoming incoming;
    incoming.type = viewOf(text, envelope.type, incoming.resolvedType);
    incoming.kind = graphQlKind(incoming.type);
    if (envelope.id.type == JsonScanner::Type::String)
        incoming.id = viewOf(text, envelope.id, incoming.resolvedId);
    switch (incoming.kind) {
    case Kind::Data:
        if (envelope.content.type != JsonScanner::Type::Object)
            return malformed(
                Error::Kind::WrongType,
                QT_TRANSLATE_NOOP("AppSync::Error", "The data message has no payload."));
        incoming.events.resize(1);
        incoming.events.front().begin = envelope.content.begin;
        incoming.events.front().end = envelope.content.end;
        break;
    case Kind::Ack:
    case Kind::ConnectionError:
    case Kind::OperationError: {
        // Rare enough for a document.
        const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
        if (!document.isObject())
            return malformed(Error::Kind::Receiving,
                             QT_TRANSLATE_NOOP("AppSync::Error", "The message is not valid JSON."));
        if (incoming.kind == Kind::Ack)
            incoming.connectionTimeout = timeoutOf(document.object());
        else
            incoming.errors = errorsOf(document.object());
        break;
    }
    default:
        break;
    }
    return incoming;
}

QByteArray startGraphQl(Protocol::Verb, QByteArrayView id, const QByteArray &body,
                        const QByteArray &authorization)
{
    QByteArray frame = R"({"id":)"_ba;
    frame.reserve(body.size() + body.size() / 8 + authorization.size() + id.size() + 96);
    JsonString::append(frame, id);
    frame += R"(,"type":"start","payload":{"data":)";
    JsonString::append(frame, body);
    frame += R"(,"extensions":{"authorization":)";
    frame += authorization;
    frame += "}}}";
    return frame;
}

QByteArray stopGraphQl(QByteArrayView id)
{
    QByteArray frame = R"({"type":"stop","id":)"_ba;
    JsonString::append(frame, id);
    frame += '}';
    return frame;
}

} // namespace

QByteArray GraphQlWire::body(QByteArrayView document, const QByteArray &variables,
                             const QString &operationName)
{
    QByteArray body = R"({"query":)"_ba;
    JsonString::append(body, document);
    if (!variables.isEmpty()) {
        body += R"(,"variables":)";
        body += variables;
    }
    if (!operationName.isEmpty()) {
        body += R"(,"operationName":)";
        JsonString::append(body, operationName.toUtf8());
    }
    body += '}';
    return body;
}

const Protocol &graphQlProtocol()
{
    static const Protocol protocol{
        .service = Endpoint::Service::GraphQl,
        .subprotocol = u"graphql-ws"_s,
        .connectPath = u"/connect"_s,
        .connectBody = "{}"_ba,
        .connectionInit = R"({"type":"connection_init"})"_ba,
        .startType = u"start"_s,
        .stopType = u"stop"_s,
        .start = startGraphQl,
        .stop = stopGraphQl,
        .decode = decodeGraphQl,
    };
    return protocol;
}

} // namespace AppSync
