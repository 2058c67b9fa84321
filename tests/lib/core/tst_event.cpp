// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/Event>

#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using AppSync::Event;

class tst_Event : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultIsEmpty();
    void textIsExact();
    void payloadOfAnyKind_data();
    void payloadOfAnyKind();
};

void tst_Event::defaultIsEmpty()
{
    QVERIFY(Event().json().isEmpty());
    QVERIFY(Event().payload().isUndefined());
}

void tst_Event::textIsExact()
{
    const QString frame = uR"({"event":"{\"id\":9007199254740993,\"id\":2, \"b\":\"\\u0041\"}"})"_s;
    const Event event(frame, 10, frame.size() - 2, true);
    QCOMPARE(event.json(), R"({"id":9007199254740993,"id":2, "b":"\u0041"})"_ba);
    QCOMPARE(event.text().toUtf8(), event.json());
    QCOMPARE(event.payload().toObject()[u"b"_s].toString(), u"A"_s);
}

void tst_Event::payloadOfAnyKind_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("number") << "42"_ba << QJsonValue(42);
    QTest::newRow("string") << R"("Breaking news!")"_ba << QJsonValue(u"Breaking news!"_s);
    QTest::newRow("true") << "true"_ba << QJsonValue(true);
    QTest::newRow("null") << "null"_ba << QJsonValue(QJsonValue::Null);
    QTest::newRow("not JSON") << "hello"_ba << QJsonValue(QJsonValue::Undefined);
    QTest::newRow("two values") << "1,2"_ba << QJsonValue(QJsonValue::Undefined);
}

void tst_Event::payloadOfAnyKind()
{
    QFETCH(QByteArray, json);
    QTEST(Event::fromJson(json).payload(), "value");
    QCOMPARE(Event::fromJson(json).json(), json);
}

GUILESS_TEST(tst_Event)
#include "tst_event.moc"
