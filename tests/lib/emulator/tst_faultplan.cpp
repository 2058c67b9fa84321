// SPDX-License-Identifier: Apache-2.0
#include <AppSync/Emulator>

#include <QTest>

using namespace AppSync;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_FaultPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryMember();
    void emptyMeansNoFault();
    void namesTheProblem_data();
    void namesTheProblem();
};

void tst_FaultPlan::readsEveryMember()
{
    QString problem;
    const auto plan = FaultPlan::fromJson(R"({
        "refuseUpgradeStatus": 401, "neverAnswerUpgrade": true, "neverAck": true, "refuseConnect": true,
        "neverKeepAlive": true, "neverAnswerSubscribe": true, "neverAnswerPublish": true,
        "neverAnswerHttp": true, "dropAfterFrames": 7, "closeCodeAfterAck": 4000, "eventAsArray": true,
        "errorsAsObject": true, "numericFailureCode": true, "deliveryGapMs": 2000, "otherSubprotocol": true,
        "cutInsideFrame": 3, "silentAfterFrames": 2, "dropOnPublish": true, "htmlEscapedSignatures": true})",
                                          &problem);
    QVERIFY2(plan, qPrintable(problem));
    QCOMPARE(plan->refuseUpgradeStatus, 401);
    QVERIFY(plan->neverAnswerUpgrade);
    QVERIFY(plan->neverAck);
    QVERIFY(plan->refuseConnect);
    QVERIFY(plan->neverKeepAlive);
    QVERIFY(plan->neverAnswerSubscribe);
    QVERIFY(plan->neverAnswerPublish);
    QVERIFY(plan->neverAnswerHttp);
    QCOMPARE(plan->dropAfterFrames, 7);
    QCOMPARE(plan->closeCodeAfterAck, 4000);
    QVERIFY(plan->eventAsArray);
    QVERIFY(plan->errorsAsObject);
    QVERIFY(plan->numericFailureCode);
    QVERIFY(plan->htmlEscapedSignatures);
    QCOMPARE(plan->deliveryGap, 2000ms);
    QVERIFY(plan->otherSubprotocol);
    QCOMPARE(plan->cutInsideFrame, 3);
    QCOMPARE(plan->silentAfterFrames, 2);
    QVERIFY(plan->dropOnPublish);
}

void tst_FaultPlan::emptyMeansNoFault()
{
    const auto plan = FaultPlan::fromJson("{}", nullptr);
    QVERIFY(plan);
    QVERIFY(!plan->neverAck);
    QCOMPARE(plan->dropAfterFrames, 0);
    QCOMPARE(plan->deliveryGap, 0ms);
}

void tst_FaultPlan::namesTheProblem_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("word");
    QTest::newRow("not JSON") << QByteArray("{") << u"Not JSON at byte"_s;
    QTest::newRow("not an object") << QByteArray("[]") << u"JSON object"_s;
    QTest::newRow("unknown member") << QByteArray(R"({"neverSleep":true})") << u"neverSleep"_s;
    QTest::newRow("number for a flag")
        << QByteArray(R"({"neverAck":1})") << u"\"neverAck\" must be true or false"_s;
    QTest::newRow("text for a number")
        << QByteArray(R"({"dropAfterFrames":"3"})") << u"dropAfterFrames"_s;
    QTest::newRow("fraction") << QByteArray(R"({"dropAfterFrames":1.5})") << u"dropAfterFrames"_s;
    QTest::newRow("negative") << QByteArray(R"({"deliveryGapMs":-1})") << u"deliveryGapMs"_s;
    QTest::newRow("beyond HTTP") << QByteArray(R"({"refuseUpgradeStatus":1000})") << u"0 to 599"_s;
}

void tst_FaultPlan::namesTheProblem()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, word);
    QString problem;
    QVERIFY(!FaultPlan::fromJson(json, &problem));
    QVERIFY2(problem.contains(word), qPrintable(problem));
}

QTEST_GUILESS_MAIN(tst_FaultPlan)
#include "tst_faultplan.moc"
