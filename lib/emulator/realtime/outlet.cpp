// SPDX-License-Identifier: Apache-2.0
#include "outlet_p.h"

#include <QSslSocket>
#include <QtEndian>

#include <utility>

#ifdef Q_OS_UNIX
#    include <sys/socket.h>
#endif

namespace AppSync::Emulation {

namespace {

//! What a connection keeps between two flushes, so that idle ones need little.
constexpr qsizetype kKeptCapacity = 4'096;

void appendHeader(QByteArray &out, qsizetype size)
{
    out += char(0x81); // the only frame of a text message
    char bytes[8];
    if (size < 126) {
        out += char(size);
    } else if (size <= 0xffff) {
        qToBigEndian(quint16(size), bytes);
        out.append(char(126)).append(bytes, 2);
    } else {
        qToBigEndian(quint64(size), bytes);
        out.append(char(127)).append(bytes, 8);
    }
}

//! How much of \a bytes the system takes at once.
qsizetype sendNow([[maybe_unused]] const QTcpSocket &socket,
                  [[maybe_unused]] const QByteArray &bytes)
{
#if defined(Q_OS_UNIX) && defined(MSG_NOSIGNAL)
    // Only ahead of nothing: neither of what Qt still has to write, nor of its encryption.
    if (socket.socketDescriptor() < 0 || socket.bytesToWrite() > 0
        || qobject_cast<const QSslSocket *>(&socket))
        return 0;
    const ssize_t sent = ::send(int(socket.socketDescriptor()), bytes.constData(),
                                size_t(bytes.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
    return sent > 0 ? sent : 0; // Qt meets the error with what is left
#else
    return 0;
#endif
}

} // namespace

void Outlet::append(QByteArrayView head, QByteArrayView tail)
{
    appendHeader(m_frames, head.size() + tail.size());
    m_frames.append(head).append(tail);
}

void Outlet::flush()
{
    if (m_frames.isEmpty() || !m_transport)
        return m_frames.clear();
    const qsizetype sent = sendNow(*m_transport, m_frames);
    if (sent < m_frames.size()) {
        m_frames.remove(0, sent);
        handOver();
        m_transport->flush();
    } else if (m_frames.capacity() > kKeptCapacity) {
        m_frames = {};
    } else {
        m_frames.resize(0); // keeps its memory
    }
}

void Outlet::handOver()
{
    const QByteArray frames = std::exchange(m_frames, {});
    if (m_transport && !frames.isEmpty())
        m_transport->write(frames);
}

qint64 Outlet::waiting() const
{
    qint64 waiting = m_frames.size();
    if (m_transport)
        waiting += m_transport->bytesToWrite();
    if (const auto *tls = qobject_cast<QSslSocket *>(m_transport.data()))
        waiting += tls->encryptedBytesToWrite();
    return waiting;
}

} // namespace AppSync::Emulation
