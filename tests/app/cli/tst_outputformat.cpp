// SPDX-License-Identifier: Apache-2.0
#include "app/cli/outputformat.h"
#include "tests/shared/testrunner.h"

#include <QDateTime>
#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace Syncscope;
using namespace Syncscope::Cli;

class TestOutputFormat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void formats();
    void templates();
    void times();
    void timesOfManySeconds();
    void oddTimes();
    void delta();
};

namespace {

const qint64 kMs =
    QDateTime::fromString(u"2026-11-22T14:02:11.240Z"_s, Qt::ISODateWithMs).toMSecsSinceEpoch();

} // namespace

void TestOutputFormat::initTestCase()
{
    qputenv("TZ", "Asia/Tokyo");
}

void TestOutputFormat::formats()
{
    Problem problem;
    QCOMPARE(OutputFormat::parse(u"ndjson"_s, &problem)->kind, OutputFormat::Kind::NdJson);
    QCOMPARE(OutputFormat::parse(u"json"_s, &problem)->kind, OutputFormat::Kind::Json);
    QCOMPARE(OutputFormat::parse(u"pretty"_s, &problem)->kind, OutputFormat::Kind::Pretty);
    QCOMPARE(OutputFormat::parse(u"raw"_s, &problem)->kind, OutputFormat::Kind::Raw);
    QVERIFY(!OutputFormat::parse(u"NDJSON"_s, &problem));
    QVERIFY(!OutputFormat::parse(u"template"_s, &problem));
    QCOMPARE(problem.kind, Problem::Kind::Usage);
}

void TestOutputFormat::templates()
{
    Problem problem;
    const auto format = OutputFormat::parse(u"template=a\\n\\t\\\\n\\x\\"_s, &problem);
    QVERIFY(format);
    QCOMPARE(format->templateText, QByteArray("a\n\t\\n\\x\\"));
    QCOMPARE(OutputFormat::parse(u"template=\\0"_s, &problem)->templateText, QByteArray("\0", 1));
}

void TestOutputFormat::times()
{
    QCOMPARE(TimeWriter().json(kMs), QByteArray("\"2026-11-22T14:02:11.240Z\""));
    QCOMPARE(TimeWriter(TimeStyle::Utc).json(kMs), QByteArray("\"2026-11-22T14:02:11.240Z\""));
    QCOMPARE(TimeWriter(TimeStyle::Local).json(kMs),
             QByteArray("\"2026-11-22T23:02:11.240+09:00\""));
    QCOMPARE(TimeWriter(TimeStyle::None).json(kMs), QByteArray("null"));
    QCOMPARE(TimeWriter().pretty(kMs), QByteArray("23:02:11.240"));
    QCOMPARE(TimeWriter(TimeStyle::Local).pretty(kMs), QByteArray("23:02:11.240"));
    QCOMPARE(TimeWriter(TimeStyle::Utc).pretty(kMs), QByteArray("2026-11-22T14:02:11.240Z"));
    QCOMPARE(TimeWriter(TimeStyle::None).pretty(kMs), QByteArray());
}

void TestOutputFormat::timesOfManySeconds()
{
    TimeWriter writer;
    for (const qint64 ms : {kMs, kMs + 7, kMs + 759, kMs + 760, kMs + 60'000, kMs - 86'400'000})
        QCOMPARE(writer.json(ms), '"' + utcText(ms) + '"');
}

void TestOutputFormat::oddTimes()
{
    constexpr qint64 kLargest = std::numeric_limits<qint64>::max();
    for (const TimeStyle style : {TimeStyle::Utc, TimeStyle::Local}) {
        TimeWriter writer(style);
        for (const qint64 ms : {qint64(300'000'000'000'000), kLargest, qint64(-1), -kLargest - 1}) {
            const QByteArray text = writer.json(ms);
            const auto time =
                QDateTime::fromString(QString::fromLatin1(text.sliced(1).chopped(1)), Qt::ISODate);
            QVERIFY2(time.isValid(), text);
            QCOMPARE(time.toMSecsSinceEpoch(), ms < 0 ? qint64(0) : qint64(253'402'214'399'999));
            QVERIFY(!writer.pretty(ms).isEmpty());
        }
    }
    TimeWriter writer(TimeStyle::Delta);
    QCOMPARE(writer.pretty(kMs), QByteArray("+0.000"));
    QVERIFY(writer.pretty(kLargest).startsWith('+'));
    QVERIFY(writer.pretty(-kLargest).startsWith('-'));
}

void TestOutputFormat::delta()
{
    TimeWriter writer(TimeStyle::Delta);
    QCOMPARE(writer.pretty(kMs), QByteArray("+0.000"));
    QCOMPARE(writer.pretty(kMs + 1500), QByteArray("+1.500"));
    QCOMPARE(writer.json(kMs + 1501), QByteArray("\"+0.001\""));
    QCOMPARE(writer.json(kMs), QByteArray("\"-1.501\""));
}

GUILESS_TEST(TestOutputFormat)
#include "tst_outputformat.moc"
