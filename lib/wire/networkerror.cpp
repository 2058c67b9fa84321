// SPDX-License-Identifier: Apache-2.0
#include "networkerror_p.h"

#include <QCoreApplication>
#include <QNetworkReply>

using namespace Qt::StringLiterals;

namespace AppSync::NetworkError {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::Error", text);
}

} // namespace

Error unreachable(const QString &message, const QString &reason)
{
    Error error = Error::local(Error::Kind::Unreachable, message);
    error.serverMessage = reason;
    return error;
}

Error hostNotFound(const QString &host)
{
    return Error::local(
        Error::Kind::Unreachable, tr("The host %1 was not found.").arg(host),
        tr("Check the spelling of the endpoint and the network; the DNS prefix of an API "
           "is not its API id."));
}

Error connectionRefused(const QString &host, int port)
{
    return Error::local(
        Error::Kind::Unreachable, tr("Nothing answers at %1, port %2.").arg(host).arg(port),
        tr("Check the host and port, and that the server runs and no firewall is between."));
}

Error tlsError(const QString &host, const QStringList &problems)
{
    Error error =
        Error::local(Error::Kind::Tls, tr("No secure connection to %1 could be made.").arg(host),
                     tr("If this server uses a certificate of its own, trust its CA "
                        "certificate; do not switch verification off."));
    error.serverMessage = problems.join(u"; ");
    return error;
}

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == u"ws" || url.scheme() == u"http" ? 80 : 443);
}

Error httpError(const QNetworkReply &reply)
{
    const QUrl url = reply.url();
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        return hostNotFound(url.host());
    case QNetworkReply::ConnectionRefusedError:
        return connectionRefused(url.host(), portOf(url));
    case QNetworkReply::SslHandshakeFailedError:
        return tlsError(url.host(), {reply.errorString()});
    case QNetworkReply::RemoteHostClosedError: {
        Error error =
            Error::local(Error::Kind::ConnectionLost,
                         tr("The connection closed before the answer; whether the request was "
                            "carried out is unknown."));
        error.serverMessage = reply.errorString();
        return error;
    }
    default:
        return unreachable(tr("%1 cannot be reached over HTTP.").arg(url.host()),
                           reply.errorString());
    }
}

} // namespace AppSync::NetworkError
