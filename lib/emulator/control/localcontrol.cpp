// SPDX-License-Identifier: Apache-2.0
#include "localcontrol_p.h"

#include "../emulator.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

ServiceError wrongRequest(const QString &message)
{
    return ServiceError::http(400, u"BadRequestException"_s, message);
}

ServiceError nothingHere(const QString &message)
{
    return ServiceError::http(404, u"NotFoundException"_s, message);
}

//! Nothing here is done by any other method than \a methods.
ServiceError wrongMethod(const QString &methods)
{
    return ServiceError::http(405, u"MethodNotAllowedException"_s,
                              u"This address understands %1."_s.arg(methods));
}

bool isGet(const HttpRequest &request)
{
    return request.method == "GET" || request.method == "HEAD";
}

} // namespace

HttpResponse LocalControl::handle(const HttpRequest &request, const BearerToken &token,
                                  QString *refusal)
{
    Result result;
    if (!token.isShownBy(request)) {
        result = ServiceError::http(
            401, u"UnauthorizedException"_s,
            u"Show the control token of the ready line as Authorization: Bearer TOKEN."_s);
    } else {
        result = dispatch(request);
    }
    if (const auto *response = std::get_if<HttpResponse>(&result))
        return *response;
    if (const auto *body = std::get_if<QJsonObject>(&result))
        return {200, QJsonDocument(*body).toJson(), {}};
    const auto error = std::get<ServiceError>(result);
    *refusal =
        QString::fromLatin1(request.method + ' ' + request.path) + u": "_s + error.toString();
    HttpResponse response = HttpResponse::problem(error, {});
    if (error.httpStatus == 401)
        response.addHeader("WWW-Authenticate", "Bearer");
    return response;
}

LocalControl::Result LocalControl::dispatch(const HttpRequest &request)
{
    const QList<QByteArray> parts = request.path.split('/'); // "", "_local", …
    const QByteArray what = parts.value(2);
    if (what == "connections" && parts.size() <= 4)
        return connections(request, QString::fromLatin1(parts.value(3)));
    if (parts.size() > 3)
        return nothingHere(u"There is nothing here; GET /_local tells what there is."_s);
    if (what.isEmpty())
        return isGet(request) ? Result(state()) : wrongMethod(u"GET"_s);
    if (what == "faults")
        return faults(request);
    if (what == "metrics")
        return metrics(request);
    if (what == "scenario")
        return scenario(request);
    if (what == "keep-alives")
        return keepAlives(request);
    return nothingHere(u"There is nothing here; GET /_local tells what there is."_s);
}

QJsonObject LocalControl::state() const
{
    return {{u"version"_s, QLatin1StringView(SYNCSCOPE_VERSION)},
            {u"connections"_s, m_emulator.connectionCount()},
            {u"subscriptions"_s, m_emulator.subscriptionCount()},
            {u"apis"_s, QJsonArray::fromStringList(m_emulator.apiIds())},
            {u"isPlaying"_s, m_emulator.isPlaying()},
            {u"addresses"_s,
             QJsonArray{u"GET, PUT, DELETE /_local/faults"_s, u"GET, DELETE /_local/connections"_s,
                        u"GET, DELETE /_local/connections/ID"_s, u"GET /_local/metrics"_s,
                        u"GET, PUT, DELETE /_local/scenario"_s, u"POST /_local/keep-alives"_s}}};
}

LocalControl::Result LocalControl::faults(const HttpRequest &request)
{
    if (request.method == "PUT") {
        QString problem;
        const auto plan = FaultPlan::fromJson(request.body, &problem);
        if (!plan)
            return wrongRequest(problem);
        m_emulator.setFaults(*plan);
    } else if (request.method == "DELETE") {
        m_emulator.setFaults({});
    } else if (!isGet(request)) {
        return wrongMethod(u"GET, PUT, DELETE"_s);
    }
    return m_emulator.faults().toJson();
}

LocalControl::Result LocalControl::connections(const HttpRequest &request, const QString &id)
{
    QJsonArray list;
    QStringList ids;
    for (const EmulatorConnection &connection : m_emulator.connections()) {
        if (!id.isEmpty() && connection.id != id)
            continue;
        list.append(connection.toJson());
        ids.append(connection.id);
    }
    if (!id.isEmpty() && ids.isEmpty())
        return nothingHere(u"There is no connection with this id."_s);
    if (isGet(request))
        return id.isEmpty() ? QJsonObject{{u"connections"_s, list}} : list.first().toObject();
    if (request.method != "DELETE")
        return wrongMethod(u"GET, DELETE"_s);

    const QUrlQuery query(QString::fromLatin1(request.query));
    const bool isCut = query.queryItemValue(u"how"_s) == u"cut";
    const int code = query.hasQueryItem(u"code"_s) ? query.queryItemValue(u"code"_s).toInt() : 1000;
    if (code < 1000 || code > 4999)
        return wrongRequest(u"code must be one of WebSocket's from 1000 to 4999."_s);
    if (code == 1004 || code == 1005 || code == 1006 || code == 1015)
        return wrongRequest(
            u"%1 never stands in a close frame; how=cut ends a connection without one."_s.arg(
                code));
    int count = 0;
    for (const QString &one : std::as_const(ids))
        count += end(one, isCut, code) ? 1 : 0;
    return QJsonObject{{u"ended"_s, count}};
}

bool LocalControl::end(const QString &id, bool isCut, int code)
{
    return isCut ? m_emulator.dropConnection(id) : m_emulator.closeConnection(id, code);
}

LocalControl::Result LocalControl::metrics(const HttpRequest &request)
{
    if (!isGet(request))
        return wrongMethod(u"GET"_s);
    QList<std::pair<QString, EmulatorMetrics>> all;
    for (const QString &apiId : m_emulator.apiIds())
        all.append({apiId, m_emulator.metrics(apiId)});
    const QString format =
        QUrlQuery(QString::fromLatin1(request.query)).queryItemValue(u"format"_s);
    if (format == u"prometheus") {
        HttpResponse response{200, EmulatorMetrics::toPrometheus(all), {}};
        response.contentType = "text/plain; version=0.0.4; charset=utf-8";
        return response;
    }
    if (!format.isEmpty() && format != u"json")
        return wrongRequest(u"format must be json or prometheus."_s);
    QJsonObject apis;
    for (const auto &[apiId, metrics] : std::as_const(all))
        apis.insert(apiId, metrics.toJson());
    return QJsonObject{{u"apis"_s, apis}};
}

LocalControl::Result LocalControl::scenario(const HttpRequest &request)
{
    if (request.method == "PUT") {
        static const QRegularExpression kName(u"^[a-z0-9-]{1,50}$"_s);
        const QString name =
            QJsonDocument::fromJson(request.body).object().value("scenario"_L1).toString();
        // A name of one that comes with the program: files are none of a request's business.
        if (!kName.match(name).hasMatch())
            return wrongRequest(
                u"Send {\"scenario\": NAME}, such as demo; files are not read here."_s);
        if (!m_emulator.playScenario(name))
            return wrongRequest(m_emulator.problem());
    } else if (request.method == "DELETE") {
        m_emulator.stopScenario();
    } else if (!isGet(request)) {
        return wrongMethod(u"GET, PUT, DELETE"_s);
    }
    return QJsonObject{{u"isPlaying"_s, m_emulator.isPlaying()}};
}

LocalControl::Result LocalControl::keepAlives(const HttpRequest &request)
{
    if (request.method != "POST")
        return wrongMethod(u"POST"_s);
    m_emulator.sendKeepAlives();
    return QJsonObject{{u"connections"_s, m_emulator.connectionCount()}};
}

} // namespace AppSync::Emulation
