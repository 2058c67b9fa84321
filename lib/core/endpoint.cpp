// SPDX-License-Identifier: Apache-2.0
#include "endpoint.h"

#include <QCoreApplication>
#include <QHostAddress>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::Endpoint", text);
}

//! `abc….appsync-api.eu-west-1.amazonaws.com`, either of its two services' hosts, China included.
const QRegularExpression &awsHost()
{
    static const QRegularExpression pattern(
        uR"(^(\w+)\.appsync(-realtime)?-api\.([a-z]{2,}(?:-[a-z]{2,})+-\d+)\.amazonaws\.com(?:\.cn)?$)"_s);
    return pattern;
}

QString whereToLook()
{
    return tr("Paste the HTTP or realtime URL: in the AppSync console under Settings, or "
              "`dns.HTTP` of `aws appsync get-api`.");
}

bool isLoopback(const QString &host)
{
    return host == u"localhost" || host.endsWith(u".localhost") || QHostAddress(host).isLoopback();
}

bool isRegion(const QString &text)
{
    static const QRegularExpression pattern(u"^[a-z]{2,}(-[a-z]{2,})+-\\d+$"_s);
    return pattern.match(text).hasMatch();
}

bool isDnsId(const QString &text)
{
    static const QRegularExpression pattern(u"^[a-z0-9]{26}$"_s);
    return pattern.match(text).hasMatch();
}

constexpr auto kHttpLabel = ".appsync-api."_L1;
constexpr auto kRealtimeLabel = ".appsync-realtime-api."_L1;

QString awsDomain(const QString &region)
{
    return region.startsWith(u"cn-") ? u"amazonaws.com.cn"_s : u"amazonaws.com"_s;
}

QString withReplaced(QString host, QLatin1StringView from, QLatin1StringView to)
{
    return host.replace(host.indexOf(from), from.size(), to);
}

//! The path without slashes and `/realtime` at its end, percent-encoded as it was given.
QString basePath(const QUrl &url)
{
    QString path = url.path(QUrl::FullyEncoded);
    for (;;) {
        if (path.endsWith(u'/'))
            path.chop(1);
        else if (path.endsWith(u"/realtime"))
            path.chop(9);
        else
            return path;
    }
}

//! The path of a URL that may lack its scheme, percent-encoded as it was given.
QString pathOf(const QString &text)
{
    const QUrl url(text.contains(u"://"_s) ? text : u"wss://"_s + text, QUrl::StrictMode);
    return url.path(QUrl::FullyEncoded);
}

QString hostWithPort(const QUrl &url)
{
    const int standard = url.scheme() == u"http" ? 80 : 443;
    QString host = url.host(QUrl::FullyEncoded);
    if (host.contains(u':'))
        host = u'[' + host + u']';
    const int port = url.port(standard);
    return port == standard ? host : u"%1:%2"_s.arg(host).arg(port);
}

} // namespace

Endpoint::Endpoint()
    : m_problem(Error::local(Error::Kind::InvalidInput, tr("No endpoint is set."), whereToLook()))
{
}

Endpoint::Endpoint(const QUrl &url) : Endpoint(fromUserInput(url.toString(QUrl::FullyEncoded)))
{
}

Endpoint Endpoint::invalid(const QString &message, const QString &nextStep)
{
    Endpoint endpoint;
    endpoint.m_problem = Error::local(Error::Kind::InvalidInput, message, nextStep);
    return endpoint;
}

Error Endpoint::problem() const
{
    return m_problem;
}

Endpoint Endpoint::fromUserInput(const QString &input, const QString &region, Service service)
{
    const QString usualPath = service == Service::GraphQl ? u"/graphql"_s : u"/event"_s;
    QString text = input.trimmed();
    if (text.isEmpty())
        return invalid(tr("No endpoint is set."), whereToLook());
    if (text.startsWith(u"arn:"))
        return invalid(tr("This is an ARN. It names the API, but does not contain its host."),
                       whereToLook());
    const bool isBare = !text.contains(u'.') && !text.contains(u':') && !text.contains(u'/');
    if (isBare && text != u"localhost") {
        if (!isDnsId(text))
            return invalid(
                tr("“%1” is not a host. An API id is not the DNS prefix of the API: the two "
                   "differ.")
                    .arg(text.left(60)),
                whereToLook());
        if (region.isEmpty())
            return invalid(tr("A DNS id needs the region of the API beside it."),
                           tr("Give the region, such as eu-west-1, or paste the whole URL."));
        if (!isRegion(region)) // it becomes part of the host
            return invalid(tr("“%1” is not a region.").arg(region.left(60)),
                           tr("Give the region, such as eu-west-1, or paste the whole URL."));
        text = u"https://%1.appsync-api.%2.%3"_s.arg(text, region, awsDomain(region)) + usualPath;
    }
    if (!text.contains(u"://"_s))
        text.prepend(u"https://"_s);

    QUrl url(text, QUrl::StrictMode);
    // QUrl takes a few hosts (IPv6 zones with odd characters) that it does not read again once encoded.
    if (!url.isValid() || url.host().isEmpty()
        || QUrl::fromEncoded(url.toEncoded(), QUrl::StrictMode) != url)
        return invalid(tr("“%1” is not a URL or host name.").arg(text.left(120)), whereToLook());
    url.setScheme(url.scheme().toLower());
    const QString scheme = url.scheme();
    if (scheme == u"wss")
        url.setScheme(u"https"_s);
    else if (scheme == u"ws")
        url.setScheme(u"http"_s);
    else if (scheme != u"https" && scheme != u"http")
        return invalid(tr("“%1” is not a scheme of AppSync.").arg(scheme),
                       tr("Use https:// or wss:// (on this machine also http:// or ws://)."));
    if (!url.userInfo().isEmpty())
        return invalid(tr("The URL contains a user name or password, which AppSync does not use."),
                       tr("Remove the part before the @ and give the credentials separately."));
    if (url.scheme() == u"http" && !isLoopback(url.host()))
        return invalid(
            tr("Plain text (http, ws) is accepted for this machine only: credentials would "
               "cross the network unencrypted."),
            tr("Use https://%1.").arg(url.host()));

    // An HTTP client would name the standard port in `Host`, where signatures and servers do not expect it.
    if (url.port() == (url.scheme() == u"http" ? 80 : 443))
        url.setPort(-1);

    Endpoint endpoint;
    endpoint.m_problem = {};
    endpoint.m_region = region;
    QString base = basePath(url);
    if (base.isEmpty())
        base = usualPath;
    endpoint.m_service = service;
    if (base.endsWith(u"/graphql"))
        endpoint.m_service = Service::GraphQl;
    else if (base.endsWith(u"/event"))
        endpoint.m_service = Service::Events;
    url.setPath(base, QUrl::StrictMode);
    url.setFragment({});

    const QRegularExpressionMatch aws = awsHost().match(url.host());
    if (aws.hasMatch()) {
        if (!isDnsId(aws.captured(1)))
            return invalid(
                tr("“%1” is not a DNS id of AppSync: it has 26 letters and digits. An API id "
                   "is not the DNS prefix of the API.")
                    .arg(aws.captured(1)),
                whereToLook());
        if (endpoint.m_region.isEmpty())
            endpoint.m_region = aws.captured(3);
        const bool pastedRealtime = !aws.captured(2).isEmpty();
        if (pastedRealtime)
            url.setHost(withReplaced(url.host(), kRealtimeLabel, kHttpLabel));
    }
    endpoint.m_http = url;
    endpoint.m_host = hostWithPort(url);
    endpoint.deriveRealtime();
    return endpoint;
}

//! Where AWS named the host, the realtime host is another one, and GraphQL keeps its path there.
void Endpoint::deriveRealtime()
{
    QUrl realtime = m_http;
    realtime.setScheme(m_http.scheme() == u"http" ? u"ws"_s : u"wss"_s);
    const bool isAws = awsHost().match(m_http.host()).hasMatch();
    if (isAws)
        realtime.setHost(withReplaced(m_http.host(), kHttpLabel, kRealtimeLabel));
    if (!isAws || m_service == Service::Events)
        realtime.setPath(m_http.path(QUrl::FullyEncoded) + u"/realtime"_s, QUrl::StrictMode);
    m_realtime = realtime;
}

Endpoint Endpoint::forService(Service service) const
{
    if (!isValid() || m_service == service)
        return *this;
    const bool isEvents = m_service == Service::Events;
    if (m_http.path().endsWith(isEvents ? u"/event" : u"/graphql"))
        return isEvents
            ? invalid(tr("%1 is the URL of an Events API.").arg(m_http.toDisplayString()),
                      tr("The URL of a GraphQL API ends in /graphql; paste that, or use a client "
                         "of Events."))
            : invalid(tr("%1 is the URL of a GraphQL API.").arg(m_http.toDisplayString()),
                      tr("The URL of an Events API ends in /event; paste that, or use a client of "
                         "GraphQL."));
    Endpoint endpoint = *this;
    endpoint.m_service = service;
    Endpoint derived = *this;
    derived.deriveRealtime();
    if (m_realtime == derived.m_realtime) // not given separately
        endpoint.deriveRealtime();
    return endpoint;
}

Endpoint Endpoint::withRealtime(const QString &text) const
{
    if (!isValid() || text.trimmed().isEmpty())
        return *this;
    const Endpoint other = fromUserInput(text, m_region, m_service);
    if (!other.isValid())
        return invalid(tr("The realtime URL is not usable. %1").arg(other.problem().message),
                       other.problem().nextStep);
    Endpoint endpoint = *this;
    endpoint.m_realtime = other.realtime();
    const QString path = pathOf(text.trimmed());
    if (m_service == Service::GraphQl && path.size() > 1)
        endpoint.m_realtime.setPath(path, QUrl::StrictMode);
    return endpoint;
}

Endpoint Endpoint::withHost(const QString &host) const
{
    Endpoint endpoint = *this;
    if (!host.trimmed().isEmpty())
        endpoint.m_host = host.trimmed();
    return endpoint;
}

Endpoint Endpoint::withRegion(const QString &region) const
{
    Endpoint endpoint = *this;
    endpoint.m_region = region.trimmed();
    return endpoint;
}

} // namespace AppSync
