// SPDX-License-Identifier: Apache-2.0
#include "app/ui/theme.h"
#include "tests/shared/testrunner.h"

#include <QGuiApplication>
#include <QPalette>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QtTest>

#include <cmath>

using namespace Qt::StringLiterals;
using Syncscope::Theme;

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF())
        + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

} // namespace

class TestTheme : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void remembersTheChoice();
    void overridesForThisRunOnly();
    void readsNames();
    void followsTheSystem();
    void isReadable_data();
    void isReadable();
};

void TestTheme::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
    QCoreApplication::setOrganizationName(u"Syncscope"_s);
    QCoreApplication::setApplicationName(u"syncscope-tests"_s);
    QSettings().clear();
}

void TestTheme::remembersTheChoice()
{
    Theme *theme = Theme::instance();
    const QSignalSpy changed(theme, &Theme::changed);
    theme->setMode(Theme::Mode::Dark);
    QVERIFY(theme->isDark());
    QCOMPARE(changed.size(), 1);
    QCOMPARE(QSettings().value("appearance/theme"_L1).toString(), u"dark"_s);
}

void TestTheme::overridesForThisRunOnly()
{
    Theme *theme = Theme::instance();
    theme->setMode(Theme::Mode::Dark);
    theme->overrideMode(Theme::Mode::Light);
    QVERIFY(!theme->isDark());
    QCOMPARE(QSettings().value("appearance/theme"_L1).toString(), u"dark"_s);
}

void TestTheme::readsNames()
{
    bool ok = false;
    QCOMPARE(Theme::modeFromName(u"light"_s, &ok), Theme::Mode::Light);
    QVERIFY(ok);
    Theme::modeFromName(u"pink"_s, &ok);
    QVERIFY(!ok);
}

void TestTheme::followsTheSystem()
{
    Theme *theme = Theme::instance();
    theme->setMode(Theme::Mode::System);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QSKIP("From Qt 6.5 on the platform tells the scheme, and no test can.");
#endif
    for (const bool dark : {true, false}) {
        QPalette palette;
        palette.setColor(QPalette::Window, dark ? Qt::black : Qt::white);
        QGuiApplication::setPalette(palette);
        QTRY_COMPARE(theme->isDark(), dark);
    }
}

void TestTheme::isReadable_data()
{
    QTest::addColumn<Theme::Mode>("mode");
    QTest::newRow("light") << Theme::Mode::Light;
    QTest::newRow("dark") << Theme::Mode::Dark;
}

void TestTheme::isReadable()
{
    QFETCH(Theme::Mode, mode);
    Theme *theme = Theme::instance();
    theme->overrideMode(mode);
    const Theme::Palette &p = theme->palette();
    for (const QColor &ground : {p.window, p.surface, p.raised, p.selection}) {
        QVERIFY(contrast(p.text, ground) >= 7);
        QVERIFY(contrast(p.secondary, ground) >= 4.5);
    }
    for (const QColor &color : {p.success, p.warning, p.danger, p.accent})
        QVERIFY(contrast(color, p.window) >= 4.5);
    QVERIFY(contrast(p.onAccent, p.accent) >= 4.5);
    for (const QColor &color :
         {p.jsonKey, p.jsonString, p.jsonNumber, p.jsonLiteral, p.jsonPunctuation})
        QVERIFY(contrast(color, p.window) >= 4.5);
    QCOMPARE(p.subscriptions.size(), Theme::kSubscriptionSlots);
    QCOMPARE(theme->subscriptionGlyphs().size(), Theme::kSubscriptionSlots);
    for (const QColor &color : p.subscriptions) {
        QVERIFY(contrast(color, p.window) >= 3);
        QVERIFY(contrast(color, p.surface) >= 3);
    }
}

GUI_TEST(TestTheme)
#include "tst_theme.moc"
