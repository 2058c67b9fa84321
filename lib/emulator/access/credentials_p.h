// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QPair>
#include <QString>

#include <optional>

namespace AppSync::Emulation {

//! Names in lower case, in the order received.
using HeaderList = QList<QPair<QByteArray, QByteArray>>;

//! What a client showed with one request, wherever it put it: in the `header-…` subprotocol, in HTTP
//! headers or in the `authorization` member of a frame. Spelling of the names does not matter. All members
//! are kept, since a signature may cover any of them.
struct Credentials {
    HeaderList headers;
    bool isOwn = false; //!< of the emulator's own actors, who need none
    QByteArray path = "/event"; //!< of the endpoint as the client knows it: what signatures cover
    QString sourceIp = {}; //!< where they came from

    //! The first of that name (in lower case); empty if there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
    [[nodiscard]] QString apiKey() const { return QString::fromUtf8(header("x-api-key")); }
    [[nodiscard]] QString authorization() const
    {
        return QString::fromUtf8(header("authorization"));
    }
    [[nodiscard]] bool hasHost() const { return !header("host").isEmpty(); }

    static Credentials own() { return {{}, true}; }
    static Credentials fromJson(const QJsonObject &object);
    //! Reads `header-<base64url of JSON>`; nothing if it is none.
    static std::optional<Credentials> fromSubprotocol(const QByteArray &protocol);
};

} // namespace AppSync::Emulation
