// SPDX-License-Identifier: Apache-2.0
#include "httproutes_p.h"

#include "../control/apis_p.h"
#include "../events/channelname_p.h"
#include "../graphql/graphqlapi_p.h"
#include "../realm_p.h"
#include "httprequest_p.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QTimer>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr QByteArrayView kIssuers("/issuers/");

//! What is understood at \a path; empty where nothing is.
QByteArray methodsAt(const QByteArray &path)
{
    if (path == "/event" || path == "/graphql")
        return "POST, OPTIONS";
    if (path == "/")
        return "GET, HEAD, POST, OPTIONS";
    if (path.startsWith(kIssuers) && path.endsWith("/token"))
        return "POST, OPTIONS";
    return path == "/health" ? "GET, HEAD, OPTIONS" : "";
}

//! What somebody wants AWS credentials for; empty: no token.
QString shownToken(const HttpRequest &request)
{
    if (Sts::isMeant(request))
        return QUrlQuery(QString::fromUtf8(request.body))
            .queryItemValue(u"WebIdentityToken"_s, QUrl::FullyDecoded);
    const QJsonObject logins =
        QJsonDocument::fromJson(request.body).object().value("Logins"_L1).toObject();
    return logins.isEmpty() ? QString() : logins.begin().value().toString();
}

bool isControlPath(const QByteArray &path)
{
    return path == "/_local" || path.startsWith("/_local/") || path.startsWith("/v1/")
        || path.startsWith("/v2/");
}

void countAnswer(Metrics &metrics, int status, qint64 milliseconds)
{
    metrics.add(EmulatorMetrics::Requests);
    metrics.add(EmulatorMetrics::TokensConsumed);
    metrics.add(EmulatorMetrics::Latency, milliseconds);
    if (status >= 500)
        metrics.add(EmulatorMetrics::ServerErrors);
    else if (status >= 400)
        metrics.add(EmulatorMetrics::ClientErrors);
}

} // namespace

HttpRoutes::HttpRoutes(Apis &apis) : m_apis(apis), m_api(apis.first())
{
    m_age.start();
}

void HttpRoutes::handle(EventsApi &api, const HttpRequest &request, const QString &peer,
                        const Answer &answer)
{
    const auto reply = [this, origin = request.header("origin"), answer](HttpResponse response) {
        addCommonHeaders(origin, &response);
        answer(response);
    };
    // Of a publish, its channel is known to whom the fault may be limited.
    if ((request.path == "/event" || request.path == "/graphql") && request.method != "POST"
        && api.faultRules().happens(FaultPlan::Kind::NeverAnswerHttp, FaultTarget{0, peer}))
        return;
    if (request.method == "OPTIONS" && !methodsAt(request.path).isEmpty())
        return reply(preflight(request));
    if (request.path == "/event" && request.method == "POST")
        return publish(api, request, peer, reply);
    if (request.path == "/graphql" && request.method == "POST")
        return graphQl(request, peer, reply);
    if (m_control && isControlPath(request.path)) {
        if (request.method == "OPTIONS")
            return reply(preflight(request));
        QString refusal;
        if (const auto response = m_control(request, &refusal)) {
            if (!refusal.isEmpty())
                m_api.report(u"control"_s, peer, refusal);
            return reply(*response);
        }
    }
    if (request.path == "/" && request.method == "POST") {
        // A token that is shown here may be of an issuer whose keys have to be fetched first.
        const QPointer<EventsApi> life(&m_api);
        return m_api.realm().tokens().prepare(shownToken(request), [=, this] {
            if (life)
                reply(service(request, peer));
        });
    }
    if (const auto response = issuer(request, peer))
        return reply(*response);
    if (request.method == "GET" || request.method == "HEAD") {
        if (request.path == "/" || request.path == "/health")
            return reply(health());
        if (const QByteArray body = wellKnown(request); !body.isEmpty())
            return reply({200, body, {}});
    }

    const ServiceError error = problem(request);
    m_api.report(u"HTTP request"_s, peer, error.toString());
    HttpResponse response = HttpResponse::problem(error, m_api.faults());
    if (error.httpStatus == 405)
        response.addHeader("Allow", methodsAt(request.path));
    reply(response);
}

void HttpRoutes::addCommonHeaders(const QByteArray &origin, HttpResponse *response) const
{
    response->addHeader("Date",
                        m_api.realm().httpDate()); // clients learn from it how wrong their clock is
    if (origin.isEmpty())
        return;
    // Lets a page of an origin that the front door accepted read the answer.
    response->addHeader("Access-Control-Allow-Origin", origin);
    response->addHeader("Access-Control-Expose-Headers",
                        "x-amzn-RequestId, x-amzn-ErrorType, Date");
    response->addHeader("Vary", "Origin");
}

HttpResponse HttpRoutes::service(const HttpRequest &request, const QString &peer)
{
    if (request.count("x-amz-target") > 0)
        return cognito(request, peer);
    if (Sts::isMeant(request)) {
        QString refusal;
        const HttpResponse response = m_api.realm().sts().handle(request, &refusal);
        if (!refusal.isEmpty())
            m_api.report(u"STS"_s, peer, refusal);
        return response;
    }
    const ServiceError error = ServiceError::badRequest(
        u"This address wants X-Amz-Target, as Cognito does, or a form, as STS does."_s);
    m_api.report(u"HTTP request"_s, peer, error.toString());
    return HttpResponse::problem(error, m_api.faults());
}

HttpResponse HttpRoutes::cognito(const HttpRequest &request, const QString &peer)
{
    const QString target = QString::fromUtf8(request.header("x-amz-target"));
    const QString operation = target.section(u'.', 1);
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    CognitoAnswer result;
    if (!document.isObject())
        result =
            CognitoAnswer::failure(u"SerializationException"_s, u"The body is not a JSON object"_s);
    else if (target.startsWith(u"AWSCognitoIdentityProviderService."_s))
        result = m_api.realm().userPool().handle(operation, document.object());
    else if (target.startsWith(u"AWSCognitoIdentityService."_s))
        result = m_api.realm().identityPool().handle(operation, document.object());
    else
        result = CognitoAnswer::failure(u"UnknownOperationException"_s,
                                        u"This local AppSync plays no such service."_s);

    HttpResponse response;
    response.contentType = "application/x-amz-json-1.1";
    QJsonObject body = result.body;
    if (!result.isGood()) {
        m_api.report(target, peer, result.error + u": "_s + result.message);
        body = {{u"__type"_s, result.error}, {u"message"_s, result.message}};
        response.status = 400;
        response.addHeader("x-amzn-ErrorType", result.error.toLatin1() + ':');
    }
    response.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return response;
}

QByteArray HttpRoutes::wellKnown(const HttpRequest &request)
{
    const UserPoolApi &userPool = m_api.realm().userPool();
    const QByteArray folder = '/' + m_api.realm().userPoolSettings().id.toUtf8() + "/.well-known/";
    if (request.path == folder + "jwks.json")
        return UserPoolApi::keySet();
    if (request.path != folder + "openid-configuration")
        return {};
    return userPool.configuration(base(request));
}

QString HttpRoutes::base(const HttpRequest &request) const
{
    return (m_api.options().tls ? u"https://"_s : u"http://"_s)
        + QString::fromLatin1(request.header("host")) + u'/';
}

std::optional<HttpResponse> HttpRoutes::issuer(const HttpRequest &request, const QString &peer)
{
    if (!request.path.startsWith(kIssuers))
        return std::nullopt;
    const QByteArray rest = request.path.sliced(kIssuers.size());
    const qsizetype slash = rest.indexOf('/');
    const QString name = QString::fromUtf8(slash < 0 ? rest : rest.first(slash));
    const IssuerApi *issuer = m_api.realm().issuerApi(name);
    if (!issuer || slash < 0)
        return std::nullopt;
    QString refusal;
    const auto response = issuer->handle(request, rest.sliced(slash + 1),
                                         base(request) + u"issuers/"_s + name + u'/', &refusal);
    if (!refusal.isEmpty())
        m_api.report(u"token of issuer "_s + name, peer, refusal);
    return response;
}

ServiceError HttpRoutes::problem(const HttpRequest &request)
{
    if (const QByteArray methods = methodsAt(request.path); !methods.isEmpty())
        return ServiceError::http(
            405, u"MethodNotAllowedException"_s,
            u"This address understands %1."_s.arg(QLatin1StringView(methods)));
    if (request.path == "/event/realtime" || request.path == "/graphql/realtime")
        return ServiceError::http(426, u"BadRequestException"_s,
                                  u"This address speaks WebSocket: send Upgrade: websocket."_s);
    return ServiceError::http(404, u"NotFoundException"_s,
                              u"There is nothing here: publish with POST /event, subscribe by "
                              "WebSocket at /event/realtime; GraphQL is at /graphql and "
                              "/graphql/realtime."_s);
}

HttpResponse HttpRoutes::preflight(const HttpRequest &request)
{
    const QByteArray methods = isControlPath(request.path) ? "GET, HEAD, POST, PUT, DELETE, OPTIONS"
                                                           : methodsAt(request.path);
    HttpResponse response{204, {}, {{"Allow", methods}}};
    if (request.count("access-control-request-method") == 0)
        return response;
    response.addHeader("Access-Control-Allow-Methods", methods);
    const QByteArray wanted = request.header("access-control-request-headers");
    response.addHeader("Access-Control-Allow-Headers",
                       wanted.isEmpty() ? "authorization, content-type, x-amz-target, x-api-key"
                                        : wanted);
    response.addHeader("Access-Control-Max-Age", "600");
    if (request.header("access-control-request-private-network") == "true")
        response.addHeader("Access-Control-Allow-Private-Network", "true");
    return response;
}

HttpResponse HttpRoutes::health() const
{
    int connections = 0;
    int subscriptions = 0;
    for (const Apis::Record *record : m_apis.all()) {
        connections += record->api->sessionCount();
        subscriptions += record->api->subscriptionCount();
    }
    const QJsonObject body{{u"service"_s, u"Syncscope local AppSync"_s},
                           {u"version"_s, QLatin1StringView(SYNCSCOPE_VERSION)},
                           {u"status"_s, u"ok"_s},
                           {u"uptimeSeconds"_s, m_age.elapsed() / 1000},
                           {u"connections"_s, connections},
                           {u"subscriptions"_s, subscriptions},
                           {u"publish"_s, u"/event"_s},
                           {u"realtime"_s, u"/event/realtime"_s},
                           {u"graphql"_s, u"/graphql"_s},
                           {u"graphqlRealtime"_s, u"/graphql/realtime"_s}};
    return {200, QJsonDocument(body).toJson(QJsonDocument::Compact), {}};
}

void HttpRoutes::graphQl(const HttpRequest &request, const QString &peer, const Answer &answer)
{
    const FaultTarget target{0, peer};
    FaultRules &faults = m_api.faultRules();
    if (faults.happens(FaultPlan::Kind::NeverAnswerHttp, target))
        return;
    QElapsedTimer age;
    age.start();
    const auto respond = [=, api = &m_api](const HttpResponse &response) {
        const auto tell = [=] {
            countAnswer(api->metrics(), response.status, age.elapsed());
            answer(response);
        };
        const auto delay = api->faultRules().delay(FaultPlan::Kind::AnswerDelay, target);
        if (delay.count() > 0)
            QTimer::singleShot(delay, Qt::PreciseTimer, api, tell);
        else
            tell();
    };
    if (const auto error =
            faults.error(FaultPlan::Kind::HttpError, target, u"InternalFailureException"_s))
        return respond(HttpResponse::problem(*error, faults.forms(target)));
    m_apis.graphQl().answer(request, peer, respond);
}

void HttpRoutes::publish(EventsApi &api, const HttpRequest &request, const QString &peer,
                         const Answer &answer)
{
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    const QString channel = document.object().value("channel"_L1).toString();
    const FaultTarget target =
        FaultTarget{0, peer}.on(ChannelName::forPublish(channel).value_or(channel));
    FaultRules &faults = api.faultRules();
    if (faults.happens(FaultPlan::Kind::NeverAnswerHttp, target))
        return;
    QElapsedTimer age;
    age.start();
    const auto respond = [=, api = &api](const PublishPath::Result &result) {
        const FaultPlan &forms = api->faultRules().forms(target);
        HttpResponse response{200,
                              Frames::httpPublishResult(result.verdicts, forms).toUtf8(),
                              {{"x-amzn-appsync-TokensConsumed", "1"}}};
        if (result.error) {
            api->report(u"HTTP publish to "_s + channel, peer, result.error->toString());
            response = HttpResponse::problem(*result.error, forms);
        }
        const auto delay = api->faultRules().delay(FaultPlan::Kind::AnswerDelay, target);
        const auto tell = [=] {
            countAnswer(api->metrics(), response.status, age.elapsed());
            answer(response);
        };
        if (delay.count() > 0)
            QTimer::singleShot(delay, Qt::PreciseTimer, api, tell);
        else
            tell();
    };
    if (const auto error =
            faults.error(FaultPlan::Kind::HttpError, target, u"InternalFailureException"_s))
        return respond({error, {}});
    if (!document.isObject())
        return respond({ServiceError::badRequest(u"The body is not a JSON object"_s), {}});
    Credentials credentials = request.credentials();
    credentials.sourceIp = peer.section(u':', 0, -2);
    const PublishPath::Request publish{document.object().value("channel"_L1),
                                       document.object().value("events"_L1),
                                       credentials,
                                       PublishPath::Transport::Http,
                                       request.body,
                                       request.query,
                                       target};
    api.publishPath().publish(publish, respond);
}

} // namespace AppSync::Emulation
