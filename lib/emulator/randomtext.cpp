// SPDX-License-Identifier: Apache-2.0
#include "randomtext_p.h"

#include <QRandomGenerator>

namespace AppSync::Emulation::RandomText {

QString letters(int count, QLatin1StringView alphabet)
{
    QString text;
    for (int i = 0; i < count; ++i)
        text += alphabet[QRandomGenerator::system()->bounded(int(alphabet.size()))];
    return text;
}

QByteArray bytes(int count)
{
    QByteArray data(count, '\0');
    for (char &c : data)
        c = char(QRandomGenerator::system()->bounded(256));
    return data;
}

} // namespace AppSync::Emulation::RandomText
