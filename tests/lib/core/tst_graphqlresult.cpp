// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/GraphQlResult>

#include <QTest>

using namespace Qt::StringLiterals;
using AppSync::GraphQlError;
using AppSync::GraphQlResult;

class tst_GraphQlResult : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textIsKept();
    void dataIsTaken_data();
    void dataIsTaken();
    void errorsAreTaken();
    void oneErrorWithoutAList();
    void extensionsAreTaken();
    void emptyHasNothing();
    void standsInALongerText();
};

void tst_GraphQlResult::textIsKept()
{
    const QByteArray json = R"({ "data": {"b":9007199254740993,"a":1,"a":2, "e":"\u00e9"} })"_ba;
    const GraphQlResult result = GraphQlResult::fromJson(json);
    QCOMPARE(result.json(), json);
    QCOMPARE(result.dataJson(), R"({"b":9007199254740993,"a":1,"a":2, "e":"\u00e9"})"_ba);
}

void tst_GraphQlResult::dataIsTaken_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("data");
    QTest::addColumn<bool>("hasData");
    QTest::newRow("object") << R"({"data":{"x":null}})"_ba
                            << R"({"x":null})"_ba << true;
    QTest::newRow("null") << R"({"data":null,"errors":[]})"_ba
                          << "null"_ba << false;
    QTest::newRow("missing") << R"({"errors":[{"message":"no"}]})"_ba << QByteArray() << false;
    QTest::newRow("behind others") << R"({"errors":[{"data":{"y":1}}],"data":{"x":1}})"_ba
                                   << R"({"x":1})"_ba << true;
    QTest::newRow("escaped name") << R"({"\u0064ata":{"x":1}})"_ba
                                  << R"({"x":1})"_ba << true;
    QTest::newRow("a string") << R"({"data":"x\"y"})"_ba
                              << R"("x\"y")"_ba << true;
    QTest::newRow("twice") << R"({"data":1,"data":{"x":2}})"_ba
                           << R"({"x":2})"_ba << true;
    QTest::newRow("an array") << R"([{"data":1}])"_ba << QByteArray() << false;
}

void tst_GraphQlResult::dataIsTaken()
{
    QFETCH(QByteArray, json);
    QFETCH(bool, hasData);
    const GraphQlResult result = GraphQlResult::fromJson(json);
    QTEST(result.dataJson(), "data");
    QCOMPARE(result.hasData(), hasData);
    QCOMPARE(result.data().isUndefined(), result.dataJson().isEmpty());
}

void tst_GraphQlResult::errorsAreTaken()
{
    const GraphQlResult result = GraphQlResult::fromJson(
        R"({"data":{"x":null},"errors":[{"path":["x",0,"y"],"data":null,"errorType":"Lambda:Unhandled",
            "errorInfo":{"k":1},"locations":[{"line":2,"column":3,"sourceName":null}],"message":"went wrong"},
            {"path":null,"locations":[{"line":1,"column":5}],"message":"Validation error"}, "words"]})"_ba);
    const QList<GraphQlError> errors = result.errors();
    QCOMPARE(errors.size(), 3);
    QCOMPARE(errors[0].message, u"went wrong"_s);
    QCOMPARE(errors[0].type, u"Lambda:Unhandled"_s);
    QCOMPARE(errors[0].pathText(), u"x.0.y"_s);
    QCOMPARE(errors[0].line, 2);
    QCOMPARE(errors[0].column, 3);
    QCOMPARE(errors[0].raw[u"errorInfo"].toObject()[u"k"].toInt(), 1);
    QCOMPARE(errors[0].toString(), u"Lambda:Unhandled: went wrong (x.0.y)"_s);
    QCOMPARE(errors[1].toString(), u"Validation error (1:5)"_s);
    QCOMPARE(errors[2].toString(), u"words"_s);
}

void tst_GraphQlResult::oneErrorWithoutAList()
{
    const GraphQlResult result =
        GraphQlResult::fromJson(R"({"errors":{"errorType":"X","message":"alone"}})"_ba);
    QCOMPARE(result.errors().size(), 1);
    QCOMPARE(result.errors().first().type, u"X"_s);
    QVERIFY(GraphQlResult::fromJson(R"({"errors":null})"_ba).errors().isEmpty());
}

void tst_GraphQlResult::extensionsAreTaken()
{
    const GraphQlResult result =
        GraphQlResult::fromJson(R"({"data":{},"extensions":{"cost":{"n":3}}})"_ba);
    QCOMPARE(result.extensions()[u"cost"].toObject()[u"n"].toInt(), 3);
}

void tst_GraphQlResult::emptyHasNothing()
{
    const GraphQlResult result;
    QVERIFY(!result.hasData());
    QVERIFY(result.data().isUndefined());
    QVERIFY(result.errors().isEmpty());
    QVERIFY(result.extensions().isEmpty());
    QVERIFY(result.json().isEmpty());
    QVERIFY(!result.receivedAt().isValid());
}

void tst_GraphQlResult::standsInALongerText()
{
    const QString frame = uR"({"type":"data","payload":{"data":{"x":1}},"id":"s"})"_s;
    const qsizetype begin = frame.indexOf(u"{\"data\"");
    const GraphQlResult result(frame, begin, begin + 16);
    QCOMPARE(result.text(), uR"({"data":{"x":1}})"_s);
    QCOMPARE(result.dataText(), uR"({"x":1})"_s);
}

GUILESS_TEST(tst_GraphQlResult)
#include "tst_graphqlresult.moc"
