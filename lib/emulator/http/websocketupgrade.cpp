// SPDX-License-Identifier: Apache-2.0
#include "websocketupgrade_p.h"

#include "../events/frames_p.h"
#include "httprequest_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::WebSocketUpgrade {

namespace {

bool isKey(const QByteArray &text)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded && decoded.decoded.size() == 16;
}

} // namespace

std::optional<ServiceError> check(const HttpRequest &request)
{
    const auto bad = [](const QString &message, int status = 400) {
        return ServiceError::http(status, u"BadRequestException"_s, message);
    };
    if (request.path != "/event/realtime" && !request.isGraphQl())
        return ServiceError::http(
            404, u"NotFoundException"_s,
            u"WebSockets are served at /event/realtime and /graphql/realtime."_s);
    if (request.method != "GET" || request.isHttp10)
        return bad(u"A WebSocket is opened with GET and HTTP/1.1."_s);
    if (!request.listHeaderHas("connection", "upgrade"))
        return bad(u"The header Connection: Upgrade is missing."_s);
    if (request.count("content-length") > 0 || request.count("transfer-encoding") > 0)
        return bad(u"A request to upgrade has no body."_s);
    if (request.count("sec-websocket-key") != 1 || !isKey(request.header("sec-websocket-key")))
        return bad(u"Sec-WebSocket-Key is not 16 bytes in base64."_s);
    if (request.header("sec-websocket-version") != "13")
        return bad(u"WebSocket version 13 is spoken here."_s, 426);
    return std::nullopt;
}

QByteArray head(const HttpRequest &request, const QByteArray &ticket, bool otherSubprotocol)
{
    QByteArray head = "GET " + request.path
        + " HTTP/1.1\r\n"
          "Host: localhost\r\n"
          "Connection: Upgrade\r\n"
          "Upgrade: websocket\r\n"
          "Sec-WebSocket-Version: 13\r\n"
          "Sec-WebSocket-Key: "
        + request.header("sec-websocket-key") + "\r\n";
    // Without it Qt selects no subprotocol: the client then gets its connection_error over an upgrade that
    // names none, except for browsers, which end such a connection themselves.
    const bool isGraphQl = request.isGraphQl();
    if (request.listHeaderHas("sec-websocket-protocol",
                              isGraphQl ? kOtherSubprotocol : kSubprotocol))
        head += QByteArray("Sec-WebSocket-Protocol: ")
            + (otherSubprotocol != isGraphQl ? kOtherSubprotocol : kSubprotocol) + "\r\n";
    return head + kTicketHeader + ": " + ticket + "\r\n\r\n";
}

} // namespace AppSync::Emulation::WebSocketUpgrade
