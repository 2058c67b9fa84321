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
