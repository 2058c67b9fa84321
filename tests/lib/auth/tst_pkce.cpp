// SPDX-License-Identifier: Apache-2.0
#include "lib/auth/pkce_p.h"
#include "tests/shared/testrunner.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_Pkce : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void challengeOfTheStandard();
    void createsWhatTheStandardAllows();
    void randomTextDiffers();
    void randomTextHasItsLength_data();
    void randomTextHasItsLength();
};

void tst_Pkce::challengeOfTheStandard()
{
    // RFC 7636, appendix B.
    QCOMPARE(Pkce::challengeOf(u"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"_s),
             u"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_s);
}

void tst_Pkce::createsWhatTheStandardAllows()
{
    static const QRegularExpression allowed(u"^[A-Za-z0-9._~-]{43,128}$"_s);
    const Pkce pkce = Pkce::create();
    QVERIFY2(allowed.match(pkce.verifier).hasMatch(), qPrintable(pkce.verifier));
    QCOMPARE(pkce.challenge, Pkce::challengeOf(pkce.verifier));
    QVERIFY(pkce.challenge != pkce.verifier);
}

void tst_Pkce::randomTextDiffers()
{
    QSet<QString> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(randomText(8));
    QCOMPARE(seen.size(), 1000);
}

void tst_Pkce::randomTextHasItsLength_data()
{
    QTest::addColumn<int>("bytes");
    for (const int bytes : {1, 3, 4, 5, 16, 31, 32, 33})
        QTest::addRow("%d", bytes) << bytes;
}

void tst_Pkce::randomTextHasItsLength()
{
    QFETCH(int, bytes);
    const QByteArray text = randomText(bytes).toLatin1();
    QCOMPARE(QByteArray::fromBase64(text, QByteArray::Base64UrlEncoding).size(), bytes);
    QVERIFY(!text.contains('='));
}

GUILESS_TEST(tst_Pkce)
#include "tst_pkce.moc"
