// SPDX-License-Identifier: Apache-2.0
#include "networksettings.h"

#include <QUrlQuery>

namespace AppSync {

QUrl NetworkSettings::withQuery(const QUrl &url) const
{
    if (query.isEmpty())
        return url;
    QUrlQuery all(url);
    for (const auto &[name, value] : query)
        all.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(value)));
    QUrl extended = url;
    extended.setQuery(all);
    return extended;
}

Headers NetworkSettings::allHeaders() const
{
    Headers all = headers;
    if (!userAgent.isEmpty())
        all.append({QByteArrayLiteral("User-Agent"), userAgent.toUtf8()});
    return all;
}

} // namespace AppSync
