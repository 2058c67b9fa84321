// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../serviceerror_p.h"

#include <QByteArray>

#include <optional>

namespace AppSync::Emulation {

struct HttpRequest;

//! QWebSocketServer reads a handshake only if no line of it exceeds 8 KB, and tokens do. So we read the
//! head ourselves and give Qt one that says the same in few words.
namespace WebSocketUpgrade {

inline constexpr char kTicketHeader[] = "X-Emulator-Ticket";

//! What is wrong with the \a request to upgrade, if anything.
[[nodiscard]] std::optional<ServiceError> check(const HttpRequest &request);
//! The head for Qt, with \a ticket by which the socket is recognized when Qt hands it back.
//! \a otherSubprotocol is the fault of that name.
[[nodiscard]] QByteArray head(const HttpRequest &request, const QByteArray &ticket,
                              bool otherSubprotocol);

} // namespace WebSocketUpgrade

} // namespace AppSync::Emulation
