// SPDX-License-Identifier: Apache-2.0
#include "sigv4_p.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::Sigv4 {

namespace {

QByteArray hash(const QByteArray &data)
{
    return QCryptographicHash::hash(data, QCryptographicHash::Sha256).toHex();
}

QByteArray hmac(const QByteArray &key, const QByteArray &data)
{
    return QMessageAuthenticationCode::hash(data, key, QCryptographicHash::Sha256);
}

//! All but A–Z a–z 0–9 - . _ ~ become %XX.
QByteArray encoded(const QByteArray &text, const QByteArray &except = {})
{
    return text.toPercentEncoding(except);
}

//! Every service but S3 removes empty and dot segments and encodes what is encoded once more.
QByteArray canonicalPath(const QByteArray &path)
{
    QList<QByteArray> segments;
    for (const QByteArray &segment : path.split('/')) {
        if (segment == "..") {
            if (!segments.isEmpty())
                segments.removeLast();
        } else if (!segment.isEmpty() && segment != ".") {
            segments.append(segment);
        }
    }
    QByteArray result = '/' + segments.join('/');
    if (path.endsWith('/') && !segments.isEmpty())
        result += '/';
    return encoded(result, "/");
}

QByteArray canonicalQuery(const QByteArray &query)
{
    QList<QPair<QByteArray, QByteArray>> pairs;
    for (const QByteArray &pair : query.split('&')) {
        if (pair.isEmpty())
            continue;
        const qsizetype equals = pair.indexOf('=');
        const QByteArray name = equals < 0 ? pair : pair.first(equals);
        const QByteArray value = equals < 0 ? QByteArray() : pair.sliced(equals + 1);
        pairs.emplaceBack(encoded(QByteArray::fromPercentEncoding(name)),
                          encoded(QByteArray::fromPercentEncoding(value)));
    }
    std::sort(pairs.begin(), pairs.end());
    QList<QByteArray> texts;
    for (const auto &[name, value] : std::as_const(pairs))
        texts.append(name + '=' + value);
    return texts.join('&');
}

//! Without space at the ends and with single spaces within.
QByteArray trimmed(const QByteArray &value)
{
    QByteArray result;
    for (const char c : value.trimmed()) {
        if (c != ' ' || !result.endsWith(' '))
            result += c;
    }
    return result;
}

QByteArray valueOf(const HeaderList &headers, const QByteArray &name)
{
    QList<QByteArray> values;
    for (const auto &[key, value] : headers) {
        if (key == name)
            values.append(trimmed(value));
    }
    return values.join(',');
}

QByteArray takeParameter(const QByteArray &text, const QByteArray &name)
{
    for (const QByteArray &part : text.split(',')) {
        const QByteArray parameter = part.trimmed();
        if (parameter.startsWith(name + '='))
            return parameter.sliced(name.size() + 1);
    }
    return {};
}

} // namespace

QByteArray Claim::scope() const
{
    return date + '/' + region + '/' + service + '/' + terminator;
}

std::optional<Claim> parse(const QByteArray &authorization, QString *missing)
{
    const QByteArray parameters = authorization.sliced(qsizetype(qstrlen(kAlgorithm))).trimmed();
    const QByteArray credential = takeParameter(parameters, "Credential");
    Claim claim;
    claim.signedHeaders = takeParameter(parameters, "SignedHeaders");
    claim.signature = takeParameter(parameters, "Signature");
    QStringList problems;
    const auto require = [&](const char *name, const QByteArray &value) {
        if (value.isEmpty())
            problems +=
                u"Authorization header requires '%1' parameter."_s.arg(QLatin1StringView(name));
    };
    require("Credential", credential);
    require("Signature", claim.signature);
    require("SignedHeaders", claim.signedHeaders);
    const QList<QByteArray> parts = credential.split('/');
    if (problems.isEmpty() && parts.size() != 5) {
        problems += u"Credential must have exactly 5 slash-delimited elements, "
                    "e.g. keyid/date/region/service/term."_s;
    }
    if (!problems.isEmpty()) {
        *missing = problems.join(u' ');
        return std::nullopt;
    }
    claim.accessKeyId = parts[0];
    claim.date = parts[1];
    claim.region = parts[2];
    claim.service = parts[3];
    claim.terminator = parts[4];
    return claim;
}

QByteArray canonicalRequest(const SignedRequest &request, const QByteArray &signedHeaders)
{
    QList<QByteArray> names = signedHeaders.toLower().split(';');
    std::sort(names.begin(), names.end());
    QByteArray text = request.method + '\n' + canonicalPath(request.path) + '\n'
        + canonicalQuery(request.query) + '\n';
    for (const QByteArray &name : std::as_const(names))
        text += name + ':' + valueOf(request.headers, name) + '\n';
    return text + '\n' + signedHeaders + '\n' + hash(request.body);
}

QByteArray stringToSign(const Claim &claim, const QByteArray &time,
                        const QByteArray &canonicalRequest)
{
    return QByteArray(kAlgorithm) + '\n' + time + '\n' + claim.scope() + '\n'
        + hash(canonicalRequest);
}

QByteArray signature(const Claim &claim, const QByteArray &secretAccessKey,
                     const QByteArray &stringToSign)
{
    const QByteArray ofDate = hmac("AWS4" + secretAccessKey, claim.date);
    const QByteArray ofRegion = hmac(ofDate, claim.region);
    const QByteArray ofService = hmac(ofRegion, claim.service);
    return hmac(hmac(ofService, "aws4_request"), stringToSign).toHex();
}

QDateTime parseTime(const QByteArray &text)
{
    QString iso = QString::fromLatin1(text);
    if (iso.size() != 16)
        return {};
    for (const int at : {13, 11})
        iso.insert(at, u':');
    for (const int at : {6, 4})
        iso.insert(at, u'-');
    const QDateTime time = QDateTime::fromString(iso, Qt::ISODate);
    return timeText(time).toLatin1() == text ? time : QDateTime();
}

QString timeText(const QDateTime &time)
{
    return time.toUTC().toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
}

} // namespace AppSync::Emulation::Sigv4
