// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/masking.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope::Masking {

QByteArray mask(qsizetype bytes)
{
    return "<masked, " + QByteArray::number(bytes) + " bytes>";
}

qsizetype maskLength(QByteArrayView text)
{
    constexpr QByteArrayView kBegin = "<masked, ";
    constexpr QByteArrayView kEnd = " bytes>";
    if (!text.startsWith(kBegin))
        return 0;
    qsizetype at = kBegin.size();
    while (at < text.size() && text[at] >= '0' && text[at] <= '9')
        ++at;
    const bool isWhole = at > kBegin.size() && text.sliced(at).startsWith(kEnd);
    return isWhole ? at + kEnd.size() : 0;
}

bool isPublicHeader(const QString &name)
{
    static const QStringList names{u"accept"_s,     u"content-encoding"_s,     u"content-type"_s,
                                   u"host"_s,       u"x-amz-content-sha256"_s, u"x-amz-date"_s,
                                   u"user-agent"_s, u"x-amz-user-agent"_s};
    return names.contains(name, Qt::CaseInsensitive);
}

QByteArray changed(const QByteArray &text, QList<Change> changes, qint64 *count)
{
    if (changes.isEmpty())
        return text;
    // Of those that begin together the longest comes first: it holds the others.
    std::sort(changes.begin(), changes.end(), [](const Change &a, const Change &b) {
        return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
    });
    QByteArray out;
    qsizetype at = 0;
    for (const Change &change : std::as_const(changes)) {
        if (change.end <= at)
            continue; // within the one before
        const qsizetype begin = qMax(at, change.begin);
        out += QByteArrayView(text).sliced(at, begin - at);
        out += begin == change.begin ? change.text : mask(change.end - begin);
        at = change.end;
        if (count)
            ++*count;
    }
    return out + QByteArrayView(text).sliced(at).toByteArray();
}

} // namespace Syncscope::Masking
