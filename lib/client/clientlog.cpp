// SPDX-License-Identifier: Apache-2.0
#include "clientlog_p.h"

#include "../core/logging_p.h"
#include "../core/utc_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

const QLoggingCategory &categoryOf(LogEntry::Area area)
{
    return area == LogEntry::Area::Connection ? lcConnection() : lcOperations();
}

} // namespace

bool ClientLog::isTelling(LogEntry::Level level, LogEntry::Area area) const
{
    return level <= m_level || categoryOf(area).isDebugEnabled();
}

void ClientLog::warning(LogEntry::Area area, const QString &text, const Error &error)
{
    // The caller is told by a signal: no warning on everybody's console.
    qCDebug(categoryOf(area)).noquote() << text << error.message;
    tell(LogEntry::Level::Warning, area, text, error);
}

void ClientLog::info(LogEntry::Area area, const QString &text)
{
    qCDebug(categoryOf(area)).noquote() << text;
    tell(LogEntry::Level::Info, area, text, {});
}

void ClientLog::debug(LogEntry::Area area, const QString &text)
{
    qCDebug(categoryOf(area)).noquote() << text;
    tell(LogEntry::Level::Debug, area, text, {});
}

void ClientLog::frame(const Frame &frame)
{
    if (m_level < LogEntry::Level::Verbose)
        return;
    const QString arrow = frame.direction == Frame::Direction::In ? u"<"_s : u">"_s;
    tell(LogEntry::Level::Verbose, LogEntry::Area::Frames, arrow + u' ' + frame.text, {});
}

void ClientLog::tell(LogEntry::Level level, LogEntry::Area area, const QString &text,
                     const Error &error)
{
    if (level > m_level)
        return;
    LogEntry entry;
    entry.level = level;
    entry.area = area;
    entry.at = utc(m_clock->wallMs());
    entry.text = text;
    entry.error = error;
    Q_EMIT logged(entry);
}

} // namespace AppSync
