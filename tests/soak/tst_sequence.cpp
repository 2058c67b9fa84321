// SPDX-License-Identifier: Apache-2.0
#include "sequence.h"

#include <QTest>

//! The judge of the soak run finds what it is there to find.
class tst_Sequence : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutLossThereIsNothingToSay();
    void lossInAGapIsAllowed();
    void lossWithoutAGapIsNot();
    void aGapCoversOneLossOnly();
    void twiceOrBackIsNot();
};

void tst_Sequence::withoutLossThereIsNothingToSay()
{
    Sequence sequence;
    for (int number = 0; number < 7; ++number)
        QVERIFY(sequence.note(number));
    QCOMPARE(sequence.missing(), 0);
    QCOMPARE(sequence.received(), 7);
}

void tst_Sequence::lossInAGapIsAllowed()
{
    Sequence sequence;
    QVERIFY(sequence.note(0));
    sequence.noteGap();
    QVERIFY(sequence.note(4));
    QCOMPARE(sequence.missing(), 3);
    QCOMPARE(sequence.violations(), 0);
}

void tst_Sequence::lossWithoutAGapIsNot()
{
    Sequence sequence;
    QVERIFY(sequence.note(0));
    QVERIFY(!sequence.note(2));
    QCOMPARE(sequence.violations(), 1);
}

void tst_Sequence::aGapCoversOneLossOnly()
{
    Sequence sequence;
    sequence.noteGap();
    QVERIFY(sequence.note(3)); // those before it are missing too
    QVERIFY(!sequence.note(5));
}

void tst_Sequence::twiceOrBackIsNot()
{
    Sequence sequence;
    QVERIFY(sequence.note(0));
    QVERIFY(!sequence.note(0));
    sequence.noteGap();
    QVERIFY(!sequence.note(0));
    QCOMPARE(sequence.violations(), 2);
}

QTEST_GUILESS_MAIN(tst_Sequence)
#include "tst_sequence.moc"
