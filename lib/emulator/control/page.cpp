// SPDX-License-Identifier: Apache-2.0
#include "page_p.h"

#include <QUrlQuery>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr int kMost = 25;

} // namespace

std::variant<QJsonObject, ServiceError> pageOf(const QJsonArray &items, const QString &member,
                                               const QByteArray &query)
{
    const QUrlQuery parameters(QString::fromLatin1(query));
    const auto bad = [](const QString &message) {
        return ServiceError::http(400, u"BadRequestException"_s, message);
    };
    bool isNumber = true;
    int count = kMost;
    if (parameters.hasQueryItem(u"maxResults"_s))
        count = parameters.queryItemValue(u"maxResults"_s).toInt(&isNumber);
    if (!isNumber || count < 0 || count > kMost)
        return bad(u"maxResults must be a number from 0 to %1."_s.arg(kMost));
    qsizetype first = 0;
    if (parameters.hasQueryItem(u"nextToken"_s))
        first = parameters.queryItemValue(u"nextToken"_s).toLongLong(&isNumber);
    if (!isNumber || first < 0 || first > items.size())
        return bad(u"nextToken is none that a list gave out."_s);
    const qsizetype end = std::min(items.size(), first + (count == 0 ? kMost : count));
    QJsonArray page;
    for (qsizetype i = first; i < end; ++i)
        page.append(items.at(i));
    QJsonObject body{{member, page}};
    if (end < items.size())
        body.insert(u"nextToken"_s, QString::number(end));
    return body;
}

} // namespace AppSync::Emulation
