// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/traffic/framelog.h"

#include <AppSync/Connection>
#include <AppSync/Gap>

#include <QObject>

#include <deque>
#include <optional>

namespace Syncscope {

//! Writes what happens to a connection into the log of its frames: lost, closed, given up, connected
//! again, and the gaps. One loss makes one gap, however many subscriptions it concerns.
class LinkHistory : public QObject {
    Q_OBJECT

public:
    //! Both outlive it.
    LinkHistory(AppSync::Connection *connection, FrameLog *log, QObject *parent = nullptr);

    void addGap(const AppSync::Gap &gap);

private:
    struct WrittenNote {
        qint64 number = 0; //!< of its record
        LinkNote note;
    };

    void onStateChanged(AppSync::Connection::State state);
    void onLeftReady(AppSync::Connection::State state);
    void onReady();
    void onAttemptFailed();
    void onRenewed();

    AppSync::Connection *const m_connection;
    FrameLog *const m_log;
    std::optional<WrittenNote>
        m_failedAttempts; //!< the line that counts them, while the reason is the same
    std::deque<WrittenNote> m_gaps; //!< the last ones: a subscription can come back late
    QDateTime m_readySince; //!< valid while connected
    QDateTime m_brokenSince; //!< valid from the end of a connection to the next
    AppSync::Error m_cause; //!< of that end
};

} // namespace Syncscope
