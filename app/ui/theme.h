// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QObject>
#include <QStringList>
#include <QtQml/qqml.h>

QT_BEGIN_NAMESPACE
class QJSEngine;
class QQmlEngine;
QT_END_NAMESPACE

namespace Syncscope {

//! The only place where colours, distances and fonts of the interface stand. Follows the system's
//! light or dark scheme unless the user chose one; the choice is remembered.
class Theme : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON

    Q_PROPERTY(Syncscope::Theme::Mode mode READ mode WRITE setMode NOTIFY changed FINAL)
    Q_PROPERTY(bool dark READ isDark NOTIFY changed FINAL)

    Q_PROPERTY(QColor window READ window NOTIFY changed FINAL)
    Q_PROPERTY(QColor surface READ surface NOTIFY changed FINAL)
    Q_PROPERTY(QColor raised READ raised NOTIFY changed FINAL)
    Q_PROPERTY(QColor border READ border NOTIFY changed FINAL)
    Q_PROPERTY(QColor divider READ divider NOTIFY changed FINAL)
    Q_PROPERTY(QColor text READ text NOTIFY changed FINAL)
    Q_PROPERTY(QColor secondary READ secondary NOTIFY changed FINAL)
    Q_PROPERTY(QColor disabled READ disabled NOTIFY changed FINAL)
    Q_PROPERTY(QColor accent READ accent NOTIFY changed FINAL)
    Q_PROPERTY(QColor onAccent READ onAccent NOTIFY changed FINAL)
    Q_PROPERTY(QColor selection READ selection NOTIFY changed FINAL)
    Q_PROPERTY(QColor success READ success NOTIFY changed FINAL)
    Q_PROPERTY(QColor warning READ warning NOTIFY changed FINAL)
    Q_PROPERTY(QColor danger READ danger NOTIFY changed FINAL)
    Q_PROPERTY(QColor hover READ hover NOTIFY changed FINAL)
    Q_PROPERTY(QColor pressed READ pressed NOTIFY changed FINAL)
    Q_PROPERTY(QColor jsonKey READ jsonKey NOTIFY changed FINAL)
    Q_PROPERTY(QColor jsonString READ jsonString NOTIFY changed FINAL)
    Q_PROPERTY(QColor jsonNumber READ jsonNumber NOTIFY changed FINAL)
    Q_PROPERTY(QColor jsonLiteral READ jsonLiteral NOTIFY changed FINAL)
    Q_PROPERTY(QList<QColor> subscriptionColors READ subscriptionColors NOTIFY changed FINAL)

    Q_PROPERTY(QStringList subscriptionGlyphs READ subscriptionGlyphs CONSTANT FINAL)
    Q_PROPERTY(QString uiFamily READ uiFamily CONSTANT FINAL)
    Q_PROPERTY(QString monoFamily READ monoFamily CONSTANT FINAL)
    Q_PROPERTY(int fontSize MEMBER kFontSize CONSTANT FINAL)
    Q_PROPERTY(int smallFontSize MEMBER kSmallFontSize CONSTANT FINAL)
    Q_PROPERTY(int rowHeight MEMBER kRowHeight CONSTANT FINAL)
    Q_PROPERTY(int controlHeight MEMBER kControlHeight CONSTANT FINAL)
    Q_PROPERTY(int controlRadius MEMBER kControlRadius CONSTANT FINAL)
    Q_PROPERTY(int panelRadius MEMBER kPanelRadius CONSTANT FINAL)

public:
    enum class Mode { System, Light, Dark };
    Q_ENUM(Mode)

    //! One set of the tokens of `light / dark`.
    struct Palette {
        QColor window, surface, raised, border, divider;
        QColor text, secondary, disabled;
        QColor accent, onAccent, selection;
        QColor success, warning, danger;
        QColor jsonKey, jsonString, jsonNumber, jsonLiteral, jsonPunctuation;
        QList<QColor> subscriptions;
    };

    //! The one that QML sees.
    static Theme *instance();
    static Theme *create(QQmlEngine *engine, QJSEngine *scriptEngine);

    [[nodiscard]] Mode mode() const { return m_mode; }
    void setMode(Mode mode); //!< remembered
    void overrideMode(Mode mode); //!< for this run only
    static Mode modeFromName(const QString &name, bool *ok);
    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] const Palette &palette() const;

    [[nodiscard]] QColor window() const { return palette().window; }
    [[nodiscard]] QColor surface() const { return palette().surface; }
    [[nodiscard]] QColor raised() const { return palette().raised; }
    [[nodiscard]] QColor border() const { return palette().border; }
    [[nodiscard]] QColor divider() const { return palette().divider; }
    [[nodiscard]] QColor text() const { return palette().text; }
    [[nodiscard]] QColor secondary() const { return palette().secondary; }
    [[nodiscard]] QColor disabled() const { return palette().disabled; }
    [[nodiscard]] QColor accent() const { return palette().accent; }
    [[nodiscard]] QColor onAccent() const { return palette().onAccent; }
    [[nodiscard]] QColor selection() const { return palette().selection; }
    [[nodiscard]] QColor success() const { return palette().success; }
    [[nodiscard]] QColor warning() const { return palette().warning; }
    [[nodiscard]] QColor danger() const { return palette().danger; }
    [[nodiscard]] QColor jsonKey() const { return palette().jsonKey; }
    [[nodiscard]] QColor jsonString() const { return palette().jsonString; }
    [[nodiscard]] QColor jsonNumber() const { return palette().jsonNumber; }
    [[nodiscard]] QColor jsonLiteral() const { return palette().jsonLiteral; }
    [[nodiscard]] QColor hover() const; //!< lies over any background
    [[nodiscard]] QColor pressed() const;
    [[nodiscard]] QList<QColor> subscriptionColors() const { return palette().subscriptions; }
    [[nodiscard]] QStringList subscriptionGlyphs() const;
    [[nodiscard]] QString uiFamily() const;
    [[nodiscard]] QString monoFamily() const;

    //! Eight colours and glyphs tell subscriptions apart.
    static constexpr int kSubscriptionSlots = 8;

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    // Not public: QML would make a theme of its own instead of asking create().
    explicit Theme(QObject *parent);
    void refresh();
    static bool systemIsDark();

    static constexpr int kFontSize = 13;
    static constexpr int kSmallFontSize = 12;
    static constexpr int kRowHeight = 24;
    static constexpr int kControlHeight = 28;
    static constexpr int kControlRadius = 4;
    static constexpr int kPanelRadius = 6;

    Mode m_mode = Mode::System;
    bool m_dark = false;
};

} // namespace Syncscope
