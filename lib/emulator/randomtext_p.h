// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QLatin1StringView>
#include <QString>

//! Keys, ids and secrets that nobody can guess.
namespace AppSync::Emulation::RandomText {

inline constexpr QLatin1StringView kApiKey("abcdefghijklmnopqrstuvwxyz0123456789");
inline constexpr QLatin1StringView kKeyId("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
inline constexpr QLatin1StringView
    kSecret("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
inline constexpr QLatin1StringView kDigits("0123456789");

[[nodiscard]] QString letters(int count, QLatin1StringView alphabet);
[[nodiscard]] QByteArray bytes(int count);

} // namespace AppSync::Emulation::RandomText
