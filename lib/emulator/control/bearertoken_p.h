// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../http/httprequest_p.h"

#include <QCryptographicHash>

namespace AppSync::Emulation {

//! A token that a request may show as `Authorization: Bearer …`.
class BearerToken {
public:
    explicit BearerToken(const QString &token) : m_digest(digest(token.toUtf8())) { }

    [[nodiscard]] static bool isShownAny(const HttpRequest &request)
    {
        return request.header("authorization").left(7).compare("Bearer ", Qt::CaseInsensitive) == 0;
    }
    //! Takes as long for a wrong token as for the right one.
    [[nodiscard]] bool isShownBy(const HttpRequest &request) const
    {
        if (request.count("authorization") != 1 || !isShownAny(request))
            return false;
        const QByteArray shown = digest(request.header("authorization").sliced(7).trimmed());
        char difference = 0;
        for (qsizetype i = 0; i < m_digest.size(); ++i)
            difference = char(difference | (m_digest[i] ^ shown[i]));
        return difference == 0;
    }

private:
    [[nodiscard]] static QByteArray digest(const QByteArray &bytes)
    {
        return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
    }

    const QByteArray m_digest;
};

} // namespace AppSync::Emulation
