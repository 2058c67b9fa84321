// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/signin/srp_p.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

//! The server's half of SRP must reproduce the vectors of the official client.
class tst_Srp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void serverSide_data();
    void serverSide();
    void deviceVerifiers_data();
    void deviceVerifiers();
    void timestamps_data();
    void timestamps();
    void badClientValues_data();
    void badClientValues();
    void saltsAndSecretsDiffer();

private:
    [[nodiscard]] QJsonArray list(QLatin1StringView name) const
    {
        return m_vectors[name].toArray();
    }

    QJsonObject m_vectors;
};

namespace {

QByteArray fromHex(const QJsonValue &value)
{
    return QByteArray::fromHex(value.toString().toLatin1());
}

} // namespace

void tst_Srp::initTestCase()
{
    QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/auth/srp-vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_vectors = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(list("srp_vectors"_L1).size(), 15);
}

void tst_Srp::serverSide_data()
{
    QTest::addColumn<QJsonObject>("vector");
    for (const QJsonValue vector : list("srp_vectors"_L1))
        QTest::newRow(qPrintable(vector["id"_L1].toString())) << vector.toObject();
}

void tst_Srp::serverSide()
{
    QFETCH(QJsonObject, vector);
    const QJsonObject input = vector["input"_L1].toObject();
    const QJsonObject output = vector["output"_L1].toObject();
    const QString pool = input["pool_name"_L1].toString();
    const QString user = input["user_id_for_srp"_L1].toString();
    const Srp::Verifier verifier = Srp::makeVerifier(pool, user, input["password"_L1].toString(),
                                                     fromHex(output["salt_padhex"_L1]));
    // Written without leading zeros, as JavaScript does.
    QVERIFY(
        verifier.value.toHex().endsWith(input["server_verifier_v_hex"_L1].toString().toLatin1()));

    const Srp::Attempt attempt(verifier, fromHex(input["server_private_b_hex"_L1]));
    QCOMPARE(attempt.publicValue(), input["server_SRP_B_hex"_L1].toString());
    const auto key = attempt.key(output["SRP_A_hex"_L1].toString());
    QVERIFY(key);
    QCOMPARE(key->toHex(), output["hkdf_key_hex"_L1].toString().toLatin1());
    const QByteArray secretBlock =
        QByteArray::fromBase64(input["server_SECRET_BLOCK_b64"_L1].toString().toLatin1());
    QCOMPARE(Srp::proof(*key, pool, user, secretBlock, input["timestamp"_L1].toString().toUtf8()),
             output["PASSWORD_CLAIM_SIGNATURE"_L1].toString().toLatin1());
}

void tst_Srp::deviceVerifiers_data()
{
    QTest::addColumn<QJsonObject>("vector");
    for (const QJsonValue vector : list("device_verifier_vectors"_L1))
        QTest::newRow(qPrintable(vector["id"_L1].toString())) << vector.toObject();
}

void tst_Srp::deviceVerifiers()
{
    QFETCH(QJsonObject, vector);
    const QJsonObject input = vector["input"_L1].toObject();
    const QJsonObject output = vector["output"_L1].toObject();
    const Srp::Verifier verifier = Srp::makeVerifier(
        input["device_group_key"_L1].toString(), input["device_key"_L1].toString(),
        input["device_password_b64"_L1].toString(),
        QByteArray::fromBase64(output["Salt"_L1].toString().toLatin1()));
    // A device sends its verifier with a leading zero byte where the first bit is set.
    const QByteArray sent =
        QByteArray::fromBase64(output["PasswordVerifier"_L1].toString().toLatin1());
    QCOMPARE(verifier.value.toHex(), (sent.startsWith('\0') ? sent.sliced(1) : sent).toHex());
}

void tst_Srp::timestamps_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("utc");
    for (const QJsonValue vector : list("timestamp_vectors"_L1)) {
        const QString text = vector["formatted"_L1].toString();
        QTest::newRow(qPrintable(text)) << text << vector["utc"_L1].toString();
    }
    for (const QString &text :
         {u"Wed Jan 05 12:34:56 UTC 2025"_s, u"Sun Jan 5 1:34:56 UTC 2025"_s,
          u"Mon Jan 15 12:34:56 UTC 2025"_s, u"Wed Jan 15 12:34:56 CET 2025"_s,
          u"Mi. Jan. 15 12:34:56 UTC 2025"_s, u"Wed Jan 15 25:34:56 UTC 2025"_s,
          u"2025-01-15T12:34:56Z"_s, QString()})
        QTest::addRow("no: %s", qPrintable(text)) << text << QString();
}

void tst_Srp::timestamps()
{
    QFETCH(QString, text);
    QFETCH(QString, utc);
    const auto seconds = Srp::secondsSinceEpoch(text.toUtf8());
    QCOMPARE(seconds.has_value(), !utc.isEmpty());
    if (seconds)
        QCOMPARE(*seconds, QDateTime::fromString(utc, Qt::ISODate).toSecsSinceEpoch());
}

void tst_Srp::badClientValues_data()
{
    QTest::addColumn<QString>("value");
    const QString n = m_vectors["constants"_L1]["N_hex"_L1].toString();
    QTest::newRow("empty") << QString();
    QTest::newRow("zero") << u"0"_s;
    QTest::newRow("zeros") << u"000000"_s;
    QTest::newRow("N") << n;
    QTest::newRow("not hexadecimal") << u"xyz"_s;
    QTest::newRow("negative") << u"-1"_s;
    QTest::newRow("endless") << QString(1025, u'1');
}

void tst_Srp::badClientValues()
{
    QFETCH(QString, value);
    const Srp::Attempt attempt(Srp::makeVerifier(u"pool"_s, u"user"_s, u"password"_s));
    QVERIFY(!attempt.key(value));
    QVERIFY(attempt.key(u"2"_s));
}

void tst_Srp::saltsAndSecretsDiffer()
{
    const Srp::Verifier one = Srp::makeVerifier(u"pool"_s, u"user"_s, u"password"_s);
    const Srp::Verifier two = Srp::makeVerifier(u"pool"_s, u"user"_s, u"password"_s);
    QCOMPARE(one.salt.size(), 16);
    QVERIFY(one.salt != two.salt);
    QVERIFY(one.value != two.value);
    QVERIFY(Srp::Attempt(one).publicValue() != Srp::Attempt(one).publicValue());
    QCOMPARE(Srp::Attempt(one).salt(), QString::fromLatin1(one.salt.toHex()));
}

GUILESS_TEST(tst_Srp)
#include "tst_srp.moc"
