// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/payloaddiff.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::PayloadDiff;

class TestPayloadDiff : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void compares_data();
    void compares();
    void countsWhatIsTheSame();
    void hasAModel();
};

void TestPayloadDiff::compares_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QString>("text");
    QTest::newRow("the same") << R"({"a":1,"b":[2]})"_ba
                              << R"({"b":[2],"a":1})"_ba << QString();
    QTest::newRow("changed") << R"({"a":1})"_ba
                             << R"({"a":2})"_ba << u"- $.a: 1\n+ $.a: 2\n"_s;
    QTest::newRow("written otherwise") << R"({"a":1.0})"_ba
                                       << R"({"a":1})"_ba << u"- $.a: 1.0\n+ $.a: 1\n"_s;
    QTest::newRow("added") << R"({})"_ba
                           << R"({"a":{"b":"x"}})"_ba << u"+ $.a.b: \"x\"\n- $: {}\n"_s;
    QTest::newRow("removed") << R"({"a":[1,2]})"_ba
                             << R"({"a":[1]})"_ba << u"- $.a[1]: 2\n"_s;
    QTest::newRow("another type") << R"({"a":{}})"_ba
                                  << R"({"a":[]})"_ba << u"- $.a: {}\n+ $.a: []\n"_s;
    QTest::newRow("twice") << R"({"a":1,"a":2})"_ba
                           << R"({"a":1,"a":3})"_ba << u"- $.a (2): 2\n+ $.a (2): 3\n"_s;
    QTest::newRow("numbers") << "1"_ba
                             << "2"_ba << u"- $: 1\n+ $: 2\n"_s;
}

void TestPayloadDiff::compares()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    PayloadDiff diff;
    diff.show(PayloadDiff::between(before, after));
    QTEST(diff.text(), "text");
}

void TestPayloadDiff::countsWhatIsTheSame()
{
    PayloadDiff diff;
    diff.show(PayloadDiff::between(R"({"a":1,"b":2,"c":3})", R"({"a":1,"b":2,"c":4})"));
    QCOMPARE(diff.same(), 2);
    QCOMPARE(diff.count(), 1);
    diff.show({});
    QCOMPARE(diff.same(), 0);
    QCOMPARE(diff.count(), 0);
}

void TestPayloadDiff::hasAModel()
{
    PayloadDiff diff;
    const QAbstractItemModelTester tester(&diff,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    diff.show(PayloadDiff::between(R"({"a":1,"gone":0})",
                                   R"({"a":2,"new":")" + QByteArray(1'000, 'x') + "\"}"));
    QCOMPARE(diff.count(), 3);
    QCOMPARE(diff.index(0).data(PayloadDiff::ChangeRole).toInt(), int(PayloadDiff::Changed));
    QCOMPARE(diff.index(0).data(PayloadDiff::BeforeRole).toString(), u"1"_s);
    QCOMPARE(diff.index(1).data(PayloadDiff::ChangeRole).toInt(), int(PayloadDiff::Added));
    QCOMPARE(diff.index(1).data(PayloadDiff::AfterRole).toString().size(), 501);
    QCOMPARE(diff.index(2).data(PayloadDiff::AccessibleNameRole).toString(),
             u"$.gone is gone: 0"_s);
}

GUILESS_TEST(TestPayloadDiff)
#include "tst_payloaddiff.moc"
