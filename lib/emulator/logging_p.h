// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLoggingCategory>

namespace AppSync::Emulation {

Q_DECLARE_LOGGING_CATEGORY(log)

} // namespace AppSync::Emulation
