// SPDX-License-Identifier: Apache-2.0
#include "connection_p.h"

#include "../core/utc_p.h"

namespace AppSync {

Connection::Connection(const Protocol &protocol, const ClientSettings &settings, FrameTap &tap,
                       QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, protocol, settings, tap))
{
}

Connection::~Connection() = default;

Connection::State Connection::state() const
{
    return d->state;
}

Error Connection::error() const
{
    return d->error;
}

Error Connection::cause() const
{
    return d->cause;
}

HttpAnswer Connection::upgradeAnswer() const
{
    return d->upgradeAnswer;
}

int Connection::attempt() const
{
    return d->attempt;
}

QDateTime Connection::stateSince() const
{
    return utc(d->stateSinceMs);
}

QDateTime Connection::nextAttemptAt() const
{
    return utc(d->nextAttemptMs);
}

QDateTime Connection::lastKeepAliveAt() const
{
    return utc(d->lastKeepAliveMs);
}

QDateTime Connection::lastFrameAt() const
{
    return utc(d->lastFrameMs);
}

qint64 Connection::unsentBytes() const
{
    return d->unsentBytes();
}

std::chrono::milliseconds Connection::keepAliveTimeout() const
{
    return d->keepAliveTimeout;
}

} // namespace AppSync
