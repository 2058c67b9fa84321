// SPDX-License-Identifier: Apache-2.0
#include "jwt_p.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace AppSync::Jwt {

namespace {

constexpr double kLastSecond = 253'402'300'799; // of the year 9999

std::optional<QJsonObject> object(const QByteArray &part)
{
    const auto bytes = QByteArray::fromBase64Encoding(
        part,
        QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals
            | QByteArray::AbortOnBase64DecodingErrors);
    const QJsonDocument document = bytes ? QJsonDocument::fromJson(*bytes) : QJsonDocument();
    if (!document.isObject())
        return {};
    return document.object();
}

} // namespace

std::optional<QJsonObject> claims(const QString &token)
{
    const QByteArrayList parts = token.toLatin1().split('.');
    if (parts.size() != 3 || !object(parts[0]))
        return {};
    return object(parts[1]);
}

QDateTime time(const QJsonObject &claims, const QString &name)
{
    const double seconds = claims.value(name).toDouble(-1);
    if (seconds < 0 || seconds > kLastSecond)
        return {};
    return QDateTime::fromMSecsSinceEpoch(qint64(seconds * 1000)).toUTC();
}

} // namespace AppSync::Jwt
