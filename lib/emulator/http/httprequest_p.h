// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../access/credentials_p.h"

#include <QByteArray>
#include <QList>
#include <QPair>

#include <optional>

namespace AppSync::Emulation {

//! The head of an HTTP/1.x request and, once it has arrived, its body.
struct HttpRequest {
    QByteArray method;
    QByteArray path; //!< without the query, as sent
    QByteArray query; //!< as sent, without its question mark
    QByteArray folder = {}; //!< that stood before path and named an API
    bool isHttp10 = false;
    HeaderList headers;
    QByteArray body;

    //! Reads a head up to and with its empty line; nothing if it is not one (RFC 9112).
    static std::optional<HttpRequest> parse(const QByteArray &head);

    //! The first header of that name (in lower case); empty if there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    [[nodiscard]] qsizetype count(QByteArrayView name) const;
    //! All headers of that name, split at commas, without empty elements.
    [[nodiscard]] QList<QByteArray> listHeader(QByteArrayView name) const;
    [[nodiscard]] bool listHeaderHas(QByteArrayView name, QByteArrayView value) const; //!< any case
    [[nodiscard]] bool wantsWebSocket() const;
    [[nodiscard]] bool keepsAlive() const;
    //! Whether it is for the GraphQL API, over HTTP or to open a WebSocket.
    [[nodiscard]] bool isGraphQl() const
    {
        return path == "/graphql" || path == "/graphql/realtime";
    }
    [[nodiscard]] Credentials credentials() const
    {
        return {headers, false, folder + (isGraphQl() ? "/graphql" : "/event")};
    }
};

} // namespace AppSync::Emulation
