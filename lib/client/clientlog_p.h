// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/clock.h"
#include "../core/frame.h"
#include "../core/logentry.h"

namespace AppSync {

//! The log of one client: to its listeners up to the level that the user set, and to the logging categories
//! whatever they are set to (frames go to listeners only).
class ClientLog : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    void setClock(Clock *clock) { m_clock = clock; }
    void setLevel(LogEntry::Level level) { m_level = level; }
    [[nodiscard]] LogEntry::Level level() const { return m_level; }

    //! Whether anybody would see a line: worth asking before one is put together for every frame.
    [[nodiscard]] bool isTelling(LogEntry::Level level, LogEntry::Area area) const;

    void warning(LogEntry::Area area, const QString &text, const Error &error = {});
    void info(LogEntry::Area area, const QString &text);
    void debug(LogEntry::Area area, const QString &text);
    void frame(const Frame &frame);

Q_SIGNALS:
    void logged(const AppSync::LogEntry &entry);

private:
    void tell(LogEntry::Level level, LogEntry::Area area, const QString &text, const Error &error);

    Clock *m_clock = Clock::system();
    LogEntry::Level m_level = LogEntry::Level::None;
};

} // namespace AppSync
