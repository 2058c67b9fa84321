// SPDX-License-Identifier: Apache-2.0
#include "app/ui/windowmemory.h"

#include <QCoreApplication>
#include <QJSEngine>
#include <QPointer>
#include <QScreen>
#include <QSettings>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope {

namespace {

constexpr auto kSizeKey = "window/size"_L1;
constexpr auto kMaximizedKey = "window/maximized"_L1;
constexpr auto kPanesKey = "window/panes/%1"_L1;
constexpr auto kShownKey = "window/shown/%1"_L1;
constexpr auto kHeightKey = "window/heights/%1"_L1;
constexpr auto kNameProperty = "syncscopePanes";
// A drag of the window's edge changes its size many times.
constexpr auto kSettled = 300ms;

} // namespace

WindowMemory::WindowMemory(QObject *parent) : QObject(parent)
{
}

WindowMemory *WindowMemory::instance()
{
    static QPointer<WindowMemory> memory;
    if (!memory)
        memory = new WindowMemory(QCoreApplication::instance());
    return memory;
}

WindowMemory *WindowMemory::create(QQmlEngine *, QJSEngine *)
{
    QJSEngine::setObjectOwnership(instance(), QJSEngine::CppOwnership);
    return instance();
}

void WindowMemory::adopt(QWindow *window)
{
    if (!m_enabled || !window)
        return;
    const QSize size = QSettings().value(kSizeKey).toSize();
    // A screen that is gone must not leave a window that does not fit.
    if (size.isValid() && window->screen())
        window->resize(size.boundedTo(window->screen()->availableSize()));
    if (QSettings().value(kMaximizedKey).toBool())
        window->showMaximized();
    auto *settled = new QTimer(window);
    settled->setSingleShot(true);
    settled->setInterval(kSettled);
    connect(settled, &QTimer::timeout, this, [this, window] { save(*window); });
    const auto restart = [settled] { settled->start(); };
    connect(window, &QWindow::widthChanged, settled, restart);
    connect(window, &QWindow::heightChanged, settled, restart);
    connect(window, &QWindow::visibilityChanged, settled, restart);
}

void WindowMemory::adoptPanes(QQuickItem *split, const QString &name)
{
    if (!m_enabled || !split)
        return;
    const QVariant state = QSettings().value(QString(kPanesKey).arg(name));
    if (state.isValid())
        QMetaObject::invokeMethod(split, "restoreState", Q_ARG(QVariant, state));
    split->setProperty(kNameProperty, name);
    connect(split, SIGNAL(resizingChanged()), this, SLOT(onResizingChanged()));
}

void WindowMemory::onResizingChanged()
{
    QObject *split = sender();
    QVariant state;
    if (split->property("resizing").toBool()
        || !QMetaObject::invokeMethod(split, "saveState", Q_RETURN_ARG(QVariant, state)))
        return;
    const QString name = split->property(kNameProperty).toString();
    QSettings().setValue(QString(kPanesKey).arg(name), state.toByteArray());
}

bool WindowMemory::isPaneShown(const QString &name) const
{
    return m_enabled && QSettings().value(QString(kShownKey).arg(name)).toBool();
}

void WindowMemory::setPaneShown(const QString &name, bool shown)
{
    if (m_enabled)
        QSettings().setValue(QString(kShownKey).arg(name), shown);
}

double WindowMemory::paneHeight(const QString &name, double otherwise) const
{
    return m_enabled ? QSettings().value(QString(kHeightKey).arg(name), otherwise).toDouble()
                     : otherwise;
}

void WindowMemory::setPaneHeight(const QString &name, double height)
{
    if (m_enabled)
        QSettings().setValue(QString(kHeightKey).arg(name), height);
}

void WindowMemory::save(const QWindow &window)
{
    const bool maximized =
        window.visibility() == QWindow::Maximized || window.visibility() == QWindow::FullScreen;
    QSettings().setValue(kMaximizedKey, maximized);
    if (window.visibility() == QWindow::Windowed)
        QSettings().setValue(kSizeKey, window.size());
}

} // namespace Syncscope
