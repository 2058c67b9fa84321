// SPDX-License-Identifier: Apache-2.0
#include "app/core/statistics/plotpath.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Syncscope::PlotPath;

class TestPlotPath : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isWrittenAsInFilters_data();
    void isWrittenAsInFilters();
    void findsNumbers_data();
    void findsNumbers();
};

void TestPlotPath::isWrittenAsInFilters_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isUsable");
    QTest::newRow("nothing") << u"  "_s << false;
    QTest::newRow("member") << u" event.score "_s << true;
    QTest::newRow("whole event") << u"event"_s << true;
    QTest::newRow("data") << u"data.onTick.price"_s << true;
    QTest::newRow("index") << u"event.items[0].price"_s << true;
    QTest::newRow("every") << u"event.items[*].price"_s << true;
    QTest::newRow("another field") << u"bytes"_s << false;
    QTest::newRow("a bare name") << u"score"_s << false;
    QTest::newRow("a condition") << u"event.score > 1"_s << false;
    QTest::newRow("smuggled") << u"event.a) || has(event.b"_s << false;
    QTest::newRow("rubbish") << u"event..[["_s << false;
}

void TestPlotPath::isWrittenAsInFilters()
{
    QFETCH(QString, text);
    QFETCH(bool, isUsable);
    const PlotPath path(text);
    QCOMPARE(path.isUsable(), isUsable);
    QCOMPARE(path.problem().isEmpty(), isUsable || text.trimmed().isEmpty());
    QCOMPARE(path.text(), text.trimmed());
}

void TestPlotPath::findsNumbers_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<bool>("isResult");
    QTest::addColumn<QList<double>>("numbers");
    QTest::addColumn<int>("others");
    using Numbers = QList<double>;
    QTest::newRow("one") << u"event.score"_s << QByteArray("{\"score\": -1.5e2 }") << false
                         << Numbers{-150} << 0;
    QTest::newRow("none") << u"event.score"_s << QByteArray("{\"points\":1}") << false << Numbers{}
                          << 0;
    QTest::newRow("text") << u"event.score"_s << QByteArray("{\"score\":\"12\"}") << false
                          << Numbers{} << 1;
    QTest::newRow("null") << u"event.score"_s << QByteArray("{\"score\":null}") << false
                          << Numbers{} << 1;
    QTest::newRow("several") << u"event.i[*].p"_s
                             << QByteArray("{\"i\":[{\"p\":1},{\"p\":true},{\"p\":3}]}") << false
                             << Numbers{1, 3} << 1;
    QTest::newRow("the event itself") << u"event"_s << QByteArray("7") << false << Numbers{7} << 0;
    QTest::newRow("result") << u"data.price"_s << QByteArray("{\"data\":{\"price\":4}}") << true
                            << Numbers{4} << 0;
    QTest::newRow("result without data")
        << u"data.price"_s << QByteArray("{\"errors\":[]}") << true << Numbers{} << 0;
    QTest::newRow("too large") << u"event"_s << QByteArray("1e999") << false << Numbers{} << 1;
    QTest::newRow("no JSON") << u"event.score"_s << QByteArray("{\"score\": nan") << false
                             << Numbers{} << 1;
    QTest::newRow("nothing") << u"event.score"_s << QByteArray() << false << Numbers{} << 0;
}

void TestPlotPath::findsNumbers()
{
    QFETCH(QString, text);
    QFETCH(QByteArray, payload);
    QFETCH(bool, isResult);
    QFETCH(QList<double>, numbers);
    QFETCH(int, others);
    QList<double> found;
    const PlotPath path(text);
    const int none = path.forEachNumber(payload, isResult, [&](double number) { found += number; });
    QCOMPARE(found, numbers);
    QCOMPARE(none, others);
}

APPLESS_TEST(TestPlotPath)
#include "tst_plotpath.moc"
