// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "chunkedbody_p.h"
#include "httprequest_p.h"
#include "httpresponse_p.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <chrono>

namespace AppSync::Emulation {

//! One TCP connection as long as it speaks HTTP: reads one request after the other, within limits of size
//! and time. A request to upgrade is handed out as soon as its head is there.
class HttpConnection : public QObject {
    Q_OBJECT

public:
    //! Owns \a socket. \a deadline: for TLS handshake and head, and again for a body, to arrive.
    HttpConnection(QTcpSocket *socket, std::chrono::milliseconds deadline, QObject *parent);
    ~HttpConnection() override;

    [[nodiscard]] QString peer() const { return m_peer; }
    //! Answers the request that was handed out.
    void respond(const HttpResponse &response);
    //! A request was handed out and waits for its answer, or that is not on its way yet.
    [[nodiscard]] bool isBusy() const
    {
        return m_state == State::Waiting || (m_socket && m_socket->bytesToWrite() > 0);
    }
    //! Leaves the request that was handed out without an answer until the client goes.
    void hold();
    //! Gives the socket away; ends this object.
    [[nodiscard]] QTcpSocket *release();
    //! Ends the TCP connection at once.
    void abort();

Q_SIGNALS:
    void upgradeRequested(const AppSync::Emulation::HttpRequest &request);
    void requestReceived(const AppSync::Emulation::HttpRequest &request);
    //! The request was refused before anyone saw it.
    void refused(const QString &why);

private:
    enum class State {
        ReadingHead,
        ReadingBody,
        Waiting, //!< for respond(), hold() or release()
        Draining, //!< the last answer is out; what still comes is thrown away
    };

    void onReadyRead();
    void onDeadline();
    void readHead();
    void readBody();
    void readChunks();
    void startBody();
    //! False: it was refused.
    bool readLength();
    void handOut();
    void refuse(int status, const QString &message);
    void write(const HttpResponse &response, bool keepAlive);

    QTcpSocket *m_socket;
    QString m_peer;
    std::chrono::milliseconds m_deadlineAfter;
    QTimer m_deadline;
    State m_state = State::ReadingHead;
    HttpRequest m_request;
    qsizetype m_bodySize = 0;
    std::optional<ChunkedBody> m_chunks; //!< of a body that comes in such
    bool m_idle = false; //!< between two requests
};

} // namespace AppSync::Emulation
