// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/textselection.h"

#include <algorithm>

namespace Syncscope {

namespace {

bool isInsidePair(QStringView text, qsizetype at)
{
    return at > 0 && at < text.size() && text[at].isLowSurrogate()
        && text[at - 1].isHighSurrogate();
}

qsizetype previousPosition(QStringView text, qsizetype at)
{
    at = std::max<qsizetype>(0, at - 1);
    return isInsidePair(text, at) ? at - 1 : at;
}

qsizetype nextPosition(QStringView text, qsizetype at)
{
    at = std::min(text.size(), at + 1);
    return isInsidePair(text, at) ? at + 1 : at;
}

bool isPartOfWord(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c.isSurrogate() || c.isMark();
}

//! Backward over what is no word, then over the word.
qsizetype wordLeft(QStringView text, qsizetype at)
{
    while (at > 0 && !isPartOfWord(text[at - 1]))
        --at;
    while (at > 0 && isPartOfWord(text[at - 1]))
        --at;
    return at;
}

qsizetype wordRight(QStringView text, qsizetype at)
{
    while (at < text.size() && isPartOfWord(text[at]))
        ++at;
    while (at < text.size() && !isPartOfWord(text[at]))
        ++at;
    return at;
}

} // namespace

void TextSelection::setLines(TextLines *lines)
{
    if (m_lines == lines)
        return;
    if (m_lines)
        m_lines->disconnect(this);
    m_lines = lines;
    m_serial = -1;
    if (lines)
        connect(lines, &TextLines::laidOut, this, &TextSelection::onLaidOut);
    onLaidOut();
    Q_EMIT linesChanged();
}

void TextSelection::onLaidOut()
{
    const int serial = m_lines ? m_lines->serial() : -1;
    if (m_serial == serial)
        return; // the same text, laid out anew
    m_serial = serial;
    set(0, 0);
}

QStringView TextSelection::whole() const
{
    return m_lines ? QStringView(m_lines->text()) : QStringView();
}

void TextSelection::set(qsizetype anchor, qsizetype cursor)
{
    if (m_anchor == anchor && m_cursor == cursor)
        return;
    m_anchor = anchor;
    m_cursor = cursor;
    Q_EMIT changed();
}

void TextSelection::moveTo(int position, bool selecting)
{
    qsizetype at = std::clamp<qsizetype>(position, 0, whole().size());
    if (isInsidePair(whole(), at))
        --at;
    set(selecting ? m_anchor : at, at);
}

void TextSelection::move(Step step, bool selecting, int rows)
{
    if (!m_lines || m_lines->count() == 0)
        return;
    const bool collapses = !selecting && isSelected() && (step == Left || step == Right);
    const qsizetype at = collapses ? (step == Left ? begin() : end()) : stepped(step, rows);
    set(selecting ? m_anchor : at, at);
}

qsizetype TextSelection::stepped(Step step, int rows) const
{
    const TextLayout &layout = m_lines->layout();
    const QStringView text = whole();
    const int row = layout.rowAt(m_cursor);
    const qsizetype column = m_cursor - layout.begin(row);
    switch (step) {
    case Left:
        return previousPosition(text, m_cursor);
    case Right:
        return nextPosition(text, m_cursor);
    case WordLeft:
        return wordLeft(text, m_cursor);
    case WordRight:
        return wordRight(text, m_cursor);
    case Up:
        return inRow(row - 1, column);
    case Down:
        return inRow(row + 1, column);
    case PageUp:
        return inRow(row - std::max(1, rows), column);
    case PageDown:
        return inRow(row + std::max(1, rows), column);
    case RowBegin:
        return layout.begin(row);
    case RowEnd:
        return inRow(row, text.size());
    case TextBegin:
        return 0;
    case TextEnd:
        return text.size();
    }
    return m_cursor;
}

//! At most the row's last place: that behind it is the first of the next one, unless a line ends here.
qsizetype TextSelection::inRow(int row, qsizetype column) const
{
    const TextLayout &layout = m_lines->layout();
    if (row < 0)
        return 0;
    if (row >= layout.rows())
        return whole().size();
    const qsizetype begin = layout.begin(row);
    const qsizetype end = layout.end(row, whole());
    const bool goesOn = row + 1 < layout.rows() && layout.begin(row + 1) == end;
    const qsizetype last = goesOn ? previousPosition(whole(), end) : end;
    const qsizetype at = std::min(begin + column, last);
    return isInsidePair(whole(), at) ? at - 1 : at;
}

void TextSelection::select(int begin, int end)
{
    const qsizetype size = whole().size();
    set(std::clamp<qsizetype>(begin, 0, size), std::clamp<qsizetype>(end, 0, size));
}

void TextSelection::selectAll()
{
    set(0, whole().size());
}

void TextSelection::selectWord(int position)
{
    const QStringView text = whole();
    qsizetype begin = std::clamp<qsizetype>(position, 0, text.size());
    qsizetype end = begin;
    while (begin > 0 && isPartOfWord(text[begin - 1]))
        --begin;
    while (end < text.size() && isPartOfWord(text[end]))
        ++end;
    set(begin, begin == end ? nextPosition(text, end) : end);
}

void TextSelection::selectLine(int position)
{
    const QStringView text = whole();
    const qsizetype at = std::clamp<qsizetype>(position, 0, text.size());
    const qsizetype behind = text.indexOf(u'\n', at);
    set(at > 0 ? text.lastIndexOf(u'\n', at - 1) + 1 : 0, behind < 0 ? text.size() : behind + 1);
}

QString TextSelection::text() const
{
    return whole().sliced(begin(), end() - begin()).toString();
}

} // namespace Syncscope
