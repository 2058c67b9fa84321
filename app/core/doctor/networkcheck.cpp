// SPDX-License-Identifier: Apache-2.0
#include "app/core/doctor/networkcheck.h"

#include "app/core/doctor/networkerror.h"

#include <QHostAddress>
#include <QLocale>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QSslCipher>
#include <QSslKey>

using namespace Qt::StringLiterals;

namespace Syncscope {

using AppSync::Error;

namespace {

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return u"TLS 1.2"_s;
    case QSsl::TlsV1_3:
        return u"TLS 1.3"_s;
    default:
        return u"an older TLS"_s;
    }
}

QString certificateText(const QSslCertificate &certificate)
{
    const auto name = [](const QStringList &common, const QStringList &organisation) {
        return common.isEmpty() ? organisation.join(u", ") : common.join(u", ");
    };
    return u"%1 ← %2"_s.arg(name(certificate.subjectInfo(QSslCertificate::CommonName),
                                 certificate.subjectInfo(QSslCertificate::Organization)),
                            name(certificate.issuerInfo(QSslCertificate::CommonName),
                                 certificate.issuerInfo(QSslCertificate::Organization)));
}

bool isAddress(const QString &host)
{
    return !QHostAddress(host).isNull();
}

//! How far the server's clock is from ours; signed requests are refused from five minutes on.
QStringList clockFact(const QByteArray &date)
{
    QDateTime theirs =
        QLocale::c().toDateTime(QString::fromLatin1(date), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    if (!theirs.isValid())
        return {};
    theirs.setTimeSpec(Qt::UTC);
    const qint64 seconds = theirs.secsTo(QDateTime::currentDateTimeUtc());
    if (qAbs(seconds) <= 1)
        return {NetworkCheck::tr("agrees with the server's")};
    return {(seconds < 0 ? NetworkCheck::tr("%1 s behind the server's")
                         : NetworkCheck::tr("%1 s ahead of the server's"))
                .arg(qAbs(seconds))};
}

} // namespace

NetworkCheck::NetworkCheck(const AppSync::Endpoint &endpoint,
                           const AppSync::NetworkSettings &settings,
                           std::chrono::milliseconds timeout, QObject *parent)
    : QObject(parent), m_endpoint(endpoint), m_settings(settings), m_timeout(timeout)
{
    m_deadline.setSingleShot(true);
    m_network.setProxy(settings.proxy);
}

void NetworkCheck::begin(void (NetworkCheck::*onTimeout)())
{
    m_deadline.disconnect(this);
    connect(&m_deadline, &QTimer::timeout, this, onTimeout);
    m_deadline.start(m_timeout);
    m_clock.start();
}

void NetworkCheck::finish(const DoctorStep &step)
{
    m_deadline.stop();
    Q_EMIT finished(step);
}

std::chrono::nanoseconds NetworkCheck::elapsed() const
{
    return std::chrono::nanoseconds(m_clock.nsecsElapsed());
}

QNetworkProxy NetworkCheck::proxyFor(const QUrl &url) const
{
    if (m_settings.proxy.type() != QNetworkProxy::DefaultProxy)
        return m_settings.proxy;
    const bool plain = url.scheme() == u"ws" || url.scheme() == u"http";
    const QNetworkProxyQuery query(url.host(), NetworkError::portOf(url),
                                   plain ? u"http"_s : u"https"_s);
    return QNetworkProxyFactory::proxyForQuery(query).value(0, QNetworkProxy::NoProxy);
}

QString NetworkCheck::firstHop(const QUrl &url) const
{
    const QNetworkProxy proxy = proxyFor(url);
    return NetworkError::proxyText(proxy).isEmpty() ? url.host() : proxy.hostName();
}

QStringList NetworkCheck::namesToResolve() const
{
    QStringList names;
    for (const QUrl &url : {m_endpoint.realtime(), m_endpoint.http()}) {
        const QString host = firstHop(url);
        if (!isAddress(host) && !names.contains(host))
            names << host;
    }
    return names;
}

QString NetworkCheck::nothingToResolve() const
{
    if (!namesToResolve().isEmpty())
        return {};
    const QUrl url = m_endpoint.realtime();
    const QString text = NetworkError::proxyText(proxyFor(url)).isEmpty()
        ? tr("%1 is an address already")
        : tr("the proxy's host %1 is an address already; it looks up the others");
    return text.arg(firstHop(url));
}

void NetworkCheck::resolve()
{
    begin(&NetworkCheck::onResolveTimeout);
    for (const QString &name : namesToResolve())
        m_lookups.insert(QHostInfo::lookupHost(name, this, &NetworkCheck::onResolved));
}

void NetworkCheck::onResolved(const QHostInfo &info)
{
    if (!m_lookups.remove(info.lookupId()))
        return;
    DoctorStep::Fact fact{info.hostName(), {}};
    for (const QHostAddress &address : info.addresses())
        fact.values << address.toString();
    if (info.error() == QHostInfo::NoError && !fact.values.isEmpty()) {
        m_addresses << fact;
    } else {
        m_unresolved.insert(info.hostName());
        const bool ofEndpoint = info.hostName() == m_endpoint.realtime().host()
            || info.hostName() == m_endpoint.http().host();
        m_lookupError = ofEndpoint
            ? NetworkError::lookup(info.hostName(), info.errorString())
            : NetworkError::lookupOfProxy(info.hostName(), info.errorString());
    }
    if (!m_lookups.isEmpty())
        return;
    if (m_lookupError.isError())
        return finish(DoctorStep::failed(m_lookupError, m_addresses, elapsed()));
    QStringList found;
    for (const DoctorStep::Fact &name : m_addresses)
        found << tr("%1 is %2").arg(name.name, name.values.join(u", "_s));
    finish(DoctorStep::ok(found.join(u", "), m_addresses, elapsed()));
}

void NetworkCheck::onResolveTimeout()
{
    for (const int id : std::as_const(m_lookups))
        QHostInfo::abortHostLookup(id);
    m_lookups.clear();
    for (const QString &name : namesToResolve()) {
        const bool known = std::any_of(m_addresses.cbegin(), m_addresses.cend(),
                                       [&](const auto &fact) { return fact.name == name; });
        if (!known)
            m_unresolved.insert(name);
    }
    finish(DoctorStep::failed(NetworkError::timeout(tr("Looking up the host's address"), m_timeout),
                              m_addresses, elapsed()));
}

bool NetworkCheck::isResolved(const QUrl &url) const
{
    return !m_unresolved.contains(firstHop(url));
}

void NetworkCheck::connectTcp()
{
    const QUrl url = m_endpoint.realtime();
    begin(&NetworkCheck::onTcpTimeout);
    m_socket.setSslConfiguration(m_settings.tls);
    m_socket.setProxy(proxyFor(url));
    connect(&m_socket, &QAbstractSocket::connected, this, &NetworkCheck::onTcpConnected);
    connect(&m_socket, &QAbstractSocket::errorOccurred, this, &NetworkCheck::onTcpFailed);
    m_socket.connectToHost(url.host(), quint16(NetworkError::portOf(url)));
}

void NetworkCheck::onTcpConnected()
{
    m_socket.disconnect(this);
    const QUrl url = m_endpoint.realtime();
    const QString proxy = NetworkError::proxyText(m_socket.proxy());
    const QString where = proxy.isEmpty() ? m_socket.peerAddress().toString() : url.host();
    QList<DoctorStep::Fact> facts{
        {u"peer"_s, {u"%1 port %2"_s.arg(where).arg(NetworkError::portOf(url))}}};
    if (!proxy.isEmpty())
        facts << DoctorStep::Fact{u"proxy"_s, {proxy}};
    finish(DoctorStep::ok(
        proxy.isEmpty()
            ? tr("connected to %1").arg(facts.first().values.first())
            : tr("connected to %1 through the proxy %2").arg(facts.first().values.first(), proxy),
        facts, elapsed()));
}

void NetworkCheck::onTcpFailed()
{
    m_socket.disconnect(this);
    finish(DoctorStep::failed(NetworkError::tcp(m_socket, m_endpoint.realtime(), m_socket.proxy()),
                              {}, elapsed()));
}

void NetworkCheck::onTcpTimeout()
{
    m_socket.disconnect(this);
    m_socket.abort();
    const QUrl url = m_endpoint.realtime();
    finish(DoctorStep::failed(
        NetworkError::timeout(
            tr("Connecting to %1, port %2,").arg(url.host()).arg(NetworkError::portOf(url)),
            m_timeout),
        {}, elapsed()));
}

void NetworkCheck::startTls()
{
    begin(&NetworkCheck::onTlsTimeout);
    connect(&m_socket, &QSslSocket::encrypted, this, &NetworkCheck::onEncrypted);
    connect(&m_socket, &QAbstractSocket::errorOccurred, this, &NetworkCheck::onTlsFailed);
    if (m_socket.state() == QAbstractSocket::ConnectedState)
        m_socket.startClientEncryption();
    else // it closed meanwhile, which is what somebody does who does not like us
        onTlsFailed();
}

QList<DoctorStep::Fact> NetworkCheck::tlsFacts() const
{
    const QSslCertificate leaf = m_socket.peerCertificate();
    if (leaf.isNull())
        return {};
    DoctorStep::Fact chain{u"chain"_s, {}};
    for (const QSslCertificate &certificate : m_socket.peerCertificateChain())
        chain.values << certificateText(certificate);
    const qint64 days = QDateTime::currentDateTimeUtc().daysTo(leaf.expiryDate().toUTC());
    const auto alternatives = leaf.subjectAlternativeNames();
    const QStringList names =
        alternatives.values(QSsl::DnsEntry) + alternatives.values(QSsl::IpAddressEntry);
    QList<DoctorStep::Fact> facts{chain,
                                  {u"names"_s, names},
                                  {u"expires"_s,
                                   {leaf.expiryDate().toUTC().toString(Qt::ISODate),
                                    days < 0 ? tr("expired") : tr("days left: %1").arg(days)}}};
    QStringList complaints;
    for (const QSslError &error : m_socket.sslHandshakeErrors())
        complaints << error.errorString();
    if (!complaints.isEmpty())
        facts << DoctorStep::Fact{u"complaints"_s, complaints};
    return facts;
}

void NetworkCheck::onEncrypted()
{
    m_socket.disconnect(this);
    const QString protocol = protocolName(m_socket.sessionProtocol());
    QList<DoctorStep::Fact> facts{{u"protocol"_s, {protocol}},
                                  {u"cipher"_s, {m_socket.sessionCipher().name()}}};
    facts += tlsFacts();
    const bool checked = m_settings.tls.peerVerifyMode() != QSslSocket::VerifyNone;
    const QString owner =
        m_socket.peerCertificate().subjectInfo(QSslCertificate::CommonName).join(u", ");
    const QString summary = checked ? tr("%1, certificate of %2").arg(protocol, owner)
                                    : tr("%1, certificate of %2 not checked").arg(protocol, owner);
    const std::chrono::nanoseconds duration = elapsed();
    m_socket.abort();
    finish(DoctorStep::ok(summary, facts, duration));
}

void NetworkCheck::onTlsFailed()
{
    m_socket.disconnect(this);
    const DoctorStep step = DoctorStep::failed(NetworkError::tls(m_socket, m_endpoint.realtime()),
                                               tlsFacts(), elapsed());
    m_socket.abort();
    finish(step);
}

void NetworkCheck::onTlsTimeout()
{
    m_socket.disconnect(this);
    m_socket.abort();
    finish(DoctorStep::failed(NetworkError::timeout(tr("The TLS handshake"), m_timeout), {},
                              elapsed()));
}

void NetworkCheck::requestHttp()
{
    begin(&NetworkCheck::onHttpTimeout);
    // Without credentials: what it says to a stranger is enough to know that it is there.
    QNetworkRequest request(m_settings.withQuery(m_endpoint.http()));
    request.setSslConfiguration(m_settings.tls);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    for (const auto &[name, value] : m_settings.allHeaders())
        request.setRawHeader(name, value);
    QNetworkReply *reply = m_network.get(request);
    reply->setParent(this);
    connect(reply, &QNetworkReply::finished, this, [this, reply] { onHttpAnswer(reply); });
    connect(&m_deadline, &QTimer::timeout, reply, [reply] {
        reply->disconnect();
        reply->abort();
        reply->deleteLater();
    });
}

void NetworkCheck::onHttpAnswer(QNetworkReply *reply)
{
    reply->deleteLater();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    // A proxy's own answer is none of the endpoint.
    if (status == 0 || reply->error() == QNetworkReply::ProxyAuthenticationRequiredError)
        return finish(DoctorStep::failed(NetworkError::http(*reply), {}, elapsed()));
    const QString reason = reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString();
    const QString line = u"%1 %2"_s.arg(status).arg(reason).trimmed();
    QList<DoctorStep::Fact> facts{{u"status"_s, {line}}};
    if (reply->hasRawHeader("Server"))
        facts << DoctorStep::Fact{u"server"_s, {QString::fromLatin1(reply->rawHeader("Server"))}};
    if (const QStringList clock = clockFact(reply->rawHeader("Date")); !clock.isEmpty())
        facts << DoctorStep::Fact{u"clock"_s, clock};
    finish(DoctorStep::ok(
        tr("%1 answers (a GET without credentials: %2)").arg(reply->url().host(), line), facts,
        elapsed()));
}

void NetworkCheck::onHttpTimeout()
{
    finish(DoctorStep::failed(
        NetworkError::timeout(tr("The HTTP answer of %1").arg(m_endpoint.http().host()), m_timeout),
        {}, elapsed()));
}

} // namespace Syncscope
