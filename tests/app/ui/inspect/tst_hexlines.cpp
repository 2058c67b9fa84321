// SPDX-License-Identifier: Apache-2.0
#include "app/ui/inspect/hexlines.h"
#include "tests/shared/testrunner.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace Qt::StringLiterals;
using Syncscope::HexLines;

class TestHexLines : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lines();
    void narrow();
    void nothing();
    void manyBytes();
};

void TestHexLines::lines()
{
    HexLines model;
    const QAbstractItemModelTester tester(&model,
                                          QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setBytes("{\"a\":\"\xc3\xa9\"}\n0123456789");
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data(HexLines::OffsetRole).toString(), u"00000000"_s);
    QCOMPARE(model.index(0).data(HexLines::HexRole).toString(),
             u"7b 22 61 22 3a 22 c3 a9  22 7d 0a 30 31 32 33 34"_s);
    QCOMPARE(model.index(0).data(HexLines::TextRole).toString(), u"{\"a\":\"..\"}.01234"_s);
    QCOMPARE(model.index(1).data(HexLines::OffsetRole).toString(), u"00000010"_s);
    QCOMPARE(model.index(1).data(HexLines::HexRole).toString().trimmed(), u"35 36 37 38 39"_s);
    // Both lines are as wide, so that the texts stand below each other.
    QCOMPARE(model.index(1).data(HexLines::HexRole).toString().size(),
             model.index(0).data(HexLines::HexRole).toString().size());
    QCOMPARE(model.text().count(u'\n'), 2);
}

void TestHexLines::narrow()
{
    HexLines model;
    model.setBytes("0123456789");
    model.setNarrow(true);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(1).data(HexLines::OffsetRole).toString(), u"00000008"_s);
    QCOMPARE(model.index(0).data(HexLines::HexRole).toString(), u"30 31 32 33 34 35 36 37"_s);
    QCOMPARE(model.index(1).data(HexLines::TextRole).toString(), u"89"_s);
}

void TestHexLines::nothing()
{
    HexLines model;
    QCOMPARE(model.rowCount(), 0);
    model.setBytes(QByteArray(16, 'a'));
    QCOMPARE(model.rowCount(), 1);
    model.setBytes({});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.text(), QString());
}

void TestHexLines::manyBytes()
{
    HexLines model;
    model.setBytes(QByteArray(10'000'001, 'x'));
    QCOMPARE(model.rowCount(), 625'001);
    QCOMPARE(model.index(625'000).data(HexLines::TextRole).toString(), u"x"_s);
}

GUILESS_TEST(TestHexLines)
#include "tst_hexlines.moc"
