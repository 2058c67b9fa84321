// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/capturecopy.h"
#include "app/core/capture/captureexport.h"
#include "app/core/capture/captureimport.h"
#include "capturefolder.h"
#include "smalldisk.h"
#include "tests/shared/testrunner.h"

#include <QBuffer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

//! Exports and imports of captures, and damaged ones.
class TestCaptureConversion : public QObject, private CaptureFolder {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { recordSample(u"a.ssc"_s); }
    void thereAndBack_data();
    void thereAndBack();
    void exportHonoursTheFilter();
    void har();
    void linesOfSubscribe();
    void chromesHar();
    void partlyReadable_data();
    void partlyReadable();
    void unreadableTimes_data();
    void unreadableTimes();
    void bad_data();
    void bad();
    void existingTargets();
    void forTheOwnerOnly_data();
    void forTheOwnerOnly();
    void ends();
    void fullDisk_data();
    void fullDisk();
    void damaged_data();
    void damaged();
    void damagedReplacesNothing();
    void damagedWithoutAnyFrame();

private:
    //! With a part in the middle overwritten, or without its second half.
    void damage(const QString &name, bool isCut) const;
};

void TestCaptureConversion::thereAndBack_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("NDJSON") << u"back.ndjson"_s;
    QTest::newRow("CSV") << u"back.csv"_s;
}

void TestCaptureConversion::thereAndBack()
{
    QFETCH(QString, name);
    const CaptureFileType type = *captureFileType(name);
    CaptureFile file;
    QVERIFY(file.open(path(u"a.ssc"_s)));
    const Problem problem = exportCapture(file, Filter(), path(name), type);
    QVERIFY2(!problem.isProblem(), qPrintable(problem.message));
    CaptureImport import;
    const Problem imported = import.run(path(name), type, path(name + u".ssc"_s));
    QVERIFY2(!imported.isProblem(), qPrintable(imported.message));
    QCOMPARE(import.frames(), 8);
    QCOMPARE(texts(path(name + u".ssc"_s)), texts(path(u"a.ssc"_s)));
    CaptureFile again;
    QVERIFY(again.open(path(name + u".ssc"_s)));
    const QList<CapturedFrame> before = file.page({}, 100);
    const QList<CapturedFrame> after = again.page({}, 100);
    for (qsizetype i = 0; i < before.size(); ++i) {
        QCOMPARE(*after.at(i).origin, *before.at(i).origin);
        QCOMPARE(after.at(i).atMs, before.at(i).atMs);
        QCOMPARE(after.at(i).monotonicNs, before.at(i).monotonicNs);
        QCOMPARE(after.at(i).link, before.at(i).link);
        QCOMPARE(after.at(i).operation(), before.at(i).operation());
    }
}

void TestCaptureConversion::exportHonoursTheFilter()
{
    CaptureFile file;
    QVERIFY(file.open(path(u"a.ssc"_s)));
    QVERIFY(!exportCapture(file, Filter(u"event.n == 1"_s), path(u"one.ndjson"_s),
                           CaptureFileType::NdJson)
                 .isProblem());
    const QByteArray line = content(u"one.ndjson"_s);
    QCOMPARE(line.count('\n'), 1);
    QVERIFY2(line.contains(R"("event":{"token":"abc","n":9007199254740993,"n":1},)"), line);
    QVERIFY2(line.startsWith("{\"v\":1,\"n\":3,\"t\":\"2025-11-26T10:"), line);
}

void TestCaptureConversion::har()
{
    CaptureFile file;
    QVERIFY(file.open(path(u"a.ssc"_s)));
    QVERIFY(!exportCapture(file, Filter(), path(u"a.har"_s), CaptureFileType::Har).isProblem());
    const QJsonObject log =
        QJsonDocument::fromJson(content(u"a.har"_s)).object()["log"_L1].toObject();
    QCOMPARE(log["version"_L1].toString(), u"1.2"_s);
    const QJsonArray entries = log["entries"_L1].toArray();
    QCOMPARE(entries.size(), 2);
    const QJsonArray messages = entries[0]["_webSocketMessages"_L1].toArray();
    QCOMPARE(messages.size(), 6);
    QCOMPARE(messages[0]["type"_L1].toString(), u"send"_s);
    QCOMPARE(messages[2]["type"_L1].toString(), u"receive"_s);
    QCOMPARE(messages[2]["opcode"_L1].toInt(), 1);
    QCOMPARE(entries[0]["response"_L1]["status"_L1].toInt(), 101);
    QCOMPARE(entries[1]["request"_L1]["method"_L1].toString(), u"POST"_s);
    QCOMPARE(entries[1]["response"_L1]["status"_L1].toInt(), 200);
    CaptureImport import;
    const Problem imported = import.run(path(u"a.har"_s), CaptureFileType::Har, path(u"har.ssc"_s));
    QVERIFY2(!imported.isProblem(), qPrintable(imported.message));
    QByteArrayList expected = texts(path(u"a.ssc"_s));
    expected.move(7, 5); // requests have entries of their own
    QCOMPARE(texts(path(u"har.ssc"_s)), expected);
}

void TestCaptureConversion::linesOfSubscribe()
{
    write(
        u"sub.ndjson"_s,
        R"({"v":1,"n":1,"t":"2026-11-22T14:02:11.240Z","kind":"event","dir":"in","sub":"/game/7","channel":"/game/7","bytes":12,"event":{"score":40}})"
        "\n\n"
        R"({"v":1,"n":2,"t":"2026-11-22T14:02:12.240Z","kind":"gap","from":"a","to":"b","reason":"r"})"
        "\n"
        R"({"v":1,"n":3,"t":"2026-11-22T14:02:13.240Z","kind":"event","dir":"in","sub":"/game/7","channel":null,"bytes":1,"text":"no \"json"})"
        "\n"
        R"({"v":1,"n":4,"t":"2026-11-22T14:02:14.240Z","kind":"end","received":2,"exit":0})"
        "\n");
    CaptureImport import;
    const Problem problem =
        import.run(path(u"sub.ndjson"_s), CaptureFileType::NdJson, path(u"sub.ssc"_s));
    QVERIFY2(!problem.isProblem(), qPrintable(problem.message));
    QCOMPARE(import.frames(), 3);
    QCOMPARE(import.skipped(), 1);
    CaptureFile file;
    QVERIFY(file.open(path(u"sub.ssc"_s)));
    QCOMPARE(file.count(Filter(u"channel == '/game/7' && event.score == 40"_s)), 1);
    QCOMPARE(file.count(Filter(u"kind == 'gap'"_s)), 1);
    QCOMPARE(file.count(Filter(u"'no \"json'"_s)), 1);
    QCOMPARE(file.frame(1)->atMs, 1'795'356'131'240);
}

void TestCaptureConversion::chromesHar()
{
    write(
        u"chrome.har"_s,
        R"({"log":{"version":"1.2","creator":{"name":"WebInspector","version":"537.36"},"entries":[
        {"_resourceType":"websocket","request":{"method":"GET","url":"wss://h.test/event/realtime?header=ZXlK","headers":[{"name":"Sec-WebSocket-Protocol","value":"aws-appsync-event-ws, header-c2VjcmV0"}]},
         "_webSocketMessages":[{"type":"send","time":1764151200.1239,"opcode":1,"data":"{\"type\":\"subscribe\",\"id\":\"1\",\"channel\":\"/a/*\",\"authorization\":{\"x-api-key\":\"da2-inthebrowser\",\"host\":\"h.test\"}}"},
                               {"type":"receive","time":1764151200.5,"opcode":1,"data":"{\"id\":\"1\",\"type\":\"data\",\"event\":\"{\\\"a\\\":1}\"}"},
                               {"type":"receive","time":1764151200.6,"opcode":2,"data":"AAEC"}]},
        {"request":{"method":"GET","url":"https://h.test/picture.png"}}]}})");
    CaptureImport import;
    const Problem problem =
        import.run(path(u"chrome.har"_s), CaptureFileType::Har, path(u"chrome.ssc"_s));
    QVERIFY2(!problem.isProblem(), qPrintable(problem.message));
    QCOMPARE(import.frames(), 2);
    QCOMPARE(import.skipped(), 2);
    const QByteArray all = content(u"chrome.ssc"_s);
    QVERIFY(!all.contains("da2-inthebrowser"));
    QVERIFY(!all.contains("ZXlK"));
    QVERIFY(!all.contains("c2VjcmV0"));
    CaptureFile file;
    QVERIFY(file.open(path(u"chrome.ssc"_s)));
    QCOMPARE(file.count(Filter(u"sub == '/a/*' && event.a == 1"_s)), 1);
    QCOMPARE(file.frame(1)->atMs, 1'764'151'200'124);
    QCOMPARE(file.connections().first().url, u"wss://h.test/event/realtime"_s);
}

void TestCaptureConversion::partlyReadable_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("frames");
    QTest::addColumn<QString>("remark");
    const QByteArray line =
        R"({"kind":"event","dir":"in","t":"2026-11-22T14:02:11.240Z","sub":"/a","event":1})"
        "\n";
    const QByteArray header = "t,raw,dir\r\n";
    const QByteArray record = "2026-11-22T14:02:11.240Z,x,in\r\n";
    const auto row = [](const char *title, const char *name, const QByteArray &text, int frames,
                        const char *remark) {
        QTest::newRow(title) << QString::fromUtf8(name) << text << frames
                             << QString::fromUtf8(remark);
    };
    row("whole", "p.ndjson", line + line, 2, "");
    row("byte order mark", "p.ndjson", "\xef\xbb\xbf" + line + line, 2, "");
    row("byte order mark before CSV", "p.csv", "\xef\xbb\xbf" + header + record, 1, "");
    row("cut", "p.ndjson", line + line + line.first(20), 2,
        "left out: 1. The first: line 3 is no JSON");
    row("a NUL", "p.ndjson", line + QByteArray("{\"a\":\"\0\"}\n", 10) + line, 2,
        "left out: 1. The first: line 2 is no JSON object.");
    row("no UTF-8", "p.ndjson", "{\"kind\":\"event\",\"event\":\"\xff\"}\n\nx\n" + line, 1,
        "left out: 2. The first: line 1 is no UTF-8.");
    row("too long", "p.ndjson",
        line + '{' + QByteArray(CaptureImport::kLongestLine + 10, ' ') + "}\n" + line, 2,
        "left out: 1. The first: line 2 is too long.");
    row("columns", "p.csv", header + "x\r\n" + record + "2026-11-22T14:02", 1,
        "left out: 2. The first: line 2 has 1 columns instead of 3.");
    row("CSV without UTF-8", "p.csv", header + "2026-11-22T14:02:11.240Z,\xff,in\r\n" + record, 1,
        "left out: 1. The first: line 2 is no UTF-8.");
    row("cut in a field", "p.csv", header + record + "2026-11-22T14:02:11.240Z,\"x", 1,
        "left out: 1. The first: line 3 and what follows it: a quote");
}

void TestCaptureConversion::partlyReadable()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, text);
    QFETCH(int, frames);
    QFETCH(QString, remark);
    write(name, text);
    QFile::remove(path(u"p.ssc"_s));
    CaptureImport import;
    const Problem problem = import.run(path(name), *captureFileType(name), path(u"p.ssc"_s));
    QVERIFY2(!problem.isProblem(), qPrintable(problem.message));
    QCOMPARE(import.frames(), frames);
    QCOMPARE(import.remarks().isEmpty(), remark.isEmpty());
    QVERIFY2(import.remarks().join(u'\n').contains(remark),
             qPrintable(import.remarks().join(u'\n')));
}

void TestCaptureConversion::unreadableTimes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("NDJSON") << u"t.ndjson"_s
                            << QByteArray(
                                   R"({"kind":"event","t":"2026-11-22T14:02:11.240Z","event":1})"
                                   "\n"
                                   R"({"kind":"event","t":12,"event":2})"
                                   "\n"
                                   R"({"kind":"event","t":"2026-13-41","event":3})"
                                   "\n");
    QTest::newRow("CSV") << u"t.csv"_s
                         << QByteArray("t,raw\n2026-11-22T14:02:11.240Z,a\n,b\nx,c\n");
    QTest::newRow("HAR")
        << u"t.har"_s
        << QByteArray(
               R"({"log":{"entries":[{"request":{"url":"wss://h/"},"_webSocketMessages":[
        {"type":"receive","time":1795356131.24,"data":"{}"},
        {"type":"receive","time":"x","data":"{}"},{"type":"receive","data":"{}"}]}]}})");
}

void TestCaptureConversion::unreadableTimes()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, text);
    write(name, text);
    QFile::remove(path(u"t.ssc"_s));
    CaptureImport import;
    const Problem problem = import.run(path(name), *captureFileType(name), path(u"t.ssc"_s));
    QVERIFY2(!problem.isProblem(), qPrintable(problem.message));
    QCOMPARE(import.remarks().size(), 1);
    QVERIFY2(import.remarks().first().contains(u"time that can be read: 2."_s),
             qPrintable(import.remarks().first()));
    CaptureFile file;
    QVERIFY(file.open(path(u"t.ssc"_s)));
    QCOMPARE(file.summary().frames, 3);
    QCOMPARE(file.summary().firstMs, 1'795'356'131'240);
    QCOMPARE(file.summary().lastMs, 1'795'356'131'240);
}

void TestCaptureConversion::bad_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("words");
    const auto row = [](const char *title, const char *name, const QByteArray &text,
                        const char *words) {
        QTest::newRow(title) << QString::fromUtf8(name) << text << QString::fromUtf8(words);
    };
    row("no HAR", "bad.har", "{}", "log.entries");
    row("cut HAR", "bad.har", R"({"log":{"entries":[{"request":)", "no JSON");
    row("HAR without sockets", "bad.har",
        R"({"log":{"entries":[{"request":{"method":"GET","url":"https://a.test/"}}]}})",
        "no messages of WebSockets");
    row("empty HAR", "bad.har", "", "no JSON");
    row("deep HAR", "bad.har",
        R"({"log":{"entries":)" + QByteArray(100'000, '[') + QByteArray(100'000, ']') + "}}",
        "no messages");
    row("no lines", "bad.ndjson", "", "no frames");
    row("only half a line", "bad.ndjson", "\n{\"kind\":\"ev", "line 2 is no JSON object");
    row("UTF-16", "bad.ndjson", QByteArray("\xff\xfe{\0}\0", 6), "UTF-16");
    row("UTF-16 without a mark", "bad.csv", QByteArray("t\0,\0", 4), "UTF-16");
    row("UTF-16, big-endian", "bad.har", QByteArray("\xfe\xff\0{\0}", 6), "UTF-16");
    row("no UTF-8", "bad.ndjson", "{\"kind\":\"event\",\"event\":\"\xff\"}", "line 1");
    row("binary", "bad.ndjson", QByteArray(1'000, '\0'), "line 1");
    row("no columns", "bad.csv", "a,b\r\n1,2\r\n", "columns");
    row("missing column", "bad.csv", "t,raw\r\nx\r\n", "line 2 has 1 columns");
    row("open quote", "bad.csv", "t,raw\r\nx,\"y\r\n", "quote");
    row("empty CSV", "bad.csv", "", "columns");
}

void TestCaptureConversion::bad()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, text);
    QFETCH(QString, words);
    write(name, text);
    CaptureImport import;
    const Problem problem = import.run(path(name), *captureFileType(name), path(u"bad.ssc"_s));
    QVERIFY2(problem.message.contains(words), qPrintable(problem.message));
    QVERIFY(!QFile::exists(path(u"bad.ssc"_s)));
    QVERIFY(!QFile::exists(path(u"bad.ssc.part"_s)));
}

void TestCaptureConversion::existingTargets()
{
    write(u"there.ssc"_s, "mine");
    CaptureFile file;
    QVERIFY(file.open(path(u"a.ssc"_s)));
    QVERIFY(
        copyCapture(file, Filter(), path(u"there.ssc"_s), {}).message.contains(u"exists already"));
    QCOMPARE(content(u"there.ssc"_s), QByteArray("mine"));
    QVERIFY(exportCapture(file, Filter(), u"/nowhere/at/all.csv"_s, CaptureFileType::Csv)
                .message.contains(u"Cannot write"));
}

void TestCaptureConversion::forTheOwnerOnly_data()
{
    QTest::addColumn<QString>("target");
    for (const char *ending : {"ssc", "ndjson", "csv", "har"})
        QTest::newRow(ending) << u"private."_s + QString::fromLatin1(ending);
}

void TestCaptureConversion::forTheOwnerOnly()
{
#ifdef Q_OS_UNIX
    QFETCH(QString, target);
    const CaptureFileType type = *captureFileType(target);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    CaptureFile file;
    QVERIFY(file.open(path(u"a.ssc"_s)));
    QVERIFY(!exportCapture(file, Filter(), path(target), type).isProblem());
    QCOMPARE(QFile::permissions(path(target)) & others, QFile::Permissions());
    // What its owner shows to others stays shown.
    const auto shown = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup;
    QVERIFY(QFile::setPermissions(path(target), shown));
    const Problem problem = type == CaptureFileType::Capture
        ? copyCapture(file, Filter(), path(target), {}, {}, {}, UnfinishedFile::Existing::Replaced)
        : exportCapture(file, Filter(), path(target), type);
    QVERIFY2(!problem.isProblem(), qPrintable(problem.message));
    QCOMPARE(QFile::permissions(path(target)) & others, QFile::ReadGroup);
#else
    QSKIP("permissions are Unix's");
#endif
}

void TestCaptureConversion::ends()
{
    CaptureFile file;
    QVERIFY(file.open(path(u"a.ssc"_s)));
    const auto atOnce = [](qint64, qint64) { return false; };
    for (const QString &name : {u"end.csv"_s, u"end.har"_s, u"end.ssc"_s}) {
        QVERIFY(exportCapture(file, Filter(), path(name), *captureFileType(name), {}, atOnce)
                    .message.contains(u"ended"));
        QVERIFY(!QFile::exists(path(name)));
    }
}

void TestCaptureConversion::fullDisk_data()
{
    QTest::addColumn<QString>("target");
    for (const char *ending : {"ssc", "ndjson", "csv", "har"})
        QTest::newRow(ending) << u"too-large."_s + QString::fromLatin1(ending);
}

void TestCaptureConversion::fullDisk()
{
#ifdef Q_OS_UNIX
    QFETCH(QString, target);
    record(u"large.ssc"_s,
           QList<AppSync::Frame>(100, CaptureFrames::eventFrame(u"s"_s, QString(10'000, u'x'))));
    CaptureFile file;
    QVERIFY(file.open(path(u"large.ssc"_s)));
    Problem problem;
    {
        const SmallDisk disk(300'000);
        QVERIFY(disk.isSmall());
        problem = exportCapture(file, Filter(), path(target), *captureFileType(target));
    }
    QFile::remove(path(u"large.ssc"_s));
    QVERIFY2(problem.message.contains(path(target)), qPrintable(problem.message));
    for (const auto &wrong : {u".part"_s, u"Unknown error"_s, u"waits"_s})
        QVERIFY2(!(problem.message + problem.nextStep).contains(wrong),
                 qPrintable(problem.message + problem.nextStep));
    QVERIFY(problem.nextStep.contains(u"disk"));
    QVERIFY(!QFile::exists(path(target)));
#else
    QSKIP("limits of files are Unix's");
#endif
}

void TestCaptureConversion::damage(const QString &name, bool isCut) const
{
    constexpr int kFrames = 3'000;
    QList<AppSync::Frame> frames{CaptureFrames::subscribe(u"s"_s, u"/game/*"_s)};
    while (frames.size() < kFrames)
        frames.append(CaptureFrames::eventFrame(u"s"_s, QString(300, u'x')));
    record(name, frames);
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::ReadWrite));
    if (isCut) {
        QVERIFY(file.resize(file.size() / 2));
    } else {
        QVERIFY(file.seek(file.size() / 2));
        file.write(QByteArray(40'000, '\xff'));
    }
}

void TestCaptureConversion::damaged_data()
{
    QTest::addColumn<bool>("isCut");
    QTest::addColumn<QString>("target");
    for (const QString &ending : {u"ssc"_s, u"ndjson"_s, u"csv"_s, u"har"_s}) {
        QTest::addRow("overwritten, to %s", qPrintable(ending)) << false << u"part-o."_s + ending;
        QTest::addRow("cut, to %s", qPrintable(ending)) << true << u"part-c."_s + ending;
    }
}

void TestCaptureConversion::damaged()
{
    QFETCH(bool, isCut);
    QFETCH(QString, target);
    const QString name = target + u".damaged.ssc"_s;
    damage(name, isCut);
    CaptureFile file;
    QVERIFY2(file.open(path(name)), qPrintable(file.problem().message));
    const Problem problem = exportCapture(file, Filter(), path(target), *captureFileType(target));
    QVERIFY2(problem.message.contains(u"it is damaged"), qPrintable(problem.message));
    qint64 frames = 0;
    if (captureFileType(target) == CaptureFileType::Capture) {
        frames = texts(path(target)).size();
    } else {
        CaptureImport import;
        const Problem imported =
            import.run(path(target), *captureFileType(target), path(target + u".ssc"_s));
        QVERIFY2(!imported.isProblem(), qPrintable(imported.message));
        frames = import.frames();
    }
    QVERIFY(frames > 500);
    QVERIFY2(problem.message.contains(u"%1 has the %2 frames"_s.arg(path(target)).arg(frames)),
             qPrintable(problem.message));
    QVERIFY(!problem.nextStep.contains(u"convert")); // which it has just done
}

void TestCaptureConversion::damagedReplacesNothing()
{
    damage(u"damaged.ssc"_s, false);
    CaptureFile file;
    QVERIFY(file.open(path(u"damaged.ssc"_s)));
    write(u"mine.csv"_s, "mine");
    write(u"mine.ssc"_s, "mine");
    for (const Problem &problem :
         {exportCapture(file, Filter(), path(u"mine.csv"_s), CaptureFileType::Csv),
          copyCapture(file, Filter(), path(u"mine.ssc"_s), {}, {}, {},
                      UnfinishedFile::Existing::Replaced)}) {
        QVERIFY2(problem.message.contains(u"left as it is"), qPrintable(problem.message));
        QVERIFY2(problem.nextStep.contains(u"another name"), qPrintable(problem.nextStep));
    }
    QCOMPARE(content(u"mine.csv"_s), QByteArray("mine"));
    QCOMPARE(content(u"mine.ssc"_s), QByteArray("mine"));
}

void TestCaptureConversion::damagedWithoutAnyFrame()
{
    damage(u"damaged2.ssc"_s, true);
    CaptureFile file;
    QVERIFY(file.open(path(u"damaged2.ssc"_s)));
    for (const QString &name : {u"none.ssc"_s, u"none.har"_s}) {
        const Problem problem =
            exportCapture(file, Filter(u"kind == 'error'"_s), path(name), *captureFileType(name));
        QVERIFY2(problem.message.contains(u"No frame could be read"), qPrintable(problem.message));
        QVERIFY(!QFile::exists(path(name)));
    }
}

GUILESS_TEST(TestCaptureConversion)
#include "tst_captureconversion.moc"
