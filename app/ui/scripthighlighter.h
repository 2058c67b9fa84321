// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPointer>
#include <QQuickTextDocument>
#include <QSyntaxHighlighter>
#include <QtQml/qqml.h>

namespace Syncscope {

//! Colours JavaScript in a TextArea with the theme's tokens: keywords, strings, numbers, comments.
class ScriptHighlighter : public QSyntaxHighlighter {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QQuickTextDocument *target READ target WRITE setTarget NOTIFY targetChanged FINAL)

public:
    explicit ScriptHighlighter(QObject *parent = nullptr);

    [[nodiscard]] QQuickTextDocument *target() const { return m_target; }
    void setTarget(QQuickTextDocument *target);

Q_SIGNALS:
    void targetChanged();

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

    QPointer<QQuickTextDocument> m_target;
};

} // namespace Syncscope
