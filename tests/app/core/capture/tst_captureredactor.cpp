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
    void shared_data();
    void shared();
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

void TestCaptureRedactor::shared_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("nothing", R"({"a": 1, "a":2 })", R"({"a": 1, "a":2 })");
    row("names", R"({"user":"x","Password":"abc","n":{"apiKey":17},"t":[{"access_token":["a"]}]})",
        R"({"user":"x","Password":"<masked, 3 bytes>","n":{"apiKey":"<masked, 2 bytes>"},"t":[{"access_token":"<masked, 5 bytes>"}]})");
    row("tokens",
        R"({"text":"see eyJhbGciOiJub25l.eyJzdWIi.c2ln and da2-abcdefghijklmnopqrstuvwxyz"})",
        R"({"text":"see <masked, 30 bytes> and <masked, 30 bytes>"})");
    row("AWS", "AKIAIOSFODNN7EXAMPLE", "<masked, 20 bytes>");
    row("bearer", R"(["Bearer abc.def-123"])", R"(["<masked, 18 bytes>"])");
    row("escaped name", R"({"pass\u0077ord":"x"})", R"({"pass\u0077ord":"<masked, 1 bytes>"})");
    row("null", R"({"token":null})", R"({"token":null})");
}

void TestCaptureRedactor::shared()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QCOMPARE(CaptureRedactor::shared(text, CaptureRedactor::defaultNames()), expected);
    QCOMPARE(CaptureRedactor::shared(expected, CaptureRedactor::defaultNames()), expected);
}

GUILESS_TEST(TestCaptureRedactor)
#include "tst_captureredactor.moc"
