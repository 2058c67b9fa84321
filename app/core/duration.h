// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <chrono>
#include <optional>

namespace Syncscope {

//! Reads `500ms`, `10s`, `2m`, `1h`; fractions (`1.5s`) too. Nothing else, nothing negative, and at most
//! 500 hours, which is what a timer can hold.
[[nodiscard]] std::optional<std::chrono::milliseconds> parseDuration(QStringView text);

//! Reads a plain number of seconds (`30`, `0.5`) or a duration as above.
[[nodiscard]] std::optional<std::chrono::milliseconds> parseSeconds(QStringView text);

//! Reads `100/s`, `30/m` or `5/h`; the result is the time between two of them.
[[nodiscard]] std::optional<std::chrono::nanoseconds> parseRate(QStringView text);

} // namespace Syncscope
