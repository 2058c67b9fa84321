// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/signin/totp_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_Totp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rfc6238_data();
    void rfc6238();
    void toleratesAStep();
    void secrets();
};

namespace {

// RFC 6238, appendix B: the ASCII text "12345678901234567890".
const QString kSharedSecret = u"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"_s;

} // namespace

void tst_Totp::rfc6238_data()
{
    QTest::addColumn<qint64>("time");
    QTest::addColumn<QString>("code"); // the last six of the RFC's eight digits
    QTest::newRow("59") << qint64(59) << u"287082"_s;
    QTest::newRow("1111111109") << qint64(1'111'111'109) << u"081804"_s;
    QTest::newRow("1111111111") << qint64(1'111'111'111) << u"050471"_s;
    QTest::newRow("1234567890") << qint64(1'234'567'890) << u"005924"_s;
    QTest::newRow("2000000000") << qint64(2'000'000'000) << u"279037"_s;
    QTest::newRow("20000000000") << qint64(20'000'000'000) << u"353130"_s;
}

void tst_Totp::rfc6238()
{
    QFETCH(qint64, time);
    QTEST(Totp::code(kSharedSecret, Totp::stepAt(time)), "code");
}

void tst_Totp::toleratesAStep()
{
    const qint64 time = 1'111'111'109;
    const qint64 step = Totp::stepAt(time);
    for (const qint64 near : {step - 1, step, step + 1})
        QCOMPARE(Totp::matchingStep(kSharedSecret, Totp::code(kSharedSecret, near), time), near);
    for (const qint64 far : {step - 2, step + 2})
        QCOMPARE(Totp::matchingStep(kSharedSecret, Totp::code(kSharedSecret, far), time), -1);
    QCOMPARE(Totp::matchingStep(kSharedSecret, {}, time), -1);
}

void tst_Totp::secrets()
{
    const QString secret = Totp::makeSecret();
    QVERIFY(Totp::isSecret(secret));
    QCOMPARE(secret.size(), 52);
    QVERIFY(Totp::makeSecret() != secret);
    QVERIFY(Totp::isSecret(secret.toLower()));
    QCOMPARE(Totp::code(secret.toLower(), 1), Totp::code(secret, 1));
    for (const QString &wrong : {QString(), u"ABC1"_s, u"AB CD"_s, u"ABCD===="_s})
        QVERIFY2(!Totp::isSecret(wrong), qPrintable(wrong));
}

GUILESS_TEST(tst_Totp)
#include "tst_totp.moc"
