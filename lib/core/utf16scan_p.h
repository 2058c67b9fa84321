// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

#include <algorithm>
#include <bit>
#include <iterator>

// Tests define APPSYNC_UTF16_PORTABLE.
#if defined(APPSYNC_UTF16_PORTABLE)
#elif defined(__SSE2__) || defined(_M_X64)
#    include <emmintrin.h>
#    define APPSYNC_UTF16_SSE2
#elif defined(__aarch64__) || defined(_M_ARM64)
#    include <arm_neon.h>
#    define APPSYNC_UTF16_NEON
#endif

//! Looking at UTF-16 sixteen units at a time. JSON text is mostly runs without anything special, and walking
//! over such runs is most of what decoding a frame costs. Frames come from Qt as UTF-16, so they are read as
//! they are: turning them into UTF-8 for a parser would cost more than the parser saves.
namespace AppSync::Utf16Scan {

#if defined(APPSYNC_UTF16_SSE2)

//! Sixteen answers of yes or no.
class Lanes {
public:
    explicit Lanes(__m128i lanes) : m_lanes(lanes) { }
    //! Bit i is set for a yes in lane i. A yes is the lane's highest bit.
    [[nodiscard]] quint32 bits() const { return quint32(_mm_movemask_epi8(m_lanes)); }
    [[nodiscard]] bool any() const { return bits() != 0; }
    friend Lanes operator|(Lanes a, Lanes b) { return Lanes(_mm_or_si128(a.m_lanes, b.m_lanes)); }

private:
    __m128i m_lanes;
};

//! Sixteen code units in registers.
class Units {
public:
    static constexpr int kCount = 16;

    explicit Units(const char16_t *at)
        : m_low(_mm_loadu_si128(reinterpret_cast<const __m128i *>(at)))
        , m_high(_mm_loadu_si128(reinterpret_cast<const __m128i *>(at + 8)))
        , m_narrow(_mm_packus_epi16(m_low, m_high))
    {
    }

    //! \a ascii must not be 0: narrowing saturates, so what is not ASCII became 0 or more than 127.
    [[nodiscard]] Lanes equalTo(char ascii) const
    {
        return Lanes(_mm_cmpeq_epi8(m_narrow, _mm_set1_epi8(ascii)));
    }

    //! May say yes to 0, which narrowing cannot tell from what does not fit.
    [[nodiscard]] Lanes notAscii() const
    {
        return Lanes(_mm_or_si128(m_narrow, _mm_cmpeq_epi8(m_narrow, _mm_setzero_si128())));
    }

    //! As bytes; only the ASCII among them means anything.
    void store(char *out) const { _mm_storeu_si128(reinterpret_cast<__m128i *>(out), m_narrow); }
    void store(char16_t *out) const
    {
        _mm_storeu_si128(reinterpret_cast<__m128i *>(out), m_low);
        _mm_storeu_si128(reinterpret_cast<__m128i *>(out + 8), m_high);
    }

private:
    __m128i m_low;
    __m128i m_high;
    __m128i m_narrow;
};

#elif defined(APPSYNC_UTF16_NEON)

class Lanes {
public:
    explicit Lanes(uint8x16_t lanes) : m_lanes(lanes) { }
    [[nodiscard]] quint32 bits() const
    {
        static constexpr quint8 kBits[] = {1, 2, 4, 8, 16, 32, 64, 128,
                                           1, 2, 4, 8, 16, 32, 64, 128};
        const uint8x16_t bits = vandq_u8(m_lanes, vld1q_u8(kBits));
        return quint32(vaddv_u8(vget_low_u8(bits))) | quint32(vaddv_u8(vget_high_u8(bits))) << 8;
    }
    [[nodiscard]] bool any() const { return vmaxvq_u8(m_lanes) != 0; }
    friend Lanes operator|(Lanes a, Lanes b) { return Lanes(vorrq_u8(a.m_lanes, b.m_lanes)); }

private:
    uint8x16_t m_lanes;
};

class Units {
public:
    static constexpr int kCount = 16;

    explicit Units(const char16_t *at)
        : m_low(vld1q_u16(reinterpret_cast<const quint16 *>(at)))
        , m_high(vld1q_u16(reinterpret_cast<const quint16 *>(at + 8)))
        , m_narrow(vcombine_u8(vqmovn_u16(m_low), vqmovn_u16(m_high)))
    {
    }

    [[nodiscard]] Lanes equalTo(char ascii) const
    {
        return Lanes(vceqq_u8(m_narrow, vdupq_n_u8(quint8(ascii))));
    }
    [[nodiscard]] Lanes notAscii() const { return Lanes(vcgtq_u8(m_narrow, vdupq_n_u8(0x7f))); }

    void store(char *out) const { vst1q_u8(reinterpret_cast<quint8 *>(out), m_narrow); }
    void store(char16_t *out) const
    {
        vst1q_u16(reinterpret_cast<quint16 *>(out), m_low);
        vst1q_u16(reinterpret_cast<quint16 *>(out + 8), m_high);
    }

private:
    uint16x8_t m_low;
    uint16x8_t m_high;
    uint8x16_t m_narrow;
};

#else

class Lanes {
public:
    explicit Lanes(quint32 bits) : m_bits(bits) { }
    [[nodiscard]] quint32 bits() const { return m_bits; }
    [[nodiscard]] bool any() const { return m_bits != 0; }
    friend Lanes operator|(Lanes a, Lanes b) { return Lanes(a.m_bits | b.m_bits); }

private:
    quint32 m_bits;
};

class Units {
public:
    static constexpr int kCount = 16;

    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): all are copied
    explicit Units(const char16_t *at) { std::copy_n(at, kCount, m_units); }

    [[nodiscard]] Lanes equalTo(char ascii) const
    {
        return lanes([ascii](char16_t unit) { return unit == char16_t(ascii); });
    }
    [[nodiscard]] Lanes notAscii() const
    {
        return lanes([](char16_t unit) { return unit >= 0x80; });
    }

    void store(char *out) const
    {
        std::transform(m_units, m_units + kCount, out, [](char16_t unit) { return char(unit); });
    }
    void store(char16_t *out) const { std::copy_n(m_units, kCount, out); }

private:
    template <typename Test> [[nodiscard]] Lanes lanes(Test test) const
    {
        quint32 bits = 0;
        for (int i = 0; i < kCount; ++i)
            bits |= quint32(test(m_units[i])) << i;
        return Lanes(bits);
    }

    char16_t m_units[kCount];
};

#endif

//! Which of \a count units a backslash escapes, given the backslashes among them. \a carry is 1 if the first
//! one is escaped from before, and becomes 1 if the last one escapes what follows.
inline quint64 escapedUnits(quint64 backslashes, quint64 &carry, int count = Units::kCount)
{
    const quint64 all = ~quint64(0) >> (64 - count);
    const quint64 behind = backslashes << 1 | carry;
    if ((backslashes & behind) == 0) { // each stands alone
        carry = backslashes >> (count - 1);
        return behind & all;
    }
    quint64 escaped = carry;
    carry = 0;
    quint64 left = backslashes & ~escaped;
    while (left != 0) {
        const quint64 escape = left & (~left + 1);
        carry = escape >> (count - 1);
        escaped |= escape << 1;
        left &= ~(escape | escape << 1);
    }
    return escaped & all;
}

struct Literal {
    const char16_t *quote = nullptr; //!< behind its last unit; null if it does not end
    bool hasEscapes = false;
};

//! Walks over the inside of a string literal.
class LiteralScan {
public:
    //! True if the literal ends in the sixteen units at \a at.
    bool endsIn(const char16_t *at)
    {
        const Units units(at);
        const quint32 quotes = units.equalTo('"').bits();
        const quint32 backslashes = units.equalTo('\\').bits();
        return (quotes | backslashes | m_carry) != 0
            && endsAmong(quotes, backslashes, Units::kCount);
    }

    //! True if it ends in the 64 units at \a at.
    bool endsIn64(const char16_t *at)
    {
        const Units a(at);
        const Units b(at + 16);
        const Units c(at + 32);
        const Units d(at + 48);
        const Lanes quotes[] = {a.equalTo('"'), b.equalTo('"'), c.equalTo('"'), d.equalTo('"')};
        const Lanes backslashes[] = {a.equalTo('\\'), b.equalTo('\\'), c.equalTo('\\'),
                                     d.equalTo('\\')};
        const Lanes either = (quotes[0] | quotes[1]) | (quotes[2] | quotes[3])
            | (backslashes[0] | backslashes[1]) | (backslashes[2] | backslashes[3]);
        return (m_carry != 0 || either.any()) && endsAmong(bits(quotes), bits(backslashes), 64);
    }

    //! Once endsIn(\a at) was true.
    [[nodiscard]] Literal endedIn(const char16_t *at) const { return {at + m_last, m_hasEscapes}; }

private:
    static quint64 bits(const Lanes (&lanes)[4])
    {
        return quint64(lanes[0].bits()) | quint64(lanes[1].bits()) << 16
            | quint64(lanes[2].bits()) << 32 | quint64(lanes[3].bits()) << 48;
    }

    bool endsAmong(quint64 quotes, quint64 backslashes, int count)
    {
        quotes &= ~escapedUnits(backslashes, m_carry, count);
        if (quotes == 0) {
            m_hasEscapes = m_hasEscapes || backslashes != 0;
            return false;
        }
        m_last = std::countr_zero(quotes);
        m_hasEscapes = m_hasEscapes || (backslashes & ((quint64(1) << m_last) - 1)) != 0;
        return true;
    }

    quint64 m_carry = 0;
    int m_last = 0;
    bool m_hasEscapes = false;
};

//! The end of the string literal whose inside begins at \a at.
inline Literal literal(const char16_t *at, const char16_t *end)
{
    LiteralScan scan;
    // Keys and ids end soon, events late.
    if (end - at >= Units::kCount) {
        if (scan.endsIn(at))
            return scan.endedIn(at);
        at += Units::kCount;
    }
    for (; end - at >= 64; at += 64) {
        if (scan.endsIn64(at))
            return scan.endedIn(at);
    }
    for (; end - at >= Units::kCount; at += Units::kCount) {
        if (scan.endsIn(at))
            return scan.endedIn(at);
    }
    char16_t padded[Units::kCount];
    std::fill(std::copy(at, end, padded), std::end(padded), u'\0');
    return scan.endsIn(padded) ? scan.endedIn(at) : Literal();
}

} // namespace AppSync::Utf16Scan
