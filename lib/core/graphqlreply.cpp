// SPDX-License-Identifier: Apache-2.0
#include "graphqlreply.h"

#include "utc_p.h"

namespace AppSync {

GraphQlReply::GraphQlReply(const QString &operationId, QObject *parent)
    : Reply(parent), m_operationId(operationId)
{
}

QDateTime GraphQlReply::sentAt() const
{
    return utc(m_sentAtMs);
}

QDateTime GraphQlReply::answeredAt() const
{
    return utc(m_answeredAtMs);
}

} // namespace AppSync
