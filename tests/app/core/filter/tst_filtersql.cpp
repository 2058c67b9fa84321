// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturefile.h"
#include "app/core/capture/capturewriter.h"
#include "app/core/capture/operationmemory.h"
#include "app/core/filter/filtersql.h"
#include "filtercases.h"
#include "tests/shared/testrunner.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestFilterSql : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void agreesWithTheEvaluator();
    void longOnes_data();
    void longOnes();
    void exactOnes_data();
    void exactOnes();

private:
    //! Numbers that a condition lets pass, as SQLite counts them.
    QList<qint64> chosen(const FilterSql &sql);

    QTemporaryDir m_folder;
    QString m_path;
    QList<CapturedFrame> m_frames;
    quint32 m_seed = 0;
};

void TestFilterSql::initTestCase()
{
    m_seed = qEnvironmentVariableIsSet("SYNCSCOPE_SEED")
        ? quint32(qEnvironmentVariableIntValue("SYNCSCOPE_SEED"))
        : QRandomGenerator::global()->generate();
    qInfo("seed %u (SYNCSCOPE_SEED repeats it)", m_seed);
    FilterCases cases(m_seed);
    OperationMemory operations;
    for (int i = 1; i <= 200; ++i) {
        m_frames.append(operations.captured(cases.frame(), 1, i));
        m_frames.last().number = i;
    }
    m_path = m_folder.filePath(u"cases.ssc"_s);
    CaptureWriter writer;
    QVERIFY2(writer.open(m_path), qPrintable(writer.problem().message));
    QVERIFY2(writer.write(m_frames), qPrintable(writer.problem().message));
}

QList<qint64> TestFilterSql::chosen(const FilterSql &sql)
{
    Database database;
    QList<qint64> numbers;
    if (!database.open(m_path, Database::Mode::ReadOnly))
        return {-1};
    Statement statement(database,
                        u"SELECT f.number FROM frame f JOIN origin o ON o.id=f.origin WHERE "_s
                            + sql.where + u" ORDER BY 1"_s);
    statement.bindAll(sql.values);
    if (!statement.execute())
        return {-1};
    while (statement.next())
        numbers.append(statement.integer(0));
    return numbers;
}

void TestFilterSql::agreesWithTheEvaluator()
{
    constexpr int kCases = 10'000;
    FilterCases cases(m_seed + 1);
    CaptureFile file;
    QVERIFY2(file.open(m_path), qPrintable(file.problem().message));
    Database database;
    QVERIFY(database.open(m_path, Database::Mode::ReadOnly));
    int exact = 0;
    qint64 hits = 0;
    for (int i = 0; i < kCases; ++i) {
        const QString text = cases.filter();
        const Filter filter(text);
        QVERIFY2(filter.isValid(), qPrintable(text + u": "_s + filter.error().message));
        QList<qint64> expected;
        for (const CapturedFrame &frame : std::as_const(m_frames)) {
            if (frame.matches(filter))
                expected.append(frame.number);
        }
        // What is read from the file is what the rows in memory say,
        QList<qint64> found;
        QVERIFY(file.read(filter, {}, [&](const CapturedFrame &frame) {
            found.append(frame.number);
            return true;
        }));
        QVERIFY2(found == expected, qPrintable(text));
        // and SQL alone lets pass as much, or more where it says so.
        const FilterSql sql(filter);
        QList<qint64> passed;
        Statement statement(database,
                            u"SELECT f.number FROM frame f JOIN origin o ON o.id=f.origin WHERE "_s
                                + sql.where + u" ORDER BY 1"_s);
        statement.bindAll(sql.values);
        QVERIFY2(statement.execute(), qPrintable(text + u": "_s + sql.where));
        while (statement.next())
            passed.append(statement.integer(0));
        if (sql.isExact)
            QVERIFY2(passed == expected, qPrintable(text + u": "_s + sql.where));
        for (const qint64 number : std::as_const(expected))
            QVERIFY2(passed.contains(number), qPrintable(text + u": "_s + sql.where));
        exact += sql.isExact ? 1 : 0;
        hits += expected.size();
    }
    qInfo("%d filters over %d frames, %d decided by SQL alone, %lld hits", kCases,
          int(m_frames.size()), exact, hits);
    QVERIFY(exact > kCases / 20);
    QVERIFY(hits > kCases);
}

void TestFilterSql::longOnes_data()
{
    QTest::addColumn<QString>("text");
    const auto chain = [](const QStringList &tests, const QString &sign) {
        QStringList all;
        for (qsizetype length = 0; length < Filter::kLongest - 100; length += all.last().size() + 2)
            all.append(tests.at(all.size() % tests.size()));
        return all.join(sign);
    };
    QTest::newRow("or") << chain({u"bytes==1"_s, u"bytes==60"_s}, u"||"_s);
    QTest::newRow("and") << chain({u"bytes>2"_s, u"dir=='in'"_s}, u"&&"_s);
    QTest::newRow("patterns") << chain({u"sub~'/a/*'"_s, u"sub~'/game/*'"_s}, u"||"_s);
    QTest::newRow("not") << u"!("_s + chain({u"bytes==1"_s, u"!(kind=='event')"_s}, u"||"_s) + u')';
    QTest::newRow("inexact") << chain({u"bytes>5"_s, u"has(event)"_s}, u"&&"_s);
    QString deep = u"bytes>9"_s;
    for (int level = 1; level < Filter::kDeepest / 2; ++level)
        deep =
            (level % 2 == 0 ? u"dir=='in'&&!("_s : u"bytes==3||kind=='event'||("_s) + deep + u')';
    QTest::newRow("deep") << deep;
}

void TestFilterSql::longOnes()
{
    QFETCH(QString, text);
    const Filter filter(text);
    QVERIFY2(filter.isValid(), qPrintable(filter.error().message));
    CaptureFile file;
    QVERIFY2(file.open(m_path), qPrintable(file.problem().message));
    QList<qint64> found;
    QVERIFY2(file.read(filter, {},
                       [&](const CapturedFrame &frame) {
                           found.append(frame.number);
                           return true;
                       }),
             qPrintable(file.problem().message));
    QList<qint64> expected;
    for (const CapturedFrame &frame : std::as_const(m_frames)) {
        if (frame.matches(filter))
            expected.append(frame.number);
    }
    QCOMPARE(found, expected);
}

void TestFilterSql::exactOnes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isExact");
    QTest::newRow("all") << QString() << true;
    QTest::newRow("none") << u"bytes >"_s << true;
    QTest::newRow("channel") << u"sub ~ '/game/*' && dir == 'in'"_s << true;
    QTest::newRow("size and time") << u"!(bytes > 10 || time < 5)"_s << true;
    QTest::newRow("path") << u"event.a == 1"_s << false;
    QTest::newRow("glob in a segment") << u"sub ~ '/g*/a'"_s << false;
}

void TestFilterSql::exactOnes()
{
    QFETCH(QString, text);
    QFETCH(bool, isExact);
    const FilterSql sql{Filter(text)};
    QCOMPARE(sql.isExact, isExact);
    QVERIFY(chosen(sql) != QList<qint64>{-1});
}

GUILESS_TEST(TestFilterSql)
#include "tst_filtersql.moc"
