// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/notejson.h"
#include "tests/shared/testrunner.h"

#include <QTimeZone>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::LinkNote;

class TestNoteJson : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goesThereAndBack_data();
    void goesThereAndBack();
    void readsWhatTheTerminalWrites();
    void readsNonsense();

private:
    static QDateTime at(qint64 seconds)
    {
        return QDateTime::fromMSecsSinceEpoch(1'800'000'000'000 + seconds * 1'000,
                                              QTimeZone::utc());
    }
};

void TestNoteJson::goesThereAndBack_data()
{
    QTest::addColumn<LinkNote::Kind>("kind");
    QTest::newRow("lost") << LinkNote::Kind::Lost;
    QTest::newRow("closed") << LinkNote::Kind::Closed;
    QTest::newRow("an attempt failed") << LinkNote::Kind::AttemptFailed;
    QTest::newRow("renewed") << LinkNote::Kind::Renewed;
    QTest::newRow("gave up") << LinkNote::Kind::GaveUp;
    QTest::newRow("restored") << LinkNote::Kind::Restored;
    QTest::newRow("gap") << LinkNote::Kind::Gap;
}

void TestNoteJson::goesThereAndBack()
{
    QFETCH(LinkNote::Kind, kind);
    LinkNote note;
    note.kind = kind;
    note.at = at(10);
    note.from = at(4);
    note.attempt = 3;
    note.isRetried = true;
    note.reason = AppSync::Error::local(AppSync::Error::Kind::ConnectionLost, u"It \"dropped\"."_s,
                                        u"Wait."_s);
    note.reason.serverMessage = u"reset"_s;
    if (kind == LinkNote::Kind::Gap)
        note.channels = {{u"/a/*"_s, at(10)}, {u"/b"_s, at(12)}};
    const LinkNote read = Syncscope::noteFromJson(
        Syncscope::noteKind(note), note.at.toMSecsSinceEpoch(), Syncscope::noteToJson(note));
    QCOMPARE(read.line(), note.line());
    QCOMPARE(read.explanation(), note.explanation());
}

void TestNoteJson::readsWhatTheTerminalWrites()
{
    const LinkNote note = Syncscope::noteFromJson(
        "gap", at(10).toMSecsSinceEpoch(),
        R"({"from":"2027-01-15T08:00:04.000Z","to":"2027-01-15T08:00:10.000Z","channel":"/a","reason":"lost"})");
    QCOMPARE(note.kind, LinkNote::Kind::Gap);
    QCOMPARE(note.from, at(4));
    QCOMPARE(note.channels.size(), 1);
    QCOMPARE(note.channels.first().name, u"/a"_s);
    QCOMPARE(note.reason.message, u"lost"_s);
}

void TestNoteJson::readsNonsense()
{
    for (const QByteArray json : {"", "[]", "{", R"({"from":7,"channels":{"a":1},"event":"?"})"}) {
        const LinkNote note = Syncscope::noteFromJson("link", at(1).toMSecsSinceEpoch(), json);
        QCOMPARE(note.at, at(1));
        QVERIFY(!note.line().isEmpty());
    }
}

GUILESS_TEST(TestNoteJson)
#include "tst_notejson.moc"
