// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/graphql/subscriptionfilter_p.h"
#include "tests/shared/testrunner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_SubscriptionFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void operators_data();
    void operators();
    void groupsAreAlternatives();
    void problems_data();
    void problems();
    void arguments();
};

namespace {

QJsonValue json(const QByteArray &text)
{
    return QJsonDocument::fromJson('[' + text + ']').array().at(0);
}

const QByteArray kValue =
    R"({"severity":3,"title":"disk full","tags":["a","b"],"nested":{"a":{"b":7}},"none":null})";

} // namespace

void tst_SubscriptionFilter::operators_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *field, const char *op, const char *value, bool matches) {
        const QByteArray filter = QByteArray(R"({"fieldName":")") + field + R"(","operator":")" + op
            + R"(","value":)" + value + '}';
        QTest::addRow("%s %s %s", field, op, value) << filter << matches;
    };
    row("severity", "eq", "3", true);
    row("severity", "eq", "\"3\"", false);
    row("severity", "ne", "3", false);
    row("severity", "le", "3", true);
    row("severity", "lt", "3", false);
    row("severity", "ge", "4", false);
    row("severity", "gt", "2", true);
    row("severity", "between", "[1,3]", true);
    row("severity", "between", "[4,5]", false);
    row("severity", "in", "[1,3]", true);
    row("severity", "notIn", "[1,3]", false);
    row("title", "beginsWith", "\"disk\"", true);
    row("title", "contains", "\"full\"", true);
    row("title", "notContains", "\"full\"", false);
    row("title", "gt", "\"a\"", true);
    row("tags", "contains", "\"b\"", true);
    row("tags", "containsAny", "[\"x\",\"a\"]", true);
    row("tags", "containsAny", "[\"x\"]", false);
    row("nested.a.b", "eq", "7", true);
    row("nested.a.c", "eq", "null", true);
    row("none", "eq", "null", true);
    row("missing", "ne", "1", true);
    row("missing", "lt", "1", false);
    row("a.b.c.d.e.f", "eq", "1", true); // deeper rules are ignored
}

void tst_SubscriptionFilter::operators()
{
    QFETCH(QByteArray, filter);
    QFETCH(bool, matches);
    QString problem;
    const auto read =
        SubscriptionFilter::fromJson(json(R"({"filters":[)" + filter + "]}"), &problem);
    QVERIFY2(read, qPrintable(problem));
    QCOMPARE(read->matches(json(kValue)), matches);
    QVERIFY(!read->matches(json('[' + kValue + ']'))); // lists are for nobody with a filter
}

void tst_SubscriptionFilter::groupsAreAlternatives()
{
    QString problem;
    const auto filter = SubscriptionFilter::fromJson(json(R"({"filterGroup":[
            {"filters":[{"fieldName":"severity","operator":"gt","value":5}]},
            {"filters":[{"fieldName":"severity","operator":"gt","value":2},
                        {"fieldName":"title","operator":"eq","value":"disk full"}]}]})"),
                                                     &problem);
    QVERIFY2(filter, qPrintable(problem));
    QVERIFY(filter->matches(json(kValue)));
    QVERIFY(filter->matches(json(R"({"severity":6})")));
    QVERIFY(!filter->matches(json(R"({"severity":3,"title":"other"})")));
}

void tst_SubscriptionFilter::problems_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::newRow("no name") << QByteArray(R"({"filters":[{"operator":"eq","value":1}]})");
    QTest::newRow("unknown operator")
        << QByteArray(R"({"filters":[{"fieldName":"a","operator":"like","value":1}]})");
    QTest::newRow("no filters") << QByteArray(R"({"filters":[]})");
    QTest::newRow("no groups") << QByteArray(R"({"filterGroup":[]})");
    QTest::newRow("six values") << QByteArray(
        R"({"filters":[{"fieldName":"a","operator":"in","value":[1,2,3,4,5,6]}]})");
    QTest::newRow("between one") << QByteArray(
        R"({"filters":[{"fieldName":"a","operator":"between","value":[1]}]})");
    QTest::newRow("eleven groups") << QByteArray(R"({"filterGroup":[1,2,3,4,5,6,7,8,9,10,11]})");
}

void tst_SubscriptionFilter::problems()
{
    QFETCH(QByteArray, filter);
    QString problem;
    QVERIFY(!SubscriptionFilter::fromJson(json(filter), &problem));
    QVERIFY(!problem.isEmpty());
}

void tst_SubscriptionFilter::arguments()
{
    const QJsonValue value = json(kValue);
    const auto matches = [&](const QJsonObject &arguments) {
        return SubscriptionFilter::argumentsMatch(arguments, value);
    };
    QVERIFY(matches({}));
    QVERIFY(matches({{u"severity"_s, 3}}));
    QVERIFY(!matches({{u"severity"_s, 4}}));
    QVERIFY(!matches({{u"severity"_s, 3}, {u"title"_s, u"x"_s}}));
    QVERIFY(!matches({{u"severity"_s, QJsonValue()}}));
    QVERIFY(matches({{u"none"_s, QJsonValue()}}));
    QVERIFY(matches({{u"missing"_s, QJsonValue()}}));
    QVERIFY(!matches({{u"missing"_s, 1}}));
}

GUILESS_TEST(tst_SubscriptionFilter)
#include "tst_subscriptionfilter.moc"
