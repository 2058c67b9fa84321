// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/jsontokenizer.h"
#include "app/ui/texthighlighter.h"

namespace Syncscope {

//! Colours JSON in a TextArea, with the theme's tokens, and marks where it stops being JSON.
class JsonHighlighter : public Syncscope::TextHighlighter {
    Q_OBJECT
    QML_ELEMENT
    //! Position in the text that is underlined; -1: none.
    Q_PROPERTY(int errorPosition READ errorPosition WRITE setErrorPosition NOTIFY
                   errorPositionChanged FINAL)
    //! False leaves the text plain: long texts are readable at once.
    Q_PROPERTY(bool enabled READ isEnabled WRITE setEnabled NOTIFY enabledChanged FINAL)

public:
    using TextHighlighter::TextHighlighter;

    [[nodiscard]] int errorPosition() const { return m_errorPosition; }
    void setErrorPosition(int position);
    [[nodiscard]] bool isEnabled() const { return m_enabled; }
    void setEnabled(bool enabled);

    //! The theme's colour for \a token of \a text.
    [[nodiscard]] static QColor colorOf(const JsonToken &token, QStringView text);

Q_SIGNALS:
    void errorPositionChanged();
    void enabledChanged();

protected:
    void highlightBlock(const QString &text) override;

private:
    void markError(const QString &text);
    void rehighlightAt(int position);

    int m_errorPosition = -1;
    bool m_enabled = true;
};

} // namespace Syncscope
