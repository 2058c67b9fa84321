// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/http/chunkedbody_p.h"
#include "tests/shared/testrunner.h"

#include <QBuffer>
#include <QTest>

using namespace AppSync::Emulation;
using Status = ChunkedBody::Status;

class tst_ChunkedBody : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void readsByteByByte();
};

void tst_ChunkedBody::reads_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<Status>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("rest");
    const auto row = [](const char *name, const QByteArray &text, Status status,
                        const QByteArray &body = {}, const QByteArray &rest = {}) {
        QTest::newRow(name) << text << status << body << rest;
    };
    row("empty", "0\r\n\r\n", Status::Complete);
    row("one", "3\r\nabc\r\n0\r\n\r\n", Status::Complete, "abc");
    row("two", "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n", Status::Complete, "abc0123456789");
    row("small letters", "a\r\n0123456789\r\n0\r\n\r\n", Status::Complete, "0123456789");
    row("extension", "1;x=\"y\"\r\na\r\n0;z\r\n\r\n", Status::Complete, "a");
    row("trailers", "1\r\na\r\n0\r\nA: b\r\nC: d\r\n\r\n", Status::Complete, "a");
    row("line ends inside", "4\r\n\r\n\r\n\r\n0\r\n\r\n", Status::Complete, "\r\n\r\n");
    row("next request", "1\r\na\r\n0\r\n\r\nGET / HTTP/1.1", Status::Complete, "a",
        "GET / HTTP/1.1");
    row("half", "5\r\nabc", Status::Incomplete, "abc");
    row("no end", "1\r\na\r\n0\r\n", Status::Incomplete, "a");
    row("no size", "\r\n", Status::Malformed);
    row("not hexadecimal", "g\r\n", Status::Malformed);
    row("signed", "+1\r\na\r\n", Status::Malformed);
    row("0x", "0x1\r\na\r\n", Status::Malformed);
    row("endless number", QByteArray(40, 'f') + "\r\n", Status::Malformed);
    row("data too long", "1\r\nab\r\n", Status::Malformed, "a");
    row("bare line feed", "1\na\n0\n\n", Status::Malformed);
    row("long extension", "1;" + QByteArray(2'000, 'x'), Status::Malformed);
    row("too large", "800001\r\n", Status::TooLarge);
    row("too large together", "700000\r\n" + QByteArray(0x700000, 'x') + "\r\n200000\r\n",
        Status::TooLarge, QByteArray(0x700000, 'x'));
    QByteArray trailers = "0\r\n";
    for (int i = 0; i < 10; ++i)
        trailers += "A: " + QByteArray(900, 'x') + "\r\n";
    row("too many trailers", trailers, Status::Malformed);
}

void tst_ChunkedBody::reads()
{
    QFETCH(QByteArray, text);
    QFETCH(Status, status);
    QFETCH(QByteArray, body);
    QBuffer device(&text);
    QVERIFY(device.open(QIODevice::ReadOnly));
    ChunkedBody chunks;
    QCOMPARE(chunks.read(device), status);
    QVERIFY(chunks.take() == body);
    if (status == Status::Complete)
        QTEST(device.readAll(), "rest");
}

void tst_ChunkedBody::readsByteByByte()
{
    const QByteArray text = "3;e\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\nT: x\r\n\r\n";
    ChunkedBody chunks;
    QByteArray arrived;
    QBuffer device(&arrived);
    QVERIFY(device.open(QIODevice::ReadOnly));
    for (qsizetype i = 0; i < text.size(); ++i) {
        arrived += text[i];
        QCOMPARE(chunks.read(device), i + 1 < text.size() ? Status::Incomplete : Status::Complete);
    }
    QCOMPARE(chunks.take(), "abc0123456789abcdef");
}

APPLESS_TEST(tst_ChunkedBody)
#include "tst_chunkedbody.moc"
