// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>

#include <optional>

namespace AppSync::Emulation {

//! What a client showed with one request, wherever it put it: in the `header-…` subprotocol, in HTTP
//! headers or in the `authorization` member of a frame. Spelling of the names does not matter.
struct Credentials {
    QString apiKey; //!< `x-api-key`
    QString authorization; //!< `Authorization`
    QString host;

    [[nodiscard]] bool isEmpty() const { return apiKey.isEmpty() && authorization.isEmpty(); }

    static Credentials fromJson(const QJsonObject &object);
    //! Reads `header-<base64url of JSON>`; nothing if it is none.
    static std::optional<Credentials> fromSubprotocol(const QByteArray &protocol);
};

} // namespace AppSync::Emulation
