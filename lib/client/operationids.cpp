// SPDX-License-Identifier: Apache-2.0
#include "operationids_p.h"

#include <algorithm>

namespace AppSync {

namespace {

constexpr qsizetype kRemembered = 64;
constexpr qsizetype kLongestId = 128;

bool isIdCharacter(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= u'0' && u <= u'9') || (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z')
        || u == u'-' || u == u'_' || u == u'+';
}

} // namespace

QString OperationIds::next(QStringView prefix)
{
    return prefix.toString() + QString::number(++m_last);
}

quint64 OperationIds::numberOf(QStringView id) const
{
    for (const QStringView prefix : {u"sub-", u"pub-"}) {
        if (!id.startsWith(prefix))
            continue;
        const quint64 number = id.sliced(prefix.size()).toULongLong();
        return number <= m_last ? number : 0;
    }
    return 0;
}

void OperationIds::noteEnded(const QString &id)
{
    if (numberOf(id))
        return;
    m_endedChosen.append(id);
    if (m_endedChosen.size() > kRemembered)
        m_endedChosen.removeFirst();
}

bool OperationIds::wasOurs(QStringView id) const
{
    return numberOf(id) > 0 || m_endedChosen.contains(id);
}

bool OperationIds::isValid(QStringView id)
{
    return !id.isEmpty() && id.size() <= kLongestId
        && std::all_of(id.begin(), id.end(), isIdCharacter);
}

} // namespace AppSync
