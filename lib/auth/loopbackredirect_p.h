// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/clock.h"
#include "../core/error.h"

#include <QHostAddress>
#include <QTcpServer>
#include <QTcpSocket>

namespace AppSync {

//! What a provider says by sending the browser to the redirect URI: a code, or an error.
struct Redirect {
    QString code; //!< secret until it is redeemed
    QString issuer; //!< `iss` of RFC 9207, empty where the provider does not say it
    QString error; //!< `access_denied`, …
    QString errorDescription; //!< the provider's words
};

//! Waits on this machine for the browser to come back from a sign-in (RFC 8252, 7.3). It listens on loopback
//! only, takes one GET of the redirect URI from a browser that was sent there, answers with a plain page, and
//! listens no longer. Whatever else comes, and is bounded in size and time, is turned away. It ends with
//! exactly one finished(), unless it is closed or deleted before. The code appears in no page and no log.
class LoopbackRedirect : public QObject {
    Q_OBJECT

public:
    //! \a state is what the redirect has to bring back.
    LoopbackRedirect(const QString &state, Clock *clock, QObject *parent);

    //! Listens at the first of \a uris whose port is free, on 127.0.0.1 and ::1 for `localhost`. Port 0 means
    //! any. An error in words if there is none, or if one is no URI that can be listened at.
    Error listen(const QStringList &uris);
    //! The one that listen() chose, exactly as it was given, but for a port 0.
    [[nodiscard]] QString uri() const { return m_uri; }
    [[nodiscard]] bool isListening() const { return !m_servers.isEmpty(); }
    //! Listens no longer, and nothing is signalled any more.
    void close();

Q_SIGNALS:
    //! \a error where it was not this sign-in's redirect. It listens no longer. Delete it later, not here.
    void finished(const AppSync::Redirect &redirect, const AppSync::Error &error);

private:
    struct Place;
    [[nodiscard]] static std::optional<Place> place(const QString &uri);
    [[nodiscard]] bool listenAt(const Place &place);
    [[nodiscard]] bool listenOn(const QHostAddress &address, quint16 port);
    void closeServers();
    void welcome(QTcpSocket *client);
    void read(QTcpSocket *client);
    void handle(QTcpSocket *client, const QByteArray &text);
    void take(QTcpSocket *client, const QByteArray &query);
    void turnAway(QTcpSocket *client, int status);

    QString m_state;
    Clock *m_clock;
    QString m_uri;
    QByteArrayList m_hosts; //!< what the Host header may say
    QByteArray m_path;
    quint16 m_port = 0;
    QList<QTcpServer *> m_servers;
    int m_clients = 0;
};

} // namespace AppSync
