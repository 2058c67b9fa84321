// SPDX-License-Identifier: Apache-2.0
#include "app/ui/linknote.h"
#include "app/ui/wording.h"
#include "tests/shared/testrunner.h"

#include <QLocale>
#include <QTimeZone>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::LinkNote;
using NoteKind = LinkNote::Kind;

namespace {

QDateTime at(int ms)
{
    return QDateTime::fromMSecsSinceEpoch(1'800'000'000'000 + ms, QTimeZone::utc());
}

LinkNote note(NoteKind kind)
{
    LinkNote note;
    note.kind = kind;
    note.from = at(1'120);
    note.at = at(7'450);
    note.reason = AppSync::Error::local(AppSync::Error::Kind::ConnectionLost, u"It dropped."_s,
                                        u"Look at the cable."_s);
    note.reason.serverMessage = u"reset by peer"_s;
    return note;
}

} // namespace

class TestLinkNote : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void saysItInALine_data();
    void saysItInALine();
    void explains();
    void aGapLastsUntilTheLastSubscription();
    void theUsersOwnDoingHasNoReason();
};

void TestLinkNote::saysItInALine_data()
{
    QTest::addColumn<LinkNote>("note");
    QTest::addColumn<QString>("line");
    LinkNote lost = note(NoteKind::Lost);
    QTest::newRow("lost for good")
        << lost << u"Connection lost after 6.3\u00A0s · It dropped. · no further attempt"_s;
    lost.isRetried = true;
    QTest::newRow("lost") << lost << u"Connection lost after 6.3\u00A0s · It dropped."_s;
    LinkNote restored = note(NoteKind::Restored);
    restored.attempt = 3;
    QTest::newRow("restored") << restored
                              << u"Connected again after 6.3\u00A0s · attempt 3 · It dropped."_s;
    restored.attempt = 0;
    restored.reason = {};
    QTest::newRow("restored by the user") << restored << u"Connected again after 6.3\u00A0s"_s;
    QTest::newRow("given up") << note(NoteKind::GaveUp)
                              << u"Gave up connecting after 6.3\u00A0s · It dropped."_s;
    const LinkNote gap = note(NoteKind::Gap);
    QTest::newRow("gap") << gap
                         << u"Gap %1–%2 · events may be missing · It dropped."_s.arg(
                                Syncscope::Wording::time(gap.from),
                                Syncscope::Wording::time(gap.at));
}

void TestLinkNote::saysItInALine()
{
    QFETCH(LinkNote, note);
    QFETCH(QString, line);
    QCOMPARE(note.line(), line);
    QVERIFY(!note.title().isEmpty());
    QVERIFY(note.accessibleName().contains(note.kind == NoteKind::Gap ? u"events may be missing"_s
                                                                      : line));
}

void TestLinkNote::explains()
{
    for (const NoteKind kind : {NoteKind::Lost, NoteKind::AttemptFailed, NoteKind::GaveUp,
                                NoteKind::Gap, NoteKind::Restored}) {
        const QString text = note(kind).explanation();
        QVERIFY2(text.contains(u"Reason: It dropped.\nReported: “reset by peer”"_s),
                 qPrintable(text));
        QVERIFY2(kind == NoteKind::Restored || text.contains(u"Next step: "_s), qPrintable(text));
    }
    QVERIFY(note(NoteKind::Lost).explanation().contains(u"Next step: Look at the cable."_s));
    LinkNote lost = note(NoteKind::Lost);
    lost.isRetried = true;
    lost.reason.nextStep.clear();
    QVERIFY(lost.explanation().contains(u"the next attempt comes by itself"_s));
}

void TestLinkNote::aGapLastsUntilTheLastSubscription()
{
    LinkNote gap = note(NoteKind::Gap);
    gap.channels = {{u"/a/b"_s, at(7'450)}, {u"/c/*"_s, at(9'000)}};
    QCOMPARE(gap.to(), at(9'000));
    QVERIFY(gap.accessibleName().contains(u"2 subscription"_s));
    const QString text = gap.explanation();
    QVERIFY2(text.startsWith(u"Gap of 7.9\u00A0s"_s), qPrintable(text));
    QVERIFY(text.contains(u"/a/b – live again at "_s + Syncscope::Wording::time(at(7'450))));
    QVERIFY(text.contains(u"/c/* – live again at "_s + Syncscope::Wording::time(at(9'000))));
}

void TestLinkNote::theUsersOwnDoingHasNoReason()
{
    LinkNote closed = note(NoteKind::Closed);
    closed.reason = {};
    QCOMPARE(closed.line(), u"Disconnected by you after 6.3\u00A0s"_s);
    QVERIFY(!closed.explanation().contains(u"Reason:"_s));
}

GUILESS_TEST(TestLinkNote)
#include "tst_linknote.moc"
