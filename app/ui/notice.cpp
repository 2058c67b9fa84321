// SPDX-License-Identifier: Apache-2.0
#include "app/ui/notice.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QString detailsOf(const AppSync::Error &error)
{
    QStringList parts;
    if (!error.type.isEmpty())
        parts += QCoreApplication::translate("Notice", "Type: %1").arg(error.type);
    if (!error.code.isEmpty() && error.code != error.type)
        parts += QCoreApplication::translate("Notice", "Code: %1").arg(error.code);
    if (error.httpStatus > 0)
        parts += QCoreApplication::translate("Notice", "HTTP status: %1").arg(error.httpStatus);
    return parts.join(u'\n');
}

} // namespace

Notice Notice::fromError(const AppSync::Error &error)
{
    Notice notice;
    if (!error.isError())
        return notice;
    notice.message = error.message.isEmpty() ? error.toString() : error.message;
    notice.serverMessage = error.serverMessage;
    notice.nextStep = error.nextStep;
    notice.details = detailsOf(error);
    return notice;
}

} // namespace Syncscope
