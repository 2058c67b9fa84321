// SPDX-License-Identifier: Apache-2.0
#include "loopbackredirect_p.h"

#include <QHash>
#include <QNetworkProxy>
#include <QUrl>
#include <QUrlQuery>

#include <optional>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr qsizetype kMaxHead = 16 * 1024; // of a request; a code is well below
constexpr int kMaxClients = 16; // browsers open a few connections ahead
constexpr std::chrono::seconds kClientDeadline{10}; // for the head of a request to arrive
constexpr int kFreePortTries = 8; // for one that is free on IPv4 and IPv6 alike

struct Head {
    QByteArray verb;
    QByteArray path;
    QByteArray query;
    QHash<QByteArray, QByteArrayList> headers; //!< names in lower case
};

bool parseTarget(const QByteArray &line, Head &head)
{
    const QByteArrayList words = line.split(' ');
    if (words.size() != 3 || !words[1].startsWith('/')
        || (words[2] != "HTTP/1.1" && words[2] != "HTTP/1.0"))
        return false;
    head.verb = words[0];
    const qsizetype mark = words[1].indexOf('?');
    head.path = words[1].left(mark);
    head.query = mark < 0 ? QByteArray() : words[1].sliced(mark + 1);
    return true;
}

//! \a text up to its empty line.
std::optional<Head> parseHead(const QByteArray &text)
{
    Head head;
    const QByteArrayList lines = text.split('\n');
    if (!parseTarget(lines.first().trimmed(), head))
        return {};
    for (const QByteArray &line : lines.sliced(1)) {
        const qsizetype colon = line.indexOf(':');
        if (colon <= 0)
            return {};
        head.headers[line.first(colon).toLower()].append(line.sliced(colon + 1).trimmed());
    }
    return head;
}

//! Whether a browser was sent here as a page, and no page of a stranger asks in the background.
bool isNavigation(const Head &head)
{
    for (const QByteArray &origin : head.headers.value("origin")) {
        if (origin != "null")
            return false;
    }
    for (const QByteArray &destination : head.headers.value("sec-fetch-dest")) {
        if (destination != "document")
            return false;
    }
    return true;
}

//! Parameters as forms write them, each of which may come once.
std::optional<QHash<QString, QString>> parameters(QByteArray query)
{
    QHash<QString, QString> found;
    query.replace('+', "%20");
    const QUrlQuery items(QString::fromLatin1(query));
    for (const auto &[name, value] : items.queryItems(QUrl::FullyDecoded)) {
        if (found.contains(name))
            return {};
        found.insert(name, value);
    }
    return found;
}

//! Nothing in it comes from the request.
void answer(QTcpSocket *client, int status, const QString &title, const QString &text)
{
    const QByteArray page =
        u"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%1</title>"
        "<style>:root{color-scheme:light dark}body{font:1.1em sans-serif;"
        "margin:4em auto;max-width:32em;padding:0 1em}</style></head>"
        "<body><h1>%1</h1><p>%2</p></body></html>\n"_s
            .arg(title.toHtmlEscaped(), text.toHtmlEscaped())
            .toUtf8();
    client->write("HTTP/1.1 " + QByteArray::number(status) + (status == 200 ? " OK" : " Refused")
                  + "\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: "
                  + QByteArray::number(page.size())
                  + "\r\nConnection: close\r\nCache-Control: no-store\r\n"
                    "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; "
                    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"
                    "Referrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n\r\n"
                  + page);
    // A page this small leaves at once, even if this object goes next.
    client->flush();
    client->disconnectFromHost();
}

} // namespace

//! Where a redirect URI leads.
struct LoopbackRedirect::Place {
    QUrl url;
    QList<QHostAddress> addresses;
};

LoopbackRedirect::LoopbackRedirect(const QString &state, Clock *clock, QObject *parent)
    : QObject(parent), m_state(state), m_clock(clock)
{
}

std::optional<LoopbackRedirect::Place> LoopbackRedirect::place(const QString &uri)
{
    Place place{QUrl(uri, QUrl::StrictMode), {}};
    const QUrl &url = place.url;
    if (url.scheme() != "http"_L1 || !url.userInfo().isEmpty() || url.hasQuery()
        || url.hasFragment())
        return {};
    if (url.host() == "localhost"_L1)
        place.addresses = {QHostAddress(QHostAddress::LocalHost),
                           QHostAddress(QHostAddress::LocalHostIPv6)};
    else if (url.host() == "127.0.0.1"_L1 || url.host() == "::1"_L1)
        place.addresses = {QHostAddress(url.host())};
    else
        return {};
    return place;
}

Error LoopbackRedirect::listen(const QStringList &uris)
{
    if (uris.isEmpty())
        return Error::local(Error::Kind::InvalidInput, tr("There is no redirect URI."),
                            tr("Give one that is registered with the provider, as "
                               "http://localhost:53682/callback."));
    for (const QString &uri : uris) {
        const auto place = LoopbackRedirect::place(uri);
        if (!place)
            return Error::local(
                Error::Kind::InvalidInput,
                tr("The redirect URI %1 does not lead to this program.").arg(uri),
                tr("Use http:// with localhost, 127.0.0.1 or [::1], a port and a path."));
        if (!listenAt(*place))
            continue;
        QUrl url = place->url;
        m_uri = url.port() == 0 ? (url.setPort(m_port), url.toString(QUrl::FullyEncoded)) : uri;
        // As it is spelled, which is what the browser will ask for.
        const qsizetype slash = uri.indexOf(u'/', "http://"_L1.size());
        m_path = slash < 0 ? "/"_ba : uri.sliced(slash).toUtf8();
        const QByteArray host = url.host() == "::1"_L1 ? "[::1]"_ba : url.host().toLatin1();
        m_hosts = {host + ':' + QByteArray::number(m_port)};
        if (m_port == 80)
            m_hosts.append(host);
        return {};
    }
    return Error::local(
        Error::Kind::InvalidInput,
        tr("Other programs use the ports of all redirect URIs: %1.").arg(uris.join(u", ")),
        tr("Close what uses them, or register one more redirect URI with the provider."));
}

bool LoopbackRedirect::listenAt(const Place &place)
{
    const auto wanted = quint16(place.url.port(80));
    for (int i = 0; i < (wanted == 0 ? kFreePortTries : 1); ++i) {
        m_port = wanted;
        bool isFree = true;
        for (const QHostAddress &address : place.addresses)
            isFree = isFree && listenOn(address, m_port);
        if (isFree && isListening())
            return true;
        closeServers();
    }
    return false;
}

bool LoopbackRedirect::listenOn(const QHostAddress &address, quint16 port)
{
    auto *server = new QTcpServer(this);
    server->setProxy(QNetworkProxy::NoProxy);
    if (!server->listen(address, port)) {
        const auto problem = server->serverError();
        delete server;
        // A machine without IPv6 is none that somebody else could listen on. Where another program does, the
        // browser might take the code there.
        return address.protocol() == QAbstractSocket::IPv6Protocol
            && (problem == QAbstractSocket::SocketAddressNotAvailableError
                || problem == QAbstractSocket::UnsupportedSocketOperationError);
    }
    m_port = server->serverPort();
    m_servers.append(server);
    connect(server, &QTcpServer::newConnection, this, [this, server] {
        while (QTcpSocket *client = server->nextPendingConnection())
            welcome(client);
    });
    return true;
}

void LoopbackRedirect::closeServers()
{
    for (QTcpServer *server : std::exchange(m_servers, {})) {
        server->close();
        server->disconnect(this);
        server->deleteLater();
    }
}

void LoopbackRedirect::close()
{
    closeServers();
    for (QTcpSocket *client : findChildren<QTcpSocket *>())
        client->abort();
}

void LoopbackRedirect::welcome(QTcpSocket *client)
{
    client->setParent(this);
    ++m_clients;
    connect(client, &QTcpSocket::disconnected, this, [this, client] {
        --m_clients;
        client->disconnect(this);
        client->deleteLater();
    });
    if (m_clients > kMaxClients) {
        client->abort();
        return;
    }
    client->setReadBufferSize(kMaxHead + 1);
    ClockTimer *deadline = m_clock->createTimer(client);
    connect(deadline, &ClockTimer::timedOut, this, [this, client] {
        if (client->state() == QAbstractSocket::ConnectedState && client->bytesAvailable() > 0)
            turnAway(client, 400);
        else
            client->abort(); // browsers open connections ahead and say nothing
    });
    deadline->start(kClientDeadline);
    connect(client, &QTcpSocket::readyRead, this, [this, client] { read(client); });
}

void LoopbackRedirect::read(QTcpSocket *client)
{
    if (client->state() != QAbstractSocket::ConnectedState)
        return;
    const QByteArray text = client->peek(kMaxHead + 1);
    const qsizetype end = text.indexOf("\r\n\r\n");
    if (end >= 0)
        handle(client, text.first(end));
    else if (text.size() > kMaxHead)
        turnAway(client, 400);
}

void LoopbackRedirect::handle(QTcpSocket *client, const QByteArray &text)
{
    const auto head = parseHead(text);
    if (!head)
        turnAway(client, 400);
    else if (head->verb != "GET")
        turnAway(client, 405);
    else if (const QByteArrayList host = head->headers.value("host");
             host.size() != 1 || !m_hosts.contains(host.first().toLower()) || !isNavigation(*head))
        turnAway(client, 403);
    else if (head->path != m_path || !isListening())
        turnAway(client, 404);
    else
        take(client, head->query);
}

void LoopbackRedirect::turnAway(QTcpSocket *client, int status)
{
    answer(client, status, tr("Nothing here"),
           tr("This address is there for the end of a sign-in, and for nothing else."));
}

void LoopbackRedirect::take(QTcpSocket *client, const QByteArray &query)
{
    closeServers();
    const auto found = parameters(query);
    Redirect redirect;
    Error error;
    if (!found || found->value(u"state"_s) != m_state) {
        answer(client, 400, tr("Not signed in"),
               tr("This page belongs to another sign-in. Close it, and start again from the "
                  "program."));
        error = Error::local(
            Error::Kind::Receiving,
            tr("The browser came back with the answer to another sign-in: its state differs."),
            tr("Sign in again, and use the page that opens then."));
    } else {
        redirect = {found->value(u"code"_s), found->value(u"iss"_s), found->value(u"error"_s),
                    found->value(u"error_description"_s)};
        if (redirect.error.isEmpty() && redirect.code.isEmpty())
            error = Error::local(Error::Kind::Receiving,
                                 tr("The provider sent the browser back without a code."),
                                 tr("Sign in again; the provider may not allow this flow."));
        const bool isGood = redirect.error.isEmpty() && !error.isError();
        answer(client, isGood ? 200 : 400, isGood ? tr("Done here") : tr("Not signed in"),
               isGood ? tr("You may close this window and go back to the program.")
                      : tr("The program tells why. You may close this window."));
    }
    Q_EMIT finished(redirect, error);
}

} // namespace AppSync
