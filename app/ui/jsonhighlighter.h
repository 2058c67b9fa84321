// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPointer>
#include <QQuickTextDocument>
#include <QSyntaxHighlighter>
#include <QtQml/qqml.h>

namespace Syncscope {

//! Colours JSON in a TextArea, with the theme's tokens, and marks where it stops being JSON.
class JsonHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument *target READ target WRITE setTarget NOTIFY targetChanged FINAL)
    //! Position in the text that is underlined; -1: none.
    Q_PROPERTY(int errorPosition READ errorPosition WRITE setErrorPosition NOTIFY
                   errorPositionChanged FINAL)
    //! False leaves the text plain: long texts are readable at once.
    Q_PROPERTY(bool enabled READ isEnabled WRITE setEnabled NOTIFY enabledChanged FINAL)

public:
    explicit JsonHighlighter(QObject *parent = nullptr);

    [[nodiscard]] QQuickTextDocument *target() const { return m_target; }
    void setTarget(QQuickTextDocument *target);
    [[nodiscard]] int errorPosition() const { return m_errorPosition; }
    void setErrorPosition(int position);
    [[nodiscard]] bool isEnabled() const { return m_enabled; }
    void setEnabled(bool enabled);

Q_SIGNALS:
    void targetChanged();
    void errorPositionChanged();
    void enabledChanged();

protected:
    void highlightBlock(const QString &text) override;

private:
    void markError(const QString &text);
    void rehighlightAt(int position);

    QPointer<QQuickTextDocument> m_target;
    int m_errorPosition = -1;
    bool m_enabled = true;
};

} // namespace Syncscope
