// SPDX-License-Identifier: Apache-2.0
#include "app/ui/traffic/framelog.h"
#include "app/ui/traffic/framemarks.h"
#include "tests/app/ui/uitest.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::CaptureMark;
using Syncscope::CaptureMarkChange;
using Syncscope::FrameLog;
using Syncscope::FrameMarks;
using Syncscope::FrameModel;

class TestFrameMarks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void toggles();
    void wordsComeBack();
    void needsARow();
    void writes();
    void walks();
    void goesToHiddenRows();
    void outlivesMemory();
    void clears();
    void loadsWithoutTelling();
    void speaksForScreenReaders();

private:
    void add(int frames);
    void mark(qint64 number)
    {
        m_model->selectRecord(double(number));
        m_marks->toggle();
    }
    [[nodiscard]] QVariant at(int row, FrameMarks::Role role) const
    {
        return m_marks->index(row).data(role);
    }
    [[nodiscard]] QList<qint64> numbers() const
    {
        QList<qint64> result;
        for (const CaptureMark &mark : m_marks->marks())
            result += mark.number;
        return result;
    }

    std::unique_ptr<FrameLog> m_log;
    std::unique_ptr<FrameModel> m_model;
    std::unique_ptr<FrameMarks> m_marks;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    QList<CaptureMarkChange> m_changes;
    QStringList m_told;
    qint64 m_seq = 0;
};

void TestFrameMarks::init()
{
    m_tester.reset();
    m_marks.reset();
    m_model.reset();
    m_log = std::make_unique<FrameLog>();
    m_model = std::make_unique<FrameModel>(m_log.get());
    m_marks =
        std::make_unique<FrameMarks>(m_log.get(), m_model.get(), FrameMarks::Absent::LeftMemory);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_marks.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_changes.clear();
    m_told.clear();
    m_seq = 0;
    connect(m_marks.get(), &FrameMarks::changed, this,
            [this](const CaptureMarkChange &change) { m_changes += change; });
    connect(m_marks.get(), &FrameMarks::told, this,
            [this](const QString &sentence) { m_told += sentence; });
}

void TestFrameMarks::add(int frames)
{
    for (int i = 0; i < frames; ++i) {
        m_log->append(UiTest::data(++m_seq));
        m_log->attach(UiTest::event(m_seq, "\"event " + QByteArray::number(m_seq) + '"'), 0);
    }
    m_log->flush();
}

void TestFrameMarks::toggles()
{
    add(3);
    QSignalSpy selected(m_marks.get(), &FrameMarks::selectedChanged);
    m_model->select(1);
    QVERIFY(m_marks->canMark());
    QVERIFY(!m_marks->selectedIsMarked());
    m_marks->toggle();
    QVERIFY(m_marks->selectedIsMarked());
    QVERIFY(m_marks->has(2));
    QVERIFY(!m_marks->has(1));
    QVERIFY(selected.count() >= 2);
    QCOMPARE(m_marks->count(), 1);
    QCOMPARE(at(0, FrameMarks::NumberRole).toInt(), 2);
    QVERIFY(at(0, FrameMarks::PreviewRole).toString().contains(u"event 2"));
    QCOMPARE(at(0, FrameMarks::PlaceRole).toString(), QString());
    QVERIFY(at(0, FrameMarks::SelectedRole).toBool());
    m_marks->toggle();
    QCOMPARE(m_marks->count(), 0);
    QCOMPARE(m_changes.size(), 2);
    QCOMPARE(m_changes.at(0).mark->number, 2);
    QCOMPARE(m_changes.at(1).number, 2);
    QVERIFY(!m_changes.at(1).mark);
}

void TestFrameMarks::wordsComeBack()
{
    add(2);
    mark(1);
    m_marks->write(1, u"late"_s, u"why?"_s);
    m_marks->toggle();
    QCOMPARE(m_marks->count(), 0);
    m_marks->toggle();
    QCOMPARE(m_marks->selectedTitle(), u"late"_s);
    QCOMPARE(m_marks->selectedNote(), u"why?"_s);
    m_marks->toggle();
    mark(2);
    QCOMPARE(m_marks->selectedTitle(), QString());
}

void TestFrameMarks::needsARow()
{
    add(1);
    QVERIFY(!m_marks->canMark());
    m_marks->toggle();
    QCOMPARE(m_marks->count(), 0);
    QCOMPARE(m_told.size(), 1);
    m_marks->write(7, u"of nothing"_s, {});
    m_marks->remove(7);
    m_marks->go(0);
    m_marks->goNext();
    m_marks->goPrevious();
    QCOMPARE(m_marks->count(), 0);
    QVERIFY(m_changes.isEmpty());
}

void TestFrameMarks::writes()
{
    add(3);
    m_model->select(0);
    m_marks->write(3, u" title "_s, u"note\n"_s);
    QCOMPARE(at(0, FrameMarks::TitleRole).toString(), u"title"_s);
    QCOMPARE(at(0, FrameMarks::NoteRole).toString(), u"note"_s);
    m_marks->write(3, u"title"_s, u"note"_s); // nothing new
    QCOMPARE(m_changes.size(), 1);
    m_marks->write(3, {}, {}); // a bookmark without words is one
    QCOMPARE(m_marks->count(), 1);
    QCOMPARE(m_changes.size(), 2);
}

void TestFrameMarks::walks()
{
    add(9);
    for (const qint64 number : {5, 2, 8})
        mark(number);
    QCOMPARE(numbers(), (QList<qint64>{2, 5, 8}));
    m_model->clearSelection();
    const QList<qint64> forwards{2, 5, 8, 2};
    for (const qint64 number : forwards) {
        m_marks->goNext();
        QCOMPARE(qint64(m_model->selectedNumber()), number);
    }
    const QList<qint64> backwards{8, 5, 2, 8};
    for (const qint64 number : backwards) {
        m_marks->goPrevious();
        QCOMPARE(qint64(m_model->selectedNumber()), number);
    }
    m_model->selectRecord(6);
    m_marks->goPrevious();
    QCOMPARE(qint64(m_model->selectedNumber()), 5);
    QVERIFY(!m_model->isFollowing());
}

void TestFrameMarks::goesToHiddenRows()
{
    add(5);
    mark(4);
    m_told.clear();
    QSignalSpy refreshed(m_marks.get(), &FrameMarks::dataChanged);
    m_model->filter()->setText(u"text ~ \"event 1\""_s);
    m_model->filter()->apply();
    QTRY_VERIFY(!m_model->isSearching());
    QVERIFY(refreshed.count() > 0);
    QVERIFY(at(0, FrameMarks::PlaceRole).toString().contains(u"filter"));
    m_model->select(0);
    m_marks->go(0);
    QCOMPARE(qint64(m_model->selectedNumber()), 4);
    QCOMPARE(m_told.size(), 1);
    QVERIFY(m_told.first().contains(u"#4"));
    m_model->filter()->clear();
    QTRY_VERIFY(!m_model->isSearching());
    QCOMPARE(at(0, FrameMarks::PlaceRole).toString(), QString());
}

void TestFrameMarks::outlivesMemory()
{
    add(50);
    mark(1);
    m_model->clearSelection();
    m_told.clear();
    m_log->setByteBudget(3'000);
    QVERIFY(!m_log->contains(1));
    QCOMPARE(m_marks->count(), 1);
    QVERIFY(at(0, FrameMarks::PreviewRole).toString().contains(u"event 1"));
    QVERIFY(at(0, FrameMarks::PlaceRole).toString().contains(u"recording"));
    m_marks->go(0);
    QCOMPARE(qint64(m_model->selectedNumber()), 0);
    QVERIFY(m_told.first().contains(u"recording"));
    m_marks->write(1, u"still mine"_s, {});
    QCOMPARE(m_changes.last().mark->title, u"still mine"_s);
}

void TestFrameMarks::clears()
{
    add(3);
    mark(2);
    QSignalSpy counted(m_marks.get(), &FrameMarks::countChanged);
    m_log->clear();
    QCOMPARE(m_marks->count(), 0);
    QCOMPARE(counted.count(), 1);
    QCOMPARE(m_changes.size(), 1); // the recording begins anew by itself
    add(1);
    m_model->select(0);
    QVERIFY(!m_marks->selectedIsMarked());
}

void TestFrameMarks::loadsWithoutTelling()
{
    add(3);
    m_marks->setMarks({{3, u"b"_s, {}}, {1, u"a"_s, {}}, {99, u"lost"_s, {}}});
    QCOMPARE(numbers(), (QList<qint64>{1, 3, 99}));
    QVERIFY(m_changes.isEmpty());
    FrameMarks ofAFile(m_log.get(), m_model.get(), FrameMarks::Absent::NotInFile);
    ofAFile.setMarks({{99, u"lost"_s, {}}});
    QCOMPARE(ofAFile.index(0).data(FrameMarks::PlaceRole).toString(), u"not in this capture"_s);
}

void TestFrameMarks::speaksForScreenReaders()
{
    add(1);
    mark(1);
    m_marks->write(1, u"late"_s, {});
    const QString name = at(0, FrameMarks::AccessibleNameRole).toString();
    QVERIFY2(name.startsWith(u"bookmark #1, late, "), qPrintable(name));
    QVERIFY(!name.contains(u", ,"));
}

GUILESS_TEST(TestFrameMarks)
#include "tst_framemarks.moc"
