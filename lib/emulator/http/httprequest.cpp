// SPDX-License-Identifier: Apache-2.0
#include "httprequest_p.h"

#include <algorithm>

namespace AppSync::Emulation {

namespace {

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        || QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

bool isFieldValue(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return uchar(c) >= 0x20 ? c != 0x7f : c == '\t'; });
}

bool isTarget(QByteArrayView text)
{
    return text.startsWith('/')
        && std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

//! What a client that believes to talk to a proxy writes out, http://host/path?query, without scheme and host.
QByteArray originForm(const QByteArray &target)
{
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (target.first(qMin(scheme.size(), target.size())).toLower() != scheme)
            continue;
        const qsizetype end = target.indexOf('/', scheme.size());
        return end < 0 ? QByteArray("/") : target.sliced(end);
    }
    return target;
}

bool parseRequestLine(const QByteArray &line, HttpRequest *request)
{
    QList<QByteArray> words = line.split(' ');
    if (words.size() == 3)
        words[1] = originForm(words[1]);
    if (words.size() != 3 || !isToken(words[0]) || !isTarget(words[1]))
        return false;
    if (words[2] != "HTTP/1.1" && words[2] != "HTTP/1.0")
        return false;
    request->method = words[0];
    const qsizetype mark = words[1].indexOf('?');
    request->path = mark < 0 ? words[1] : words[1].first(mark);
    request->query = mark < 0 ? QByteArray() : words[1].sliced(mark + 1);
    request->isHttp10 = words[2].endsWith('0');
    return true;
}

} // namespace

std::optional<HttpRequest> HttpRequest::parse(const QByteArray &head)
{
    // A line that ends without a carriage return ends nowhere for the one who looked for the empty line:
    // what is a header and what is body must not depend on the reader.
    if (!head.endsWith("\r\n\r\n") || head.count('\n') != head.count("\r\n"))
        return std::nullopt;
    QList<QByteArray> lines = head.first(head.size() - 4).replace("\r\n", "\n").split('\n');
    HttpRequest request;
    if (!parseRequestLine(lines.takeFirst(), &request))
        return std::nullopt;
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype colon =
            line.indexOf(':'); // a folded line has a name with a space: no token
        if (colon < 0 || !isToken(QByteArrayView(line).first(colon)) || !isFieldValue(line))
            return std::nullopt;
        request.headers.append({line.first(colon).toLower(), line.sliced(colon + 1).trimmed()});
    }
    return request;
}

QByteArray HttpRequest::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

qsizetype HttpRequest::count(QByteArrayView name) const
{
    return std::count_if(headers.begin(), headers.end(),
                         [&](const auto &pair) { return pair.first == name; });
}

QList<QByteArray> HttpRequest::listHeader(QByteArrayView name) const
{
    QList<QByteArray> found;
    for (const auto &[key, value] : headers) {
        if (key != name)
            continue;
        for (const QByteArray &element : value.split(',')) {
            if (!element.trimmed().isEmpty())
                found.append(element.trimmed());
        }
    }
    return found;
}

bool HttpRequest::listHeaderHas(QByteArrayView name, QByteArrayView value) const
{
    const QList<QByteArray> elements = listHeader(name);
    return std::any_of(elements.begin(), elements.end(), [&](const QByteArray &element) {
        return element.compare(value, Qt::CaseInsensitive) == 0;
    });
}

bool HttpRequest::wantsWebSocket() const
{
    return listHeaderHas("upgrade", "websocket");
}

bool HttpRequest::keepsAlive() const
{
    return isHttp10 ? listHeaderHas("connection", "keep-alive")
                    : !listHeaderHas("connection", "close");
}

} // namespace AppSync::Emulation
