// SPDX-License-Identifier: Apache-2.0
#include "jsonstring_p.h"

#include "utf16scan_p.h"

namespace AppSync::JsonString {

namespace {

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

} // namespace

QString unescaped(QStringView literal)
{
    const char16_t *at = literal.utf16();
    const char16_t *const end = at + literal.size();
    QString text(literal.size(), Qt::Uninitialized);
    auto *out = reinterpret_cast<char16_t *>(text.data());
    const auto *const begin = out;
    while (at < end) {
        if (*at != u'\\') {
            *out++ = *at++;
            continue;
        }
        const Escape escape = readEscape(at, end);
        if (escape.length == 0) {
            *out++ = *at++;
            continue;
        }
        *out++ = escape.unit;
        at += escape.length;
    }
    text.truncate(out - begin);
    return text;
}

QByteArray unescapedUtf8(QStringView literal)
{
    const char16_t *at = literal.utf16();
    const char16_t *const end = at + literal.size();
    QByteArray utf8(literal.size(), Qt::Uninitialized);
    char *out = utf8.data();
    const char *const begin = out;
    while (at < end) {
        Utf16Scan::copyAscii(at, end, out);
        if (at == end)
            break;
        const Escape escape = *at == u'\\' ? readEscape(at, end) : Escape{*at, 1};
        if (escape.unit >= 0x80) // surrogates and sizes are Qt's business
            return unescaped(literal).toUtf8();
        *out++ = escape.length ? char(escape.unit) : '\\';
        at += escape.length ? escape.length : 1;
    }
    utf8.truncate(out - begin);
    return utf8;
}

void append(QByteArray &out, QByteArrayView utf8)
{
    static constexpr char kHex[] = "0123456789abcdef";
    out.reserve(out.size() + utf8.size() + utf8.size() / 4 + 2);
    out += '"';
    qsizetype plain = 0; // what is not yet copied begins here
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const auto c = uchar(utf8[i]);
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        out.append(utf8.data() + plain, i - plain);
        plain = i + 1;
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += "\\u00";
            out += kHex[c >> 4];
            out += kHex[c & 0xf];
        }
    }
    out.append(utf8.data() + plain, utf8.size() - plain);
    out += '"';
}

} // namespace AppSync::JsonString
