// SPDX-License-Identifier: Apache-2.0
#include "httpresponse_p.h"

#include "../events/frames_p.h"

#include <QUuid>

namespace AppSync::Emulation {

namespace {

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 204:
        return "No Content";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 402:
        return "Payment Required";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 421:
        return "Misdirected Request";
    case 426:
        return "Upgrade Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    default:
        return "Status"; // a fault plan may name any
    }
}

} // namespace

QByteArray HttpResponse::encode(bool keepAlive, bool withBody) const
{
    QByteArray out = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) + "\r\n";
    if (!body.isEmpty())
        out += "Content-Type: " + contentType + "\r\n";
    if (status != 204)
        out += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    out += "x-amzn-RequestId: " + QUuid::createUuid().toByteArray(QUuid::WithoutBraces) + "\r\n";
    for (const auto &[name, value] : headers)
        out += name + ": " + value + "\r\n";
    if (!keepAlive)
        out += "Connection: close\r\n";
    out += "\r\n";
    return withBody ? out + body : out;
}

HttpResponse HttpResponse::problem(const ServiceError &error, const FaultPlan &faults)
{
    HttpResponse response{error.httpStatus,
                          Frames::httpErrors(error, faults).toUtf8(),
                          {{"x-amzn-ErrorType", error.typeOverHttp().toLatin1()}}};
    if (error.httpStatus == 426) {
        response.addHeader("Upgrade", "websocket");
        response.addHeader("Sec-WebSocket-Version", "13");
    }
    return response;
}

} // namespace AppSync::Emulation
