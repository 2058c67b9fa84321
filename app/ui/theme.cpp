// SPDX-License-Identifier: Apache-2.0
#include "app/ui/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QJSEngine>
#include <QPalette>
#include <QPointer>
#include <QSettings>
#include <QStyleHints>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr auto kModeKey = "appearance/theme";

const Theme::Palette &lightPalette()
{
    static const Theme::Palette palette{
        .window = 0xFFFFFF,
        .surface = 0xF6F7F9,
        .raised = 0xFFFFFF,
        .border = 0xDADDE3,
        .divider = 0xE8EAEE,
        .text = 0x1A1D23,
        .secondary = 0x5A6270,
        .disabled = 0x9AA1AD,
        .accent = 0x2563D9,
        .onAccent = 0xFFFFFF,
        .selection = 0xDCE7FD,
        .success = 0x1B7F4D,
        .warning = 0x8A5A00,
        .danger = 0xC62828,
        .jsonKey = 0x0B4F8A,
        .jsonString = 0x2B6A1F,
        .jsonNumber = 0x8A3FA0,
        .jsonLiteral = 0xA34700,
        .jsonPunctuation = 0x5A6270,
        .subscriptions = {0x0072B2, 0xB37700, 0x00805C, 0xB8568F, 0x2A86BF, 0xC94F00, 0x6B4BB5,
                          0x767600},
    };
    return palette;
}

const Theme::Palette &darkPalette()
{
    static const Theme::Palette palette{
        .window = 0x16181D,
        .surface = 0x1D2026,
        .raised = 0x252931,
        .border = 0x343A45,
        .divider = 0x2A2F38,
        .text = 0xE6E8EC,
        .secondary = 0xA3ABB8,
        .disabled = 0x666E7B,
        .accent = 0x6EA1FF,
        .onAccent = 0x0E1116,
        .selection = 0x24395F,
        .success = 0x4CC38A,
        .warning = 0xE2B340,
        .danger = 0xFF7B72,
        .jsonKey = 0x8CB8FF,
        .jsonString = 0x9CD08A,
        .jsonNumber = 0xD8A6F0,
        .jsonLiteral = 0xF2A971,
        .jsonPunctuation = 0xA3ABB8,
        .subscriptions = {0x5BA3D9, 0xF0B429, 0x2FC08F, 0xE39AC4, 0x7CC7F2, 0xFF8A3D, 0xA58BE8,
                          0xC2C23A},
    };
    return palette;
}

QColor withAlpha(QColor color, float alpha)
{
    color.setAlphaF(alpha);
    return color;
}

QString nameOf(Theme::Mode mode)
{
    switch (mode) {
    case Theme::Mode::Light:
        return u"light"_s;
    case Theme::Mode::Dark:
        return u"dark"_s;
    case Theme::Mode::System:
        break;
    }
    return u"system"_s;
}

} // namespace

Theme::Theme(QObject *parent) : QObject(parent)
{
    bool ok = false;
    const Mode stored =
        modeFromName(QSettings().value(QLatin1StringView(kModeKey)).toString(), &ok);
    m_mode = ok ? stored : Mode::System;
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &Theme::refresh);
#endif
    qApp->installEventFilter(this);
    refresh();
}

Theme *Theme::instance()
{
    // Owned by the application object: colours must outlive every window.
    static QPointer<Theme> theme;
    if (!theme)
        theme = new Theme(qApp);
    return theme;
}

Theme *Theme::create(QQmlEngine *, QJSEngine *)
{
    QJSEngine::setObjectOwnership(instance(), QJSEngine::CppOwnership);
    return instance();
}

void Theme::setMode(Mode mode)
{
    QSettings().setValue(QLatin1StringView(kModeKey), nameOf(mode));
    overrideMode(mode);
}

void Theme::overrideMode(Mode mode)
{
    if (m_mode == mode)
        return;
    m_mode = mode;
    m_dark = mode == Mode::Dark || (mode == Mode::System && systemIsDark());
    Q_EMIT changed();
}

Theme::Mode Theme::modeFromName(const QString &name, bool *ok)
{
    for (const Mode mode : {Mode::System, Mode::Light, Mode::Dark}) {
        if (nameOf(mode) == name) {
            *ok = true;
            return mode;
        }
    }
    *ok = false;
    return Mode::System;
}

const Theme::Palette &Theme::palette() const
{
    return m_dark ? darkPalette() : lightPalette();
}

QColor Theme::hover() const
{
    return withAlpha(text(), m_dark ? 0.08F : 0.06F);
}

QColor Theme::pressed() const
{
    return withAlpha(text(), m_dark ? 0.14F : 0.11F);
}

QStringList Theme::subscriptionGlyphs() const
{
    return {u"■"_s, u"●"_s, u"▲"_s, u"◆"_s, u"▼"_s, u"★"_s, u"⬟"_s, u"✚"_s};
}

QString Theme::uiFamily() const
{
    return QGuiApplication::font().family();
}

QString Theme::monoFamily() const
{
    return QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
}

bool Theme::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && watched == qApp)
        refresh();
    return QObject::eventFilter(watched, event);
}

void Theme::refresh()
{
    const bool dark = m_mode == Mode::Dark || (m_mode == Mode::System && systemIsDark());
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT changed();
}

bool Theme::systemIsDark()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (QGuiApplication::styleHints()->colorScheme() != Qt::ColorScheme::Unknown)
        return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#endif
    return QGuiApplication::palette().color(QPalette::Window).lightnessF() < 0.5F;
}

} // namespace Syncscope
