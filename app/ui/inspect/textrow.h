// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/inspect/textlines.h"
#include "app/ui/inspect/textsearch.h"
#include "app/ui/inspect/textselection.h"

#include <QFont>
#include <QPointer>
#include <QQuickPaintedItem>
#include <QTextLayout>

namespace Syncscope {

//! One row of a text, drawn with its colours, what is selected and found in it, and the cursor. It is as wide as what is
//! seen; longer rows are scrolled within it.
class TextRow : public QQuickPaintedItem {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        Syncscope::TextLines *lines MEMBER m_lines WRITE setLines NOTIFY setUp REQUIRED FINAL)
    Q_PROPERTY(Syncscope::TextSelection *selection MEMBER m_selection WRITE setSelection NOTIFY
                   setUp REQUIRED FINAL)
    Q_PROPERTY(
        Syncscope::TextSearch *search MEMBER m_search WRITE setSearch NOTIFY setUp REQUIRED FINAL)
    Q_PROPERTY(int row MEMBER m_row WRITE setRow NOTIFY setUp REQUIRED FINAL)
    Q_PROPERTY(QFont font MEMBER m_font WRITE setFont NOTIFY setUp FINAL)
    Q_PROPERTY(qreal scrolled MEMBER m_scrolled WRITE setScrolled NOTIFY scrolledChanged FINAL)
    Q_PROPERTY(bool cursorShown MEMBER m_isCursorShown WRITE setCursorShown NOTIFY
                   cursorShownChanged FINAL)
    //! Of all its text.
    Q_PROPERTY(qreal textWidth READ textWidth NOTIFY laidOut FINAL)

public:
    explicit TextRow(QQuickItem *parent = nullptr);

    void setLines(TextLines *lines);
    void setSelection(TextSelection *selection);
    void setSearch(TextSearch *search);
    void setRow(int row);
    void setFont(const QFont &font);
    void setScrolled(qreal x);
    void setCursorShown(bool shown);
    [[nodiscard]] qreal textWidth() const { return m_textWidth; }

    //! The position in the text that is nearest to \a x of the item.
    Q_INVOKABLE [[nodiscard]] int positionAt(qreal x) const;
    //! Where the position is drawn, counted from the beginning of the row.
    Q_INVOKABLE [[nodiscard]] qreal xOf(int position) const;

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void setUp();
    void scrolledChanged();
    void cursorShownChanged();
    void laidOut();

protected:
    void componentComplete() override;

private:
    void layOut();
    [[nodiscard]] bool isThere() const;
    [[nodiscard]] QList<QTextLayout::FormatRange> marks() const;
    void mark(QList<QTextLayout::FormatRange> *ranges, qsizetype begin, qsizetype end,
              const QTextCharFormat &format) const;

    QPointer<TextLines> m_lines;
    QPointer<TextSelection> m_selection;
    QPointer<TextSearch> m_search;
    int m_row = -1;
    QFont m_font;
    qreal m_scrolled = 0;
    bool m_isCursorShown = false;
    QTextLayout m_layout;
    qreal m_textWidth = 0;
};

} // namespace Syncscope
