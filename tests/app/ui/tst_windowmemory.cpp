// SPDX-License-Identifier: Apache-2.0
#include "app/ui/windowmemory.h"
#include "tests/shared/testrunner.h"

#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickWindow>
#include <QSettings>
#include <QStandardPaths>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::WindowMemory;

class TestWindowMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void remembersTheSize();
    void remembersADraggedHandle();
    void remembersWhichPanesAreShown();
    void doesNothingUnlessEnabled();
    void survivesNonsense();

private:
    struct Shown {
        std::unique_ptr<QQuickWindow> window;
        QQuickItem *split = nullptr;
        QQuickItem *left = nullptr;
    };
    Shown show();

    QQmlEngine m_engine;
};

void TestWindowMemory::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true); // the user's settings are none of our business
    QCoreApplication::setApplicationName(u"syncscope-windowmemory"_s);
    QCoreApplication::setOrganizationName(u"Syncscope"_s);
}

void TestWindowMemory::init()
{
    QSettings().clear();
    WindowMemory::instance()->setEnabled(true);
}

TestWindowMemory::Shown TestWindowMemory::show()
{
    QQmlComponent component(&m_engine);
    component.setData(R"(
        import QtQuick
        import QtQuick.Controls
        Window {
            property Item split: split
            property Item left: left
            width: 400; height: 200; visible: true
            SplitView {
                id: split
                anchors.fill: parent
                handle: Rectangle { implicitWidth: 8 }
                Item { id: left; SplitView.preferredWidth: 100 }
                Item { SplitView.fillWidth: true }
            }
        })",
                      QUrl());
    Shown shown;
    shown.window.reset(qobject_cast<QQuickWindow *>(component.create()));
    shown.split = shown.window->property("split").value<QQuickItem *>();
    shown.left = shown.window->property("left").value<QQuickItem *>();
    WindowMemory::instance()->adopt(shown.window.get());
    WindowMemory::instance()->adoptPanes(shown.split, u"test"_s);
    return shown;
}

void TestWindowMemory::remembersTheSize()
{
    {
        const Shown shown = show();
        QCOMPARE(shown.window->size(), QSize(400, 200));
        shown.window->resize(520, 310);
        QTRY_COMPARE(QSettings().value(u"window/size"_s).toSize(), QSize(520, 310));
    }
    QCOMPARE(show().window->size(), QSize(520, 310));
}

void TestWindowMemory::remembersADraggedHandle()
{
    {
        const Shown shown = show();
        QVERIFY(QTest::qWaitForWindowExposed(shown.window.get()));
        QTRY_COMPARE(shown.left->width(), 100.0);
        QWindow *window = shown.window.get();
        QTest::mousePress(window, Qt::LeftButton, {}, {104, 100});
        QTest::mouseMove(window, {150, 100});
        QTest::mouseMove(window, {184, 100});
        QTest::mouseRelease(window, Qt::LeftButton, {}, {184, 100});
        QTRY_COMPARE(shown.left->width(), 180.0);
    }
    const Shown again = show();
    QTRY_COMPARE(again.left->width(), 180.0);
}

void TestWindowMemory::remembersWhichPanesAreShown()
{
    WindowMemory *memory = WindowMemory::instance();
    QVERIFY(!memory->isPaneShown(u"test"_s));
    QCOMPARE(memory->paneHeight(u"test"_s, 250), 250.0);
    memory->setPaneShown(u"test"_s, true);
    memory->setPaneHeight(u"test"_s, 310.5);
    QVERIFY(memory->isPaneShown(u"test"_s));
    QVERIFY(!memory->isPaneShown(u"other"_s));
    QCOMPARE(memory->paneHeight(u"test"_s, 250), 310.5);
    memory->setPaneShown(u"test"_s, false);
    QVERIFY(!memory->isPaneShown(u"test"_s));
    memory->setEnabled(false);
    memory->setPaneShown(u"test"_s, true);
    memory->setEnabled(true);
    QVERIFY(!memory->isPaneShown(u"test"_s)); // pictures and tests leave nothing behind
}

void TestWindowMemory::doesNothingUnlessEnabled()
{
    QSettings().setValue(u"window/size"_s, QSize(520, 310));
    WindowMemory::instance()->setEnabled(false);
    QCOMPARE(show().window->size(), QSize(400, 200));
    WindowMemory::instance()->adopt(nullptr);
}

void TestWindowMemory::survivesNonsense()
{
    QSettings().setValue(u"window/size"_s, u"huge"_s);
    QSettings().setValue(u"window/panes/test"_s, QByteArray("\xff not a state"));
    const Shown shown = show();
    QCOMPARE(shown.window->size(), QSize(400, 200));
    QTRY_COMPARE(shown.left->width(), 100.0);
    QSettings().setValue(u"window/size"_s, QSize(100'000, 100'000));
    QVERIFY(show().window->width() < 100'000);
}

GUI_TEST(TestWindowMemory)
#include "tst_windowmemory.moc"
