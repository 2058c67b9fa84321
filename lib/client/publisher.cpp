// SPDX-License-Identifier: Apache-2.0
#include "publisher_p.h"

#include "../wire/servererror_p.h"
#include "authorization_p.h"
#include "clientlog_p.h"

#include <map>

using namespace Qt::StringLiterals;

namespace AppSync {

using Operation = SignableRequest::Operation;

Publisher::Publisher(const ClientSettings &settings, QObject *parent)
    : QObject(parent), m_settings(settings)
{
    connect(&m_deadlines, &OperationDeadlines::expired, this, &Publisher::onExpired);
}

Publisher::~Publisher()
{
    for (const Entry &entry : std::as_const(m_operations)) {
        if (entry.operation)
            entry.operation->owner = nullptr;
    }
}

void Publisher::publish(PublishOperation *operation)
{
    const QString id = operation->operationId();
    m_operations.insert(id, {operation, ++m_calls, true});
    ++m_waiting;
    m_deadlines.add(id, operation->timeout);
    operation->owner = this;
    if (canSend())
        authorizeSoon(operation);
    Q_EMIT waitingChanged();
}

//! Not at once: whoever publishes has no reply in hand yet. All of one turn of the event loop share a call.
void Publisher::authorizeSoon(PublishOperation *operation)
{
    m_due.append(operation);
    if (m_due.size() == 1)
        QMetaObject::invokeMethod(this, &Publisher::authorizeDue, Qt::QueuedConnection);
}

void Publisher::authorizeDue()
{
    const QPointer<Publisher> alive(this);
    const auto due = std::exchange(m_due, {});
    for (const QPointer<PublishOperation> &operation : due) {
        if (!alive || !canSend())
            return; // they wait, as all do without a connection
        if (operation && operation->owner == this
            && operation->phase == PublishOperation::Phase::Waiting)
            authorize(operation);
    }
}

Authorizer *Publisher::authorizerOf(const PublishOperation &operation) const
{
    return operation.authorizer ? operation.authorizer.data()
                                : m_settings.authorizerFor(Operation::Publish);
}

PublishOperation *Publisher::operation(const QString &id) const
{
    const auto it = m_operations.constFind(id);
    return it == m_operations.cend() ? nullptr : it->operation.data();
}

QList<QPointer<PublishOperation>> Publisher::inOrderOfCalls() const
{
    std::map<quint64, QPointer<PublishOperation>> sorted;
    for (const Entry &entry : m_operations)
        sorted.emplace(entry.number, entry.operation);
    QList<QPointer<PublishOperation>> inOrder;
    for (const auto &[number, operation] : sorted)
        inOrder << operation;
    return inOrder;
}

void Publisher::authorize(PublishOperation *operation)
{
    operation->phase = PublishOperation::Phase::Authorizing;
    const int turn = ++operation->turn;
    SignableRequest request =
        m_settings.request(Operation::Publish, operation->channel(), operation->body);
    adapt(request);
    Authorizer *authorizer = authorizerOf(*operation);
    if (authorizer) {
        if (const auto headers = authorizer->headersAtHand(request))
            return send(operation, *headers);
    }
    requestAuthorization(
        authorizer, request, operation,
        [this, operation, turn](const Error &error, const Headers &headers) {
            if (turn != operation->turn || !m_operations.contains(operation->operationId()))
                return;
            if (error.isError())
                refuse(operation->operationId(), error);
            else
                send(operation, headers);
        },
        [this, operation, turn](bool isWaiting) {
            if (turn != operation->turn || !m_operations.contains(operation->operationId()))
                return;
            if (isWaiting)
                m_deadlines.remove(operation->operationId());
            else
                m_deadlines.add(operation->operationId(), operation->timeout);
        });
}

void Publisher::markSent(PublishOperation *operation)
{
    setWaiting(operation->operationId(), false);
    operation->markSent(m_settings.clock->wallMs());
}

//! Back among those that wait for a connection.
void Publisher::putBack(PublishOperation *operation)
{
    operation->phase = PublishOperation::Phase::Waiting;
    ++operation->turn;
}

void Publisher::refuse(const QString &id, const Error &error)
{
    PublishOperation *refused = operation(id);
    if (!refused)
        return;
    if (error.needsNewCredentials() && !refused->credentialsRenewed) {
        Authorizer *authorizer = authorizerOf(*refused);
        if (authorizer && authorizer->invalidate()) {
            refused->credentialsRenewed = true;
            authorize(refused);
            return;
        }
    }
    if (refused->phase == PublishOperation::Phase::Sent)
        refused->markAnswered(m_settings.clock->wallMs());
    end(id,
        error.message.isEmpty() ? ServerError::described(error, refused->description()) : error);
}

void Publisher::succeed(const QString &id, const QList<PublishedEvent> &successful,
                        const QList<PublishedEvent> &failed)
{
    PublishOperation *done = operation(id);
    if (!done)
        return;
    done->markAnswered(m_settings.clock->wallMs());
    done->succeed(successful, failed, m_settings.clock->monotonic());
    const QPointer<Publisher> alive(this);
    if (m_settings.log->isTelling(LogEntry::Level::Debug, LogEntry::Area::Operations))
        m_settings.log->debug(LogEntry::Area::Operations,
                              u"The publish %1 was answered."_s.arg(id));
    if (!alive)
        return;
    forget(id);
}

void Publisher::end(const QString &id, const Error &error)
{
    if (PublishOperation *ended = operation(id)) {
        ended->fail(error, m_settings.clock->monotonic());
        const QPointer<Publisher> alive(this);
        m_settings.log->warning(LogEntry::Area::Operations, u"The publish %1 failed."_s.arg(id),
                                error);
        if (!alive)
            return;
    }
    forget(id);
}

//! The only way out of the table.
void Publisher::forget(const QString &id)
{
    if (!m_operations.contains(id))
        return;
    setWaiting(id, false);
    if (const auto ended = m_operations.take(id).operation)
        ended->owner = nullptr;
    m_deadlines.remove(id);
    drop(id);
    if (m_operations.isEmpty())
        Q_EMIT becameIdle();
}

void Publisher::setWaiting(const QString &id, bool isWaiting)
{
    const auto it = m_operations.find(id);
    if (it == m_operations.end() || it->isWaiting == isWaiting)
        return;
    it->isWaiting = isWaiting;
    m_waiting += isWaiting ? 1 : -1;
    Q_EMIT waitingChanged();
}

void Publisher::failAll(const Error &error)
{
    const QPointer<Publisher> alive(this);
    const QList<QString> ids = m_operations.keys();
    for (const QString &id : ids) {
        if (alive)
            end(id, error);
    }
}

void Publisher::onDestroyed(const QString &id)
{
    forget(id);
}

void Publisher::onAborted(PublishOperation *operation, const Error &cancelled)
{
    Error error = cancelled;
    if (operation->phase == PublishOperation::Phase::Sent)
        error.message = tr("The publish to %1 was cancelled after it was sent; whether it was "
                           "carried out is unknown.")
                            .arg(operation->channel());
    end(operation->operationId(), error);
}

void Publisher::onExpired(const QString &id)
{
    const PublishOperation *late = operation(id);
    if (!late)
        return;
    QString sentence;
    switch (late->phase) {
    case PublishOperation::Phase::Waiting:
        sentence = tr("The publish to %1 could not be sent within %2 s: there was no connection.");
        break;
    case PublishOperation::Phase::Authorizing:
        sentence = tr("The publish to %1 could not be sent within %2 s: the authorizer gave no "
                      "credentials, or the publish rate kept it back.");
        break;
    case PublishOperation::Phase::Sent:
        sentence = tr("No answer to the publish to %1 within %2 s; whether it was carried out is "
                      "unknown.");
        break;
    }
    const auto seconds = std::chrono::round<std::chrono::seconds>(late->timeout).count();
    end(id, Error::local(Error::Kind::Timeout, sentence.arg(late->channel()).arg(seconds)));
}

} // namespace AppSync
