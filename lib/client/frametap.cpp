// SPDX-License-Identifier: Apache-2.0
#include "frametap_p.h"

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
    frame.text = text;
    Q_EMIT frameSeen(frame);
    return seq;
}

} // namespace AppSync
