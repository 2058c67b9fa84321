// SPDX-License-Identifier: Apache-2.0
// How a Session writes.
#include "../events/eventsapi_p.h"
#include "../events/limits_p.h"
#include "session_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

//! More than this does not wait for the end of a turn of the event loop.
constexpr qint64 kFlushedAtOnce = 64 * 1024;

} // namespace

void Session::send(const QString &frame)
{
    write(frame.toUtf8(), {});
}

void Session::write(QByteArrayView head, QByteArrayView tail)
{
    if (m_isSilent || m_state == State::Closing || m_state == State::Closed)
        return;
    if (m_api.faultRules().concernsFrames())
        return writeCounted(head, tail);
    append(head, tail);
    leaveOutlet();
    dropIfNotReading();
}

void Session::append(QByteArrayView head, QByteArrayView tail)
{
    ++m_seen.framesSent;
    m_seen.bytesSent += head.size() + tail.size();
    m_outlet.append(head, tail);
}

//! With faults that count frames.
void Session::writeCounted(QByteArrayView head, QByteArrayView tail)
{
    FaultRules &rules = m_api.faultRules();
    const auto reaches = [&](FaultPlan::Kind kind) {
        const FaultPlan::Fault *fault = rules.find(kind, m_target);
        return fault && m_seen.framesSent >= fault->value;
    };
    if (reaches(FaultPlan::Kind::SilentAfterFrames))
        return goSilent();
    const FaultPlan::Fault *inside = rules.find(FaultPlan::Kind::CutInsideFrame, m_target);
    if (inside && m_seen.framesSent + 1 == inside->value) {
        ++m_seen.framesSent;
        return cutInside(head.toByteArray() + tail.toByteArray());
    }
    append(head, tail);
    if (reaches(FaultPlan::Kind::DropAfterFrames))
        return cut();
    if (reaches(FaultPlan::Kind::SilentAfterFrames))
        return goSilent();
    leaveOutlet();
    dropIfNotReading();
}

void Session::sendLater(const QByteArray &frame, std::chrono::milliseconds delay)
{
    if (delay.count() == 0)
        return write(frame, {});
    m_delayedBytes += frame.size();
    if (m_delayedBytes > Limits::kUnreadBytes)
        return drop(m_delayedBytes);
    QTimer::singleShot(delay, Qt::PreciseTimer, this, [this, frame] { // coarse ones change places
        m_delayedBytes -= frame.size();
        write(frame, {});
    });
}

//! Now, if much waits or QWebSocket may write next; else with whatever else is sent in this turn.
void Session::leaveOutlet()
{
    if (m_isHandling)
        return m_outlet.handOver(); // a close frame may stand behind the one that is answered
    if (m_outlet.frames().size() > kFlushedAtOnce)
        return m_outlet.flush();
    if (!std::exchange(m_isToFlush, true))
        m_api.flushSoon(this);
}

void Session::flush()
{
    m_isToFlush = false;
    // Nothing may follow a close frame.
    if (m_socket->state() == QAbstractSocket::ConnectedState)
        m_outlet.flush();
}

//! Half of a frame with \a text goes out, as where a cable is pulled.
void Session::cutInside(const QByteArray &text)
{
    Outlet whole(nullptr);
    whole.append(text);
    m_outlet.flush();
    if (m_transport) {
        m_transport->write(whole.frames().first(whole.frames().size() / 2));
        m_transport->flush();
    }
    cut();
}

//! TCP stays open, but nobody is there: Qt's WebSocket would go on answering pings.
void Session::goSilent()
{
    m_isSilent = true;
    m_outlet.flush();
    if (!m_transport)
        return;
    disconnect(m_transport, &QIODevice::readyRead, m_socket, nullptr);
    m_transport->setReadBufferSize(1); // what the client sends stays with the network
}

void Session::dropIfNotReading()
{
    const qint64 waiting = m_outlet.waiting();
    if (waiting <= Limits::kUnreadBytes)
        return;
    drop(waiting);
}

void Session::drop(qint64 waiting)
{
    m_isDropped = true;
    m_api.metrics().add(EmulatorMetrics::SlowReadersDropped);
    m_api.metrics().add(EmulatorMetrics::BroadcastEventClientError);
    m_api.report(u"delivery"_s, m_peer,
                 u"%1 bytes wait for a client that does not read; it was dropped"_s.arg(waiting));
    m_socket->abort();
}

} // namespace AppSync::Emulation
