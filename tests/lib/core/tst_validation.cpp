// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/Limits>
#include <AppSync/Validation>

#include <QTest>

using namespace Qt::StringLiterals;
namespace Validation = AppSync::Validation;
namespace Limits = AppSync::Limits;

class tst_Validation : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void channels_data();
    void channels();
    void normalizes();
    void json_data();
    void json();
    void events();
    void sizes();
};

void tst_Validation::channels_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<bool>("publishable");
    QTest::addColumn<bool>("subscribable");
    const QString fifty(50, u'a');
    QTest::newRow("namespace only") << u"news"_s << true << true;
    QTest::newRow("two segments") << u"default/room"_s << true << true;
    QTest::newRow("slashes around") << u"/default/room/"_s << true << true;
    QTest::newRow("five segments") << u"a/b/c/d/e"_s << true << true;
    QTest::newRow("six segments") << u"a/b/c/d/e/f"_s << false << false;
    QTest::newRow("dash inside") << u"a-b/c--d"_s << true << true;
    QTest::newRow("50 characters") << fifty << true << true;
    QTest::newRow("51 characters") << fifty + u'a' << false << false;
    QTest::newRow("wildcard last") << u"default/*"_s << false << true;
    QTest::newRow("wildcard in depth") << u"a/b/c/d/*"_s << false << true;
    QTest::newRow("wildcard as sixth") << u"a/b/c/d/e/*"_s << false << false;
    QTest::newRow("wildcard alone") << u"*"_s << false << false;
    QTest::newRow("wildcard alone, slash") << u"/*"_s << false << false;
    QTest::newRow("wildcard in the middle") << u"a/*/b"_s << false << false;
    QTest::newRow("double wildcard") << u"a/**"_s << false << false;
    QTest::newRow("empty") << QString() << false << false;
    QTest::newRow("slash") << u"/"_s << false << false;
    QTest::newRow("empty segment") << u"a//b"_s << false << false;
    QTest::newRow("underscore") << u"a_b"_s << false << false;
    QTest::newRow("dot") << u"a.b"_s << false << false;
    QTest::newRow("leading dash") << u"-a"_s << false << false;
    QTest::newRow("trailing dash") << u"a/b-"_s << false << false;
    QTest::newRow("umlaut") << u"ä"_s << false << false;
    QTest::newRow("space") << u"a b"_s << false << false;
}

void tst_Validation::channels()
{
    QFETCH(QString, channel);
    const AppSync::Error publish = Validation::publishChannel(channel);
    const AppSync::Error subscribe = Validation::subscribeChannel(channel);
    QTEST(!publish.isError(), "publishable");
    QTEST(!subscribe.isError(), "subscribable");
    if (publish.isError())
        QVERIFY(!publish.message.isEmpty());
}

void tst_Validation::normalizes()
{
    QCOMPARE(Validation::normalizedChannel(u"a/b"_s), u"/a/b"_s);
    QCOMPARE(Validation::normalizedChannel(u"/a/b/"_s), u"/a/b"_s);
    QCOMPARE(Validation::normalizedChannel(u"a/*"_s), u"/a/*"_s);
}

void tst_Validation::json_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("offset");
    QTest::newRow("object") << R"({"a":1})"_ba << -1;
    QTest::newRow("array") << "[1, 2]"_ba << -1;
    QTest::newRow("string") << R"("x")"_ba << -1;
    QTest::newRow("number") << " -1.5e3 "_ba << -1;
    QTest::newRow("null") << "null"_ba << -1;
    QTest::newRow("commas and brackets in strings") << R"("],{\",")"_ba << -1;
    QTest::newRow("empty") << ""_ba << 0;
    QTest::newRow("blank") << " \n"_ba << 0;
    QTest::newRow("two values") << "1, 2"_ba << 1;
    QTest::newRow("trailing comma") << "{\"a\":1},"_ba << 7;
    QTest::newRow("raw line break in a string") << "[\"a\nb\"]"_ba << 3;
    QTest::newRow("unknown escape") << R"({"a":"\x"})"_ba << 6;
    QTest::newRow("short unicode escape") << R"("\u12")"_ba << 1;
    QTest::newRow("number without digits behind the dot") << "1."_ba << 2;
    QTest::newRow("leading zero") << "012"_ba << 3;
    QTest::newRow("no value") << R"({"a": })"_ba << 6;
    QTest::newRow("name without quotes") << "{a:1}"_ba << 1;
    QTest::newRow("no colon") << R"({"a" 1})"_ba << 5;
    QTest::newRow("string without end") << R"(["abc)"_ba << 5;
    QTest::newRow("unclosed") << "[1"_ba << 2;
    QTest::newRow("other bracket") << "[1}"_ba << 2;
    QTest::newRow("word") << "nul"_ba << 0;
    QTest::newRow("deep") << QByteArray(5000, '[') + QByteArray(5000, ']') << -1;
    QTest::newRow("breaks out of the brackets") << "1],[2"_ba << 1;
}

void tst_Validation::json()
{
    QFETCH(QByteArray, text);
    const Validation::JsonProblem problem = Validation::json(text);
    QTEST(int(problem.offset), "offset");
    QCOMPARE(problem.isProblem(), !problem.message.isEmpty());
}

void tst_Validation::events()
{
    QVERIFY(!Validation::events({"1"_ba, "2"_ba, "3"_ba, "4"_ba, "5"_ba}).isError());
    QVERIFY(Validation::events({}).isError());
    const AppSync::Error six = Validation::events(QList<QByteArray>(6, "1"_ba));
    QVERIFY2(six.message.contains(u"5") && six.message.contains(u"6"), qPrintable(six.message));
    const AppSync::Error bad = Validation::events({"1"_ba, "{oops}"_ba});
    QVERIFY2(bad.message.contains(u"Event 2"), qPrintable(bad.message));
    QVERIFY(Validation::json("{\"a\": [1, 2, }"_ba).isProblem());
}

void tst_Validation::sizes()
{
    const auto ofSize = [](qsizetype size) { return '"' + QByteArray(size - 2, 'x') + '"'; };
    QVERIFY(!Validation::events({ofSize(Limits::kEventMaxBytes)}).isError());
    const AppSync::Error large = Validation::events({ofSize(Limits::kEventMaxBytes + 1)});
    QVERIFY2(large.message.contains(u"240 KB"), qPrintable(large.message));
    // Five events of the largest size are exactly the largest request.
    QVERIFY(!Validation::events(QList<QByteArray>(5, ofSize(Limits::kEventMaxBytes))).isError());
}

GUILESS_TEST(tst_Validation)
#include "tst_validation.moc"
