// SPDX-License-Identifier: Apache-2.0
#include "socketpublisher_p.h"

#include "../wire/eventsprotocol_p.h"

using namespace std::chrono_literals;

namespace AppSync {

SocketPublisher::SocketPublisher(Connection::Private &connection, const ClientSettings &settings,
                                 QObject *parent)
    : Publisher(settings, parent), m_connection(connection)
{
    setClock(settings.clock);
}

void SocketPublisher::setClock(Clock *clock)
{
    Publisher::setClock(clock);
    delete m_timer;
    m_timer = clock->createTimer(this);
    connect(m_timer, &ClockTimer::timedOut, this, &SocketPublisher::writePaced);
}

bool SocketPublisher::canSend() const
{
    return m_connection.state == Connection::State::Ready;
}

void SocketPublisher::send(PublishOperation *operation, const Headers &headers)
{
    if (m_settings.publishesPerSecond <= 0)
        return write(operation, headers);
    m_paced.enqueue({operation, operation->turn, headers});
    if (!m_timer->isActive())
        writePaced();
}

std::chrono::nanoseconds SocketPublisher::untilAllowed()
{
    const auto now = m_settings.clock->monotonic();
    while (!m_sentAt.isEmpty() && m_sentAt.head() + 1s <= now)
        m_sentAt.dequeue();
    return m_sentAt.size() < m_settings.publishesPerSecond ? 0ns : m_sentAt.head() + 1s - now;
}

void SocketPublisher::writePaced()
{
    const QPointer<SocketPublisher> alive(this);
    while (alive && !m_paced.isEmpty()) {
        const Paced &next = m_paced.head();
        const bool isCurrent = next.operation && next.operation->turn == next.turn
            && contains(next.operation->operationId());
        if (!isCurrent) {
            m_paced.dequeue();
            continue;
        }
        if (const auto wait = untilAllowed(); wait > 0ns)
            return m_timer->start(std::chrono::ceil<std::chrono::milliseconds>(wait));
        const Paced due = m_paced.dequeue();
        m_sentAt.enqueue(m_settings.clock->monotonic());
        write(due.operation, due.headers);
    }
}

const QByteArray &SocketPublisher::authorization(const Headers &headers)
{
    const QString host = m_settings.endpoint.host();
    if (m_lastAuthorization.isEmpty() || headers != m_lastHeaders || host != m_lastHost) {
        m_lastHeaders = headers;
        m_lastHost = host;
        m_lastAuthorization = authorizationObject(headers, host);
    }
    return m_lastAuthorization;
}

void SocketPublisher::write(PublishOperation *operation, const Headers &headers)
{
    const QByteArray id = operation->operationId().toLatin1();
    const Protocol &wire = eventsProtocol();
    QByteArray masked;
    if (m_connection.isTapped())
        masked = wire.start(Protocol::Verb::Publish, id, operation->body,
                            maskedAuthorizationObject(headers, m_settings.endpoint.host()));
    const QPointer<PublishOperation> alive(operation);
    if (!m_connection.send(
            wire.start(Protocol::Verb::Publish, id, operation->body, authorization(headers)),
            u"publish", operation->operationId(), masked))
        return; // the socket is ending: onLost() decides
    if (alive)
        markSent(operation);
}

bool SocketPublisher::onSuccess(const Incoming &message)
{
    const QString id = message.id.toString();
    if (!contains(id))
        return false;
    succeed(id, message.successful, message.failed);
    return true;
}

void SocketPublisher::onReady()
{
    m_sentAt.clear(); // the service counts per connection
    const QPointer<SocketPublisher> alive(this);
    const auto operations = inOrderOfCalls();
    for (const QPointer<PublishOperation> &operation : operations) {
        if (alive && operation && operation->phase == PublishOperation::Phase::Waiting)
            authorize(operation);
    }
}

void SocketPublisher::onLost(const Error &error, bool willRetry)
{
    m_paced.clear();
    m_timer->stop();
    const QPointer<SocketPublisher> alive(this);
    const auto operations = inOrderOfCalls();
    for (const QPointer<PublishOperation> &operation : operations) {
        if (!alive)
            return;
        if (!operation)
            continue;
        if (operation->phase != PublishOperation::Phase::Sent) {
            if (willRetry)
                putBack(operation);
            else
                end(operation->operationId(),
                    error.isError()
                        ? error
                        : Error::local(Error::Kind::Cancelled,
                                       tr("The client was closed before the publish was sent.")));
            continue;
        }
        Error unknown =
            Error::local(Error::Kind::ConnectionLost,
                         tr("The connection was lost before the answer to the publish to %1; "
                            "whether it was carried out is unknown.")
                             .arg(operation->channel()),
                         tr("It is not sent again by itself: check whether it arrived before you "
                            "publish it once more."));
        unknown.serverMessage = error.message;
        end(operation->operationId(), unknown);
    }
}

} // namespace AppSync
