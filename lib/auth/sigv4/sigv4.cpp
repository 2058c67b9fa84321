// SPDX-License-Identifier: Apache-2.0
#include "sigv4_p.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <algorithm>
#include <array>
#include <map>

using namespace Qt::StringLiterals;

namespace AppSync::SigV4 {

namespace {

constexpr auto kAlgorithm = "AWS4-HMAC-SHA256";
constexpr auto kTerminator = "aws4_request";

QByteArray hmac(const QByteArray &key, const QByteArray &message)
{
    return QMessageAuthenticationCode::hash(message, key, QCryptographicHash::Sha256);
}

//! By lower-case name; the values of one name in the order in which they were given.
std::map<QByteArray, QByteArray> sorted(const Headers &headers)
{
    std::map<QByteArray, QByteArray> lines;
    for (const auto &[name, value] : headers) {
        const auto [line, isNew] = lines.try_emplace(name.toLower(), value.simplified());
        if (!isNew)
            line->second += ',' + value.simplified();
    }
    return lines;
}

QByteArray names(const Headers &headers)
{
    QByteArrayList all;
    for (const auto &[name, value] : sorted(headers))
        all << name;
    return all.join(';');
}

bool isNamed(const QByteArray &name, const char *other)
{
    return name.compare(other, Qt::CaseInsensitive) == 0;
}

//! What is signed: the caller's headers, the host, the date, the session token.
Headers headersToSign(const Request &request, const QByteArray &date, const QByteArray &token)
{
    Headers all;
    bool hasHost = false;
    for (const auto &[name, value] : request.headers) {
        static constexpr std::array kOwn{"x-amz-date", "x-amz-security-token", "authorization"};
        if (std::any_of(kOwn.begin(), kOwn.end(),
                        [&name = name](const char *own) { return isNamed(name, own); }))
            continue;
        hasHost = hasHost || isNamed(name, "host");
        all.append({name, value});
    }
    if (!hasHost)
        all.append({"host"_ba, hostOf(request.url)});
    all.append({"x-amz-date"_ba, date});
    if (!token.isEmpty())
        all.append({"x-amz-security-token"_ba, token});
    return all;
}

} // namespace

QByteArray hash(const QByteArray &data)
{
    return QCryptographicHash::hash(data, QCryptographicHash::Sha256).toHex();
}

QByteArray canonicalPath(const QByteArray &path)
{
    QByteArrayList segments;
    const QByteArrayList given = path.split('/');
    for (const QByteArray &segment : given) {
        if (segment == "..") {
            if (!segments.isEmpty())
                segments.removeLast();
        } else if (!segment.isEmpty() && segment != ".") {
            segments << segment.toPercentEncoding();
        }
    }
    QByteArray canonical = '/' + segments.join('/');
    if (!segments.isEmpty() && path.endsWith('/'))
        canonical += '/';
    return canonical;
}

QByteArray canonicalQuery(const QByteArray &query)
{
    // Sorted as pairs, not as text: a name may hold what sorts before the equals sign.
    QList<QPair<QByteArray, QByteArray>> pairs;
    const auto encoded = [](const QByteArray &text) {
        return QByteArray::fromPercentEncoding(text).toPercentEncoding();
    };
    const QByteArrayList given = query.split('&');
    for (const QByteArray &parameter : given) {
        if (parameter.isEmpty())
            continue;
        const qsizetype equals = parameter.indexOf('=');
        const QByteArray name = equals < 0 ? parameter : parameter.first(equals);
        pairs.append({encoded(name), encoded(parameter.mid(name.size() + 1))});
    }
    std::sort(pairs.begin(), pairs.end());
    QByteArrayList texts;
    for (const auto &[name, value] : std::as_const(pairs))
        texts << name + '=' + value;
    return texts.join('&');
}

QByteArray canonicalHeaders(const Headers &headers)
{
    QByteArray lines;
    for (const auto &[name, value] : sorted(headers))
        lines += name + ':' + value + '\n';
    return lines;
}

QByteArray hostOf(const QUrl &url)
{
    QByteArray host = url.host(QUrl::FullyEncoded).toLatin1();
    if (host.contains(':'))
        host = '[' + host + ']';
    const int port = url.port(-1);
    const int standard = url.scheme() == "http"_L1 ? 80 : 443;
    return port < 0 || port == standard ? host : host + ':' + QByteArray::number(port);
}

Keys keys(const QByteArray &secret, const QByteArray &day, const QByteArray &region,
          const QByteArray &service)
{
    Keys keys;
    keys.date = hmac("AWS4" + secret, day);
    keys.region = hmac(keys.date, region);
    keys.service = hmac(keys.region, service);
    keys.signing = hmac(keys.service, kTerminator);
    return keys;
}

Signature sign(const Request &request, const AwsCredentials &credentials)
{
    const QByteArray date = request.date.toUTC().toString(u"yyyyMMdd'T'HHmmss'Z'").toLatin1();
    const QByteArray day = date.left(8);
    Signature made;
    made.headers = headersToSign(request, date, credentials.sessionToken.toUtf8());
    made.payloadHash = hash(request.body);
    made.signedHeaders = names(made.headers);
    made.canonicalRequest = request.method + '\n'
        + canonicalPath(request.url.path(QUrl::FullyEncoded).toLatin1()) + '\n'
        + canonicalQuery(request.url.query(QUrl::FullyEncoded).toLatin1()) + '\n'
        + canonicalHeaders(made.headers) + '\n' + made.signedHeaders + '\n' + made.payloadHash;
    made.scope = day + '/' + request.region + '/' + request.service + '/' + kTerminator;
    made.stringToSign =
        kAlgorithm + ('\n' + date) + '\n' + made.scope + '\n' + hash(made.canonicalRequest);
    const Keys derived =
        keys(credentials.secretAccessKey.toUtf8(), day, request.region, request.service);
    made.signature = hmac(derived.signing, made.stringToSign).toHex();
    made.authorization = kAlgorithm + (" Credential=" + credentials.accessKeyId.toUtf8()) + '/'
        + made.scope + ", SignedHeaders=" + made.signedHeaders + ", Signature=" + made.signature;
    made.headers.append({"Authorization"_ba, made.authorization});
    return made;
}

} // namespace AppSync::SigV4
