// SPDX-License-Identifier: Apache-2.0
#include "serviceerror_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

ServiceError ServiceError::badRequest(const QString &message, const QString &reason)
{
    return {u"BadRequestException"_s, message, 0, 400, reason};
}

ServiceError ServiceError::notAuthorized(const QString &reason)
{
    return {u"UnauthorizedException"_s, u"You are not authorized to make this call."_s, 401, 401,
            reason};
}

ServiceError ServiceError::forbidden(const QString &reason)
{
    return {u"UnauthorizedException"_s, {}, 0, 403, reason};
}

ServiceError ServiceError::rateLimited(const QString &reason)
{
    return {u"LimitExceededError"_s, u"Rate limit exceeded"_s, 0, 429, reason};
}

ServiceError ServiceError::http(int status, const QString &type, const QString &message)
{
    return {type, message, 0, status, {}};
}

QString ServiceError::toString() const
{
    QString text = type;
    if (!message.isEmpty())
        text += u": "_s + message.section(u'\n', 0, 0);
    if (!reason.isEmpty())
        text += u" ("_s + reason + u')';
    return text;
}

} // namespace AppSync::Emulation
