// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QPointer>
#include <QTcpSocket>

namespace AppSync::Emulation {

//! The way of text frames to one client. QWebSocket would encode a text anew for everyone who gets it, and
//! Qt's sockets have the event loop watch each one that is written to, at a cost that grows with their
//! number. Control frames stay QWebSocket's. Both sides hand whole frames to the same socket, so that none
//! gets into another.
class Outlet {
public:
    explicit Outlet(QTcpSocket *transport) : m_transport(transport) { }

    //! Appends a frame with the text \a head + \a tail, UTF-8. It goes out with the next flush().
    void append(QByteArrayView head, QByteArrayView tail = {});
    //! Gives what was appended to the system; what it does not take at once waits in the socket.
    void flush();
    //! Gives what was appended to the socket, behind and before which QWebSocket writes too.
    void handOver();
    //! What was appended since.
    [[nodiscard]] QByteArray frames() const { return m_frames; }
    //! Bytes that the system has not taken yet.
    [[nodiscard]] qint64 waiting() const;

private:
    QPointer<QTcpSocket> m_transport;
    QByteArray m_frames;
};

} // namespace AppSync::Emulation
