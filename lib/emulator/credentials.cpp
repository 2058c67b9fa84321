// SPDX-License-Identifier: Apache-2.0
#include "credentials_p.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

Credentials Credentials::fromJson(const QJsonObject &object)
{
    Credentials credentials;
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString name = it.key().toLower();
        if (name == "x-api-key"_L1)
            credentials.apiKey = it.value().toString();
        else if (name == "authorization"_L1)
            credentials.authorization = it.value().toString();
        else if (name == "host"_L1)
            credentials.host = it.value().toString();
    }
    return credentials;
}

std::optional<Credentials> Credentials::fromSubprotocol(const QByteArray &protocol)
{
    static constexpr QByteArrayView kPrefix("header-");
    if (!protocol.startsWith(kPrefix))
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(
        protocol.sliced(kPrefix.size()),
        QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(decoded.decoded);
    if (!document.isObject())
        return std::nullopt;
    return fromJson(document.object());
}

} // namespace AppSync::Emulation
