// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>

#include <functional>

namespace AppSync::Emulation {

using Now = std::function<QDateTime()>; //!< what time it is for the emulator

} // namespace AppSync::Emulation
