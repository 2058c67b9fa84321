// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/texthighlighter.h"

namespace Syncscope {

//! Colours JavaScript in a TextArea with the theme's tokens: keywords, strings, numbers, comments.
class ScriptHighlighter : public Syncscope::TextHighlighter {
    Q_OBJECT
    QML_ELEMENT

public:
    using TextHighlighter::TextHighlighter;

protected:
    void highlightBlock(const QString &text) override;

private:
    //! What a line ends within.
    enum State { Code = -1, Comment = 1, Template = 2 };

    [[nodiscard]] qsizetype goOn(QStringView text);
    [[nodiscard]] qsizetype readToken(QStringView text, qsizetype at);
    [[nodiscard]] qsizetype readUntil(QStringView text, qsizetype at, qsizetype from,
                                      QStringView end, State state, const QColor &color);
    [[nodiscard]] qsizetype readString(QStringView text, qsizetype at);
};

} // namespace Syncscope
