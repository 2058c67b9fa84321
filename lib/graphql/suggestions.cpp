// SPDX-License-Identifier: Apache-2.0
#include "suggestions_p.h"

#include <QSet>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl::Suggestions {

namespace {

constexpr qsizetype kMostSuggestions = 5;

//! How many letters have to be put in, left out, replaced or swapped; nothing if that is more than \a most.
std::optional<int> distance(QString input, QString option, int most)
{
    if (input == option)
        return 0;
    input = input.toLower();
    option = option.toLower();
    if (input == option)
        return 1;
    if (option.size() < input.size())
        input.swap(option);
    if (option.size() - input.size() > most)
        return {};
    const int width = int(input.size());
    std::vector<int> beforeLast(width + 1), last(width + 1), row(width + 1);
    for (int i = 0; i <= width; ++i)
        last[i] = i;
    for (int i = 1; i <= int(option.size()); ++i) {
        row[0] = i;
        for (int j = 1; j <= width; ++j) {
            const bool same = option[i - 1] == input[j - 1];
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && option[i - 1] == input[j - 2] && option[i - 2] == input[j - 1])
                row[j] = std::min(row[j], beforeLast[j - 2] + 1);
        }
        if (*std::min_element(row.begin(), row.end()) > most)
            return {};
        std::swap(beforeLast, last);
        std::swap(last, row);
    }
    return last[width] <= most ? std::optional(last[width]) : std::nullopt;
}

bool isDigitAt(const QString &text, qsizetype at)
{
    return at < text.size() && text[at] >= u'0' && text[at] <= u'9';
}

//! The number at \a at, which goes behind it; a leading zero is a number of its own.
double numberAt(const QString &text, qsizetype &at)
{
    double number = 0;
    do
        number = number * 10 + text[at++].digitValue();
    while (isDigitAt(text, at) && number > 0);
    return number;
}

} // namespace

QStringList near(const QString &input, const QStringList &options)
{
    const int most = int(double(input.size()) * 0.4) + 1;
    std::vector<std::pair<int, QString>> found;
    QSet<QString> seen;
    for (const QString &option : options) {
        const auto length = distance(input, option, most);
        if (!length || seen.contains(option))
            continue;
        seen.insert(option);
        found.emplace_back(*length, option);
    }
    std::sort(found.begin(), found.end(), [](const auto &left, const auto &right) {
        return left.first != right.first ? left.first < right.first
                                         : isBefore(left.second, right.second);
    });
    QStringList names;
    for (const auto &[length, name] : found)
        names += name;
    return names;
}

QString question(const QStringList &names, const QString &lead)
{
    if (names.isEmpty())
        return {};
    QStringList quoted;
    for (const QString &name : names.first(qMin(names.size(), kMostSuggestions)))
        quoted += u'"' + name + u'"';
    const QString last = quoted.takeLast();
    QString list = quoted.join(u", "_s);
    if (!quoted.isEmpty())
        list += quoted.size() == 1 ? u" or "_s : u", or "_s;
    return u" Did you mean "_s + (lead.isEmpty() ? lead : lead + u' ') + list + last + u'?';
}

bool isBefore(const QString &left, const QString &right)
{
    qsizetype l = 0;
    qsizetype r = 0;
    while (l < left.size() && r < right.size()) {
        if (isDigitAt(left, l) && isDigitAt(right, r)) {
            const double leftNumber = numberAt(left, l);
            const double rightNumber = numberAt(right, r);
            if (leftNumber != rightNumber)
                return leftNumber < rightNumber;
        } else if (left[l] != right[r]) {
            return left[l] < right[r];
        } else {
            ++l;
            ++r;
        }
    }
    return left.size() < right.size();
}

} // namespace AppSync::GraphQl::Suggestions
