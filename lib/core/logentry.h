// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "error.h"

#include <QDateTime>

namespace AppSync {

//! One line of a client's log. No credential stands in it at any level, no payload below Verbose.
class APPSYNC_EXPORT LogEntry {
    Q_GADGET
    Q_PROPERTY(AppSync::LogEntry::Level level MEMBER level)
    Q_PROPERTY(AppSync::LogEntry::Area area MEMBER area)
    Q_PROPERTY(QDateTime at MEMBER at)
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(AppSync::Error error MEMBER error)

public:
    //! How much is logged: each level includes those before it.
    enum class Level {
        None, //!< nothing is logged
        Warning, //!< what failed, and gaps
        Info, //!< connected, subscribed, ended
        Debug, //!< every step of the state machine and of an operation
        Verbose, //!< every frame too, credentials masked
    };
    Q_ENUM(Level)
    //! What it is about.
    enum class Area { Connection, Operations, Frames };
    Q_ENUM(Area)

    Level level = Level::None; //!< how much has to be logged for it to be
    Area area = Area::Connection; //!< what it is about
    QDateTime at; //!< UTC
    QString text; //!< one line for people
    Error error; //!< of warnings

    friend bool operator==(const LogEntry &, const LogEntry &) = default;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::LogEntry)
