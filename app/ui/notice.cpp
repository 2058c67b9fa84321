// SPDX-License-Identifier: Apache-2.0
#include "app/ui/notice.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QString factsOf(const AppSync::Error &error)
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

Notice Notice::fromError(const AppSync::Error &error, const Evidence &evidence)
{
    Notice notice;
    if (!error.isError())
        return notice;
    notice.message = error.message.isEmpty() ? error.toString() : error.message;
    notice.serverMessage = error.serverMessage;
    notice.nextStep = error.nextStep;
    QStringList parts{factsOf(error), evidence.text()};
    parts.removeAll(QString());
    notice.details = parts.join(u"\n\n"_s);
    return notice;
}

} // namespace Syncscope
