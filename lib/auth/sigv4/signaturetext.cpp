// SPDX-License-Identifier: Apache-2.0
#include "signaturetext_p.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::SignatureText {

namespace {

//! The text in apostrophes that follows \a heading, up to \a end. A header may hold an apostrophe of its own,
//! so the closing one is that behind a hash, or else the last.
QString quotedBehind(const QString &text, QLatin1StringView heading, qsizetype end)
{
    const qsizetype begin = text.indexOf(heading);
    if (begin < 0 || begin > end)
        return {};
    const qsizetype open = text.indexOf(u'\'', begin + heading.size());
    if (open < 0 || open >= end)
        return {};
    static const QRegularExpression closing(u"[0-9a-fA-F]{64}(?=')"_s);
    const QRegularExpressionMatch hash = closing.match(text, open);
    if (hash.hasMatch() && hash.capturedEnd() < end)
        return text.sliced(open + 1, hash.capturedEnd() - open - 1);
    const qsizetype close = text.lastIndexOf(u'\'', end - 1);
    return text.sliced(open + 1, (close > open ? close : end) - open - 1);
}

//! JSON text has its line ends as two characters. A canonical request has no backslash of its own, but for
//! the values of headers that nobody sends.
QString withLineEnds(QString text)
{
    if (!text.contains(u"\\n"_s))
        return text;
    return text.replace(u"\\n"_s, u"\n"_s)
        .replace(u"\\r"_s, u""_s)
        .replace(u"\\/"_s, u"/"_s)
        .replace(u"\\\""_s, u"\""_s)
        .replace(u"\\u0027"_s, u"'"_s)
        .replace(u"\\u003d"_s, u"="_s, Qt::CaseInsensitive)
        .replace(u"\\u0026"_s, u"&"_s)
        .replace(u"\\u003c"_s, u"<"_s, Qt::CaseInsensitive)
        .replace(u"\\u003e"_s, u">"_s, Qt::CaseInsensitive);
}

} // namespace

QString Canonical::header(const QString &name) const
{
    const auto found = std::find_if(headers.begin(), headers.end(),
                                    [&name](const auto &header) { return header.first == name; });
    return found == headers.end() ? QString() : found->second;
}

Canonical canonical(const QString &text)
{
    const QStringList lines = text.split(u'\n');
    Canonical parts;
    parts.method = lines.value(0);
    parts.path = lines.value(1);
    parts.query = lines.value(2);
    qsizetype at = 3;
    for (; at < lines.size() && !lines[at].isEmpty(); ++at) {
        const qsizetype colon = lines[at].indexOf(u':');
        parts.headers.append({colon < 0 ? lines[at] : lines[at].first(colon),
                              colon < 0 ? u""_s : lines[at].sliced(colon + 1)});
    }
    parts.signedHeaders = lines.value(at + 1);
    parts.bodyHash = lines.value(at + 2);
    return parts;
}

StringToSign stringToSign(const QString &text)
{
    const QStringList lines = text.split(u'\n');
    return {lines.value(0), lines.value(1), lines.value(2), lines.value(3)};
}

Expected expected(const QString &serverText)
{
    constexpr auto kCanonical = "Canonical String for this request should have been"_L1;
    constexpr auto kStringToSign = "String-to-Sign should have been"_L1;
    const QString text = withLineEnds(serverText);
    const qsizetype second = text.indexOf(kStringToSign);
    Expected told;
    told.canonicalRequest = quotedBehind(text, kCanonical, second < 0 ? text.size() : second);
    told.stringToSign = quotedBehind(text, kStringToSign, text.size());
    return told;
}

QDateTime date(const QString &basicFormat)
{
    QDateTime date = QDateTime::fromString(basicFormat, u"yyyyMMdd'T'HHmmss'Z'"_s);
    date.setTimeSpec(Qt::UTC);
    return date;
}

std::optional<QDateTime> serverTime(const QString &serverText)
{
    // "…expired: T is now earlier than T (NOW - 5 min.)", "…not yet current: T is still later than T (NOW + 5 min.)"
    static const QRegularExpression now(uR"(\((\d{8}T\d{6}Z)\s*[+-]\s*\d+\s*min)"_s);
    const QDateTime told = date(now.match(serverText).captured(1));
    return told.isValid() ? std::optional(told) : std::nullopt;
}

} // namespace AppSync::SignatureText
