// SPDX-License-Identifier: Apache-2.0
#include "app/core/doctor/networkerror.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace Syncscope::NetworkError {

using AppSync::Error;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Syncscope::Doctor", text);
}

Error withWords(Error::Kind kind, const QString &message, const QString &words,
                const QString &nextStep)
{
    Error error = Error::local(kind, message, nextStep);
    error.serverMessage = words;
    return error;
}

QString nameOf(const QStringList &names)
{
    return names.isEmpty() ? tr("nobody") : names.join(u", ");
}

QString joined(const QList<QSslError> &errors)
{
    QStringList texts;
    for (const QSslError &error : errors) {
        if (!texts.contains(error.errorString()))
            texts << error.errorString();
    }
    return texts.join(u"; ");
}

//! The certificates' own complaints, the most telling one first.
std::optional<Error> certificateError(const QSslSocket &socket, const QString &host)
{
    const QList<QSslError> errors = socket.sslHandshakeErrors();
    const QSslCertificate leaf = socket.peerCertificate();
    const auto make = [&](const QString &message, const QString &nextStep) {
        return withWords(Error::Kind::Tls, message, joined(errors), nextStep);
    };
    const auto has = [&](std::initializer_list<QSslError::SslError> kinds) {
        return std::any_of(errors.begin(), errors.end(), [&](const QSslError &error) {
            return std::find(kinds.begin(), kinds.end(), error.error()) != kinds.end();
        });
    };
    if (errors.isEmpty())
        return std::nullopt;
    if (has({QSslError::CertificateExpired, QSslError::CertificateNotYetValid})) {
        return make(tr("The certificate of %1 is valid from %2 to %3, not now.")
                        .arg(host, leaf.effectiveDate().toUTC().toString(Qt::ISODate),
                             leaf.expiryDate().toUTC().toString(Qt::ISODate)),
                    tr("Check this computer's clock; if it is right, the server needs a new "
                       "certificate."));
    }
    if (has({QSslError::HostNameMismatch})) {
        return make(
            tr("The certificate is for %1, not for %2.")
                .arg(nameOf(leaf.subjectAlternativeNames().values(QSsl::DnsEntry)), host),
            tr("Check the spelling of the host; a custom domain needs a certificate of its own."));
    }
    return make(
        tr("The certificate of %1 was issued by %2, which this computer does not trust.")
            .arg(host, nameOf(leaf.issuerInfo(QSslCertificate::CommonName))),
        tr("If this server uses a certificate of its own, or a proxy here reads along, trust its "
           "CA certificate (in the terminal: --ca-cert FILE)."));
}

Error proxyError(const QString &message, const QString &words)
{
    return withWords(Error::Kind::Unreachable, message, words,
                     tr("Check the proxy's host, port, name and password."));
}

} // namespace

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == u"ws" || url.scheme() == u"http" ? 80 : 443);
}

QString proxyText(const QNetworkProxy &proxy)
{
    if (proxy.type() == QNetworkProxy::NoProxy || proxy.type() == QNetworkProxy::DefaultProxy)
        return {};
    const QString scheme = proxy.type() == QNetworkProxy::Socks5Proxy ? u"socks5"_s : u"http"_s;
    return u"%1://%2:%3"_s.arg(scheme, proxy.hostName()).arg(proxy.port());
}

Error lookup(const QString &host, const QString &words)
{
    return withWords(Error::Kind::Unreachable, tr("The host %1 was not found.").arg(host), words,
                     tr("Check the spelling of the endpoint and the network; the DNS prefix of an "
                        "API is not its API id."));
}

Error lookupOfProxy(const QString &host, const QString &words)
{
    return proxyError(tr("The proxy's host %1 was not found.").arg(host), words);
}

Error tcp(const QSslSocket &socket, const QUrl &url, const QNetworkProxy &proxy)
{
    const QString words = socket.errorString();
    const QString through = proxyText(proxy);
    switch (socket.error()) {
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return proxyError(tr("The proxy %1 wants a name and a password.").arg(through), words);
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
        return proxyError(tr("The proxy %1 cannot be reached.").arg(through), words);
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyProtocolError:
        return proxyError(tr("The proxy %1 did not connect to %2.").arg(through, url.host()),
                          words);
    case QAbstractSocket::ConnectionRefusedError:
        return withWords(
            Error::Kind::Unreachable,
            tr("Nothing answers at %1, port %2.").arg(url.host()).arg(portOf(url)), words,
            tr("Check the host and port, and that the server runs and no firewall is between."));
    default:
        return withWords(Error::Kind::Unreachable,
                         tr("No connection to %1, port %2.").arg(url.host()).arg(portOf(url)),
                         words, tr("Check the network, and a firewall or proxy in between."));
    }
}

Error tls(const QSslSocket &socket, const QUrl &url)
{
    if (const auto error = certificateError(socket, url.host()))
        return *error;
    return withWords(Error::Kind::Tls, tr("%1 did not complete the TLS handshake.").arg(url.host()),
                     socket.errorString(),
                     tr("Perhaps this port speaks plain HTTP, or a firewall ends the connection; "
                        "check the scheme and the port."));
}

Error http(const QNetworkReply &reply)
{
    const QString host = reply.url().host();
    const QString words = reply.errorString();
    const QString check = tr("Check the host and port of the HTTP endpoint.");
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return lookup(host, words);
    case QNetworkReply::SslHandshakeFailedError:
        return withWords(Error::Kind::Tls,
                         tr("No secure connection to %1 could be made.").arg(host), words,
                         tr("If this server uses a certificate of its own, trust its CA "
                            "certificate."));
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return proxyError(tr("The proxy wants a name and a password."), words);
    default:
        return withWords(Error::Kind::Unreachable, tr("%1 gives no HTTP answer.").arg(host), words,
                         check);
    }
}

Error timeout(const QString &what, std::chrono::milliseconds timeout)
{
    return Error::local(Error::Kind::Unreachable,
                        tr("%1 took longer than %2 s.")
                            .arg(what)
                            .arg(std::chrono::duration<double>(timeout).count()),
                        tr("Perhaps a firewall drops the packets or the network is down; try "
                           "again, or give it more time."));
}

} // namespace Syncscope::NetworkError
