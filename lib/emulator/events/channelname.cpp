// SPDX-License-Identifier: Apache-2.0
#include "channelname_p.h"

#include "limits_p.h"

#include <QStringTokenizer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::ChannelName {

namespace {

bool isLetterOrDigit(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

bool isSegment(QStringView text)
{
    return !text.isEmpty() && text.size() <= Limits::kChannelSegmentLength
        && isLetterOrDigit(text.front()) && isLetterOrDigit(text.back())
        && std::all_of(text.begin(), text.end(),
                       [](QChar c) { return c == u'-' || isLetterOrDigit(c); });
}

bool areSegments(QStringView text)
{
    qsizetype count = 0;
    for (const QStringView segment : QStringTokenizer(text, u'/')) {
        if (++count > Limits::kChannelSegments || !isSegment(segment))
            return false;
    }
    return true;
}

} // namespace

std::optional<QString> forPublish(QStringView text)
{
    if (text.startsWith(u'/'))
        text = text.sliced(1);
    if (text.endsWith(u'/'))
        text.chop(1);
    if (!areSegments(text))
        return std::nullopt;
    return text.toString();
}

std::optional<QString> forSubscribe(QStringView text)
{
    if (!text.endsWith(u"/*"_s))
        return forPublish(text);
    if (text.startsWith(u'/'))
        text = text.sliced(1);
    const qsizetype slash = text.lastIndexOf(u'/'); // none is left in `/*`
    if (slash < 0 || !areSegments(text.first(slash))
        || text.count(u'/') >= Limits::kChannelSegments)
        return std::nullopt;
    return text.toString();
}

bool isNamespace(QStringView text)
{
    return isSegment(text);
}

QString namespaceOf(const QString &channel)
{
    const qsizetype begin = channel.startsWith(u'/') ? 1 : 0; // as clients may write it
    const qsizetype end = channel.indexOf(u'/', begin);
    return channel.mid(begin, end < 0 ? -1 : end - begin);
}

} // namespace AppSync::Emulation::ChannelName
