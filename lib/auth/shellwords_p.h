// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>

#include <optional>

namespace AppSync {

//! \a line as a POSIX shell splits it into words: quotes and backslashes, nothing else. Nothing is expanded.
//! No value where a quote stays open or nothing follows the last backslash.
std::optional<QStringList> posixWords(QStringView line);

//! \a line as a Windows program splits it: only double quotes, and backslashes matter in front of them alone.
//! No value where a quote stays open.
std::optional<QStringList> windowsWords(QStringView line);

//! By the rules of the system that this runs on.
std::optional<QStringList> commandWords(QStringView line);

} // namespace AppSync
