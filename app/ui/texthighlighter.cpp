// SPDX-License-Identifier: Apache-2.0
#include "app/ui/texthighlighter.h"

#include "app/ui/theme.h"

namespace Syncscope {

TextHighlighter::TextHighlighter(QObject *parent) : QSyntaxHighlighter(parent)
{
    connect(Theme::instance(), &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
}

void TextHighlighter::setTarget(QQuickTextDocument *target)
{
    if (m_target == target)
        return;
    m_target = target;
    setDocument(target ? target->textDocument() : nullptr);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    // From 6.7 on, the document behind a TextArea may be exchanged.
    if (target) {
        connect(target, &QQuickTextDocument::textDocumentChanged, this,
                [this, target] { setDocument(target->textDocument()); });
    }
#endif
    Q_EMIT targetChanged();
}

} // namespace Syncscope
