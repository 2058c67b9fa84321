// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturecopy.h"
#include "app/core/capture/capturediff.h"
#include "capturefolder.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

//! Copies, merges and comparisons of captures.
class TestCaptureCopy : public QObject, private CaptureFolder {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { recordSample(u"a.ssc"_s); }
    void filteredCopy();
    void redactedCopy();
    void masksTheUrls();
    void merges();
    void compares();
};

void TestCaptureCopy::filteredCopy()
{
    CaptureFile file;
    QVERIFY(file.open(path(u"a.ssc"_s)));
    QVERIFY(
        !copyCapture(file, Filter(u"kind == 'event'"_s), path(u"events.ssc"_s), {}).isProblem());
    CaptureFile copy;
    QVERIFY(copy.open(path(u"events.ssc"_s)));
    QCOMPARE(copy.summary().frames, 2);
    QCOMPARE(copy.summary().first, 3); // numbers stay
    QCOMPARE(copy.connections().size(), 1);
}

void TestCaptureCopy::redactedCopy()
{
    CaptureFile file;
    QVERIFY(file.open(path(u"a.ssc"_s)));
    MaskedCount masked;
    QVERIFY(!copyCapture(file, Filter(), path(u"redacted.ssc"_s), CaptureRedaction::standard(), {},
                         QList<CaptureMark>{{3, u"the token=abc"_s, u"password: x"_s}},
                         UnfinishedFile::Existing::Kept, &masked)
                 .isProblem());
    QCOMPARE(masked.values, 2);
    QCOMPARE(masked.frames, 2);
    QCOMPARE(masked.allFrames, 8);
    QCOMPARE(masked.inMarks, 2);
    const QByteArray all = content(u"redacted.ssc"_s);
    QVERIFY(!all.contains("hunter2"));
    QVERIFY(!all.contains("\"abc\""));
    const QByteArrayList before = texts(path(u"a.ssc"_s));
    QByteArrayList after = texts(path(u"redacted.ssc"_s));
    QCOMPARE(
        after.at(2),
        QByteArray(
            R"({"id":"s","type":"data","event":"{\"token\":\"<masked, 3 bytes>\",\"n\":9007199254740993,\"n\":1}"})"));
    QVERIFY2(after.at(4).contains(R"({\"password\":\"<masked, 7 bytes>\"})"), after.at(4));
    for (const int same : {0, 1, 3, 5, 6, 7})
        QCOMPARE(after.at(same), before.at(same));
    CaptureFile copy;
    QVERIFY(copy.open(path(u"redacted.ssc"_s)));
    QCOMPARE(copy.marks().size(), 1);
    QCOMPARE(copy.marks().first().title, u"the token=<masked, 3 bytes>"_s);
    QCOMPARE(copy.marks().first().note, u"password: <masked, 1 bytes>"_s);
}

void TestCaptureCopy::masksTheUrls()
{
    const QString source = path(u"urls.ssc"_s);
    {
        CaptureWriter writer;
        QVERIFY(writer.open(source));
        QVERIFY(writer.writeConnection(1, u"wss://user:pw@h.test/p?header=x#y"_s, 0));
    }
    const QString copy = path(u"urls-copy.ssc"_s);
    const QString merged = path(u"urls-merged.ssc"_s);
    CaptureFile file;
    QVERIFY(file.open(source));
    QVERIFY(!copyCapture(file, {}, copy, CaptureRedaction::standard()).isProblem());
    QVERIFY(!mergeCaptures({source, source}, merged).isProblem());
    for (const QString &made : {copy, merged}) {
        CaptureFile after;
        QVERIFY(after.open(made));
        QCOMPARE(after.connections().last().url, u"wss://h.test/p"_s);
    }
}

void TestCaptureCopy::merges()
{
    QList<AppSync::Frame> others{CaptureFrames::subscribe(u"1"_s, u"/other"_s),
                                 CaptureFrames::eventFrame(u"1"_s, u"2"_s)};
    others[0].at = QDateTime::fromMSecsSinceEpoch(0, Qt::UTC);
    others[1].at = QDateTime::fromMSecsSinceEpoch(4'000'000'000'000, Qt::UTC);
    record(u"b.ssc"_s, others);
    {
        CaptureWriter writer;
        QVERIFY(writer.open(path(u"b.ssc"_s)) && writer.writeMark(2, u"here"_s, u"the last"_s));
    }
    const Problem problem =
        mergeCaptures({path(u"a.ssc"_s), path(u"b.ssc"_s)}, path(u"merged.ssc"_s));
    QVERIFY2(!problem.isProblem(), qPrintable(problem.message));
    CaptureFile file;
    QVERIFY(file.open(path(u"merged.ssc"_s)));
    const QList<CapturedFrame> frames = file.page({}, 100);
    QCOMPARE(frames.size(), 10);
    QCOMPARE(frames.first().origin->connection, 2);
    QCOMPARE(frames.last().origin->sub, QByteArray("/other"));
    QCOMPARE(frames.at(2).link, 2); // of subscribe_success, which moved
    QCOMPARE(file.connections().size(), 2);
    const QList<CaptureMark> marks = file.marks();
    QCOMPARE(marks.size(), 2); // of each one
    QCOMPARE(marks.last().number, frames.last().number);
    QCOMPARE(marks.last().title, u"here"_s);
    QCOMPARE(marks.last().note, u"the last"_s);
    QVERIFY(
        mergeCaptures({path(u"a.ssc"_s), path(u"nothing.ssc"_s)}, path(u"m2.ssc"_s)).isProblem());
}

void TestCaptureCopy::compares()
{
    const auto events = [](std::initializer_list<const char *> texts) {
        QList<AppSync::Frame> frames{CaptureFrames::subscribe(u"1"_s, u"/a"_s)};
        for (const char *text : texts)
            frames.append(CaptureFrames::eventFrame(u"1"_s, QString::fromUtf8(text)));
        return frames;
    };
    record(u"left.ssc"_s, events({"1", "2", "2", "3"}));
    record(u"right.ssc"_s, events({"3", "2", "4", "1", "4"}));
    CaptureFile left;
    CaptureFile right;
    QVERIFY(left.open(path(u"left.ssc"_s)));
    QVERIFY(right.open(path(u"right.ssc"_s)));
    CaptureDifference difference;
    QByteArrayList seen;
    Problem problem;
    QVERIFY(difference.compare(
        left, right, Filter(),
        [&](CaptureDifference::Side side, const CapturedFrame &frame) {
            seen += (side == CaptureDifference::Side::Left ? "-" : "+") + frame.payload;
            return true;
        },
        &problem));
    QCOMPARE(seen, (QByteArrayList{"-2", "+4", "+4"}));
    QCOMPARE(difference.both, 3);
    QCOMPARE(difference.onlyLeft, 1);
    QCOMPARE(difference.onlyRight, 2);

    const QString written = path(u"difference.ssc"_s);
    problem = difference.write(left, right, Filter(), written);
    QVERIFY2(!problem.isProblem(), qPrintable(problem.message));
    CaptureFile file;
    QVERIFY(file.open(written));
    QCOMPARE(texts(written).size(), 3);
    const QList<CapturedFrame> frames = file.page({}, 9);
    QCOMPARE(frames.at(0).origin->connection, 1);
    QCOMPARE(frames.at(1).origin->connection, 2);
    QCOMPARE(frames.at(2).payload, QByteArray("4"));
    QCOMPARE(file.connections().at(1).url, u"right.ssc"_s);
    // In the order of their times, whichever side they are of.
    QList<AppSync::Frame> late = events({"5", "6"});
    for (AppSync::Frame &frame : late)
        frame.at = frame.at.addSecs(60);
    record(u"late.ssc"_s, late);
    CaptureFile later;
    QVERIFY(later.open(path(u"late.ssc"_s)));
    const QString ordered = path(u"ordered.ssc"_s);
    QVERIFY(!difference.write(later, right, Filter(), ordered).isProblem());
    QVERIFY(file.open(ordered));
    QByteArrayList sides;
    for (const CapturedFrame &frame : file.page({}, 99))
        sides += QByteArray::number(frame.origin->connection) + ' ' + frame.payload;
    QCOMPARE(sides, (QByteArrayList{"2 3", "2 2", "2 4", "2 1", "2 4", "1 5", "1 6"}));
    const QString ended = path(u"ended.ssc"_s);
    QVERIFY(difference.write(left, right, Filter(), ended, [](qint64, qint64) { return false; })
                .isProblem());
    QVERIFY(!QFile::exists(ended));
}

GUILESS_TEST(TestCaptureCopy)
#include "tst_capturecopy.moc"
