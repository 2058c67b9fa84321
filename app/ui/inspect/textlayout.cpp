// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/textlayout.h"

#include <algorithm>

namespace Syncscope {

namespace {

constexpr qsizetype kUnitsBetweenLooks = 65'536; // at whether it is cancelled

//! Of East Asian scripts, and pictures: twice as wide as others in fonts of a fixed width.
bool isWideUnit(char16_t c)
{
    return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf)
        || (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6);
}

int columnsOf(QChar c)
{
    if (c.unicode() < 0x1100)
        return c == u'\t' ? TextLayout::kTabColumns : 1;
    return c.isHighSurrogate() || isWideUnit(c.unicode()) ? 2 : 1;
}

//! The second half of a character.
bool isSecondHalf(QStringView text, qsizetype at)
{
    return text[at].isLowSurrogate() && at > 0 && text[at - 1].isHighSurrogate();
}

QChar shownUnit(QChar c)
{
    const char16_t unit = c.unicode();
    if (unit == u'\t')
        return c;
    if (unit < u' ')
        return QChar(0x2400 + unit); // pictures of the control characters
    if (unit == 0x7f)
        return QChar(0x2421);
    if (unit == QChar::LineSeparator || unit == QChar::ParagraphSeparator)
        return QChar(0x21b5);
    const bool isControl = unit >= 0x80 && unit < 0xa0;
    // They would change the order or the place of what stands around them.
    const bool isDirection = (unit >= 0x200b && unit <= 0x200f && unit != 0x200d)
        || (unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2060 && unit <= 0x206f)
        || unit == 0x061c || unit == 0xfeff;
    return isControl || isDirection ? QChar(QChar::ReplacementCharacter) : c;
}

//! Follows the strings of a JSON text.
class StringState {
public:
    [[nodiscard]] bool isInside() const { return m_isInside; }
    [[nodiscard]] bool isEscaped() const { return m_isEscaped; }
    void step(QChar c)
    {
        if (m_isEscaped)
            m_isEscaped = false;
        else if (c == u'\\')
            m_isEscaped = m_isInside;
        else if (c == u'"')
            m_isInside = !m_isInside;
    }

private:
    bool m_isInside = false;
    bool m_isEscaped = false;
};

} // namespace

TextLayout TextLayout::of(QStringView text, int columns, const std::atomic_bool *isCancelled)
{
    TextLayout layout;
    if (text.isEmpty())
        return layout;
    layout.m_rows.reserve(std::size_t(text.size() / std::max(20, columns) + 1));
    layout.m_rows.push_back({0, 0});
    StringState state;
    int used = 0;
    qsizetype begin = 0;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (at % kUnitsBetweenLooks == 0 && isCancelled && *isCancelled)
            return {};
        const QChar c = text[at];
        if (c == u'\n') {
            layout.m_longest = std::max(layout.m_longest, used);
            state = {};
            used = 0;
            begin = at + 1;
            layout.m_rows.push_back({quint32(begin), 0});
            continue;
        }
        int width = 1;
        bool isBound = state.isEscaped();
        if (c.unicode() >= 0x300 || c == u'\t') { // others are as plain as they are common
            const bool isSecond = isSecondHalf(text, at);
            const bool isMark = c.isMark() && at - begin < 2 * columns;
            width = isSecond ? 0 : columnsOf(c);
            isBound = isBound || isSecond || isMark;
        }
        if (used + width > columns && at > begin && !isBound) {
            layout.m_longest = std::max(layout.m_longest, used);
            used = 0;
            begin = at;
            layout.m_rows.push_back({quint32(begin), state.isInside() ? 1U : 0U});
        }
        used += width;
        state.step(c);
    }
    layout.m_longest = std::max(layout.m_longest, used);
    return layout;
}

qsizetype TextLayout::end(int row, QStringView text) const
{
    if (row + 1 >= rows())
        return text.size();
    const qsizetype next = begin(row + 1);
    return text[next - 1] == u'\n' ? next - 1 : next;
}

int TextLayout::rowAt(qsizetype position) const
{
    const auto behind =
        std::upper_bound(m_rows.begin(), m_rows.end(), position,
                         [](qsizetype at, const Row &row) { return at < qsizetype(row.begin); });
    return std::max(0, int(behind - m_rows.begin()) - 1);
}

QString TextLayout::shown(QStringView text)
{
    QString all(text.size(), Qt::Uninitialized);
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        const bool isPair = c.isHighSurrogate()
            ? i + 1 < text.size() && text[i + 1].isLowSurrogate()
            : c.isLowSurrogate() && i > 0 && text[i - 1].isHighSurrogate();
        all[i] = c.isSurrogate() && !isPair ? QChar(QChar::ReplacementCharacter) : shownUnit(c);
    }
    return all;
}

} // namespace Syncscope
