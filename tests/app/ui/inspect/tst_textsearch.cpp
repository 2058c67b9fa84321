// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/jsontree.h"
#include "app/ui/inspect/textsearch.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::JsonTree;
using Syncscope::SearchHit;
using Syncscope::SearchSubject;
using Syncscope::TextSearch;
using Kind = SearchSubject::Kind;

class TestTextSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsText_data();
    void findsText();
    void findsBytes_data();
    void findsBytes();
    void findsKeysAndValues_data();
    void findsKeysAndValues();
    void revealsInTheTree();
    void goesAround();
    void saysWhatItFound();
    void staysWithTheQuery();
    void searchesLargeTextsAside();
    void boundsWhatItKeeps();
    void deepNesting();
};

namespace {

SearchSubject textSubject(const QString &text)
{
    return {Kind::Text, text, {}, {}};
}

SearchSubject byteSubject(const QByteArray &bytes)
{
    return {Kind::Bytes, {}, bytes, {}};
}

SearchSubject jsonSubject(const QList<QByteArray> &texts)
{
    return {Kind::Json, {}, {}, texts};
}

QList<int> places(const TextSearch::Hits &hits)
{
    QList<int> all;
    for (const SearchHit &hit : hits)
        all += int(hit.begin);
    return all;
}

} // namespace

void TestTextSearch::findsText_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<bool>("isCaseSensitive");
    QTest::addColumn<QList<int>>("expected");
    QTest::newRow("any case") << u"AB"_s << false << QList<int>{0, 3, 6};
    QTest::newRow("this case") << u"ab"_s << true << QList<int>{0, 6};
    QTest::newRow("not there") << u"xyz"_s << false << QList<int>{};
    QTest::newRow("line break") << u"b\n"_s << false << QList<int>{7};
    QTest::newRow("nothing asked") << QString() << false << QList<int>{};
    QTest::newRow("not overlapping") << u"éé"_s << false << QList<int>{9, 11};
    QTest::newRow("no pattern") << u"."_s << false << QList<int>{};
}

void TestTextSearch::findsText()
{
    QFETCH(const QString, query);
    QFETCH(const bool, isCaseSensitive);
    QTEST(places(TextSearch::find(textSubject(u"ab AB ab\nÉéÉÉ"_s), query,
                                  isCaseSensitive ? Qt::CaseSensitive : Qt::CaseInsensitive)),
          "expected");
}

void TestTextSearch::findsBytes_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QList<int>>("expected");
    QTest::newRow("text") << u"é"_s << QList<int>{1};
    QTest::newRow("any case") << u"AB"_s << QList<int>{3, 5};
    QTest::newRow("bytes") << u"0xc3A9"_s << QList<int>{1};
    QTest::newRow("spaced") << u"0x c3 a9"_s << QList<int>{1};
    QTest::newRow("nul") << u"0x00"_s << QList<int>{7};
    QTest::newRow("half a byte") << u"0xc"_s << QList<int>{};
    QTest::newRow("no digits") << u"0xzz"_s << QList<int>{};
    QTest::newRow("begun") << u"0x"_s << QList<int>{};
}

void TestTextSearch::findsBytes()
{
    QFETCH(const QString, query);
    QTEST(places(TextSearch::find(byteSubject(QByteArray("\"\xc3\xa9"
                                                         "abAB\0",
                                                         8)),
                                  query, Qt::CaseInsensitive)),
          "expected");
}

void TestTextSearch::findsKeysAndValues_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QStringList>("expected"); // value at each place, as far as its first sign
    QTest::newRow("key of a value") << u"name"_s << QStringList{u"\"ann\""_s};
    QTest::newRow("key of a branch") << u"PLAYER"_s << QStringList{u"{"_s};
    QTest::newRow("value") << u"ann"_s << QStringList{u"\"ann\""_s};
    QTest::newRow("number") << u"90071"_s << QStringList{u"9007199254740993"_s};
    QTest::newRow("as meant") << u"é"_s << QStringList{u"\"\\u00e9\""_s};
    QTest::newRow("as written") << u"\\u00E9"_s << QStringList{u"\"\\u00e9\""_s};
    QTest::newRow("element") << u"true"_s << QStringList{u"true"_s};
    QTest::newRow("key with escapes") << u"a\"b"_s << QStringList{u"null"_s};
    QTest::newRow("no punctuation") << u"{"_s << QStringList{};
}

void TestTextSearch::findsKeysAndValues()
{
    QFETCH(const QString, query);
    const QByteArray json =
        R"( {"player" : {"name":"ann", "id":9007199254740993},"list":["\u00e9", true],"a\"b":null} )";
    QStringList found;
    for (const SearchHit &hit : TextSearch::find(jsonSubject({json}), query, Qt::CaseInsensitive))
        found += QString::fromUtf8(json.sliced(hit.begin, hit.length));
    QTEST(found, "expected");
}

void TestTextSearch::revealsInTheTree()
{
    const QList<QByteArray> texts{R"({"a":1})",
                                  R"({"deep":{"er":[{"x":0},{"wanted":[5]}]},"z":1})"};
    JsonTree tree;
    tree.setTexts(texts, false);
    for (int row = tree.count() - 1; row >= 0; --row)
        tree.setUnfolded(row, false);
    QCOMPARE(tree.count(), 2);
    const auto hits = TextSearch::find(jsonSubject(texts), u"wanted"_s, Qt::CaseInsensitive);
    QCOMPARE(hits.size(), std::size_t(1));
    const int row = tree.reveal(hits.front().part, int(hits.front().begin));
    QCOMPARE(tree.pathOf(row), u"event.deep.er[1].wanted"_s);
    QCOMPARE(tree.reveal(1, 0), 1); // the second text as a whole
    QCOMPARE(tree.reveal(7, 0), -1);
    QCOMPARE(tree.reveal(0, 1), -1); // between values
}

void TestTextSearch::goesAround()
{
    TextSearch search;
    search.setSubject(textSubject(u"x x x"_s));
    const QSignalSpy moved(&search, &TextSearch::moved);
    search.setQuery(u"x"_s);
    QCOMPARE(search.hitBegin(), 0);
    QCOMPARE(search.stateText(), u"1 of 3"_s);
    search.goOn();
    search.goOn();
    QCOMPARE(search.hitBegin(), 4);
    search.goOn();
    QCOMPARE(search.hitBegin(), 0);
    search.goOn(false);
    QCOMPARE(search.hitBegin(), 4);
    QCOMPARE(search.hitLength(), 1);
    QCOMPARE(moved.size(), 5);
}

void TestTextSearch::saysWhatItFound()
{
    TextSearch search;
    QCOMPARE(search.stateText(), QString());
    search.setQuery(u"q"_s);
    QCOMPARE(search.stateText(), u"not found"_s);
    QCOMPARE(search.hitBegin(), -1);
    search.goOn(); // nowhere
    QCOMPARE(search.current(), -1);
    search.setSubject(byteSubject("abc"));
    search.setQuery(u"0x6"_s);
    QCOMPARE(search.stateText(), u"0x wants pairs of digits"_s);
    search.setSubject(textSubject(u"0x6"_s)); // a text like any other
    QCOMPARE(search.stateText(), u"1 of 1"_s);
}

void TestTextSearch::staysWithTheQuery()
{
    TextSearch search;
    search.setSubject(textSubject(u"Ab"_s));
    search.setQuery(u"ab"_s);
    QCOMPARE(search.count(), 1);
    search.setCaseSensitive(true);
    QCOMPARE(search.count(), 0);
    search.setSubject(textSubject(u"ab ab"_s));
    QCOMPARE(search.count(), 2);
    search.setSubject({});
    QCOMPARE(search.count(), 0);
}

void TestTextSearch::searchesLargeTextsAside()
{
    TextSearch search;
    QString text(10'000'000, u'x');
    text.replace(9'999'990, 6, u"needle"_s);
    search.setSubject(textSubject(text));
    search.setQuery(u"NEEDLE"_s);
    QVERIFY(search.isRunning()); // it did not wait
    QCOMPARE(search.stateText(), u"searching…"_s);
    search.setQuery(u"needl"_s); // the one before is given up
    QTRY_VERIFY(!search.isRunning());
    QCOMPARE(search.hitBegin(), 9'999'990);
    QCOMPARE(search.hitLength(), 5);
    search.setQuery(u"xxx"_s);
    search.setQuery({});
    QVERIFY(!search.isRunning());
    QCOMPARE(search.count(), 0);
}

void TestTextSearch::boundsWhatItKeeps()
{
    TextSearch search;
    search.setSubject(textSubject(QString(1'000'000, u'x')));
    search.setQuery(u"x"_s);
    QTRY_VERIFY(!search.isRunning());
    QCOMPARE(search.count(), int(TextSearch::kMostHits));
    QVERIFY(search.stateText().endsWith(u'+'));
}

void TestTextSearch::deepNesting()
{
    const QByteArray deep = QByteArray(200'000, '[') + "\"needle\"" + QByteArray(200'000, ']');
    const auto hits = TextSearch::find(jsonSubject({deep}), u"needle"_s, Qt::CaseInsensitive);
    QCOMPARE(places(hits), QList<int>{200'000});
    // What is no JSON is survived, too.
    for (const QByteArray &text : {QByteArray("\"\\"), QByteArray("{\"a"), QByteArray("]]"),
                                   QByteArray(), QByteArray("\xff\0\"", 3)})
        (void)TextSearch::find(jsonSubject({text}), u"a"_s, Qt::CaseInsensitive);
}

GUI_TEST(TestTextSearch)
#include "tst_textsearch.moc"
