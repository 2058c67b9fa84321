// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framecolumns.h"
#include "app/ui/windowmemory.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QSettings>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::FrameColumn;
using Syncscope::FrameColumns;
using Syncscope::WindowMemory;

class TestFrameColumns : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void standSideBySide();
    void previewTakesWhatIsLeft();
    void resizing();
    void moving();
    void hiding();
    void notesBeginBehindTheirCells();
    void paths();
    void badPaths_data();
    void badPaths();
    void forms();
    void areKept();
    void kindsOfTablesAreKeptApart();
    void openTablesOfAKindAgree();
    void keepsNothingUnlessEnabled();
    void survivesNonsense_data();
    void survivesNonsense();
    void resets();

private:
    [[nodiscard]] static QStringList titles(const FrameColumns &columns, bool shownOnly = true);
    [[nodiscard]] static int rowOf(const FrameColumns &columns, const QString &title);
};

void TestFrameColumns::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true); // the user's settings are none of our business
    QCoreApplication::setApplicationName(u"syncscope-framecolumns"_s);
    QCoreApplication::setOrganizationName(u"Syncscope"_s);
}

void TestFrameColumns::init()
{
    QSettings().clear();
    WindowMemory::instance()->setEnabled(true);
}

QStringList TestFrameColumns::titles(const FrameColumns &columns, bool shownOnly)
{
    QStringList list;
    for (int row = 0; row < columns.count(); ++row) {
        if (columns.at(row)->isShown() || !shownOnly)
            list += columns.index(row).data().toString();
    }
    return list;
}

int TestFrameColumns::rowOf(const FrameColumns &columns, const QString &title)
{
    return int(titles(columns, false).indexOf(title));
}

void TestFrameColumns::standSideBySide()
{
    FrameColumns columns;
    const QAbstractItemModelTester tester(&columns,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(titles(columns),
             QStringList({u"Number"_s, u"Time"_s, u"Time between"_s, u"Direction"_s, u"Channel"_s,
                          u"Size"_s, u"Preview"_s}));
    double x = FrameColumns::kGutter;
    for (int row = 0; row < columns.count(); ++row) {
        const FrameColumn *column = columns.at(row);
        if (!column->isShown())
            continue;
        QCOMPARE(column->x(), x);
        QVERIFY(column->width() >= column->minimumWidth());
        x += column->width() + FrameColumns::kGap;
    }
    QVERIFY(columns.totalWidth() >= x - FrameColumns::kGap);
    QVERIFY(columns.readColumns().isEmpty());
    QCOMPARE(columns.at(-1), nullptr);
    QCOMPARE(columns.at(99), nullptr);
}

void TestFrameColumns::previewTakesWhatIsLeft()
{
    FrameColumns columns;
    columns.setViewWidth(1000);
    const double width = columns.preview()->width();
    QCOMPARE(columns.totalWidth(), 1000.0);
    columns.setViewWidth(1200);
    QCOMPARE(columns.preview()->width(), width + 200);
    columns.resize(columns.channel(), columns.channel()->width() + 50);
    QCOMPARE(columns.preview()->width(), width + 150);
    columns.setViewWidth(300); // too narrow: the table is wider than its view
    QVERIFY(columns.totalWidth() > 300);
    QVERIFY(columns.preview()->width() >= columns.preview()->minimumWidth());
    columns.setViewWidth(1200);
    columns.resize(columns.preview(), 700); // a width of its own
    columns.setViewWidth(900);
    QCOMPARE(columns.preview()->width(), 700.0);
    columns.resize(columns.preview(), FrameColumn::kAutomatic);
    columns.setViewWidth(1200);
    QCOMPARE(columns.preview()->width(), width + 150);
}

void TestFrameColumns::resizing()
{
    FrameColumns columns;
    columns.resize(columns.time(), 1);
    QCOMPARE(columns.time()->width(), columns.time()->minimumWidth());
    columns.resize(columns.time(), 1e9);
    QCOMPARE(columns.time()->width(), FrameColumn::kWidest);
    const double direction = columns.direction()->width();
    columns.resize(columns.direction(), 300); // one sign: there is nothing to see
    QCOMPARE(columns.direction()->width(), direction);
    columns.resize(nullptr, 10);
    QSignalSpy placed(columns.number(), &FrameColumn::placeChanged);
    columns.resize(columns.size(), 77); // which stands behind it
    QCOMPARE(placed.size(), 0);
    columns.resize(columns.number(), 77);
    QCOMPARE(placed.size(), 1);
}

void TestFrameColumns::moving()
{
    FrameColumns columns;
    const QAbstractItemModelTester tester(&columns,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    columns.move(rowOf(columns, u"Size"_s), 0);
    QCOMPARE(columns.at(0), columns.size());
    QCOMPARE(columns.size()->x(), FrameColumns::kGutter);
    QVERIFY(columns.number()->x() > columns.size()->x());
    columns.move(0, 2);
    QCOMPARE(titles(columns).first(3), QStringList({u"Number"_s, u"Time"_s, u"Size"_s}));
    columns.move(2, 99);
    columns.move(-1, 0);
    QCOMPARE(titles(columns).indexOf(u"Size"_s), 2);
    QCOMPARE(columns.rowAt(-5), 0);
    QCOMPARE(columns.rowAt(columns.time()->x() + 3), 1);
    QCOMPARE(columns.rowAt(1e6), rowOf(columns, u"Preview"_s));
    columns.setShown(1, false);
    QCOMPARE(columns.rowAt(columns.size()->x() + 1), 2);
}

void TestFrameColumns::hiding()
{
    FrameColumns columns;
    columns.setViewWidth(1000);
    const double x = columns.channel()->x();
    const double direction = columns.direction()->width();
    QSignalSpy shown(columns.time(), &FrameColumn::shownChanged);
    columns.setShown(rowOf(columns, u"Time"_s), false);
    QCOMPARE(shown.size(), 1);
    QVERIFY(!columns.time()->isShown());
    QVERIFY(columns.channel()->x() < x);
    // Without the channel the direction has the sign of the subscription.
    columns.setShown(rowOf(columns, u"Channel"_s), false);
    QVERIFY(columns.direction()->width() > direction);
    columns.setShown(rowOf(columns, u"Channel"_s), true);
    QCOMPARE(columns.direction()->width(), direction);
    const QSignalSpy read(&columns, &FrameColumns::readColumnsChanged);
    columns.setShown(rowOf(columns, u"Kind"_s), true);
    QCOMPARE(read.size(), 1);
    QCOMPARE(columns.readColumns().size(), 1);
    for (int row = 0; row < columns.count(); ++row)
        columns.setShown(row, false);
    QCOMPARE(columns.totalWidth(), 1000.0);
    QCOMPARE(columns.rowAt(50), -1);
}

void TestFrameColumns::notesBeginBehindTheirCells()
{
    FrameColumns columns;
    QCOMPARE(columns.noteX(), columns.direction()->x());
    columns.setShown(rowOf(columns, u"Time between"_s), false);
    QCOMPARE(columns.noteX(), columns.direction()->x());
    columns.move(rowOf(columns, u"Channel"_s), 1);
    QCOMPARE(columns.noteX(), columns.channel()->x());
    columns.move(1, 0);
    QCOMPARE(columns.noteX(), FrameColumns::kGutter);
}

void TestFrameColumns::paths()
{
    FrameColumns columns;
    const QAbstractItemModelTester tester(&columns,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(columns.addPath(u" event.player.name "_s));
    QCOMPARE(titles(columns).mid(5), QStringList({u"Size"_s, u"player.name"_s, u"Preview"_s}));
    const int row = rowOf(columns, u"player.name"_s);
    QCOMPARE(columns.at(row)->path(), u"event.player.name"_s);
    QCOMPARE(columns.readColumns(), QList<FrameColumn *>{columns.at(row)});
    columns.setShown(row, false);
    QVERIFY(columns.readColumns().isEmpty());
    const int count = columns.count();
    QVERIFY(columns.addPath(u"data.\"player\"[\"name\"]"_s)); // the same, which is shown again
    QCOMPARE(columns.count(), count);
    QVERIFY(columns.at(row)->isShown());
    QVERIFY(columns.addPath(u"event[0].\"a.b\""_s));
    QVERIFY(columns.addPath(u"event"_s));
    QCOMPARE(titles(columns).mid(6),
             QStringList({u"player.name"_s, u"event[0].\"a.b\""_s, u"event"_s, u"Preview"_s}));
    columns.move(rowOf(columns, u"Preview"_s), 0);
    QVERIFY(columns.addPath(u"event.last"_s));
    QCOMPARE(titles(columns).last(), u"last"_s);
    const FrameColumn *const removed = columns.at(rowOf(columns, u"player.name"_s));
    columns.remove(rowOf(columns, u"player.name"_s));
    QVERIFY(!titles(columns).contains(u"player.name"_s));
    QCOMPARE(removed->path(), u"event.player.name"_s); // views may still look at it
    columns.remove(rowOf(columns, u"Time"_s)); // can be hidden only
    QVERIFY(titles(columns).contains(u"Time"_s));
}

void TestFrameColumns::badPaths_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    QTest::newRow("empty") << u""_s << u"At character 1: A path begins with event or data"_s;
    QTest::newRow("no field")
        << u"player.name"_s
        << u"At character 1: There is no field \"player\"; what is inside an event is written event.player"_s;
    QTest::newRow("a field without members")
        << u"bytes"_s << u"At character 1: A path begins with event or data"_s;
    QTest::newRow("dot at the end")
        << u"event.a."_s << u"At character 9: Behind the \".\" the name"_s;
    QTest::newRow("index") << u"event.a[x]"_s << u"At character 9: In [ ] stands an index"_s;
    QTest::newRow("open bracket") << u"event.a[0"_s
                                  << u"At character 10: Here a \"]\" is missing"_s;
    QTest::newRow("comparison") << u"event.a > 3"_s
                                << u"At character 9: Here the path should end"_s;
    QTest::newRow("space") << u"event.with space"_s
                           << u"At character 12: Here the path should end"_s;
    QTest::newRow("no text") << u"event.\"a"_s << u"At character 7: The quote"_s;
    QTest::newRow("long") << u"event."_s + QString(2000, u'a')
                          << u"At character 1001: This path is too long"_s;
}

void TestFrameColumns::badPaths()
{
    QFETCH(const QString, text);
    QFETCH(const QString, problem);
    FrameColumns columns;
    const int count = columns.count();
    QVERIFY(!columns.addPath(text));
    QCOMPARE(columns.count(), count);
    QVERIFY2(columns.problemOf(text).startsWith(problem), qPrintable(columns.problemOf(text)));
    QCOMPARE(columns.problemOf(u"event.a"_s), QString());
}

void TestFrameColumns::forms()
{
    FrameColumns columns;
    QSignalSpy times(&columns, &FrameColumns::timesChanged);
    const double width = columns.time()->width();
    columns.setTimeForm(FrameColumns::TimeForm::Utc);
    QCOMPARE(times.size(), 1);
    QCOMPARE(columns.time()->heading(), u"Time (UTC)"_s);
    columns.setWithDate(true);
    QCOMPARE(columns.time()->width(), width + FrameColumns::kDateWidth);
    columns.resize(columns.time(), width + FrameColumns::kDateWidth + 5);
    QCOMPARE(columns.time()->width(), width + FrameColumns::kDateWidth + 5);
    columns.setTimeForm(FrameColumns::TimeForm::SinceStart); // which has no date
    QCOMPARE(columns.time()->width(), width + 5);
    QCOMPARE(times.size(), 3);
    QSignalSpy deltas(&columns, &FrameColumns::deltasChanged);
    QSignalSpy heading(columns.delta(), &FrameColumn::headingChanged);
    columns.setDeltaForm(FrameColumns::DeltaForm::PreviousOfChannel);
    columns.setDeltaForm(FrameColumns::DeltaForm::PreviousOfChannel);
    QCOMPARE(deltas.size(), 1);
    QVERIFY(!heading.isEmpty());
    QVERIFY(columns.delta()->description().contains(u"same channel"_s));
}

void TestFrameColumns::areKept()
{
    QStringList order;
    {
        FrameColumns columns;
        columns.remember(FrameColumns::Table::Events);
        QVERIFY(columns.addPath(u"event.score"_s));
        columns.move(rowOf(columns, u"score"_s), 0);
        columns.resize(columns.at(0), 222);
        columns.setShown(rowOf(columns, u"Size"_s), false);
        columns.setTimeForm(FrameColumns::TimeForm::Utc);
        columns.setWithDate(true);
        columns.setDeltaForm(FrameColumns::DeltaForm::PreviousOfChannel);
        order = titles(columns, false);
        // Without a wait, as if the program ended now.
    }
    FrameColumns again;
    again.remember(FrameColumns::Table::Events);
    QCOMPARE(titles(again, false), order);
    QCOMPARE(again.at(0)->path(), u"event.score"_s);
    QCOMPARE(again.at(0)->width(), 222.0);
    QVERIFY(!again.size()->isShown());
    QCOMPARE(again.timeForm(), FrameColumns::TimeForm::Utc);
    QVERIFY(again.isWithDate());
    QCOMPARE(again.deltaForm(), FrameColumns::DeltaForm::PreviousOfChannel);
    QCOMPARE(again.time()->heading(), u"Time (UTC)"_s);
    again.resize(again.at(0), 150);
    QTRY_VERIFY(QSettings().value(u"table/events/columns"_s).toByteArray().contains("150"));
}

void TestFrameColumns::kindsOfTablesAreKeptApart()
{
    {
        FrameColumns events;
        events.remember(FrameColumns::Table::Events);
        events.setShown(0, false);
    }
    FrameColumns captures;
    captures.remember(FrameColumns::Table::Captures);
    QVERIFY(captures.number()->isShown());
    FrameColumns graphQl;
    graphQl.remember(FrameColumns::Table::GraphQl);
    QVERIFY(graphQl.number()->isShown());
    QCOMPARE(graphQl.channel()->title(), u"Operation"_s);
    QCOMPARE(captures.channel()->title(), u"Channel"_s);
}

void TestFrameColumns::openTablesOfAKindAgree()
{
    FrameColumns one;
    FrameColumns two;
    FrameColumns other;
    one.remember(FrameColumns::Table::Captures);
    two.remember(FrameColumns::Table::Captures);
    other.remember(FrameColumns::Table::Events);
    QVERIFY(one.addPath(u"event.a"_s));
    QTRY_COMPARE(titles(two), titles(one));
    QVERIFY(!titles(other).contains(u"a"_s));
    two.remove(rowOf(two, u"a"_s));
    QTRY_COMPARE(titles(one), titles(two));
    QVERIFY(one.readColumns().isEmpty());
}

void TestFrameColumns::keepsNothingUnlessEnabled()
{
    WindowMemory::instance()->setEnabled(false);
    {
        FrameColumns columns;
        columns.remember(FrameColumns::Table::Events);
        columns.setShown(0, false);
    }
    QVERIFY(QSettings().allKeys().filter(u"table"_s).isEmpty());
    WindowMemory::instance()->setEnabled(true);
    {
        FrameColumns columns; // of no kind
        columns.setShown(0, false);
    }
    QVERIFY(QSettings().allKeys().filter(u"table"_s).isEmpty());
}

void TestFrameColumns::survivesNonsense_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::newRow("no JSON") << QByteArray("\xff{");
    QTest::newRow("another shape") << QByteArray(R"({"columns":{"a":1},"time":7,"delta":[]})");
    QTest::newRow("unknown, twice, broken")
        << QByteArray(R"({"columns":[{"kind":"colour"},{"kind":"time","width":-5},)"
                      R"({"kind":"time","width":70},{"kind":"path","path":"rm -rf"},)"
                      R"({"kind":"path"},3,{"kind":"number","width":1e300,"shown":"no"}],)"
                      R"("time":"lunar"})");
}

void TestFrameColumns::survivesNonsense()
{
    QFETCH(const QByteArray, state);
    QSettings().setValue(u"table/events/columns"_s, state);
    FrameColumns columns;
    columns.remember(FrameColumns::Table::Events);
    QStringList all = titles(columns, false);
    QStringList expected = titles(FrameColumns(), false);
    all.sort();
    expected.sort();
    QCOMPARE(all, expected);
    QCOMPARE(columns.timeForm(), FrameColumns::TimeForm::Local);
    for (int row = 0; row < columns.count(); ++row) {
        QVERIFY(columns.at(row)->width() <= FrameColumn::kWidest);
        QVERIFY(columns.at(row)->width() >= 0);
    }
}

void TestFrameColumns::resets()
{
    FrameColumns columns;
    const QStringList first = titles(columns, false);
    QVERIFY(columns.addPath(u"event.a"_s));
    columns.move(0, 4);
    columns.setShown(2, false);
    columns.resize(columns.time(), 300);
    columns.setTimeForm(FrameColumns::TimeForm::Utc);
    columns.reset();
    QCOMPARE(titles(columns, false), first);
    QCOMPARE(columns.time()->width(), columns.time()->defaultWidth());
    QVERIFY(columns.readColumns().isEmpty());
    QCOMPARE(columns.timeForm(), FrameColumns::TimeForm::Local);
}

GUILESS_TEST(TestFrameColumns)
#include "tst_framecolumns.moc"
