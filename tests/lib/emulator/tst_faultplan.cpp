// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace AppSync;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_FaultPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsEveryMember();
    void emptyMeansNoFault();
    void readsFaultsWithConditions();
    void readsEveryKind();
    void writesWhatItReads_data();
    void writesWhatItReads();
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

void tst_FaultPlan::readsFaultsWithConditions()
{
    QString problem;
    const auto plan = FaultPlan::fromJson(R"({"neverAck": true, "halfOpen": true, "faults": [
        {"kind": "httpError", "value": 503, "errorType": "T", "message": "m", "rate": 0.25, "times": 2,
         "when": {"fromMs": 10, "forMs": 20},
         "for": {"connection": "3", "peer": "127.0.0.1", "authType": "API_KEY", "user": "u",
                 "channel": "a/*"}}]})",
                                          &problem);
    QVERIFY2(plan, qPrintable(problem));
    QVERIFY(plan->neverAck);
    QCOMPARE(plan->faults.size(), 2);
    FaultPlan::Fault expected{FaultPlan::Kind::HttpError, 503, u"T"_s, u"m"_s};
    expected.rate = 0.25;
    expected.times = 2;
    expected.from = 10ms;
    expected.duration = 20ms;
    expected.connection = u"3"_s;
    expected.peer = u"127.0.0.1"_s;
    expected.authType = u"API_KEY"_s;
    expected.user = u"u"_s;
    expected.channel = u"a/*"_s;
    QVERIFY(plan->faults.contains(expected));
    QVERIFY(plan->faults.contains(FaultPlan::Fault{FaultPlan::Kind::HalfOpen}));
    QVERIFY(!expected.isUnconditional());
    QVERIFY(FaultPlan::Fault{FaultPlan::Kind::HalfOpen}.isUnconditional());
    QCOMPARE(plan->toList().size(), 3);
}

void tst_FaultPlan::readsEveryKind()
{
    for (int i = 0; i <= int(FaultPlan::Kind::HtmlEscapedSignatures); ++i) {
        FaultPlan plan;
        plan.faults.append({FaultPlan::Kind(i), 1000});
        const QJsonObject json = plan.toJson();
        FaultPlan::Fault &fault = plan.faults.first();
        const QJsonObject entry = json.value(u"faults"_s).toArray().first().toObject();
        if (!entry.contains(u"value"_s))
            fault.value = 0;
        QJsonObject copy = entry;
        if (entry.value(u"kind"_s) == u"httpError"_s
            || entry.value(u"kind"_s) == u"refuseUpgradeStatus"_s)
            copy.insert(u"value"_s, fault.value = 500);
        QString problem;
        const auto read = FaultPlan::fromJson(
            QJsonDocument(QJsonObject{{u"faults"_s, QJsonArray{copy}}}).toJson(), &problem);
        QVERIFY2(read, qPrintable(problem));
        QCOMPARE(*read, plan);
    }
}

void tst_FaultPlan::writesWhatItReads_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray("{}");
    QTest::newRow("short") << QByteArray(
        R"({"neverAck":true,"dropAfterFrames":2,"deliveryGapMs":5})");
    QTest::newRow("list") << QByteArray(R"({"faults":[{"kind":"loseEvents","rate":0.5},
        {"kind":"subscribeError","errorType":"X","when":{"forMs":1}},
        {"kind":"ackDelayMs","value":3,"for":{"user":"a"}}]})");
}

void tst_FaultPlan::writesWhatItReads()
{
    QFETCH(QByteArray, json);
    const auto plan = FaultPlan::fromJson(json, nullptr);
    QVERIFY(plan);
    QCOMPARE(plan->toJson(), QJsonDocument::fromJson(json).object());
}

void tst_FaultPlan::namesTheProblem_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("word");
    const auto entry = [](const char *name, const QByteArray &fault, const QString &word) {
        QTest::newRow(name) << QByteArray("{\"faults\":[" + fault + "]}") << word;
    };
    QTest::newRow("not JSON") << QByteArray("{") << u"Not JSON at byte"_s;
    QTest::newRow("not an object") << QByteArray("[]") << u"JSON object"_s;
    QTest::newRow("unknown member") << QByteArray(R"({"neverSleep":true})") << u"neverSleep"_s;
    QTest::newRow("number for a flag")
        << QByteArray(R"({"neverAck":1})") << u"\"neverAck\" must be true or false"_s;
    QTest::newRow("text for a number")
        << QByteArray(R"({"dropAfterFrames":"3"})") << u"dropAfterFrames"_s;
    QTest::newRow("fraction") << QByteArray(R"({"dropAfterFrames":1.5})") << u"dropAfterFrames"_s;
    QTest::newRow("negative") << QByteArray(R"({"deliveryGapMs":-1})") << u"deliveryGapMs"_s;
    QTest::newRow("list that is none") << QByteArray(R"({"faults":{}})") << u"array"_s;
    entry("entry that is none", "1", u"faults[0] must be an object"_s);
    entry("no kind", "{}", u"faults[0] needs a \"kind\""_s);
    entry("unknown kind", R"({"kind":"x"})", u"unknown fault \"x\""_s);
    entry("no value", R"({"kind":"closeCode"})", u"from 1000 to 4999"_s);
    entry("value beyond", R"({"kind":"closeCode","value":5000})", u"from 1000 to 4999"_s);
    entry("nothing takes a value", R"({"kind":"neverAck","value":1})", u"takes no \"value\""_s);
    entry("no error", R"({"kind":"neverAck","errorType":"X"})", u"takes no \"errorType\""_s);
    entry("rate", R"({"kind":"neverAck","rate":1.5})", u"\"rate\""_s);
    entry("times", R"({"kind":"neverAck","times":-1})", u"\"times\""_s);
    entry("unknown part", R"({"kind":"neverAck","often":1})", u"\"often\" is not known"_s);
    entry("unknown time", R"({"kind":"neverAck","when":{"to":1}})", u"faults[0].when: \"to\""_s);
    entry("unknown whom", R"({"kind":"neverAck","for":{"ip":"x"}})", u"faults[0].for: \"ip\""_s);
    entry("whom in numbers", R"({"kind":"neverAck","for":{"peer":1}})",
          u"\"peer\" must be a text"_s);
    entry("when is none", R"({"kind":"neverAck","when":1})", u"\"when\" must be an object"_s);
    entry("signatures", R"({"kind":"htmlEscapedSignatures","rate":0.5})", u"takes no conditions"_s);
    QTest::newRow("error type in numbers")
        << QByteArray(R"({"publishError":1})") << u"publishError"_s;
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

GUILESS_TEST(tst_FaultPlan)
#include "tst_faultplan.moc"
