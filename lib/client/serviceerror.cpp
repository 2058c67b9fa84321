// SPDX-License-Identifier: Apache-2.0
#include "serviceerror.h"

#include "../wire/servererror_p.h"

namespace AppSync {

Error serviceError(const QJsonValue &entry, const QString &what)
{
    return ServerError::described(ServerError::fromEntry(entry), what);
}

} // namespace AppSync
