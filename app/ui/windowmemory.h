// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QQuickItem>
#include <QtQml/qqml.h>
#include <QWindow>

QT_BEGIN_NAMESPACE
class QJSEngine;
class QQmlEngine;
QT_END_NAMESPACE

namespace Syncscope {

//! Remembers from run to run how large the window was and where its panes were divided, and nothing else.
//! Does nothing until it is enabled: pictures and tests have sizes of their own.
class WindowMemory : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

public:
    //! The one that QML sees.
    static WindowMemory *instance();
    static WindowMemory *create(QQmlEngine *engine, QJSEngine *scriptEngine);

    [[nodiscard]] bool isEnabled() const { return m_enabled; }
    void setEnabled(bool enabled) { m_enabled = enabled; }

    //! Gives \a window the size it had, and follows it.
    Q_INVOKABLE void adopt(QWindow *window);
    //! Gives the SplitView \a split the division it had under \a name, and follows what the user drags.
    Q_INVOKABLE void adoptPanes(QQuickItem *split, const QString &name);

private Q_SLOTS:
    void onResizingChanged();

private:
    explicit WindowMemory(QObject *parent);
    void save(const QWindow &window);

    bool m_enabled = false;
};

} // namespace Syncscope
