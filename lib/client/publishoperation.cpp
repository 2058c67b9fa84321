// SPDX-License-Identifier: Apache-2.0
#include "publishoperation_p.h"

namespace AppSync {

PublishOperation::PublishOperation(const QString &operationId, const QString &channel,
                                   const QByteArray &requestBody, Authorizer *by,
                                   std::chrono::milliseconds within,
                                   std::chrono::nanoseconds startedAt, QObject *parent)
    : PublishReply(channel, operationId, parent)
    , body(requestBody)
    , timeout(within)
    , authorizer(by)
    , m_startedAt(startedAt)
{
}

PublishOperation::~PublishOperation()
{
    if (owner)
        owner->onDestroyed(operationId());
}

void PublishOperation::stop(const Error &cancelled)
{
    if (owner)
        owner->onAborted(this, cancelled);
    else
        finish(cancelled);
}

void PublishOperation::markSent(qint64 wallMs)
{
    phase = Phase::Sent;
    m_sentAtMs = wallMs;
    Q_EMIT sent();
}

void PublishOperation::succeed(const QList<PublishedEvent> &successful,
                               const QList<PublishedEvent> &failed, std::chrono::nanoseconds now)
{
    m_successful = successful;
    m_failed = failed;
    setElapsed(now - m_startedAt);
    finish();
}

void PublishOperation::fail(const Error &error, std::chrono::nanoseconds now)
{
    setElapsed(now - m_startedAt);
    finish(error);
}

QString PublishOperation::description() const
{
    return tr("The publish to %1").arg(channel());
}

} // namespace AppSync
