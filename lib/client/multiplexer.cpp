// SPDX-License-Identifier: Apache-2.0
#include "multiplexer_p.h"

#include "../wire/servererror_p.h"

namespace AppSync {

namespace {

//! The first of \a errors with the words of all: a document may be wrong in many places.
Error joined(const QList<Error> &errors)
{
    Error error = errors.first();
    QStringList words;
    for (const Error &each : errors) {
        if (!each.serverMessage.isEmpty())
            words << each.serverMessage;
    }
    error.serverMessage = words.join(u'\n');
    return error;
}

} // namespace

Multiplexer::Multiplexer(Connection::Private &connection, const Protocol &protocol,
                         const ClientSettings &settings, QObject *parent)
    : QObject(parent)
    , subscriptions(connection, protocol, settings, ids, this)
    , publisher(connection, settings, this)
{
    connect(&subscriptions, &SubscriptionTable::becameIdle, this, &Multiplexer::checkIdle);
    connect(&publisher, &Publisher::becameIdle, this, &Multiplexer::checkIdle);
}

void Multiplexer::setClock(Clock *clock)
{
    subscriptions.setClock(clock);
    publisher.setClock(clock);
}

bool Multiplexer::isIdle() const
{
    return publisher.count() == 0 && subscriptions.isIdle();
}

void Multiplexer::checkIdle()
{
    if (isIdle())
        Q_EMIT becameIdle();
}

void Multiplexer::onReady()
{
    const QPointer<Multiplexer> alive(this);
    subscriptions.onReady();
    if (alive)
        publisher.onReady();
}

void Multiplexer::onLost(const Error &error, bool willRetry)
{
    const QPointer<Multiplexer> alive(this);
    publisher.onLost(error, willRetry);
    if (alive)
        subscriptions.onLost(error, willRetry);
    if (alive)
        checkIdle();
}

void Multiplexer::onMessage(const Incoming &message, const QString &text, qint64 seq)
{
    // The hot path does without a guard: whoever claims a message need not be alive afterwards.
    if (message.kind == Incoming::Kind::Data) {
        if (!subscriptions.deliver(message, text, seq))
            reportUnclaimed(message, text);
        return;
    }
    const QPointer<Multiplexer> alive(this);
    const bool isClaimed = dispatch(message);
    if (alive && !isClaimed)
        reportUnclaimed(message, text);
}

//! False if the message names no operation of the kind that it is about.
bool Multiplexer::dispatch(const Incoming &message)
{
    using Kind = Incoming::Kind;
    const QString id = message.id.toString();
    switch (message.kind) {
    case Kind::PublishSuccess:
        return publisher.onSuccess(message);
    case Kind::PublishError:
        return refusePublish(id, message.errors.first());
    case Kind::SubscribeSuccess:
        return subscriptions.acknowledge(id);
    case Kind::SubscribeError:
        return subscriptions.refuse(id, message.errors.first());
    case Kind::UnsubscribeSuccess:
        return subscriptions.finishUnsubscribe(id);
    case Kind::UnsubscribeError:
        return subscriptions.finishUnsubscribe(
            id, ServerError::described(message.errors.first(), tr("An unsubscribe")));
    case Kind::BroadcastError:
        return subscriptions.reportBroadcastErrors(id, message.errors);
    case Kind::Complete:
        return subscriptions.complete(id);
    case Kind::OperationError:
        return endOperation(id, message.errors);
    case Kind::Error:
        return reportError(id, message.errors.first());
    default:
        return false;
    }
}

bool Multiplexer::refusePublish(const QString &id, const Error &error)
{
    if (!publisher.contains(id))
        return false;
    publisher.refuse(id, error);
    return true;
}

//! Whatever it was doing, the operation is over for the server.
bool Multiplexer::endOperation(const QString &id, const QList<Error> &errors)
{
    const Error error = joined(errors);
    if (id.isEmpty())
        return subscriptions.refuseUnnamed(error);
    return subscriptions.refuse(id, error)
        || subscriptions.finishUnsubscribe(id, ServerError::described(error, tr("An unsubscribe")));
}

//! `error` says nothing of the operation's kind; the id does.
bool Multiplexer::reportError(const QString &id, const Error &error)
{
    return refusePublish(id, error) || subscriptions.reportError(id, error);
}

//! A message that no operation claims: of an unknown type, an error without an id, an answer to what was
//! never asked. Answers that come late are expected, and dropped.
void Multiplexer::reportUnclaimed(const Incoming &message, const QString &text)
{
    if (message.kind == Incoming::Kind::Unknown) {
        Error error = Error::local(
            Error::Kind::UnsupportedMessage,
            tr("The server sent a message of the unknown type “%1”.").arg(message.type));
        error.serverMessage = text.left(200);
        Q_EMIT errorOccurred(error);
        return;
    }
    if (ids.wasOurs(message.id))
        return;
    if (!message.errors.isEmpty()) {
        const QString what = message.kind == Incoming::Kind::UnsubscribeError ? tr("An unsubscribe")
                                                                              : tr("An operation");
        const QPointer<Multiplexer> alive(this);
        const QList<Error> errors = message.errors;
        for (const Error &error : errors) {
            if (alive)
                Q_EMIT errorOccurred(ServerError::described(error, what));
        }
        return;
    }
    Error error = Error::local(
        Error::Kind::UnknownId,
        tr("The server sent “%1” for the unknown operation “%2”.").arg(message.type, message.id));
    error.serverMessage = text.left(200);
    Q_EMIT errorOccurred(error);
}

} // namespace AppSync
