// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QJsonValue>

//! What a signature over a WebSocket frame covers: the members of the frame, written anew without white
//! space in this order, as if they had come as the body of `POST /event`.
namespace AppSync::Emulation::SignedBody {

[[nodiscard]] QByteArray connect();
[[nodiscard]] QByteArray subscribe(const QString &channel);
[[nodiscard]] QByteArray publish(const QJsonValue &channel, const QJsonValue &events);
//! The same \a json with `<`, `>` and `&` as \uXXXX.
[[nodiscard]] QByteArray htmlEscaped(QByteArray json);

} // namespace AppSync::Emulation::SignedBody
