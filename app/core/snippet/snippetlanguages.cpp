// SPDX-License-Identifier: Apache-2.0
#include "app/core/snippet/snippetlanguages.h"

#include <QUrl>

#include <algorithm>

namespace Syncscope::Snippets {

QByteArray filled(const QByteArray &text, const QList<std::pair<QByteArray, QByteArray>> &values)
{
    QByteArray out;
    qsizetype at = 0;
    while (at < text.size()) {
        const qsizetype begin = text.indexOf('@', at);
        const qsizetype end = begin < 0 ? -1 : text.indexOf('@', begin + 1);
        if (end < 0)
            break;
        const QByteArray name = text.mid(begin + 1, end - begin - 1);
        const auto found = std::find_if(values.begin(), values.end(),
                                        [&](const auto &value) { return value.first == name; });
        out += text.mid(at, begin - at);
        if (found == values.end()) {
            out += '@';
            at = begin + 1;
        } else {
            out += found->second;
            at = end + 1;
        }
    }
    return out + text.mid(at);
}

QByteArray httpUrl(const SnippetTarget &target)
{
    // Captures of others may not tell it.
    return target.endpoint.isValid() ? target.endpoint.http().toEncoded() : "<endpoint>";
}

QByteArray realtimeUrl(const SnippetTarget &target)
{
    return target.endpoint.isValid() ? target.endpoint.realtime().toEncoded()
                                     : "<realtime endpoint>";
}

bool hasOwnRealtime(const SnippetTarget &target)
{
    return target.endpoint.isValid()
        && AppSync::Endpoint(target.endpoint.http()).realtime() != target.endpoint.realtime();
}

} // namespace Syncscope::Snippets
