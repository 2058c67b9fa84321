// SPDX-License-Identifier: Apache-2.0
#include "logging_p.h"

namespace AppSync::Emulation {

Q_LOGGING_CATEGORY(log, "appsync.emulator", QtInfoMsg)

QString loggable(const QString &text)
{
    QString out = text.left(200);
    for (QChar &c : out) {
        if (!c.isPrint())
            c = u'?';
    }
    return out;
}

} // namespace AppSync::Emulation
