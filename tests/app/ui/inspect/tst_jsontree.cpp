// SPDX-License-Identifier: Apache-2.0
#include "app/core/filter/filter.h"
#include "app/ui/inspect/jsontree.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::Filter;
using Syncscope::FilterRow;
using Syncscope::JsonTree;

class TestJsonTree : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsWhatIsWritten();
    void foldsAndUnfolds();
    void unfoldsSmallOnesOnly();
    void namesPaths();
    void filtersByWhatItShows_data();
    void filtersByWhatItShows();
    void comparesWithWhatItShows();
    void results();
    void severalEvents();
    void showsLongListsInParts();
    void revealsWithinLongLists();
    void indexesLargeBranches();
    void deepAndLarge();

private:
    [[nodiscard]] QVariant at(int row, JsonTree::Role role) const
    {
        return m_tree->index(row).data(role);
    }
    //! `name=value` of each row, indented.
    [[nodiscard]] QStringList rows() const
    {
        QStringList all;
        for (int row = 0; row < m_tree->count(); ++row)
            all += QString(at(row, JsonTree::DepthRole).toInt(), u' ')
                + at(row, JsonTree::NameRole).toString() + u'='
                + at(row, JsonTree::ValueRole).toString();
        return all;
    }
    std::unique_ptr<JsonTree> m_tree;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestJsonTree::init()
{
    m_tester.reset();
    m_tree = std::make_unique<JsonTree>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_tree.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestJsonTree::showsWhatIsWritten()
{
    m_tree->setTexts(
        {R"({"n":12345678901234567890.10,"n":1E400,"list":[true,null,"\u00e9\n"],"e":{}})"}, false);
    QCOMPARE(rows(),
             QStringList({u"={4}"_s, u" n=12345678901234567890.10"_s, u" n=1E400"_s, u" list=[3]"_s,
                          u"  0=true"_s, u"  1=null"_s, uR"(  2="\u00e9\n")"_s, u" e={0}"_s}));
    QCOMPARE(at(4, JsonTree::KindRole).toInt(), int(JsonTree::Literal));
    QCOMPARE(at(6, JsonTree::KindRole).toInt(), int(JsonTree::String));
    QCOMPARE(m_tree->textOf(3), uR"([true,null,"\u00e9\n"])"_s);
}

void TestJsonTree::foldsAndUnfolds()
{
    m_tree->setTexts({R"({"a":{"b":[1,2]},"c":3})"}, false);
    QCOMPARE(m_tree->count(), 6);
    QCOMPARE(m_tree->parentOf(3), 2);
    QCOMPARE(m_tree->parentOf(5), 0);
    QCOMPARE(m_tree->parentOf(0), -1);
    m_tree->toggle(1);
    QCOMPARE(rows(), QStringList({u"={2}"_s, u" a={1}"_s, u" c=3"_s}));
    QVERIFY(!at(1, JsonTree::UnfoldedRole).toBool());
    m_tree->setUnfolded(1, true);
    QCOMPARE(m_tree->count(), 4); // what is inside is folded
    m_tree->setUnfolded(1, true);
    m_tree->toggle(3); // a number
    m_tree->toggle(-1);
    m_tree->toggle(99);
    QCOMPARE(m_tree->count(), 4);
}

void TestJsonTree::unfoldsSmallOnesOnly()
{
    QByteArray list = "[0";
    for (int i = 1; i < 1'000; ++i)
        list += ',' + QByteArray::number(i);
    m_tree->setTexts({"{\"list\":" + list + "],\"a\":{\"b\":1}}"}, false);
    QCOMPARE(rows(), QStringList({u"={2}"_s, u" list=[1000]"_s, u" a={1}"_s, u"  b=1"_s}));
    m_tree->toggle(1);
    QCOMPARE(m_tree->count(), 1'004);
}

void TestJsonTree::namesPaths()
{
    m_tree->setTexts({R"({"a":{"with space":[1]}})"}, false);
    QCOMPARE(m_tree->pathOf(0), u"event"_s);
    QCOMPARE(m_tree->pathOf(2), u"event.a.\"with space\""_s);
    QCOMPARE(m_tree->pathOf(3), u"event.a.\"with space\"[0]"_s);
    QCOMPARE(m_tree->pathOf(9), QString());
}

void TestJsonTree::filtersByWhatItShows_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>(
        "other"); // that the filters of none of its rows but the first find
    QTest::newRow("values") << R"({"s":"a\"b","n":90071992547409930,"t":true})"_ba
                            << R"({"s":"ab","n":90071992547409931,"t":false})"_ba;
    QTest::newRow("nested") << R"({"a":[{"x y":-1.50}]})"_ba
                            << R"({"b":[{"x y":-1.5}]})"_ba;
    QTest::newRow("null") << R"({"none":null})"_ba
                          << R"({"some":null})"_ba;
    QTest::newRow("beyond ASCII") << R"({"é":"\ud83d\ude00"})"_ba
                                  << R"({"é":"x"})"_ba;
}

//! What is clicked finds the event that it was clicked in.
void TestJsonTree::filtersByWhatItShows()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, other);
    const auto matches = [](const Filter &filter, const QByteArray &text) {
        FilterRow row;
        row.text = text;
        row.payload = FilterRow::Payload::Event;
        row.isJson = true;
        return filter.matches(row);
    };
    m_tree->setTexts({json}, false);
    for (int row = 0; row < m_tree->count(); ++row) {
        const Filter filter(m_tree->filterFor(row));
        QVERIFY2(filter.isValid(), qPrintable(filter.text()));
        QVERIFY2(matches(filter, json), qPrintable(filter.text()));
        if (row == m_tree->count() - 1)
            QVERIFY2(!matches(filter, other), qPrintable(filter.text()));
    }
}

void TestJsonTree::comparesWithWhatItShows()
{
    m_tree->setTexts({R"({"n":12345678901234567890.10,"s":"a\"b","none":null,"o":{}})"}, false);
    QVERIFY(m_tree->isNumberAt(1));
    QCOMPARE(m_tree->comparison(1, u">"_s), u"event.n > 12345678901234567890.10"_s);
    QVERIFY(!m_tree->isNumberAt(2));
    QCOMPARE(m_tree->comparison(2, u"!="_s), u"event.s != \"a\\\"b\""_s);
    QCOMPARE(m_tree->comparison(3, u"!="_s), QString()); // null is compared with nothing
    QCOMPARE(m_tree->filterFor(3), u"has(event.none)"_s);
    QVERIFY(m_tree->isBranchAt(4));
    QCOMPARE(m_tree->comparison(4, u"=="_s), QString());
    QCOMPARE(m_tree->presence(4), u"has(event.o)"_s);
    QCOMPARE(m_tree->comparison(99, u"=="_s), QString());
    QCOMPARE(m_tree->presence(-1), QString());
}

void TestJsonTree::results()
{
    m_tree->setTexts({R"({"data":{"onMessage":{"id":1}},"errors":[]})"}, true);
    QCOMPARE(m_tree->pathOf(0), QString());
    QCOMPARE(m_tree->pathOf(1), u"event"_s);
    QCOMPARE(m_tree->pathOf(3), u"event.onMessage.id"_s);
    QCOMPARE(m_tree->pathOf(4), QString()); // filters do not look there
    QCOMPARE(m_tree->filterFor(4), QString());
}

void TestJsonTree::severalEvents()
{
    m_tree->setTexts({"1", R"({"a":2})"}, false);
    QCOMPARE(rows(), QStringList({u"=1"_s, u"={1}"_s, u" a=2"_s}));
    m_tree->setTexts({}, false);
    QCOMPARE(m_tree->count(), 0);
}

void TestJsonTree::showsLongListsInParts()
{
    QByteArray list = "[";
    for (int i = 0; i < 10'000; ++i)
        list += (i > 0 ? ",{\"n\":" : "{\"n\":") + QByteArray::number(i) + '}';
    list += ']';
    m_tree->setTexts({list}, false);
    QCOMPARE(m_tree->count(), 1 + JsonTree::kMembersAtOnce + 1);
    QCOMPARE(rows().first(), u"=[10000]"_s);
    const int rest = m_tree->count() - 1;
    QCOMPARE(at(rest, JsonTree::KindRole).toInt(), int(JsonTree::Rest));
    QVERIFY(at(rest, JsonTree::ValueRole).toString().contains(u"more"_s));
    QCOMPARE(m_tree->filterFor(rest), QString());
    QCOMPARE(m_tree->parentOf(rest), 0);
    m_tree->toggle(rest);
    QCOMPARE(m_tree->count(), 1 + 2 * JsonTree::kMembersAtOnce + 1);
    QCOMPARE(at(rest, JsonTree::NameRole).toString(), u"1000"_s);
    QCOMPARE(m_tree->pathOf(rest), u"event[1000]"_s);
    while (at(m_tree->count() - 1, JsonTree::KindRole).toInt() == JsonTree::Rest)
        m_tree->setUnfolded(m_tree->count() - 1, true);
    QCOMPARE(m_tree->count(), 10'001);
    QCOMPARE(m_tree->textOf(10'000), u"{\"n\":9999}"_s);
    m_tree->setUnfolded(0, false);
    QCOMPARE(m_tree->count(), 1);
}

void TestJsonTree::revealsWithinLongLists()
{
    QByteArray list = "{\"list\":[";
    for (int i = 0; i < 10'000; ++i)
        list += (i > 0 ? ",{\"n\":" : "{\"n\":") + QByteArray::number(i) + '}';
    list += "]}";
    m_tree->setTexts({list}, false);
    const int row = m_tree->reveal(0, int(list.indexOf("7654")));
    QCOMPARE(m_tree->pathOf(row), u"event.list[7654].n"_s);
    QVERIFY(m_tree->count() < 4'000); // the rest stays where it is
    const int last = m_tree->reveal(0, int(list.indexOf("9999")));
    QCOMPARE(m_tree->pathOf(last), u"event.list[9999].n"_s);
    const int first = m_tree->reveal(0, int(list.indexOf("2000")));
    QCOMPARE(m_tree->pathOf(first), u"event.list[2000].n"_s);
    // What stayed hidden is there in between.
    for (int at = 0; at < m_tree->count(); ++at) {
        if (this->at(at, JsonTree::KindRole).toInt() == JsonTree::Rest)
            m_tree->setUnfolded(at--, true);
    }
    QStringList names;
    for (int at = 0; at < m_tree->count(); ++at) {
        if (this->at(at, JsonTree::DepthRole).toInt() == 2)
            names += this->at(at, JsonTree::NameRole).toString();
    }
    QCOMPARE(names.size(), 10'000);
    for (int i = 0; i < names.size(); ++i)
        QCOMPARE(names.at(i), QString::number(i));
}

void TestJsonTree::indexesLargeBranches()
{
    const QByteArray item = "{\"text\":\"" + QByteArray(40'000, 'x') + "\\\"]\"}";
    const QByteArray json = " {\"a\":[" + item + " , " + item + "],\"b\":[],\"c\":{\"d\":1}} ";
    const Syncscope::JsonIndex index = Syncscope::JsonIndex::of(json);
    const auto top = index.at(1);
    QVERIFY(top);
    QCOMPARE(top->count, 3);
    QCOMPARE(top->end, json.size() - 1);
    const auto list = index.at(json.indexOf('['));
    QVERIFY(list);
    QCOMPARE(list->count, 2);
    QCOMPARE(json.sliced(list->end, 5), ",\"b\":"_ba);
    QVERIFY(!index.at(json.indexOf("[]"))); // small
    QVERIFY(!index.at(0));
    m_tree->setTexts({json}, false);
    QCOMPARE(rows().first(), u"={3}"_s);
    QCOMPARE(m_tree->textOf(m_tree->reveal(0, int(json.indexOf(item)))), QString::fromUtf8(item));
    // What is no JSON is survived.
    for (const QByteArray &text : {QByteArray(40'000, ']'), QByteArray(40'000, '['),
                                   QByteArray(40'000, '"'), QByteArray(40'000, ',')})
        (void)Syncscope::JsonIndex::of(text);
}

void TestJsonTree::deepAndLarge()
{
    m_tree->setTexts({QByteArray(200, '[') + QByteArray(200, ']')}, false);
    for (int row = 0; row < 199; ++row)
        m_tree->setUnfolded(row, true);
    QCOMPARE(m_tree->count(), 200);
    m_tree->setTexts({"{\"text\":\"" + QByteArray(10'000'000, 'x') + "\"}"}, false);
    QCOMPARE(at(1, JsonTree::ValueRole).toString().size(), JsonTree::kShownLength + 1);
    QCOMPARE(m_tree->textOf(1).size(), 10'000'002);
}

GUILESS_TEST(TestJsonTree)
#include "tst_jsontree.moc"
