// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonDocument>
#include <QJsonObject>

//! A JWT of \a claims with a signature that nobody could have made.
inline QString testJwt(const QJsonObject &claims)
{
    const auto part = [](const QByteArray &bytes) {
        return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
    };
    return QString::fromLatin1(part(R"({"alg":"RS256","kid":"1"})") + '.'
                               + part(QJsonDocument(claims).toJson(QJsonDocument::Compact)) + '.'
                               + part("signature"));
}
