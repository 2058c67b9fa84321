// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/graphql/memorytable_p.h"
#include "lib/emulator/graphql/tableexpression_p.h"
#include "tests/shared/testrunner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_MemoryTable : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void conditions_data();
    void conditions();
    void updates_data();
    void updates();
    void items();
    void conditionalWrites();
    void queriesAndScans();
    void wrongRequests();
};

namespace {

QJsonObject object(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

QByteArray text(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return list.sliced(1, list.size() - 2);
}

const QByteArray kItem = R"({"id":"1","n":5,"s":"abc","list":[1,2],"m":{"x":7},"b":true})";
const QByteArray kNames = R"({"#n":"n","#s":"s","#m":"m"})";
const QByteArray kValues =
    R"({":five":{"N":"5"},":six":{"N":6},":a":{"S":"a"},":abc":{"S":"abc"},":two":{"N":2},)"
    R"(":type":{"S":"N"},":list":{"L":[{"N":"3"}]}})";

TableExpression expression(const QString &text)
{
    return TableExpression({{u"expression"_s, text},
                            {u"expressionNames"_s, object(kNames)},
                            {u"expressionValues"_s, object(kValues)}});
}

QByteArray ask(MemoryTable &table, const QByteArray &request)
{
    const MemoryTable::Answer answer = table.ask(object(request));
    return answer.errorType.isEmpty() ? text(answer.result)
                                      : (answer.errorType + u": "_s + answer.message).toUtf8();
}

} // namespace

void tst_MemoryTable::conditions_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<QString>("result"); // or what is wrong
    const auto row = [](const char *condition, const char *result) {
        QTest::newRow(condition) << QString::fromLatin1(condition) << QString::fromLatin1(result);
    };
    row("", "true");
    row("#n = :five", "true");
    row("#n <> :five", "false");
    row("n < :six", "true");
    row("n >= :six", "false");
    row("n BETWEEN :five AND :six", "true");
    row("n IN (:six, :five)", "true");
    row("#s = :abc AND #n = :six", "false");
    row("#s = :abc OR #n = :six", "true");
    row("NOT (#s = :abc OR #n = :six)", "false");
    row("NOT #n = :six AND #s = :abc", "true");
    row("attribute_exists(#s)", "true");
    row("attribute_not_exists(other)", "true");
    row("attribute_type(n, :type)", "true");
    row("begins_with(#s, :a)", "true");
    row("contains(list, :two)", "true");
    row("contains(#s, :a)", "true");
    row("size(list) = :two", "true");
    row("#m.x > :six", "true");
    row("list[1] = :two", "true");
    row("other = :two", "false");
    row("n = ", "The name of an attribute expected, not \"\"");
    row("n :five", "A comparison expected, not \":five\"");
    row("n = :nothing", "The expression has no value :nothing");
    row("n = :five)", "Syntax error near \")\"");
}

void tst_MemoryTable::conditions()
{
    QFETCH(QString, condition);
    QFETCH(QString, result);
    QString problem;
    const bool holds = expression(condition).holds(object(kItem), &problem);
    QCOMPARE(problem.isEmpty() ? (holds ? u"true"_s : u"false"_s) : problem, result);
}

void tst_MemoryTable::updates_data()
{
    QTest::addColumn<QString>("update");
    QTest::addColumn<QByteArray>("member");
    QTest::addColumn<QByteArray>("value"); // after it; "undefined"
    const auto row = [](const char *update, const char *member, const char *value) {
        QTest::newRow(update) << QString::fromLatin1(update) << QByteArray(member)
                              << QByteArray(value);
    };
    row("SET n = :six", "n", "6");
    row("SET n = n + :two, other = :a", "n", "7");
    row("SET n = n + :two, other = :a", "other", "\"a\"");
    row("SET n = n - :two", "n", "3");
    row("SET #m.x = :a", "m", R"({"x":"a"})");
    row("SET list = list_append(list, :list)", "list", "[1,2,3]");
    row("SET list[0] = :six", "list", "[6,2]");
    row("SET other = if_not_exists(other, :a)", "other", "\"a\"");
    row("SET n = if_not_exists(n, :six)", "n", "5");
    row("REMOVE #s", "s", "undefined");
    row("REMOVE list[0]", "list", "[2]");
    row("ADD n :two", "n", "7");
    row("ADD fresh :two", "fresh", "2");
    row("SET n = :six REMOVE #s", "n", "6");
}

void tst_MemoryTable::updates()
{
    QFETCH(QString, update);
    QFETCH(QByteArray, member);
    QFETCH(QByteArray, value);
    QString problem;
    const QJsonObject item = expression(update).updated(object(kItem), &problem);
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    const QJsonValue found = item.value(QString::fromLatin1(member));
    QCOMPARE(found.isUndefined() ? QByteArray("undefined") : text(found), value);
}

void tst_MemoryTable::items()
{
    MemoryTable table(u"id"_s, {});
    QCOMPARE(ask(table, R"({"operation":"GetItem","key":{"id":{"S":"1"}}})"), "null");
    QCOMPARE(ask(table,
                 R"({"operation":"PutItem","key":{"id":{"S":"1"}},)"
                 R"("attributeValues":{"a":{"N":"7"},"m":{"M":{"x":{"NULL":true}}}}})"),
             R"({"a":7,"id":"1","m":{"x":null}})");
    QCOMPARE(ask(table, R"({"operation":"GetItem","key":{"id":{"S":"1"}}})"),
             R"({"a":7,"id":"1","m":{"x":null}})");
    QCOMPARE(ask(table,
                 R"({"operation":"UpdateItem","key":{"id":{"S":"1"}},"update":)"
                 R"({"expression":"SET a = a + :b","expressionValues":{":b":{"N":1}}}})"),
             R"({"a":8,"id":"1","m":{"x":null}})");
    QCOMPARE(ask(table,
                 R"({"operation":"UpdateItem","key":{"id":{"S":"2"}},"update":)"
                 R"({"expression":"SET a = :b","expressionValues":{":b":{"N":1}}}})"),
             R"({"a":1,"id":"2"})");
    QCOMPARE(ask(table, R"({"operation":"DeleteItem","key":{"id":{"S":"2"}}})"),
             R"({"a":1,"id":"2"})");
    QCOMPARE(ask(table, R"({"operation":"DeleteItem","key":{"id":{"S":"2"}}})"), "null");
    QCOMPARE(ask(table,
                 R"({"operation":"BatchGetItem","tables":{"t":{"keys":)"
                 R"([{"id":{"S":"1"}},{"id":{"S":"9"}}]}}})"),
             R"({"data":{"t":[{"a":8,"id":"1","m":{"x":null}},null]},"unprocessedKeys":{}})");
}

void tst_MemoryTable::conditionalWrites()
{
    MemoryTable table(u"id"_s, {});
    const QByteArray put = R"({"operation":"PutItem","key":{"id":{"S":"1"}},"attributeValues":{},)"
                           R"("condition":{"expression":"attribute_not_exists(id)"
}
})";
    QCOMPARE(ask(table, put), R"({"id":"1"})");
QCOMPARE(ask(table, put),
         "DynamoDB:ConditionalCheckFailedException: The conditional request failed");
}

void tst_MemoryTable::queriesAndScans()
{
    MemoryTable table(u"room"_s, u"at"_s);
    for (const char *room : {"a", "b"}) {
        for (int at = 12; at > 0; --at) // numbers are no texts: 2 is before 10
            ask(table,
                QByteArray(R"({"operation":"PutItem","key":{"room":{"S":")") + room
                    + R"("},"at":{"N":)" + QByteArray::number(at)
                    + R"(}},"attributeValues":{"even":{"BOOL":)" + (at % 2 ? "false" : "true")
                    + "}}}");
    }
    const auto query = [&](const QByteArray &more) {
        const QJsonObject answer =
            table
                .ask(object(R"({"operation":"Query","query":{"expression":"#r = :r",)"
                            R"("expressionNames":{"#r":"room"},)"
                            R"("expressionValues":{":r":{"S":"a"}}})"
                            + more + '}'))
                .result.toObject();
        QByteArray found;
        const QJsonArray items = answer.value("items"_L1).toArray();
        for (const QJsonValue &item : items)
            found += QByteArray::number(item.toObject().value("at"_L1).toInt()) + ' ';
        return found + text(answer.value("nextToken"_L1));
    };
    QCOMPARE(query({}), "1 2 3 4 5 6 7 8 9 10 11 12 null");
    QCOMPARE(query(R"(,"limit":3)"), "1 2 3 \"3\"");
    QCOMPARE(query(R"(,"limit":3,"nextToken":"9")"), "10 11 12 null");
    QCOMPARE(query(R"(,"limit":2,"scanIndexForward":false)"), "12 11 \"2\"");
    QCOMPARE(query(R"(,"limit":4,"filter":{"expression":"even = :e",)"
                   R"("expressionValues":{":e":{"BOOL":true}}})"),
             "2 4 \"4\"");
    QCOMPARE(query(R"(,"nextToken":"-5")"), "1 2 3 4 5 6 7 8 9 10 11 12 null");
    const QJsonObject scan = table.ask(object(R"({"operation":"Scan"})")).result.toObject();
    QCOMPARE(scan.value("items"_L1).toArray().size(), 24);
    QCOMPARE(scan.value("scannedCount"_L1).toInt(), 24);
}

void tst_MemoryTable::wrongRequests()
{
    MemoryTable table(u"id"_s, {});
    QVERIFY(ask(table, R"({"operation":"GetItem","key":{"x":{"S":"1"}}})")
                .startsWith("DynamoDB:ValidationException"));
    QVERIFY(ask(table, R"({"operation":"Dance","key":{"id":{"S":"1"}}})")
                .startsWith("DynamoDB:ValidationException"));
    QVERIFY(ask(table, R"({})").startsWith("DynamoDB:ValidationException"));
    const QByteArray large = R"({"operation":"PutItem","key":{"id":{"S":"1"}},)"
                             R"("attributeValues":{"a":{"S":")"
        + QByteArray(500'000, 'x') + R"("}}})";
    QVERIFY(ask(table, large).startsWith("DynamoDB:ValidationException: Item size"));
}

GUILESS_TEST(tst_MemoryTable)
#include "tst_memorytable.moc"
