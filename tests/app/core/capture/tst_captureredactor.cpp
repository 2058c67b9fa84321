// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/captureredactor.h"

#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;

class TestCaptureRedactor : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void stored_data();
    void stored();
    void urls();
};

void TestCaptureRedactor::stored_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto same = [](const char *name, const QString &text) {
        QTest::newRow(name) << text << text;
    };
    same("none", uR"({"type":"ka"})"_s);
    same("masked already", uR"({"authorization":{"host":"h","x-api-key":"<masked, 30 bytes>"}})"_s);
    QTest::newRow("no JSON") << u"x\"authorization\":{\"x-api-key\" \"k\"}"_s
                             << u"x\"authorization\"<masked, 18 bytes>"_s;
    same("no JSON, masked already", u"x\"authorization\"<masked, 18 bytes>"_s);
    QTest::newRow("key")
        << uR"({"id":"1","authorization": {"x-api-key" : "da2-abc","host":"h"} })"_s
        << uR"({"id":"1","authorization": {"x-api-key" : "<masked, 7 bytes>","host":"h"} })"_s;
    QTest::newRow("GraphQL")
        << uR"({"payload":{"data":"{}","extensions":{"authorization":{"Authorization":"eyJ","host":"h"}}}})"_s
        << uR"({"payload":{"data":"{}","extensions":{"authorization":{"Authorization":"<masked, 3 bytes>","host":"h"}}}})"_s;
    QTest::newRow("told") << u"{\"message\":\"token hidden-one is bad\"}"_s
                          << u"{\"message\":\"token <masked, 10 bytes> is bad\"}"_s;
}

void TestCaptureRedactor::stored()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    CaptureRedactor redactor;
    redactor.hide(u"hidden-one"_s);
    redactor.hide(u"me"_s); // too short to be masked
    QCOMPARE(redactor.stored(text, false), expected);
    QCOMPARE(redactor.stored(text, true), text);
}

void TestCaptureRedactor::urls()
{
    QCOMPARE(CaptureRedactor::url(u"wss://u:p@h.test/event/realtime?header=x&payload=y#z"_s),
             u"wss://h.test/event/realtime"_s);
}

GUILESS_TEST(TestCaptureRedactor)
#include "tst_captureredactor.moc"
