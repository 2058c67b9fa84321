// SPDX-License-Identifier: Apache-2.0
#include "transporterror_p.h"

#include "../wire/networkerror_p.h"
#include "../wire/servererror_p.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>
#include <QWebSocket>

using namespace Qt::StringLiterals;

namespace AppSync {

using namespace NetworkError;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::Error", text);
}

//! QWebSocket tells the status of a refused upgrade in its text only ("Unhandled http status code: 401");
//! newer ones try to log in on a 401 and then tell that they could not.
int statusIn(const QString &text)
{
    if (text.contains("WWW-Authenticate"_L1))
        return 401;
    static const QRegularExpression number(u"\\b([1-5]\\d\\d)\\b"_s);
    return number.match(text).captured(1).toInt();
}

QString refusalAdvice(int status)
{
    if (status == 401 || status == 403)
        return tr("This is usually the HTTP host in place of the realtime host, or a proxy in "
                  "between: AppSync answers wrong credentials after the upgrade.");
    if (status == 429)
        return tr("Too many connections at a time; slow down and try again.");
    if (status >= 500)
        return tr("The service or a proxy has a failure; try again.");
    return tr("Check the host and the path: it ends in /event/realtime for Events, in /graphql or "
              "/graphql/realtime for GraphQL.");
}

Error upgradeRefused(const QUrl &url, const QString &text)
{
    const int status = statusIn(text);
    Error error = Error::local(
        Error::Kind::UpgradeRefused,
        status ? tr("%1 refused the WebSocket upgrade with HTTP status %2.")
                     .arg(url.host())
                     .arg(status)
               : tr("%1 did not answer the WebSocket upgrade as AppSync does.").arg(url.host()));
    error.httpStatus = status;
    error.serverMessage = text;
    error.nextStep = refusalAdvice(status);
    return error;
}

} // namespace

Error openingError(const QWebSocket &socket, const QUrl &url, const QStringList &tlsProblems)
{
    if (!tlsProblems.isEmpty())
        return tlsError(url.host(), tlsProblems);
    switch (socket.error()) {
    case QAbstractSocket::HostNotFoundError:
        return hostNotFound(url.host());
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return tlsError(url.host(), {socket.errorString()});
    case QAbstractSocket::ConnectionRefusedError:
        // Also what QWebSocket reports where TCP was fine and HTTP said no: then the peer is known.
        return socket.peerAddress().isNull() ? connectionRefused(url.host(), portOf(url))
                                             : upgradeRefused(url, socket.errorString());
    case QAbstractSocket::UnknownSocketError:
        // TCP has no complaint, so HTTP said no. (A newer Qt has closed the socket by now: no peer.)
        return upgradeRefused(url, socket.errorString());
    case QAbstractSocket::RemoteHostClosedError:
        return socket.peerAddress().isNull()
            ? unreachable(tr("The connection to %1 was closed at once.").arg(url.host()),
                          socket.errorString())
            : upgradeRefused(url, socket.errorString());
    default:
        return unreachable(tr("%1 cannot be reached.").arg(url.host()), socket.errorString());
    }
}

Error explainedRefusal(const Error &refusal, const QUrl &url, const QString &offered,
                       const HttpAnswer &answer)
{
    Error error = refusal;
    if (!answer.isValid())
        return error;
    if (answer.status == 101) {
        const QString chosen = QString::fromLatin1(answer.header("Sec-WebSocket-Protocol"));
        if (!chosen.isEmpty() && chosen != offered)
            return otherProtocol(url, chosen, offered);
        error.httpStatus = 0; // worth another attempt
        error.message = tr("%1 refused the WebSocket upgrade, and accepted it when asked again.")
                            .arg(url.host());
        error.nextStep = tr("Try again.");
        return error;
    }
    const Error said =
        ServerError::fromHttp(answer.status, answer.body, answer.header("x-amzn-ErrorType"));
    error.httpStatus = answer.status;
    error.type = said.type;
    error.code = said.code;
    error.serverMessage = said.serverMessage.isEmpty() ? answer.reason : said.serverMessage;
    error.message = tr("%1 refused the WebSocket upgrade with HTTP status %2.")
                        .arg(url.host())
                        .arg(answer.status);
    const QString known = ServerError::advice(said);
    error.nextStep = said.type.isEmpty() || known.isEmpty() ? refusalAdvice(answer.status) : known;
    return error;
}

Error otherProtocol(const QUrl &url, const QString &chosen, const QString &offered)
{
    Error error = Error::local(
        Error::Kind::UpgradeRefused,
        tr("%1 chose the subprotocol “%2”, not “%3”.").arg(url.host(), chosen, offered),
        tr("This endpoint speaks the other AppSync protocol (Events or GraphQL); check the path."));
    error.httpStatus = 101; // no other attempt would go otherwise
    return error;
}

Error droppedError(const QWebSocket &socket, const QString &lastWords)
{
    // QWebSocket reports code 1000 for a pulled cable too; only the socket error tells the two apart.
    if (socket.error() == QAbstractSocket::UnknownSocketError) {
        Error error =
            Error::local(Error::Kind::ConnectionLost,
                         tr("The server closed the connection (code %1).").arg(socket.closeCode()));
        error.code = QString::number(socket.closeCode());
        // A service error may be followed by a close without a reason.
        error.serverMessage = socket.closeReason().isEmpty() ? lastWords : socket.closeReason();
        return error;
    }
    Error error =
        Error::local(Error::Kind::ConnectionLost, tr("The connection dropped without a goodbye."));
    error.code = u"1006"_s;
    error.serverMessage = socket.errorString();
    return error;
}

} // namespace AppSync
