// SPDX-License-Identifier: Apache-2.0
#include "publishoperation_p.h"

namespace AppSync {

PublishOperation::PublishOperation(const QString &operationId, const QString &channel,
                                   const QByteArray &requestBody, Authorizer *by,
                                   std::chrono::nanoseconds startedAt, QObject *parent)
    : PublishReply(channel, parent)
    , id(operationId)
    , body(requestBody)
    , authorizer(by)
    , m_startedAt(startedAt)
{
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
