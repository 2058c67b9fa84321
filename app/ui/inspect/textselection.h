// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/inspect/textlines.h"

#include <QObject>
#include <QPointer>
#include <QtQml/qqml.h>

namespace Syncscope {

//! What is selected of a text, and where the cursor is. Positions are those of the text, so that a selection does not
//! depend on how it is laid out.
class TextSelection : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(Syncscope::TextLines *lines READ lines WRITE setLines NOTIFY linesChanged FINAL)
    Q_PROPERTY(int cursor READ cursor NOTIFY changed FINAL)
    Q_PROPERTY(bool selected READ isSelected NOTIFY changed FINAL)

public:
    enum Step {
        Left,
        Right,
        WordLeft,
        WordRight,
        Up,
        Down,
        PageUp,
        PageDown,
        RowBegin,
        RowEnd,
        TextBegin,
        TextEnd,
    };
    Q_ENUM(Step)

    using QObject::QObject;

    [[nodiscard]] TextLines *lines() const { return m_lines; }
    void setLines(TextLines *lines);
    [[nodiscard]] int cursor() const { return int(m_cursor); }
    [[nodiscard]] qsizetype begin() const { return std::min(m_anchor, m_cursor); }
    [[nodiscard]] qsizetype end() const { return std::max(m_anchor, m_cursor); }
    [[nodiscard]] bool isSelected() const { return m_anchor != m_cursor; }

    //! Puts the cursor there; \a selecting leaves the other end where it is.
    Q_INVOKABLE void moveTo(int position, bool selecting);
    //! \a rows: how many a page has.
    Q_INVOKABLE void move(Syncscope::TextSelection::Step step, bool selecting, int rows);
    Q_INVOKABLE void select(int begin, int end);
    Q_INVOKABLE void selectAll();
    Q_INVOKABLE void selectWord(int position);
    Q_INVOKABLE void selectLine(int position);
    //! Exactly what is selected.
    Q_INVOKABLE [[nodiscard]] QString text() const;

Q_SIGNALS:
    void linesChanged();
    void changed();

private:
    void onLaidOut();
    void set(qsizetype anchor, qsizetype cursor);
    [[nodiscard]] qsizetype stepped(Step step, int rows) const;
    [[nodiscard]] qsizetype inRow(int row, qsizetype column) const;
    [[nodiscard]] QStringView whole() const;

    QPointer<TextLines> m_lines;
    int m_serial = -1; //!< of the text that the positions belong to
    qsizetype m_anchor = 0;
    qsizetype m_cursor = 0;
};

} // namespace Syncscope
