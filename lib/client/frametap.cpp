// SPDX-License-Identifier: Apache-2.0
#include "frametap_p.h"

#include "../wire/protocol_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

qint64 FrameTap::seen(Frame::Direction direction, Frame::Transport transport, QStringView type,
                      QStringView id, const QString &text)
{
    const qint64 seq = ++m_seq;
    if (!m_enabled)
        return seq;
    Frame frame;
    frame.seq = seq;
    frame.direction = direction;
    frame.transport = transport;
    frame.at = QDateTime::fromMSecsSinceEpoch(m_clock->wallMs()).toUTC();
    frame.monotonicNs = m_clock->monotonic().count();
    frame.type = type.toString();
    frame.id = id.toString();
    // Events and results are shown as they are; other words of the server may repeat what it was sent.
    const bool isPayload = direction == Frame::Direction::Out || type == "data"_L1
        || (transport == Frame::Transport::Http && type.startsWith("HTTP 2"_L1));
    frame.text = isPayload ? text : withoutCredentials(text);
    Q_EMIT frameSeen(frame);
    return seq;
}

} // namespace AppSync
