// SPDX-License-Identifier: Apache-2.0
#include "servererror_p.h"

#include "protocol_p.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::ServerError {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::Error", text);
}

bool isOneOf(const QString &text, std::initializer_list<QStringView> names)
{
    return std::find(names.begin(), names.end(), text) != names.end();
}

Error::Kind kindOfStatus(int status)
{
    if (status == 401 || status == 403)
        return Error::Kind::Unauthorized;
    if (status == 429)
        return Error::Kind::LimitExceeded;
    return status >= 500 ? Error::Kind::Server : Error::Kind::Refused;
}

bool isExpiredToken(const Error &error)
{
    return error.serverMessage.contains(u"Token expired")
        || error.serverMessage.contains(u"Token has expired");
}

//! Seen as an error and as an exception.
bool isTooManySubscriptions(const Error &error)
{
    return error.type.startsWith(u"MaxSubscriptionsReached");
}

Error::Kind kindOf(const Error &error)
{
    if (isOneOf(error.type,
                {u"UnauthorizedException", u"Unauthorized", u"NotAuthorizedException",
                 u"AccessDeniedException"})
        || isExpiredToken(error))
        return Error::Kind::Unauthorized;
    if (isOneOf(error.type,
                {u"LimitExceededError", u"LimitExceededException", u"ThrottlingException",
                 u"TooManyRequestsException"})
        || isTooManySubscriptions(error))
        return Error::Kind::LimitExceeded;
    if (isOneOf(error.type,
                {u"SubscriptionProcessingError", u"MessageProcessingError", u"InternalFailure",
                 u"InternalFailureException"}))
        return Error::Kind::Server;
    if (error.type == u"UnknownOperationError")
        return Error::Kind::UnknownId;
    // A look-alike's name for it; the service's own is not documented.
    if (error.type == u"DuplicatedOperationError")
        return Error::Kind::IdInUse;
    return kindOfStatus(error.code.toInt());
}

QString textOf(const QJsonValue &value)
{
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

QJsonValue firstOf(const QJsonObject &object, const QString &name, const QString &alias)
{
    return object.contains(name) ? object[name] : object[alias];
}

QString adviceForKind(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Unauthorized:
        return error.serverMessage.isEmpty()
            ? tr("The service gives no reason here. Usual ones: the namespace does not exist, it "
                 "does not accept this kind of credentials, or IAM denies it; of GraphQL, a token "
                 "that the API's provider does not accept for subscriptions.")
            : tr("Check that the key or token belongs to this API, has not expired, and that the "
                 "API "
                 "accepts this kind of credentials.");
    case Error::Kind::LimitExceeded:
        return tr("A quota of the service is used up; slow down and try again.");
    case Error::Kind::Server:
        return tr("Try again; if it persists, look at the API's logs.");
    default:
        return {};
    }
}

bool isNamed(const Error &error, QStringView name)
{
    return error.type == name || error.serverMessage.contains(name);
}

} // namespace

QString plainType(const QString &type)
{
    if (type.startsWith(u"com.amazon") && !type.contains(u'#'))
        return type.mid(type.lastIndexOf(u'.') + 1);
    return type.mid(type.lastIndexOf(u'#') + 1).section(u':', 0, 0);
}

Error fromEntry(const QJsonValue &entry)
{
    Error error;
    if (entry.isObject()) {
        const QJsonObject object = entry.toObject();
        error.type = plainType(object[u"errorType"_s].toString());
        error.code = textOf(firstOf(object, u"errorCode"_s, u"code"_s));
        error.serverMessage = firstOf(object, u"message"_s, u"errorMessage"_s).toString();
    } else {
        error.serverMessage = textOf(entry);
    }
    error.serverMessage = withoutCredentials(error.serverMessage);
    error.kind = kindOf(error);
    return error;
}

QList<Error> fromErrors(const QJsonValue &errors)
{
    QList<Error> all;
    if (errors.isArray()) {
        const QJsonArray entries = errors.toArray();
        for (const QJsonValue &entry : entries)
            all << fromEntry(entry);
    } else if (!errors.isUndefined() && !errors.isNull()) {
        all << fromEntry(errors);
    }
    if (all.isEmpty()) {
        Error unnamed;
        unnamed.kind = Error::Kind::Server;
        all << unnamed;
    }
    return all;
}

Error fromHttp(int status, const QByteArray &body, const QByteArray &errorTypeHeader)
{
    const QJsonObject object = QJsonDocument::fromJson(body).object();
    Error error;
    if (object.contains(u"errors"_s))
        error = fromErrors(object[u"errors"_s]).first();
    else if (object.contains(u"message"_s) || object.contains(u"errorType"_s))
        error = fromEntry(object);
    if (error.type.isEmpty())
        error.type = plainType(QString::fromLatin1(errorTypeHeader));
    if (error.type.isEmpty() && error.serverMessage.isEmpty())
        error.serverMessage = withoutCredentials(QString::fromUtf8(body)).left(500).simplified();
    error.httpStatus = status;
    error.kind = kindOf(error);
    if (error.kind == Error::Kind::Refused)
        error.kind = kindOfStatus(status);
    return error;
}

QString advice(const Error &error)
{
    // These two were seen as the message of a BadRequestException and as a type of their own.
    if (isNamed(error, u"NoProtocolError"))
        return tr(
            "The WebSocket subprotocol did not reach the service; a proxy may have removed it.");
    if (isNamed(error, u"SubProtocolNotSupportedError"))
        return tr(
            "This endpoint speaks the other AppSync protocol (Events or GraphQL); check the path.");
    if (error.serverMessage.contains(u"query string parameters are missing"))
        return tr("The realtime host was opened without an authorization header: a proxy may have "
                  "removed the subprotocol.");
    if (isNamed(error, u"HttpNotFoundException"))
        return tr(
            "The path or the host is wrong for this kind of domain: the path of Events ends in "
            "/event/realtime, that of GraphQL in /graphql (on a domain of your own "
            "/graphql/realtime), and the host has appsync-realtime-api in it unless it is a "
            "domain of your own.");
    if (isNamed(error, u"UnsupportedOperation"))
        return tr(
            "The service does not take this kind of message over the WebSocket. Of GraphQL it "
            "takes subscriptions only: queries and mutations go over HTTP (execute).");
    if (error.type == u"UnknownOperationError")
        return tr("It had ended already, or belongs to another connection.");
    if (isTooManySubscriptions(error))
        return tr(
            "A connection holds at most 200 subscriptions of Events, 100 of GraphQL: end some, "
            "use a wildcard, or a second client.");
    if (error.kind == Error::Kind::IdInUse)
        return tr("Subscribe again: it gets another id.");
    if (error.type == u"MalformedHttpRequestException")
        return tr("The service could not read the request: check that the document is GraphQL and "
                  "the variables are a JSON object.");
    if (error.serverMessage.startsWith(u"Not Authorized to access"))
        return tr("The schema does not let these credentials at that field: look at its @aws_… "
                  "directives and its resolver.");
    if (error.serverMessage.contains(u"ntrospection"))
        return tr("The API does not allow introspection: take the schema from its definition, or "
                  "from `aws appsync get-introspection-schema`.");
    if (error.serverMessage.contains(u"exceeds maximum value limit"))
        return tr("A filter of the subscription has more values than the service allows.");
    if (error.serverMessage.startsWith(u"Validation error")
        || error.serverMessage.contains(u"coerced Null value"))
        return tr("Compare the document and the variables with the schema.");
    if (error.serverMessage.contains(u"signature we calculated does not match"))
        return tr(
            "Compare the canonical string in the server's words with the request, and check the "
            "computer's clock. Over WebSocket, < and > in an event are known to break signatures: "
            "publish such events over HTTP.");
    if (error.serverMessage.contains(u"Signature expired")
        || error.serverMessage.contains(u"Signature not yet current"))
        return tr("Set the computer's clock, or let signatures go by the server's time.");
    if (isExpiredToken(error))
        return tr("Sign in again, or paste a fresh token.");
    // Short, without "Exception": what code of the API says, not the check of the credentials.
    if (error.type == u"Unauthorized")
        return tr(
            "The credentials are good; a handler or resolver of the API turns this caller away "
            "(util.unauthorized()): look at what it compares, such as the caller's sub with "
            "a part of the channel.");
    return adviceForKind(error);
}

Error described(Error error, const QString &what)
{
    switch (error.kind) {
    case Error::Kind::Unauthorized:
        error.message = tr("%1 was not authorized.").arg(what);
        break;
    case Error::Kind::LimitExceeded:
        error.message = tr("%1 was refused: a limit of the service is reached.").arg(what);
        break;
    case Error::Kind::Server:
        error.message = tr("%1 failed inside the service.").arg(what);
        break;
    case Error::Kind::UnknownId:
        error.message = tr("%1 was refused: the service does not know its id.").arg(what);
        break;
    case Error::Kind::IdInUse:
        error.message = tr("%1 was refused: its id is in use on this connection.").arg(what);
        break;
    default:
        error.message = tr("%1 was refused.").arg(what);
    }
    error.nextStep = advice(error);
    return error;
}

} // namespace AppSync::ServerError
