// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framelog.h"
#include "app/ui/traffic/framemodel.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::FrameCells;
using Syncscope::FrameColumns;
using Syncscope::FrameLog;
using Syncscope::FrameModel;
using Syncscope::FrameTimes;

class TestFrameModel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void batches();
    void hidesControlFrames();
    void showsNotesWhateverIsHidden();
    void amendedNotesStayInPlace();
    void holdsTheViewNotTheCapture();
    void selectionHoldsAndStays();
    void walksByKeyboard();
    void dropsTheOldestAndCounts();
    void dropsWhileHeld();
    void eventsFindTheirFrames();
    void filters();
    void filtersWhileHeld();
    void placeSurvivesAFilter();
    void selectionSurvivesAFilter();
    void clears();
    void speaksForScreenReaders();
    void timesInAllForms();
    void sinceTheStart();
    void deltaOfTheChannel();
    void deltaOfTheChannelIsBounded();
    void clocksThatDisagree();
    void readColumns();
    void longestTexts();
    void keepsUpWithAFlood();

private:
    void add(int events);
    [[nodiscard]] QVariant at(int row, FrameModel::Role role) const;

    std::unique_ptr<FrameLog> m_log;
    std::unique_ptr<FrameModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    qint64 m_seq = 0;
};

void TestFrameModel::init()
{
    m_tester.reset();
    m_model.reset();
    m_log = std::make_unique<FrameLog>();
    m_model = std::make_unique<FrameModel>(m_log.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_seq = 0;
}

void TestFrameModel::add(int events)
{
    for (int i = 0; i < events; ++i) {
        ++m_seq;
        m_log->append(UiTest::frame(m_seq, u"data"_s,
                                    uR"({"type":"data","id":"1","event":"%1"})"_s.arg(m_seq)));
        m_log->attach(UiTest::event(m_seq, QByteArray::number(m_seq)), 2);
    }
    m_log->flush();
}

QVariant TestFrameModel::at(int row, FrameModel::Role role) const
{
    return m_model->index(row).data(role);
}

void TestFrameModel::batches()
{
    const QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy appended(m_model.get(), &FrameModel::appended);
    for (int i = 1; i <= 100; ++i)
        m_log->append(UiTest::data(i));
    QCOMPARE(m_model->count(), 0);
    QVERIFY(appended.wait());
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(m_model->count(), 100);
    QCOMPARE(at(99, FrameModel::NumberRole).toInt(), 100);
    QCOMPARE(at(1, FrameModel::DeltaRole).toString(), u"+0.010"_s);
    QCOMPARE(at(0, FrameModel::DeltaRole).toString(), QString());
}

void TestFrameModel::hidesControlFrames()
{
    m_log->append(UiTest::keepAlive(++m_seq));
    add(2);
    m_log->append(UiTest::keepAlive(++m_seq));
    m_log->flush();
    QCOMPARE(m_model->count(), 2);
    m_model->setShowControl(true);
    QCOMPARE(m_model->count(), 4);
    QVERIFY(at(0, FrameModel::RoutineRole).toBool());
    m_model->setShowControl(false);
    QCOMPARE(m_model->count(), 2);
    QCOMPARE(at(0, FrameModel::NumberRole).toInt(), 2);
}

void TestFrameModel::showsNotesWhateverIsHidden()
{
    add(1);
    m_log->append(UiTest::keepAlive(++m_seq));
    Syncscope::LinkNote note;
    note.kind = Syncscope::LinkNote::Kind::Lost;
    note.at = UiTest::data(m_seq).at.addMSecs(250);
    note.from = note.at.addSecs(-2);
    note.reason = AppSync::Error::local(AppSync::Error::Kind::ConnectionLost, u"It dropped."_s);
    QCOMPARE(m_log->append(note), 3);
    m_log->append(UiTest::data(++m_seq));
    m_log->flush();
    QCOMPARE(m_model->count(), 3); // all but the keep-alive
    QCOMPARE(at(1, FrameModel::MarkRole).toInt(), int(FrameModel::Lost));
    QCOMPARE(at(1, FrameModel::NumberRole).toInt(), 3);
    QCOMPARE(at(1, FrameModel::DeltaRole).toString(), u"+0.260"_s); // by the wall clock
    QCOMPARE(at(1, FrameModel::SizeRole).toString(), QString());
    QCOMPARE(at(1, FrameModel::PreviewRole).toString(), note.line());
    QCOMPARE(at(1, FrameModel::AccessibleNameRole).toString(), note.accessibleName());
    QVERIFY(!at(1, FrameModel::RoutineRole).toBool());
    QCOMPARE(at(0, FrameModel::MarkRole).toInt(), int(FrameModel::Frame));
    // While the view is held, it waits like anything else.
    m_model->hold();
    m_log->append(note);
    m_log->flush();
    QCOMPARE(m_model->waiting(), 1);
}

void TestFrameModel::amendedNotesStayInPlace()
{
    Syncscope::LinkNote note;
    note.kind = Syncscope::LinkNote::Kind::Gap;
    note.at = note.from = UiTest::data(1).at;
    add(1);
    const qint64 number = m_log->append(note);
    note.channels = {{u"/a/b"_s, note.at}};
    QVERIFY(m_log->amend(number, note)); // before it is a row
    m_log->flush();
    QCOMPARE(m_model->count(), 2);
    const qint64 cost = m_log->bytesKept();
    const QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    note.channels += {u"/c/d"_s, note.at.addSecs(1)};
    QVERIFY(m_log->amend(number, note));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toModelIndex().row(), 1);
    QCOMPARE(at(1, FrameModel::PreviewRole).toString(), note.line());
    QCOMPARE(at(1, FrameModel::NumberRole).toLongLong(), number);
    QCOMPARE(m_log->bytesKept(), cost);
    m_log->clear();
    QVERIFY(!m_log->amend(number, note));
}

void TestFrameModel::holdsTheViewNotTheCapture()
{
    add(3);
    m_model->hold();
    QVERIFY(!m_model->isFollowing());
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    m_log->append(UiTest::keepAlive(++m_seq));
    add(5);
    QCOMPARE(m_model->count(), 3);
    QCOMPARE(m_model->waiting(), 5); // the keep-alive is not shown, so it does not wait
    QVERIFY(inserted.isEmpty());
    QCOMPARE(m_log->end() - m_log->begin(), 9);
    m_model->setShowControl(true);
    QCOMPARE(m_model->waiting(), 6);
    m_model->setShowControl(false);
    inserted.clear();
    m_model->follow();
    QVERIFY(m_model->isFollowing());
    QCOMPARE(m_model->waiting(), 0);
    QCOMPARE(m_model->count(), 8);
    QCOMPARE(inserted.size(), 1);
}

void TestFrameModel::selectionHoldsAndStays()
{
    add(10);
    QSignalSpy selection(m_model.get(), &FrameModel::selectionChanged);
    m_model->select(4);
    QCOMPARE(m_model->selectedNumber(), 5);
    QVERIFY(!m_model->isFollowing());
    QCOMPARE(selection.size(), 1);
    add(10);
    m_model->follow();
    QCOMPARE(m_model->selectedNumber(), 5);
    QCOMPARE(m_model->selectedRow(), 4);
    m_model->select(99);
    QCOMPARE(m_model->selectedNumber(), 5);
    m_model->clearSelection();
    QCOMPARE(m_model->selectedRow(), -1);
}

void TestFrameModel::walksByKeyboard()
{
    m_model->moveSelection(1); // nothing there
    QCOMPARE(m_model->selectedRow(), -1);
    add(5);
    const QSignalSpy wanted(m_model.get(), &FrameModel::rowWanted);
    m_model->moveSelection(-1); // begins at the newest
    QCOMPARE(m_model->selectedRow(), 4);
    m_model->moveSelection(-2);
    QCOMPARE(m_model->selectedRow(), 2);
    m_model->moveSelection(-100);
    QCOMPARE(m_model->selectedRow(), 0);
    m_model->moveSelection(100);
    QCOMPARE(m_model->selectedRow(), 4);
    QCOMPARE(wanted.last().first().toInt(), 4);
    add(3);
    QCOMPARE(m_model->waiting(), 3);
    m_model->moveSelection(1); // over the edge: what waits comes in, the view stays held
    QCOMPARE(m_model->selectedRow(), 5);
    QCOMPARE(m_model->waiting(), 0);
    QVERIFY(!m_model->isFollowing());
}

void TestFrameModel::dropsTheOldestAndCounts()
{
    add(1000);
    const qint64 perRecord = m_log->bytesKept() / 1000;
    m_log->setByteBudget(perRecord * 500);
    QVERIFY(m_log->bytesKept() <= m_log->byteBudget());
    QVERIFY(m_log->dropped() >= 500);
    QCOMPARE(m_log->begin(), m_log->dropped() + 1);
    QCOMPARE(m_model->count(), 1000 - m_log->dropped());
    QCOMPARE(at(0, FrameModel::NumberRole).toLongLong(), m_log->begin());
    const qint64 before = m_log->dropped();
    add(400);
    QVERIFY(m_log->dropped() > before);
    QVERIFY(m_log->bytesKept() <= m_log->byteBudget());
    QCOMPARE(m_log->end() - 1, 1400);
    QCOMPARE(at(m_model->count() - 1, FrameModel::NumberRole).toInt(), 1400);
}

void TestFrameModel::dropsWhileHeld()
{
    add(100);
    m_model->select(99);
    const qint64 perRecord = m_log->bytesKept() / 100;
    m_log->setByteBudget(perRecord * 50);
    add(500);
    QCOMPARE(m_model->count(), 0); // all that was shown is gone
    QCOMPARE(m_model->waiting(), m_log->end() - m_log->begin());
    QCOMPARE(m_model->selectedRow(), -1);
    m_model->follow();
    QCOMPARE(m_model->count(), m_log->end() - m_log->begin());
}

void TestFrameModel::eventsFindTheirFrames()
{
    m_log->append(UiTest::data(1));
    m_log->append(UiTest::data(2));
    m_log->attach(UiTest::event(1, "\"first\""), 0);
    m_log->attach(UiTest::event(2, "\"second\""), 1);
    m_log->attach(UiTest::event(2, "\"third\""), 1); // one frame, two events
    m_log->attach(UiTest::event(77, "\"of no frame\""), 1);
    m_log->flush();
    QCOMPARE(m_model->count(), 3);
    QCOMPARE(at(0, FrameModel::PreviewRole).toString(), u"\"first\""_s);
    QCOMPARE(at(1, FrameModel::PreviewRole).toString(), u"\"second\""_s);
    QCOMPARE(at(2, FrameModel::PreviewRole).toString(), u"\"third\""_s);
    QCOMPARE(at(0, FrameModel::SlotRole).toInt(), 0);
    QCOMPARE(at(2, FrameModel::SlotRole).toInt(), 1);
}

void TestFrameModel::filters()
{
    add(3);
    m_log->append(UiTest::keepAlive(++m_seq));
    m_log->flush();
    m_model->filter()->setText(u"event == 2 || kind == \"control\""_s);
    m_model->filter()->apply();
    QCOMPARE(m_model->count(), 1);
    QCOMPARE(at(0, FrameModel::NumberRole).toInt(), 2);
    QCOMPARE(m_model->total(), 4);
    m_model->setShowControl(true);
    QCOMPARE(m_model->count(), 2);
    add(1);
    QCOMPARE(m_model->count(), 2); // which does not match
    Syncscope::LinkNote note;
    note.kind = Syncscope::LinkNote::Kind::Gap;
    m_log->append(note);
    m_log->flush();
    QCOMPARE(m_model->count(), 3); // what is missing concerns every filter
    m_model->filter()->clear();
    QCOMPARE(m_model->count(), 6);
    m_model->filter()->setText(u"sub == \"/demo/*\" && event > 3"_s);
    m_model->filter()->apply();
    QCOMPARE(m_model->count(), 2); // one, and the note
}

//! What waits is counted through the filter, also where that changes meanwhile.
void TestFrameModel::filtersWhileHeld()
{
    add(4);
    m_model->hold();
    add(4);
    QCOMPARE(m_model->waiting(), 4);
    m_model->filter()->setText(u"event > 3 && event < 8"_s);
    m_model->filter()->apply();
    QCOMPARE(m_model->count(), 1);
    QCOMPARE(m_model->waiting(), 3);
    add(2);
    QCOMPARE(m_model->waiting(), 3);
    m_model->follow();
    QCOMPARE(m_model->count(), 4);
    QCOMPARE(at(3, FrameModel::NumberRole).toInt(), 7);
    QCOMPARE(m_model->waiting(), 0);
}

//! Held, with nothing selected: what was at the top of the view stays near.
void TestFrameModel::placeSurvivesAFilter()
{
    add(8);
    m_model->hold();
    connect(m_model.get(), &QAbstractItemModel::modelAboutToBeReset, m_model.get(),
            [this] { m_model->notePlace(5); });
    QSignalSpy wanted(m_model.get(), &FrameModel::placeWanted);
    m_model->filter()->setText(u"event < 3 || event > 6"_s);
    m_model->filter()->apply();
    QTRY_COMPARE(wanted.size(), 1);
    QCOMPARE(wanted.takeFirst().first().toInt(), 2); // 7, for 6 is not shown
    m_model->filter()->setText(u"event < 3"_s);
    m_model->filter()->apply();
    QVERIFY(wanted.isEmpty()); // there is no sixth row
    m_model->filter()->clear();
    m_model->follow();
    m_model->filter()->setText(u"event < 3"_s);
    m_model->filter()->apply();
    QVERIFY(wanted.isEmpty()); // following leads to the end
}

void TestFrameModel::selectionSurvivesAFilter()
{
    add(4);
    m_model->select(1);
    QSignalSpy wanted(m_model.get(), &FrameModel::rowWanted);
    m_model->filter()->setText(u"event > 2"_s);
    m_model->filter()->apply();
    QCOMPARE(m_model->selectedNumber(), 2.0);
    QCOMPARE(m_model->selectedRow(), -1);
    QCOMPARE(wanted.count(), 0);
    m_model->filter()->clear();
    QCOMPARE(m_model->selectedRow(), 1);
    QCOMPARE(wanted.count(), 1); // back into view
    QCOMPARE(wanted[0][0].toInt(), 1);
}

void TestFrameModel::clears()
{
    add(10);
    m_model->select(3);
    m_log->append(UiTest::data(++m_seq));
    m_log->clear();
    QCOMPARE(m_model->count(), 0);
    QCOMPARE(m_model->selectedNumber(), 0);
    QVERIFY(m_model->isFollowing());
    QCOMPARE(m_log->dropped(), 0);
    add(1);
    QCOMPARE(m_model->count(), 1);
    QCOMPARE(at(0, FrameModel::NumberRole).toInt(), 12); // numbers are never used twice
}

void TestFrameModel::speaksForScreenReaders()
{
    add(1);
    const QString name = at(0, FrameModel::AccessibleNameRole).toString();
    QVERIFY2(name.startsWith(u"received /demo/*, "_s), qPrintable(name));
    QVERIFY2(name.endsWith(u"B, 1"_s), qPrintable(name));
}

void TestFrameModel::timesInAllForms()
{
    add(2);
    const QDateTime moment = UiTest::data(2).at;
    QCOMPARE(at(1, FrameModel::TimeRole).toString(),
             moment.toLocalTime().toString(u"HH:mm:ss.zzz"_s));
    const QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->columns()->setTimeForm(FrameColumns::TimeForm::Utc);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(1).toModelIndex().row(), 1);
    QCOMPARE(changed.first().at(2).value<QList<int>>(), QList<int>{FrameModel::TimeRole});
    QCOMPARE(at(1, FrameModel::TimeRole).toString(), u"08:00:00.020"_s);
    m_model->columns()->setWithDate(true);
    QCOMPARE(at(1, FrameModel::TimeRole).toString(), u"2027-01-15 08:00:00.020"_s);
    m_model->columns()->setTimeForm(FrameColumns::TimeForm::Local);
    QCOMPARE(at(1, FrameModel::TimeRole).toString(),
             moment.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss.zzz"_s));
    m_model->columns()->setTimeForm(FrameColumns::TimeForm::SinceStart);
    QCOMPARE(at(1, FrameModel::TimeRole).toString(), u"00:00:00.010"_s);
}

//! It is that of the session, whatever became of its first frames; of a table that is opened later, of the source.
void TestFrameModel::sinceTheStart()
{
    m_model->columns()->setTimeForm(FrameColumns::TimeForm::SinceStart);
    add(3);
    m_log->clear();
    m_seq = 400'000;
    add(1);
    QCOMPARE(at(0, FrameModel::TimeRole).toString(), u"01:06:40.000"_s);
    m_log->append(UiTest::data(-150)); // a clock that was set back
    m_log->flush();
    QCOMPARE(at(1, FrameModel::TimeRole).toString(), u"-00:00:01.510"_s);
    FrameModel later(m_log.get());
    later.showAll();
    later.columns()->setTimeForm(FrameColumns::TimeForm::SinceStart);
    QTRY_VERIFY(later.count() > 0);
    QCOMPARE(later.index(0).data(FrameModel::TimeRole).toString(), u"00:00:00.000"_s);
}

void TestFrameModel::deltaOfTheChannel()
{
    const auto append = [this](const QString &channel) {
        m_log->append(UiTest::data(++m_seq));
        AppSync::Event event = UiTest::event(m_seq, "1");
        event.subscription = event.channel = channel;
        m_log->attach(event, 0);
    };
    append(u"/a"_s);
    append(u"/b"_s);
    append(u"/b"_s);
    append(u"/a"_s);
    m_log->flush();
    QCOMPARE(at(3, FrameModel::DeltaRole).toString(), u"+0.010"_s);
    m_model->columns()->setDeltaForm(FrameColumns::DeltaForm::PreviousOfChannel);
    QCOMPARE(at(0, FrameModel::DeltaRole).toString(), QString());
    QCOMPARE(at(1, FrameModel::DeltaRole).toString(), QString()); // the first of its channel
    QCOMPARE(at(2, FrameModel::DeltaRole).toString(), u"+0.010"_s);
    QCOMPARE(at(3, FrameModel::DeltaRole).toString(), u"+0.030"_s);
    m_model->filter()->setText(u"channel == \"/a\""_s);
    m_model->filter()->apply();
    QTRY_COMPARE(m_model->count(), 2);
    QCOMPARE(at(1, FrameModel::DeltaRole).toString(), u"+0.030"_s);
    Syncscope::LinkNote note;
    note.at = UiTest::data(m_seq).at;
    m_log->append(note);
    m_log->flush();
    QCOMPARE(at(2, FrameModel::DeltaRole).toString(), QString()); // of no channel
}

void TestFrameModel::deltaOfTheChannelIsBounded()
{
    m_tester.reset(); // it looks at every row
    m_log->append(UiTest::data(++m_seq));
    AppSync::Event event = UiTest::event(m_seq, "1");
    event.channel = u"/rare"_s;
    m_log->attach(event, 0);
    add(int(FrameTimes::kReach) + 1);
    m_log->append(UiTest::data(++m_seq));
    event.frameSeq = m_seq;
    m_log->attach(event, 0);
    m_log->flush();
    m_model->columns()->setDeltaForm(FrameColumns::DeltaForm::PreviousOfChannel);
    const int last = m_model->count() - 1;
    QCOMPARE(at(last, FrameModel::DeltaRole).toString(), u"…"_s); // nobody looked so far
    QCOMPARE(at(last - 1, FrameModel::DeltaRole).toString(), u"+0.010"_s);
}

//! Records of different computers lie beside one another in a merged capture.
void TestFrameModel::clocksThatDisagree()
{
    add(1);
    AppSync::Frame other = UiTest::data(++m_seq);
    other.monotonicNs += 3'600'000'000'000;
    m_log->append(other);
    m_log->flush();
    QCOMPARE(at(1, FrameModel::DeltaRole).toString(), u"+0.010"_s);
}

void TestFrameModel::readColumns()
{
    add(2);
    QCOMPARE(at(0, FrameModel::ReadTextsRole).toStringList(), QStringList());
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    QVERIFY(m_model->columns()->addPath(u"event"_s));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(at(1, FrameModel::ReadTextsRole).toStringList(), QStringList{u"2"_s});
    add(1);
    changed.clear();
    // One that is large is read on a thread.
    const QString text(FrameCells::kLargeFrame, u'x');
    m_log->append(
        UiTest::frame(++m_seq, u"data"_s, uR"({"type":"data","event":"\"%1\""})"_s.arg(text)));
    m_log->attach(UiTest::event(m_seq, u"\"%1\""_s.arg(text).toUtf8()), 0);
    m_log->flush();
    QCOMPARE(at(3, FrameModel::ReadTextsRole).toStringList(), QStringList{u"…"_s});
    QVERIFY(changed.wait());
    QCOMPARE(changed.last().first().toModelIndex().row(), 3);
    QVERIFY(at(3, FrameModel::ReadTextsRole).toStringList().first().startsWith(u"xxx"_s));
}

void TestFrameModel::longestTexts()
{
    add(12);
    FrameColumns *columns = m_model->columns();
    QVERIFY(columns->addPath(u"event"_s));
    QCOMPARE(m_model->longestText(columns->number(), 0, 5), u"1"_s);
    QCOMPARE(m_model->longestText(columns->number(), 0, 99), u"10"_s);
    QCOMPARE(m_model->longestText(columns->readColumns().first(), 8, 11), u"10"_s);
    QCOMPARE(m_model->longestText(columns->channel(), -1, 3), u"/demo/*"_s);
    QCOMPARE(m_model->longestText(nullptr, 0, 3), QString());
}

void TestFrameModel::keepsUpWithAFlood()
{
    m_tester.reset(); // it looks at every row
    m_log->setByteBudget(20'000'000);
    for (int batch = 0; batch < 200; ++batch)
        add(1000);
    QCOMPARE(m_log->end() - 1, 200'000);
    QVERIFY(m_log->dropped() > 100'000);
    QVERIFY(m_log->bytesKept() <= m_log->byteBudget());
    QCOMPARE(m_model->count(), m_log->end() - m_log->begin());
}

GUILESS_TEST(TestFrameModel)
#include "tst_framemodel.moc"
