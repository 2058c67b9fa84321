// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/markwriter.h"

#include "app/core/capture/capturefile.h"
#include "app/ui/capture/captureview.h"
#include "capturefixture.h"
#include "tests/shared/testrunner.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::CaptureFile;
using Syncscope::CaptureMark;
using Syncscope::CaptureView;
using Syncscope::Database;
using Syncscope::MarkWriter;
using Syncscope::Problem;

class TestMarkWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void writesInOrder();
    void writesTheLastOnesToo();
    void triesAgain();
    void capturesShowAndKeepThem();
    void whatIsNotWrittenIsSavedAllTheSame();

private:
    static QList<CaptureMark> marksOf(const QString &path)
    {
        CaptureFile file;
        return file.open(path) ? file.marks() : QList<CaptureMark>{{-1, {}, {}}};
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestMarkWriter::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"a.ssc"_s);
    QVERIFY(CaptureFixture::make(m_file, 5));
}

void TestMarkWriter::writesInOrder()
{
    MarkWriter writer;
    writer.setPath(m_file);
    QSignalSpy finished(&writer, &MarkWriter::finished);
    for (int i = 1; i <= 20; ++i)
        writer.write({2, CaptureMark{2, QString::number(i), {}}});
    writer.write({3, CaptureMark{3, {}, {}}});
    writer.write({3, {}});
    QTRY_VERIFY(writer.isIdle() && finished.count() > 0);
    QVERIFY(!writer.problem().isProblem());
    QCOMPARE(marksOf(m_file), (QList<CaptureMark>{{2, u"20"_s, {}}}));
}

void TestMarkWriter::writesTheLastOnesToo()
{
    {
        MarkWriter writer;
        writer.setPath(m_file);
        writer.write({2, CaptureMark{2, u"a"_s, {}}});
        writer.write({2, CaptureMark{2, u"b"_s, {}}});
    }
    QCOMPARE(marksOf(m_file), (QList<CaptureMark>{{2, u"b"_s, {}}}));
}

void TestMarkWriter::triesAgain()
{
    MarkWriter writer;
    writer.setPath(m_file);
    QSignalSpy finished(&writer, &MarkWriter::finished);
    {
        Database holder;
        QVERIFY(holder.open(m_file, Database::Mode::ReadWrite));
        QVERIFY(holder.run(u"BEGIN EXCLUSIVE"_s));
        writer.write({2, CaptureMark{2, u"a"_s, {}}});
        QVERIFY(finished.wait(10'000));
        QVERIFY(writer.problem().isProblem());
    }
    writer.write({3, CaptureMark{3, u"b"_s, {}}});
    QVERIFY(finished.wait(10'000));
    QVERIFY(!writer.problem().isProblem());
    QCOMPARE(marksOf(m_file).size(), 2);
}

void TestMarkWriter::capturesShowAndKeepThem()
{
    Problem problem;
    auto view = CaptureView::open({m_file, m_file, nullptr}, nullptr, &problem);
    QVERIFY(view);
    QTRY_COMPARE(view->frames()->count(), 5);
    view->frames()->selectRecord(4);
    view->marks()->toggle();
    view->marks()->write(4, u"here"_s, u"it began"_s);
    view.reset();
    view = CaptureView::open({m_file, m_file, nullptr}, nullptr, &problem);
    QCOMPARE(view->marks()->marks(), (QList<CaptureMark>{{4, u"here"_s, u"it began"_s}}));
    QVERIFY(view->marks()->notice().isEmpty());
}

void TestMarkWriter::whatIsNotWrittenIsSavedAllTheSame()
{
    Problem problem;
    const auto view = CaptureView::open({m_file, m_file, nullptr}, nullptr, &problem);
    QVERIFY(view);
    QTRY_COMPARE(view->frames()->count(), 5);
    const QString moved = m_folder->filePath(u"moved.ssc"_s);
    QVERIFY(QFile::rename(m_file, moved)); // somebody else did
    view->frames()->selectRecord(4);
    view->marks()->toggle();
    QTRY_VERIFY(!view->marks()->notice().isEmpty());
    QVERIFY(view->marks()->notice().message.contains(u"not written"));
    QCOMPARE(view->marks()->count(), 1);
    QVERIFY(QFile::rename(moved, m_file));
    const QString copy = m_folder->filePath(u"copy.ssc"_s);
    QSignalSpy saved(view->saver(), &Syncscope::CaptureSaver::saved);
    view->save(QUrl::fromLocalFile(copy), false);
    QVERIFY(saved.wait(10'000));
    QCOMPARE(marksOf(copy).size(), 1);
    view->marks()->dismissNotice();
    QVERIFY(view->marks()->notice().isEmpty());
}

GUILESS_TEST(TestMarkWriter)
#include "tst_markwriter.moc"
