// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/clock.h"
#include "../core/frame.h"

namespace AppSync {

//! Numbers every frame of a client, and shows them to whoever listens.
class FrameTap : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void setClock(Clock *clock) { m_clock = clock; }
    //! While disabled, frames are counted but not built.
    void setEnabled(bool enabled) { m_enabled = enabled; }
    [[nodiscard]] bool isEnabled() const { return m_enabled; }

    //! Counts one frame and returns its number.
    qint64 seen(Frame::Direction direction, Frame::Transport transport, QStringView type,
                QStringView id, const QString &text);

Q_SIGNALS:
    void frameSeen(const AppSync::Frame &frame);

private:
    Clock *m_clock = Clock::system();
    qint64 m_seq = 0;
    bool m_enabled = false;
};

} // namespace AppSync
