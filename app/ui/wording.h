// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>

//! Numbers as people read them, always with their unit; and texts that are too long.
namespace Syncscope::Wording {

[[nodiscard]] QString bytes(qint64 count); //!< "412 B", "3.2 KB", "12 MB" (1 KB = 1000 bytes)
[[nodiscard]] QString rate(double perSecond); //!< "0.4/s", "214/s"
[[nodiscard]] QString duration(std::chrono::seconds length); //!< "00:42:10"
[[nodiscard]] QString milliseconds(double ms); //!< "0.8 ms", "36 ms", "1.2 s"
[[nodiscard]] QString span(std::chrono::milliseconds length); //!< "36 ms", "6.3 s", "00:42:10"
//! From the start to \a at: "00:42:10.123".
[[nodiscard]] QString sinceStart(std::chrono::milliseconds length);
[[nodiscard]] QString time(const QDateTime &at); //!< local time of day, "12:03:01.120"
[[nodiscard]] QString count(qint64 number); //!< with the locale's group separators
//! At most \a limit units of \a text, without half of a character at its end.
[[nodiscard]] QString beginning(const QString &text, qsizetype limit);
//! \a text without line breaks and other control characters.
[[nodiscard]] QString inOneLine(QString text);
//! The beginning, with an ellipsis behind it where something is missing.
[[nodiscard]] QString shortened(const QString &text, qsizetype limit);

//! "1 event", "12,000 events".
[[nodiscard]] QString events(qint64 number);
//! What is wrong, and behind it what to do about it, if there is something.
[[nodiscard]] QString withNextStep(const QString &message, const QString &nextStep);

} // namespace Syncscope::Wording
