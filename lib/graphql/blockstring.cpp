// SPDX-License-Identifier: Apache-2.0
#include "blockstring_p.h"

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace AppSync::GraphQl::BlockString {

namespace {

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t';
}

qsizetype indentation(QStringView line)
{
    return std::find_if_not(line.begin(), line.end(), isSpace) - line.begin();
}

bool isBlankLine(QStringView line)
{
    return indentation(line) == line.size();
}

QStringList linesOf(QString text)
{
    return text.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n').split(u'\n');
}

} // namespace

QString value(const QStringList &lines)
{
    auto common = std::numeric_limits<qsizetype>::max();
    for (qsizetype i = 1; i < lines.size(); ++i) {
        if (!isBlankLine(lines[i]))
            common = qMin(common, indentation(lines[i]));
    }
    const auto first = std::find_if_not(lines.begin(), lines.end(), isBlankLine);
    const auto last = std::find_if_not(lines.rbegin(), lines.rend(), isBlankLine).base();
    QStringList kept;
    for (auto line = first; line < last; ++line)
        kept += line == lines.begin() ? *line : line->mid(common);
    return kept.join(u'\n');
}

QString printed(const QString &value)
{
    const QString escaped = QString(value).replace(u"\"\"\""_s, u"\\\"\"\""_s);
    const QStringList lines = linesOf(escaped);
    const bool single = lines.size() == 1;
    // Otherwise the indentation of the other lines would be taken for the common one.
    const bool leadingBreak = !single
        && std::all_of(lines.begin() + 1, lines.end(),
                       [](const QString &line) { return line.isEmpty() || isSpace(line.front()); });
    const bool endsInTriple = escaped.endsWith(u"\\\"\"\""_s);
    const bool trailingBreak = (value.endsWith(u'"') && !endsInTriple) || value.endsWith(u'\\');
    const bool several =
        !single || value.size() > 70 || trailingBreak || leadingBreak || endsInTriple;
    // A break before it would strip the space at the beginning of a single line.
    const bool keepsFirst = single && !value.isEmpty() && isSpace(value.front());

    QString text = u"\"\"\""_s;
    if ((several && !keepsFirst) || leadingBreak)
        text += u'\n';
    text += escaped;
    if (several || trailingBreak)
        text += u'\n';
    return text + u"\"\"\""_s;
}

bool isPrintable(const QString &value)
{
    if (value.isEmpty())
        return true;
    const auto isControl = [](QChar c) { return c.unicode() < 0x10 && c != u'\n' && c != u'\t'; };
    if (std::any_of(value.begin(), value.end(), isControl))
        return false;
    const QStringList lines = value.split(u'\n');
    if (isBlankLine(lines.first()) || isBlankLine(lines.last()))
        return false;
    const auto hasNoIndent = [](const QString &line) {
        return !isBlankLine(line) && !isSpace(line.front());
    };
    return lines.size() == 1 || std::any_of(lines.begin(), lines.end(), hasNoIndent);
}

} // namespace AppSync::GraphQl::BlockString
