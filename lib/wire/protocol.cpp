// SPDX-License-Identifier: Apache-2.0
#include "protocol_p.h"

#include "../core/jsonstring_p.h"

#include <QRegularExpression>
#include <QUrlQuery>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

//! What may be read by anybody: describes the request, proves nothing. Every other value is masked.
bool isPublic(const QByteArray &name)
{
    static constexpr std::array kPublic{
        "accept",     "content-encoding",     "content-type",     "host",
        "x-amz-date", "x-amz-content-sha256", "x-amz-user-agent", "user-agent"};
    return std::any_of(kPublic.begin(), kPublic.end(), [&name](const char *known) {
        return name.compare(known, Qt::CaseInsensitive) == 0;
    });
}

//! Behind these stand credentials.
constexpr std::array kCredentials{"x-amz-security-token"_L1, "x-api-key"_L1, "authorization"_L1,
                                  "header-"_L1, "header="_L1};

QString mask(qsizetype bytes)
{
    return u"<masked, %1 bytes>"_s.arg(bytes);
}

Headers withHost(const Headers &headers, const QString &host)
{
    const bool hasHost = std::any_of(headers.begin(), headers.end(), [](const auto &header) {
        return header.first.compare("host", Qt::CaseInsensitive) == 0;
    });
    Headers all = headers;
    if (!hasHost)
        all.prepend({"host"_ba, host.toUtf8()});
    return all;
}

QByteArray object(const Headers &headers)
{
    QByteArray json("{");
    for (const auto &[name, value] : headers) {
        if (json.size() > 1)
            json += ',';
        JsonString::append(json, name);
        json += ':';
        JsonString::append(json, value);
    }
    json += '}';
    return json;
}

} // namespace

QByteArray authorizationObject(const Headers &headers, const QString &host)
{
    return object(withHost(headers, host));
}

Headers masked(Headers headers)
{
    for (auto &[name, value] : headers) {
        if (!isPublic(name))
            value = mask(value.size()).toLatin1();
    }
    return headers;
}

QByteArray maskedAuthorizationObject(const Headers &headers, const QString &host)
{
    return object(masked(withHost(headers, host)));
}

QString withoutCredentials(const QString &text)
{
    // As they stand in headers, in JSON, in JSON inside of JSON, and session tokens in canonical requests. The
    // subprotocol is an authorization in base64, and so is a parameter of the realtime URL.
    static const QRegularExpression pattern(
        uR"((?|x-amz-security-token\\*["']?\s*[:=]\s*\\*["']?((?:\\/|\\u00[0-9a-f]{2}|[A-Za-z0-9+/=%._~-])+))"
        uR"(|(?:x-api-key|authorization)\\*["']?\s*[:=]\s*\\*["']?((?!<masked)[^"'\\\r\n,;}]+))"
        uR"(|\bheader-([A-Za-z0-9_=-]{16,}))"
        uR"(|[?&]header=([A-Za-z0-9+/=%_-]{16,})))"_s,
        QRegularExpression::CaseInsensitiveOption);
    const bool mayHaveSome =
        std::any_of(kCredentials.begin(), kCredentials.end(), [&text](QLatin1StringView name) {
            return text.contains(name, Qt::CaseInsensitive);
        });
    if (!mayHaveSome)
        return text;
    QString shown;
    qsizetype at = 0;
    for (auto matches = pattern.globalMatch(text); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        shown += QStringView(text).sliced(at, match.capturedStart(1) - at);
        shown += mask(match.capturedLength(1));
        at = match.capturedEnd(1);
    }
    shown += QStringView(text).sliced(at);
    return shown;
}

HttpAnswer withoutCredentials(HttpAnswer answer)
{
    answer.body = withoutCredentials(QString::fromUtf8(answer.body)).toUtf8();
    for (auto &[name, value] : answer.headers)
        value = withoutCredentials(QString::fromLatin1(value)).toLatin1();
    return answer;
}

QString headerSubprotocol(const QByteArray &authorization)
{
    return u"header-"_s
        + QString::fromLatin1(authorization.toBase64(QByteArray::Base64UrlEncoding
                                                     | QByteArray::OmitTrailingEquals));
}

QUrl withAuthorization(QUrl url, const QByteArray &authorization, const QByteArray &payload)
{
    QUrlQuery query(url);
    for (const auto &[name, value] :
         {std::pair(u"header"_s, authorization), std::pair(u"payload"_s, payload)}) {
        // QUrlQuery leaves + as it is, which servers read as a space.
        query.addQueryItem(name, QString::fromLatin1(value.toBase64().toPercentEncoding()));
    }
    url.setQuery(query.query(QUrl::FullyEncoded), QUrl::StrictMode);
    return url;
}

} // namespace AppSync
