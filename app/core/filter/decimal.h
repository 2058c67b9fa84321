// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <compare>
#include <optional>

namespace Syncscope {

//! A number as it is written in JSON, whatever its size: it is compared without being rounded.
class Decimal {
public:
    Decimal() = default;
    explicit Decimal(qint64 value) : m_small(value) { }
    //! \a text is a valid number of JSON.
    explicit Decimal(QByteArrayView text);

    //! If it is one of up to 18 digits.
    [[nodiscard]] std::optional<qint64> toInteger() const
    {
        return m_isSmall ? std::optional(m_small) : std::nullopt;
    }

    friend std::strong_ordering operator<=>(const Decimal &a, const Decimal &b);
    friend bool operator==(const Decimal &a, const Decimal &b) { return std::is_eq(a <=> b); }

private:
    void makeLarge();

    bool m_isSmall = true;
    qint64 m_small = 0;
    // Otherwise the value is 0.<digits> · 10^exponent, the first and the last digit not being 0.
    bool m_isNegative = false;
    QByteArray m_digits;
    qint64 m_exponent = 0;
};

} // namespace Syncscope
