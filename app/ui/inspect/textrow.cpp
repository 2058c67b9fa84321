// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/textrow.h"

#include "app/ui/theme.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace Syncscope {

TextRow::TextRow(QQuickItem *parent) : QQuickPaintedItem(parent)
{
    connect(Theme::instance(), &Theme::changed, this, &TextRow::layOut);
}

void TextRow::setLines(TextLines *lines)
{
    if (m_lines == lines)
        return;
    if (m_lines)
        m_lines->disconnect(this);
    m_lines = lines;
    if (lines)
        connect(lines, &TextLines::laidOut, this, &TextRow::layOut);
    layOut();
    Q_EMIT setUp();
}

void TextRow::setSelection(TextSelection *selection)
{
    if (m_selection == selection)
        return;
    if (m_selection)
        m_selection->disconnect(this);
    m_selection = selection;
    if (selection)
        connect(selection, &TextSelection::changed, this, [this] { update(); });
    Q_EMIT setUp();
}

void TextRow::setSearch(TextSearch *search)
{
    if (m_search == search)
        return;
    if (m_search)
        m_search->disconnect(this);
    m_search = search;
    if (search)
        connect(search, &TextSearch::changed, this, [this] { update(); });
    Q_EMIT setUp();
}

void TextRow::setRow(int row)
{
    if (m_row == row)
        return;
    m_row = row;
    layOut();
    Q_EMIT setUp();
}

void TextRow::setFont(const QFont &font)
{
    if (m_font == font)
        return;
    m_font = font;
    layOut();
    Q_EMIT setUp();
}

void TextRow::setScrolled(qreal x)
{
    if (m_scrolled == x)
        return;
    m_scrolled = x;
    update();
    Q_EMIT scrolledChanged();
}

void TextRow::setCursorShown(bool shown)
{
    if (m_isCursorShown == shown)
        return;
    m_isCursorShown = shown;
    update();
    Q_EMIT cursorShownChanged();
}

void TextRow::componentComplete()
{
    QQuickPaintedItem::componentComplete();
    layOut();
}

bool TextRow::isThere() const
{
    return m_lines && m_row >= 0 && m_row < m_lines->count();
}

void TextRow::layOut()
{
    if (!isComponentComplete() || !isThere())
        return;
    m_layout.setText(TextLayout::shown(m_lines->row(m_row)));
    m_layout.setFont(m_font);
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight);
    option.setTabStopDistance(TextLayout::kTabColumns
                              * QFontMetricsF(m_font).horizontalAdvance(u'0'));
    m_layout.setTextOption(option);
    m_layout.setCacheEnabled(true);
    m_layout.setFormats(m_lines->colors(m_row));
    m_layout.beginLayout();
    QTextLine line = m_layout.createLine();
    if (line.isValid())
        line.setLineWidth(std::numeric_limits<int>::max() / 256.0);
    m_layout.endLayout();
    m_textWidth = line.isValid() ? line.naturalTextWidth() : 0;
    update();
    Q_EMIT laidOut();
}

int TextRow::positionAt(qreal x) const
{
    if (!isThere())
        return 0;
    const int in = m_layout.lineCount() > 0 ? m_layout.lineAt(0).xToCursor(x + m_scrolled) : 0;
    return m_lines->beginOf(m_row) + in;
}

qreal TextRow::xOf(int position) const
{
    if (!isThere() || m_layout.lineCount() == 0)
        return 0;
    const int in = position - m_lines->beginOf(m_row);
    return m_layout.lineAt(0).cursorToX(std::clamp(in, 0, int(m_layout.text().size())));
}

void TextRow::mark(QList<QTextLayout::FormatRange> *ranges, qsizetype begin, qsizetype end,
                   const QTextCharFormat &format) const
{
    const qsizetype first = m_lines->beginOf(m_row);
    QTextLayout::FormatRange range;
    range.start = int(std::max<qsizetype>(0, begin - first));
    range.length = int(std::min(m_layout.text().size(), end - first)) - range.start;
    range.format = format;
    if (range.length > 0)
        *ranges += range;
}

QList<QTextLayout::FormatRange> TextRow::marks() const
{
    const Theme::Palette &palette = Theme::instance()->palette();
    QList<QTextLayout::FormatRange> ranges;
    const qsizetype begin = m_lines->beginOf(m_row);
    const qsizetype end = begin + m_layout.text().size();
    if (m_search) {
        QTextCharFormat found;
        QColor paler = palette.warning;
        paler.setAlphaF(0.28F);
        found.setBackground(paler);
        const TextSearch::Hits &hits = m_search->hits();
        auto hit = std::partition_point(hits.begin(), hits.end(), [begin](const SearchHit &one) {
            return one.begin + one.length <= begin;
        });
        for (; hit != hits.end() && hit->begin < end; ++hit)
            mark(&ranges, hit->begin, hit->begin + hit->length, found);
    }
    if (m_selection && m_selection->isSelected()) {
        QTextCharFormat selected;
        selected.setBackground(palette.accent);
        selected.setForeground(palette.onAccent);
        mark(&ranges, m_selection->begin(), m_selection->end(), selected);
    }
    return ranges;
}

void TextRow::paint(QPainter *painter)
{
    if (!isThere() || m_layout.lineCount() == 0)
        return;
    const Theme::Palette &palette = Theme::instance()->palette();
    const QPointF at(-m_scrolled, std::floor((height() - m_layout.boundingRect().height()) / 2));
    painter->setPen(palette.text);
    m_layout.draw(painter, at, marks());
    // What is selected of the line break.
    const qsizetype end = m_lines->beginOf(m_row) + m_layout.text().size();
    const bool isBreakSelected = m_selection && m_selection->begin() <= end
        && m_selection->end() > end && end < m_lines->text().size()
        && m_lines->text().at(end) == u'\n';
    const qreal right = m_textWidth - m_scrolled;
    if (isBreakSelected)
        painter->fillRect(QRectF(right, at.y(), 5, m_layout.boundingRect().height()),
                          palette.accent);
    if (m_isCursorShown && m_selection) {
        const qreal x = xOf(m_selection->cursor()) - m_scrolled;
        painter->fillRect(QRectF(std::floor(x), at.y(), 1, m_layout.boundingRect().height()),
                          palette.text);
    }
}

} // namespace Syncscope
