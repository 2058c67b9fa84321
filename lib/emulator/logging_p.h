// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

namespace AppSync::Emulation {

Q_DECLARE_LOGGING_CATEGORY(log)

//! What a client wrote, in one line: no control characters, not endless.
[[nodiscard]] QString loggable(const QString &text);

} // namespace AppSync::Emulation
