// SPDX-License-Identifier: Apache-2.0
#include "app/core/doctor/doctor.h"

#include "app/core/doctor/eventscheck.h"
#include "app/core/doctor/graphqlcheck.h"
#include "app/core/doctor/networkcheck.h"
#include "app/core/doctor/networkerror.h"

#include <AppSync/Validation>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

using Kind = DoctorStep::Kind;
using Outcome = DoctorStep::Outcome;

namespace {

//! What was pasted, without what may open something: a realtime URL carries credentials in its query.
QString harmless(const QString &pasted)
{
    const QString start = pasted.section(u'?', 0, 0);
    const qsizetype at = start.lastIndexOf(u'@');
    const qsizetype from = start.indexOf(u"//"_s);
    const QString shown =
        at < 0 ? start : start.left(from < 0 ? 0 : from + 2) + u"***"_s + start.mid(at);
    return start.size() < pasted.size() ? shown + u"?***"_s : shown;
}

QList<Kind> planFor(AppSync::Endpoint::Service service)
{
    const QList<Kind> common{Kind::Endpoint, Kind::Credentials, Kind::Dns,
                             Kind::Tcp,      Kind::Tls,         Kind::Http,
                             Kind::Request,  Kind::Upgrade,     Kind::Handshake};
    if (service == AppSync::Endpoint::Service::GraphQl)
        return common + QList{Kind::Query, Kind::Introspection, Kind::Subscribe};
    return common + QList{Kind::Subscribe, Kind::Publish, Kind::Delivery};
}

} // namespace

Doctor::Doctor(const DoctorCase &doctorCase, QObject *parent)
    : QObject(parent), m_case(doctorCase), m_plan(planFor(doctorCase.endpoint.service()))
{
    if (!m_case.client)
        return;
    m_network =
        new NetworkCheck(m_case.endpoint, m_case.client->networkSettings(), m_case.timeout, this);
    if (auto *events = qobject_cast<AppSync::EventsClient *>(m_case.client))
        m_service = m_events = new EventsCheck(events, m_case.timeout, this);
    else if (auto *graphQl = qobject_cast<AppSync::GraphQlClient *>(m_case.client))
        m_service = m_graphQl = new GraphQlCheck(graphQl, m_case.timeout, this);
    connect(m_network, &NetworkCheck::finished, this, &Doctor::conclude);
    connect(m_service, &ServiceCheck::finished, this, &Doctor::conclude);
}

Doctor::~Doctor() = default;

void Doctor::start()
{
    next();
}

void Doctor::cancel()
{
    m_cancelled = true;
}

std::optional<DoctorStep> Doctor::firstFailure() const
{
    const auto failed = std::find_if(m_steps.begin(), m_steps.end(), [](const DoctorStep &step) {
        return step.outcome == Outcome::Failed;
    });
    return failed == m_steps.end() ? std::nullopt : std::optional(*failed);
}

bool Doctor::has(Kind kind, Outcome outcome) const
{
    const qsizetype index = m_plan.indexOf(kind);
    return index < m_steps.size() && m_steps[index].outcome == outcome;
}

bool Doctor::isPlain() const
{
    return m_case.endpoint.realtime().scheme() == u"ws";
}

//! From the event loop, so that a step that ends at once does not end inside its own beginning.
void Doctor::next()
{
    if (m_cancelled)
        return;
    if (m_steps.size() == m_plan.size()) {
        Q_EMIT finished();
        return;
    }
    const Kind kind = m_plan[m_steps.size()];
    if (const QString reason = reasonToSkip(kind); !reason.isEmpty())
        return conclude(DoctorStep::skipped(reason));
    Q_EMIT stepStarted(kind);
    begin(kind);
}

void Doctor::begin(Kind kind)
{
    switch (kind) {
    case Kind::Endpoint:
        return conclude(endpointStep());
    case Kind::Credentials:
        return conclude(credentialsStep());
    case Kind::Dns:
        return m_network->resolve();
    case Kind::Tcp:
        return m_network->connectTcp();
    case Kind::Tls:
        return m_network->startTls();
    case Kind::Http:
        return m_network->requestHttp();
    case Kind::Request:
        return m_service->describeRequest();
    case Kind::Upgrade:
        return m_service->upgrade();
    case Kind::Handshake:
        return m_service->shakeHands();
    case Kind::Subscribe:
        return subscribe();
    case Kind::Publish:
        return m_events->publish(m_case.channel);
    case Kind::Delivery:
        return m_events->awaitDelivery();
    case Kind::Query:
        return m_graphQl->query();
    case Kind::Introspection:
        return m_graphQl->introspect();
    }
}

void Doctor::subscribe()
{
    if (m_graphQl)
        m_graphQl->subscribe(m_case.subscription, m_case.variables);
    else
        m_events->subscribe(m_case.channel);
}

void Doctor::conclude(DoctorStep step)
{
    if (m_cancelled)
        return;
    step.kind = m_plan[m_steps.size()];
    m_steps << step;
    Q_EMIT stepFinished(step);
    QMetaObject::invokeMethod(this, &Doctor::next, Qt::QueuedConnection);
}

QString Doctor::reasonToSkip(Kind kind) const
{
    if (kind == Kind::Endpoint)
        return {};
    if (!has(Kind::Endpoint, Outcome::Ok))
        return tr("the endpoint cannot be used");
    const QString noTcp = tr("there is no TCP connection");
    switch (kind) {
    case Kind::Dns:
        return m_network->nothingToResolve();
    case Kind::Tcp:
        return m_network->isResolved(m_case.endpoint.realtime()) ? QString()
                                                                 : tr("the host has no address");
    case Kind::Tls:
        if (isPlain())
            return tr("ws:// is plain text");
        return has(Kind::Tcp, Outcome::Ok) ? QString() : noTcp;
    case Kind::Http:
        return reasonToSkipHttp();
    case Kind::Request:
        return has(Kind::Credentials, Outcome::Ok) ? QString() : tr("there are no credentials");
    case Kind::Upgrade:
        if (!has(Kind::Tcp, Outcome::Ok))
            return noTcp;
        if (has(Kind::Tls, Outcome::Failed))
            return tr("there is no TLS connection");
        return has(Kind::Request, Outcome::Ok) ? QString() : tr("there is no request to send");
    case Kind::Handshake:
        return has(Kind::Upgrade, Outcome::Ok) ? QString() : tr("there is no WebSocket");
    case Kind::Query:
    case Kind::Introspection:
        return reasonToSkipQuery(kind);
    case Kind::Subscribe:
    case Kind::Publish:
    case Kind::Delivery:
        return reasonToSkipChannel(kind);
    case Kind::Endpoint:
    case Kind::Credentials:
        break;
    }
    return {};
}

QString Doctor::reasonToSkipHttp() const
{
    const QUrl http = m_case.endpoint.http();
    const QUrl realtime = m_case.endpoint.realtime();
    if (!m_network->isResolved(http))
        return tr("the host has no address");
    const bool samePlace = http.host() == realtime.host()
        && NetworkError::portOf(http) == NetworkError::portOf(realtime);
    const bool reached = has(Kind::Tcp, Outcome::Ok) && !has(Kind::Tls, Outcome::Failed);
    return samePlace && !reached ? tr("it is the same host and port") : QString();
}

// Over HTTP: it needs no WebSocket, and may well work where that does not.
QString Doctor::reasonToSkipQuery(Kind kind) const
{
    if (!has(Kind::Credentials, Outcome::Ok))
        return tr("there are no credentials");
    if (!has(Kind::Http, Outcome::Ok))
        return tr("the HTTP endpoint does not answer");
    if (kind == Kind::Introspection && !has(Kind::Query, Outcome::Ok))
        return tr("not even the smallest query was answered");
    return {};
}

QString Doctor::reasonToSkipChannel(Kind kind) const
{
    if (m_graphQl && m_case.subscription.isEmpty())
        return tr("no subscription was given");
    if (m_events && m_case.channel.isEmpty())
        return tr("no channel was named");
    if (!has(Kind::Handshake, Outcome::Ok))
        return tr("there is no connection");
    if (kind == Kind::Publish && !has(Kind::Subscribe, Outcome::Ok))
        return tr("there is no subscription to see it arrive");
    if (kind != Kind::Subscribe && m_case.channel.endsWith(u'*'))
        return tr("nothing can be published to a wildcard; name a channel");
    if (kind == Kind::Delivery && !has(Kind::Publish, Outcome::Ok))
        return tr("nothing was published");
    return {};
}

DoctorStep Doctor::endpointStep() const
{
    const AppSync::Endpoint &endpoint = m_case.endpoint;
    if (m_case.endpointProblem.isError())
        return DoctorStep::failed(m_case.endpointProblem);
    if (!endpoint.isValid())
        return DoctorStep::failed(endpoint.problem(), {{u"given"_s, {harmless(m_case.given)}}});
    const QString region =
        endpoint.region().isEmpty() ? tr("unknown; only IAM needs it") : endpoint.region();
    const QString what = endpoint.service() == AppSync::Endpoint::Service::GraphQl
        ? tr("a GraphQL API at %1")
        : tr("an Events API at %1");
    return DoctorStep::ok(what.arg(endpoint.host()),
                          {{u"given"_s, {harmless(m_case.given)}},
                           {u"http"_s, {endpoint.http().toString()}},
                           {u"realtime"_s, {endpoint.realtime().toString()}},
                           {u"host"_s, {endpoint.host()}},
                           {u"region"_s, {region}}});
}

DoctorStep Doctor::credentialsStep() const
{
    if (m_case.credentialProblem.isError())
        return DoctorStep::failed(m_case.credentialProblem, m_case.credentials);
    return DoctorStep::ok(tr("found"), m_case.credentials);
}

} // namespace Syncscope
