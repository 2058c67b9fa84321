// SPDX-License-Identifier: Apache-2.0
#include "httproutes_p.h"

#include "eventsapi_p.h"
#include "httprequest_p.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

//! What is understood at \a path; empty where nothing is.
QByteArray methodsAt(const QByteArray &path)
{
    if (path == "/event")
        return "POST, OPTIONS";
    return path == "/" || path == "/health" ? "GET, HEAD, OPTIONS" : "";
}

//! Lets a page of an origin that the front door accepted read the answer.
void allowOrigin(const HttpRequest &request, HttpResponse *response)
{
    const QByteArray origin = request.header("origin");
    if (origin.isEmpty())
        return;
    response->addHeader("Access-Control-Allow-Origin", origin);
    response->addHeader("Access-Control-Expose-Headers", "x-amzn-RequestId, x-amzn-ErrorType");
    response->addHeader("Vary", "Origin");
}

} // namespace

HttpRoutes::HttpRoutes(EventsApi &api) : m_api(api)
{
}

void HttpRoutes::handle(const HttpRequest &request, const QString &peer, const Answer &answer)
{
    const auto reply = [&](HttpResponse response) {
        allowOrigin(request, &response);
        answer(response);
    };
    if (request.method == "OPTIONS" && !methodsAt(request.path).isEmpty())
        return reply(preflight(request));
    if (request.path == "/event" && request.method == "POST")
        return publish(request, peer, reply);
    const bool isWelcome = request.path == "/" || request.path == "/health";
    if (isWelcome && (request.method == "GET" || request.method == "HEAD"))
        return reply(welcome());

    const ServiceError error = problem(request);
    m_api.report(u"HTTP request"_s, peer, error.toString());
    HttpResponse response = HttpResponse::problem(error, m_api.faults());
    if (error.httpStatus == 405)
        response.addHeader("Allow", methodsAt(request.path));
    reply(response);
}

ServiceError HttpRoutes::problem(const HttpRequest &request)
{
    if (const QByteArray methods = methodsAt(request.path); !methods.isEmpty())
        return ServiceError::http(
            405, u"MethodNotAllowedException"_s,
            u"This address understands %1."_s.arg(QLatin1StringView(methods)));
    if (request.path == "/event/realtime")
        return ServiceError::http(426, u"BadRequestException"_s,
                                  u"This address speaks WebSocket: send Upgrade: websocket."_s);
    return ServiceError::http(404, u"NotFoundException"_s,
                              u"There is nothing here: publish with POST /event, subscribe by "
                              "WebSocket at /event/realtime."_s);
}

HttpResponse HttpRoutes::preflight(const HttpRequest &request)
{
    const QByteArray methods = methodsAt(request.path);
    HttpResponse response{204, {}, {{"Allow", methods}}};
    if (request.count("access-control-request-method") == 0)
        return response;
    response.addHeader("Access-Control-Allow-Methods", methods);
    const QByteArray wanted = request.header("access-control-request-headers");
    response.addHeader("Access-Control-Allow-Headers",
                       wanted.isEmpty() ? "authorization, content-type, x-api-key" : wanted);
    response.addHeader("Access-Control-Max-Age", "600");
    if (request.header("access-control-request-private-network") == "true")
        response.addHeader("Access-Control-Allow-Private-Network", "true");
    return response;
}

HttpResponse HttpRoutes::welcome()
{
    static const QByteArray body =
        R"({"service":"Syncscope local AppSync","status":"ok","publish":"/event","realtime":"/event/realtime"})";
    return {200, body, {}};
}

void HttpRoutes::publish(const HttpRequest &request, const QString &peer, const Answer &answer)
{
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    const QString channel = document.object().value("channel"_L1).toString();
    const auto respond = [&](const PublishPath::Result &result) {
        if (!result.error)
            return answer({200,
                           Frames::httpPublishResult(result.verdicts, m_api.faults()).toUtf8(),
                           {{"x-amzn-appsync-TokensConsumed", "1"}}});
        m_api.report(u"HTTP publish to "_s + channel, peer, result.error->toString());
        answer(HttpResponse::problem(*result.error, m_api.faults()));
    };
    if (!document.isObject())
        return respond({ServiceError::badRequest(u"The body is not a JSON object"_s), {}});
    const PublishPath::Request publish{document.object().value("channel"_L1),
                                       document.object().value("events"_L1),
                                       request.credentials(),
                                       PublishPath::Transport::Http,
                                       request.body,
                                       request.query};
    m_api.publishPath().publish(publish, respond);
}

} // namespace AppSync::Emulation
