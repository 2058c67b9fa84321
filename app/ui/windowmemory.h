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

//! Remembers from run to run how large the window was, where its panes were divided and which are shown, and nothing
//! else.
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
    //! Whether the pane of this \a name was shown when it was last shown or hidden; not if it never was.
    Q_INVOKABLE [[nodiscard]] bool isPaneShown(const QString &name) const;
    Q_INVOKABLE void setPaneShown(const QString &name, bool shown);
    //! The height that the user gave the pane; \a otherwise where there is none.
    Q_INVOKABLE [[nodiscard]] double paneHeight(const QString &name, double otherwise) const;
    Q_INVOKABLE void setPaneHeight(const QString &name, double height);

private Q_SLOTS:
    void onResizingChanged();

private:
    explicit WindowMemory(QObject *parent);
    void save(const QWindow &window);

    bool m_enabled = false;
};

} // namespace Syncscope
