// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <bit>
#include <cstring>

//! Finding a character in UTF-16, four at a time. JSON text is mostly runs without anything special, and
//! looking for the end of such runs is most of what decoding a frame costs.
namespace AppSync::Utf16Scan {

namespace Detail {

inline constexpr quint64 kOnes = 0x0001'0001'0001'0001;
inline constexpr quint64 kHighBits = kOnes << 15;

//! The lanes of \a four that equal \a c have their high bit set; of the lanes above such a one, a few
//! others may, so only the lowest is to be trusted.
constexpr quint64 lanesEqual(quint64 four, char16_t c)
{
    const quint64 difference = four ^ (kOnes * c);
    return (difference - kOnes) & ~difference & kHighBits;
}

} // namespace Detail

//! The next quotation mark or backslash.
inline const char16_t *quoteOrBackslash(const char16_t *at, const char16_t *end)
{
    if constexpr (std::endian::native == std::endian::little) {
        for (; end - at >= 4; at += 4) {
            quint64 four = 0;
            std::memcpy(&four, at, sizeof four);
            if (const quint64 found =
                    Detail::lanesEqual(four, u'"') | Detail::lanesEqual(four, u'\\'))
                return at + std::countr_zero(found) / 16;
        }
    }
    while (at < end && *at != u'"' && *at != u'\\')
        ++at;
    return at;
}

//! Copies ASCII up to the next backslash or character outside ASCII, and moves both pointers there. Up to
//! three bytes behind the copy may be written over: \a out needs room for all of \a at to \a end.
inline void copyAscii(const char16_t *&at, const char16_t *end, char *&out)
{
    if constexpr (std::endian::native == std::endian::little) {
        constexpr quint64 kWide = Detail::kOnes * 0xff80;
        for (; end - at >= 4; at += 4, out += 4) {
            quint64 four = 0;
            std::memcpy(&four, at, sizeof four);
            quint64 narrow = (four | (four >> 8)) & 0x0000'ffff'0000'ffff;
            narrow |= narrow >> 16;
            const auto bytes = quint32(narrow);
            std::memcpy(out, &bytes, sizeof bytes);
            if (const quint64 found = Detail::lanesEqual(four, u'\\') | (four & kWide)) {
                const int clean = std::countr_zero(found) / 16;
                at += clean;
                out += clean;
                return;
            }
        }
    }
    while (at < end && *at != u'\\' && *at < 0x80)
        *out++ = char(*at++);
}

} // namespace AppSync::Utf16Scan
