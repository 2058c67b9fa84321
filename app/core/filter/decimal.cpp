// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/decimal.h"

#include <algorithm>

namespace Syncscope {

namespace {

constexpr qsizetype kSmallDigits = 18; // always fit into 64 bits
constexpr qint64 kExponentLimit =
    1'000'000'000'000'000; // of what is written; sums stay far from overflow

bool isDecimalDigit(char c)
{
    return c >= '0' && c <= '9';
}

qint64 exponentOf(QByteArrayView text)
{
    const bool isNegative = text.startsWith('-');
    qint64 value = 0;
    for (const char c : text) {
        if (isDecimalDigit(c) && value < kExponentLimit)
            value = value * 10 + (c - '0');
    }
    return isNegative ? -value : value;
}

} // namespace

Decimal::Decimal(QByteArrayView text)
{
    const QByteArrayView unsigned_ = text.startsWith('-') ? text.sliced(1) : text;
    if (unsigned_.size() <= kSmallDigits
        && std::all_of(unsigned_.begin(), unsigned_.end(), isDecimalDigit)) {
        for (const char c : unsigned_)
            m_small = m_small * 10 + (c - '0');
        if (text.startsWith('-'))
            m_small = -m_small;
        return;
    }
    m_isSmall = false;
    m_isNegative = text.startsWith('-');
    qsizetype at = 0;
    bool isFraction = false;
    for (; at < unsigned_.size() && unsigned_[at] != 'e' && unsigned_[at] != 'E'; ++at) {
        const char c = unsigned_[at];
        if (c == '.') {
            isFraction = true;
            continue;
        }
        if (!m_digits.isEmpty() || c != '0') {
            m_digits += c;
            m_exponent += isFraction ? 0 : 1;
        } else if (isFraction) {
            --m_exponent; // a zero right behind the point
        }
    }
    if (at < unsigned_.size())
        m_exponent += exponentOf(unsigned_.sliced(at + 1));
    while (m_digits.endsWith('0'))
        m_digits.chop(1);
    if (m_digits.isEmpty())
        *this = Decimal();
}

void Decimal::makeLarge()
{
    if (!m_isSmall || m_small == 0)
        return;
    m_isSmall = false;
    m_isNegative = m_small < 0;
    m_digits = QByteArray::number(m_small).mid(m_isNegative ? 1 : 0);
    m_exponent = m_digits.size();
    while (m_digits.endsWith('0'))
        m_digits.chop(1);
}

std::strong_ordering operator<=>(const Decimal &a, const Decimal &b)
{
    if (a.m_isSmall && b.m_isSmall)
        return a.m_small <=> b.m_small;
    Decimal x = a;
    Decimal y = b;
    x.makeLarge();
    y.makeLarge();
    const auto sign = [](const Decimal &d) { return d.m_isSmall ? 0 : d.m_isNegative ? -1 : 1; };
    if (sign(x) != sign(y))
        return sign(x) <=> sign(y);
    const auto magnitude = x.m_exponent != y.m_exponent ? x.m_exponent <=> y.m_exponent
                                                        : x.m_digits.compare(y.m_digits) <=> 0;
    return sign(x) < 0 ? 0 <=> magnitude : magnitude;
}

} // namespace Syncscope
