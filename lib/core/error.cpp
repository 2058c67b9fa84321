// SPDX-License-Identifier: Apache-2.0
#include "error.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace AppSync {

Error Error::local(Kind kind, const QString &message, const QString &nextStep)
{
    Error error;
    error.kind = kind;
    error.message = message;
    error.nextStep = nextStep;
    return error;
}

bool Error::isRetryable() const
{
    switch (kind) {
    case Kind::Unreachable:
    case Kind::Timeout:
    case Kind::ConnectionLost:
    case Kind::LimitExceeded:
    case Kind::Server:
        return true;
    case Kind::UpgradeRefused:
        return httpStatus == 0 || httpStatus == 408 || httpStatus == 429 || httpStatus >= 500;
    default:
        return false;
    }
}

QString Error::toString() const
{
    QStringList parts{message};
    if (!serverMessage.isEmpty() || !type.isEmpty()) {
        QString said = type;
        if (!serverMessage.isEmpty())
            said += (said.isEmpty() ? u""_s : u": "_s) + serverMessage;
        parts << u"The server said: %1"_s.arg(said);
    }
    if (!nextStep.isEmpty())
        parts << nextStep;
    return parts.join(u' ');
}

} // namespace AppSync
