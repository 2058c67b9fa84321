// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/endpoint.h"
#include "../core/error.h"
#include "../core/httpanswer.h"
#include "../core/networksettings.h"
#include "../core/reply.h"

#include <QByteArray>
#include <QString>
#include <QVarLengthArray>

#include <chrono>

namespace AppSync {

//! What one inbound message means. Views and spans point into the text that was decoded; where it writes
//! the type or the id with escapes, the view is of the resolved text beside it.
struct Incoming {
    enum class Kind {
        Ack,
        ConnectionError,
        KeepAlive,
        Data,
        SubscribeSuccess,
        SubscribeError,
        UnsubscribeSuccess,
        UnsubscribeError,
        PublishSuccess,
        PublishError,
        BroadcastError,
        Complete, //!< the operation has ended: as it was asked to, or by the server
        OperationError, //!< ends the operation that it names; without an id perhaps the one just asked for
        Error, //!< attributable to an operation only where it has an id
        Unknown, //!< well-formed, but of a type that this library does not know
        Malformed, //!< not what the protocol allows; problem says why
    };

    //! One event in the text: the inside of a string literal, or a JSON value as it stands.
    struct Payload {
        qsizetype begin = 0;
        qsizetype end = 0;
        bool hasEscapes = false;
    };

    Kind kind = Kind::Malformed;
    QStringView type;
    QStringView id;
    QString resolvedType;
    QString resolvedId;
    QVarLengthArray<Payload, 1> events;
    QList<Error> errors; //!< never empty for the kinds that end in Error
    std::chrono::milliseconds connectionTimeout{0}; //!< of an ack; 0 where it names none of use
    QList<PublishedEvent> successful;
    QList<PublishedEvent> failed;
    QString problem; //!< of a malformed message, for people
    Error::Kind problemKind = Error::Kind::None; //!< Receiving or WrongType, with problem
};

//! The words in which Events and GraphQL differ. Two constants, no inheritance.
struct Protocol {
    enum class Verb { Subscribe, Publish };

    Endpoint::Service service = Endpoint::Service::Events;
    QString subprotocol;
    QString connectPath; //!< behind that of the HTTP URL in what a signature covers on connect
    QByteArray connectBody; //!< likewise: the body
    QByteArray connectionInit;
    QString startType; //!< what the frame that subscribes is called
    QString stopType; //!< likewise: that unsubscribes
    //! A frame that starts an operation. \a body is the JSON object that a signature covers, \a
    //! authorization the JSON object of headers.
    QByteArray (*start)(Verb verb, QByteArrayView id, const QByteArray &body,
                        const QByteArray &authorization);
    QByteArray (*stop)(QByteArrayView id);
    Incoming (*decode)(const QString &text);
};

//! \a headers as a JSON object; `host` is added unless it is among them.
QByteArray authorizationObject(const Headers &headers, const QString &host);
//! \a headers with every value masked that could be, or could open, something secret.
Headers masked(Headers headers);
//! The same with every value masked that could be, or could open, something secret.
QByteArray maskedAuthorizationObject(const Headers &headers, const QString &host);
//! \a text without what may be credentials: values of `authorization`, `x-api-key` and
//! `x-amz-security-token`, and subprotocols with an authorization. A service that refuses a signature repeats
//! the session token, and a proxy may repeat all that it was sent.
QString withoutCredentials(const QString &text);
//! The same with what \a answer says, headers included.
HttpAnswer withoutCredentials(HttpAnswer answer);
//! The subprotocol that carries an authorization object: base64url without padding.
QString headerSubprotocol(const QByteArray &authorization);
//! \a url with an authorization object in its query: base64 with padding, percent-encoded.
QUrl withAuthorization(QUrl url, const QByteArray &authorization, const QByteArray &payload);

} // namespace AppSync
