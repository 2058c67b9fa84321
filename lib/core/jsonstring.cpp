// SPDX-License-Identifier: Apache-2.0
#include "jsonstring_p.h"

#include "utf16scan_p.h"

#include <QtEndian>

#include <bit>

namespace AppSync::JsonString {

namespace {

using Utf16Scan::Units;

//! The value of the four hexadecimal digits at \a digits, or -1.
int hex4(const char16_t *digits)
{
    int value = 0;
    for (int i = 0; i < 4; ++i) {
        const char16_t c = digits[i];
        int digit = 0;
        if (c >= u'0' && c <= u'9')
            digit = c - u'0';
        else if (c >= u'a' && c <= u'f')
            digit = c - u'a' + 10;
        else if (c >= u'A' && c <= u'F')
            digit = c - u'A' + 10;
        else
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

struct Escape {
    char16_t unit = 0;
    int length = 0; //!< of the escape in the source; 0: broken
};

//! Reads the escape that begins with the backslash at \a at.
Escape readEscape(const char16_t *at, const char16_t *end)
{
    if (end - at < 2)
        return {};
    switch (at[1]) {
    case u'"':
    case u'\\':
    case u'/':
        return {at[1], 2};
    case u'b':
        return {u'\b', 2};
    case u'f':
        return {u'\f', 2};
    case u'n':
        return {u'\n', 2};
    case u'r':
        return {u'\r', 2};
    case u't':
        return {u'\t', 2};
    case u'u':
        if (end - at >= 6) {
            if (const int value = hex4(at + 2); value >= 0)
                return {char16_t(value), 6};
        }
        return {};
    default:
        return {};
    }
}

//! What cannot be copied as it is.
template <typename Unit> Utf16Scan::Lanes special(const Units &units)
{
    const Utf16Scan::Lanes backslashes = units.equalTo('\\');
    if constexpr (sizeof(Unit) == 1)
        return backslashes | units.notAscii();
    else
        return backslashes;
}

//! Copies as long as there is nothing special, and moves both pointers on.
template <typename Unit> void copyPlain(const char16_t *&at, const char16_t *end, Unit *&out)
{
    for (; end - at >= 64; at += 64, out += 64) {
        const Units a(at);
        const Units b(at + 16);
        const Units c(at + 32);
        const Units d(at + 48);
        if (((special<Unit>(a) | special<Unit>(b)) | (special<Unit>(c) | special<Unit>(d))).any())
            return;
        a.store(out);
        b.store(out + 16);
        c.store(out + 32);
        d.store(out + 48);
    }
}

//! Copies the block at \a at without its backslashes, if each escape in it stands for its second unit, and
//! moves both pointers on. Reads, and writes over, up to a block behind that.
template <typename Unit>
bool copyEscaped(const Units &units, quint32 backslashes, const char16_t *&at, Unit *&out)
{
    quint64 carry = 0;
    const auto escaped = quint32(Utf16Scan::escapedUnits(backslashes, carry));
    if ((escaped & ~(backslashes | (units.equalTo('"') | units.equalTo('/')).bits())) != 0)
        return false;
    const int count = Units::kCount - int(carry); // a last backslash waits for the next block
    const quint32 escapes = backslashes & ~escaped & ((1U << count) - 1);
    int from = 0;
    units.store(out);
    for (quint32 left = escapes; left != 0; left &= left - 1) {
        const int backslash = std::countr_zero(left);
        out += backslash - from;
        from = backslash + 1;
        Units(at + from).store(out);
    }
    out += count - from;
    at += count;
    return true;
}

//! One unit or escape. False where a byte is wanted and it needs more.
template <typename Unit> bool copyOne(const char16_t *&at, const char16_t *end, Unit *&out)
{
    const Escape escape = *at == u'\\' ? readEscape(at, end) : Escape{*at, 1};
    const char16_t unit = escape.length ? escape.unit : u'\\';
    *out++ = Unit(unit);
    at += escape.length ? escape.length : 1;
    return sizeof(Unit) > 1 || unit < 0x80;
}

//! Resolves \a at to \a end into \a out, which needs room for as many units. Returns the end of what it wrote,
//! or null where bytes are wanted and something is not ASCII.
template <typename Unit> Unit *resolve(const char16_t *at, const char16_t *end, Unit *out)
{
    while (end - at >= Units::kCount) {
        const Units units(at);
        const quint32 found = special<Unit>(units).bits();
        if (found == 0) {
            units.store(out);
            at += Units::kCount;
            out += Units::kCount;
            copyPlain(at, end, out);
            continue;
        }
        const quint32 backslashes = units.equalTo('\\').bits();
        if (found == backslashes && end - at >= 32 && copyEscaped(units, backslashes, at, out))
            continue;
        units.store(out);
        const int first = std::countr_zero(found);
        at += first;
        out += first;
        if (!copyOne(at, end, out))
            return nullptr;
    }
    while (at < end) {
        if (!copyOne(at, end, out))
            return nullptr;
    }
    return out;
}

//! Not zero if one of the eight bytes is below \a limit, which is 0x80 at most; the lowest bit set is true.
quint64 anyBelow(quint64 bytes, quint64 limit)
{
    constexpr quint64 kOnes = 0x0101010101010101;
    return (bytes - kOnes * limit) & ~bytes & (kOnes << 7);
}

quint64 anyEqual(quint64 bytes, char wanted)
{
    constexpr quint64 kOnes = 0x0101010101010101;
    return anyBelow(bytes ^ (kOnes * uchar(wanted)), 1);
}

//! Writes the escape of \a c, at most six bytes.
char *writeEscape(char *to, char c)
{
    static constexpr char kHex[] = "0123456789abcdef";
    static constexpr char kShort[] = "btn\0fr"; // of U+0008 to U+000D
    *to++ = '\\';
    if (c == '"' || c == '\\') {
        *to++ = c;
    } else if (c >= 0x08 && c <= 0x0d && kShort[c - 0x08] != 0) {
        *to++ = kShort[c - 0x08];
    } else {
        for (const char digit : {'u', '0', '0', kHex[c >> 4], kHex[c & 0xf]})
            *to++ = digit;
    }
    return to;
}

} // namespace

QString unescaped(QStringView literal)
{
    QString text(literal.size(), Qt::Uninitialized);
    auto *const begin = reinterpret_cast<char16_t *>(text.data());
    text.truncate(resolve(literal.utf16(), literal.utf16() + literal.size(), begin) - begin);
    return text;
}

QByteArray unescapedUtf8(QStringView literal)
{
    QByteArray utf8(literal.size(), Qt::Uninitialized);
    char *const begin = utf8.data();
    const char *const end = resolve(literal.utf16(), literal.utf16() + literal.size(), begin);
    if (!end) // surrogates and sizes are Qt's business
        return unescaped(literal).toUtf8();
    utf8.truncate(end - begin);
    return utf8;
}

const char *firstSpecial(const char *at, const char *end)
{
    for (; end - at >= 8; at += 8) {
        const auto bytes = qFromLittleEndian<quint64>(at);
        const quint64 found = anyBelow(bytes, 0x20) | anyEqual(bytes, '"') | anyEqual(bytes, '\\');
        if (found != 0)
            return at + std::countr_zero(found) / 8;
    }
    while (at < end && uchar(*at) >= 0x20 && *at != '"' && *at != '\\')
        ++at;
    return at;
}

void append(QByteArray &out, QByteArrayView utf8)
{
    const char *at = utf8.begin();
    out.reserve(out.size() + utf8.size() + utf8.size() / 4 + 2);
    out += '"';
    while (true) {
        const char *const special = firstSpecial(at, utf8.end());
        out.append(at, special - at);
        if (special == utf8.end())
            break;
        char escape[6];
        out.append(escape, writeEscape(escape, *special) - escape);
        at = special + 1;
    }
    out += '"';
}

} // namespace AppSync::JsonString
