// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/jwt_p.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_TokenIssuer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void acceptsItsOwn();
    void hasTheFormOfAJwt();
    void refusesExpired();
    void refusesAnotherIssuer();
    void refusesWhatWasTouched_data();
    void refusesWhatWasTouched();

private:
    TokenIssuer m_issuer;
};

namespace {

constexpr auto kBase64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QJsonObject decoded(const QByteArray &part)
{
    return QJsonDocument::fromJson(QByteArray::fromBase64(part, kBase64Url)).object();
}

} // namespace

void tst_TokenIssuer::acceptsItsOwn()
{
    for (int i = 0; i < 200; ++i) { // r and s of a signature are sometimes shorter than 32 bytes
        const auto verdict = m_issuer.verify(m_issuer.issue(u"someone"_s, 1h));
        QVERIFY2(verdict.isGood(), qPrintable(verdict.problem));
        QCOMPARE(verdict.subject, u"someone"_s);
    }
}

void tst_TokenIssuer::hasTheFormOfAJwt()
{
    const QList<QByteArray> parts = m_issuer.issue(u"someone"_s, 1h).toLatin1().split('.');
    QCOMPARE(parts.size(), 3);
    QCOMPARE(decoded(parts[0]).value(u"alg"_s).toString(), u"ES256"_s);
    QCOMPARE(QByteArray::fromBase64(parts[2], kBase64Url).size(), 64);
    const QJsonObject claims = decoded(parts[1]);
    QCOMPARE(claims.value(u"iss"_s).toString(), m_issuer.issuer());
    QCOMPARE(claims.value(u"sub"_s).toString(), u"someone"_s);
    QCOMPARE(claims.value(u"exp"_s).toInteger() - claims.value(u"iat"_s).toInteger(), 3600);
}

void tst_TokenIssuer::refusesExpired()
{
    const auto verdict = m_issuer.verify(m_issuer.issue(u"someone"_s, -1s));
    QVERIFY(!verdict.isGood());
    QVERIFY2(verdict.problem.contains(u"expired"_s), qPrintable(verdict.problem));
}

void tst_TokenIssuer::refusesAnotherIssuer()
{
    const TokenIssuer other;
    const auto verdict = m_issuer.verify(other.issue(u"someone"_s, 1h));
    QVERIFY(!verdict.isGood());
    QVERIFY2(verdict.problem.contains(u"signature"_s), qPrintable(verdict.problem));
}

void tst_TokenIssuer::refusesWhatWasTouched_data()
{
    QTest::addColumn<QByteArray>("token");
    const QList<QByteArray> parts = m_issuer.issue(u"someone"_s, 1h).toLatin1().split('.');
    QJsonObject claims = decoded(parts[1]);
    claims.insert(u"sub"_s, u"someone-else"_s);
    const QByteArray forged =
        QJsonDocument(claims).toJson(QJsonDocument::Compact).toBase64(kBase64Url);
    const QByteArray noAlgorithm = QByteArray(R"({"alg":"none"})").toBase64(kBase64Url);

    QTest::newRow("claims") << parts[0] + '.' + forged + '.' + parts[2];
    QTest::newRow("no algorithm") << noAlgorithm + '.' + parts[1] + '.';
    QTest::newRow("no signature") << parts[0] + '.' + parts[1] + '.';
    QTest::newRow("short signature") << parts[0] + '.' + parts[1] + '.' + parts[2].left(20);
    QTest::newRow("zero signature")
        << parts[0] + '.' + parts[1] + '.' + QByteArray(64, '\0').toBase64(kBase64Url);
    QTest::newRow("two parts") << parts[0] + '.' + parts[1];
    QTest::newRow("not base64") << parts[0] + ".***." + parts[2];
    QTest::newRow("opaque") << QByteArray("opaque-token");
    QTest::newRow("empty") << QByteArray();
}

void tst_TokenIssuer::refusesWhatWasTouched()
{
    QFETCH(QByteArray, token);
    QVERIFY(!m_issuer.verify(QString::fromLatin1(token)).isGood());
}

QTEST_GUILESS_MAIN(tst_TokenIssuer)
#include "tst_tokenissuer.moc"
