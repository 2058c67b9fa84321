// SPDX-License-Identifier: Apache-2.0
#include "passwordpolicy_p.h"

#include "../randomtext_p.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation::PasswordPolicy {

namespace {

constexpr qsizetype kShortest = 8;
const QLatin1StringView kSymbols("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ");

template <typename Predicate> bool has(const QString &text, Predicate predicate)
{
    return std::any_of(text.begin(), text.end(), predicate);
}

} // namespace

QString problemOf(const QString &password)
{
    if (password.size() < kShortest)
        return u"Password not long enough"_s;
    if (!has(password, [](QChar c) { return c.isLower(); }))
        return u"Password must have lowercase characters"_s;
    if (!has(password, [](QChar c) { return c.isUpper(); }))
        return u"Password must have uppercase characters"_s;
    if (!has(password, [](QChar c) { return c.isDigit(); }))
        return u"Password must have numeric characters"_s;
    if (!has(password, [](QChar c) { return kSymbols.contains(c); }))
        return u"Password must have symbol characters"_s;
    return {};
}

QString makePassword()
{
    return u"Aa-"_s + RandomText::letters(17, RandomText::kApiKey)
        + RandomText::letters(2, RandomText::kDigits);
}

} // namespace AppSync::Emulation::PasswordPolicy
