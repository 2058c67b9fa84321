// SPDX-License-Identifier: Apache-2.0
#include "credentials_p.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

QByteArray Credentials::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key == name)
            return value;
    }
    return {};
}

Credentials Credentials::fromJson(const QJsonObject &object)
{
    Credentials credentials;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.value().isString())
            credentials.headers.emplaceBack(it.key().toLower().toUtf8(),
                                            it.value().toString().toUtf8());
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
