// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPointer>
#include <QQuickTextDocument>
#include <QSyntaxHighlighter>
#include <QtQml/qqml.h>

namespace Syncscope {

//! Colours the text of a TextArea with the theme's tokens, anew when the theme changes.
class TextHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(QQuickTextDocument *target READ target WRITE setTarget NOTIFY targetChanged FINAL)

public:
    explicit TextHighlighter(QObject *parent = nullptr);

    [[nodiscard]] QQuickTextDocument *target() const { return m_target; }
    void setTarget(QQuickTextDocument *target);

Q_SIGNALS:
    void targetChanged();

private:
    QPointer<QQuickTextDocument> m_target;
};

} // namespace Syncscope
