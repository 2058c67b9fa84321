// SPDX-License-Identifier: Apache-2.0
#include "reply.h"

#include "utc_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

Reply::Reply(QObject *parent) : QObject(parent)
{
}

double Reply::elapsedMs() const
{
    return std::chrono::duration<double, std::milli>(m_elapsed).count();
}

void Reply::abort()
{
    if (!m_ended)
        stop(Error::local(Error::Kind::Cancelled, tr("The operation was cancelled.")));
}

void Reply::finish(const Error &error)
{
    if (m_ended)
        return;
    m_ended = true;
    m_error = error;
    // Queued, so that a caller can always connect to what it was just given.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_finished = true;
            Q_EMIT finished();
            deleteLater();
        },
        Qt::QueuedConnection);
}

void InteractiveReply::setWaitingForPerson(bool isWaiting)
{
    if (m_isWaitingForPerson == isWaiting)
        return;
    m_isWaitingForPerson = isWaiting;
    Q_EMIT isWaitingForPersonChanged();
}

void InteractiveReply::follow(InteractiveReply *other)
{
    setWaitingForPerson(other->isWaitingForPerson());
    connect(other, &InteractiveReply::isWaitingForPersonChanged, this,
            [this, other] { setWaitingForPerson(other->isWaitingForPerson()); });
}

QJsonObject PublishedEvent::raw() const
{
    if (!m_raw.isEmpty())
        return m_raw;
    return {{u"identifier"_s, identifier}, {u"index"_s, index}};
}

PublishReply::PublishReply(const QString &channel, const QString &operationId, QObject *parent)
    : Reply(parent), m_channel(channel), m_operationId(operationId)
{
}

QDateTime PublishReply::sentAt() const
{
    return utc(m_sentAtMs);
}

QDateTime PublishReply::answeredAt() const
{
    return utc(m_answeredAtMs);
}

} // namespace AppSync
