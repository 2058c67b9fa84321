// SPDX-License-Identifier: Apache-2.0
#include "../../../../lib/auth/cognito/srp_p.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_Srp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void padsLikeTwosComplement_data();
    void padsLikeTwosComplement();
    void refusesWhatIsNoHex_data();
    void refusesWhatIsNoHex();
    void stampsInEnglish_data();
    void stampsInEnglish();
    void computesEveryStep_data();
    void computesEveryStep();
    void provesThePassword_data();
    void provesThePassword();
    void abortsOnAMultipleOfThePrime_data();
    void abortsOnAMultipleOfThePrime();
    void abortsOnRubbish_data();
    void abortsOnRubbish();
    void abortsOnAnExponentOfNothing();
    void makesDeviceVerifiers_data();
    void makesDeviceVerifiers();
    void hashesTheClientSecret_data();
    void hashesTheClientSecret();
    void neverRepeatsItself();
    void wipesTexts();

private:
    void rows(const QString &list) const;
    [[nodiscard]] QJsonObject row(const QString &list) const;

    QJsonObject m_vectors;
};

namespace {

QByteArray text(const QJsonObject &object, const QString &name)
{
    return object.value(name).toString().toUtf8();
}

//! Bytes of hex that may have an odd number of digits.
QByteArray fromHex(QByteArray hex)
{
    if (hex.size() % 2 == 1)
        hex.prepend('0');
    return QByteArray::fromHex(hex);
}

QByteArray hex(const SecretBytes &bytes)
{
    return bytes.view().toByteArray().toHex();
}

Srp::Identity identity(const QJsonObject &input)
{
    return {input.value(u"pool_name").toString(), input.value(u"user_id_for_srp").toString(),
            input.value(u"password").toString()};
}

Srp::Challenge challenge(const QJsonObject &input)
{
    return {text(input, u"server_SRP_B_hex"_s), text(input, u"server_SALT_hex"_s),
            text(input, u"server_SECRET_BLOCK_b64"_s)};
}

} // namespace

void tst_Srp::initTestCase()
{
    QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/auth/srp-vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_vectors = QJsonDocument::fromJson(file.readAll()).object();
    QCOMPARE(m_vectors.value(u"srp_vectors").toArray().size(), 15);
    QCOMPARE(m_vectors.value(u"device_verifier_vectors").toArray().size(), 2);
    QCOMPARE(m_vectors.value(u"secret_hash_vectors").toArray().size(), 3);
    QVERIFY(!m_vectors.value(u"padhex_vectors").toArray().isEmpty());
    QVERIFY(!m_vectors.value(u"timestamp_vectors").toArray().isEmpty());
}

void tst_Srp::rows(const QString &list) const
{
    QTest::addColumn<int>("index");
    const QJsonArray vectors = m_vectors.value(list).toArray();
    for (int i = 0; i < vectors.size(); ++i) {
        const QJsonObject vector = vectors.at(i).toObject();
        const QString id = vector.value(u"id").toString(QString::number(i));
        QTest::newRow(qPrintable(id)) << i;
    }
}

QJsonObject tst_Srp::row(const QString &list) const
{
    QFETCH(int, index);
    return m_vectors.value(list).toArray().at(index).toObject();
}

void tst_Srp::padsLikeTwosComplement_data()
{
    rows(u"padhex_vectors"_s);
}

void tst_Srp::padsLikeTwosComplement()
{
    const QJsonObject vector = row(u"padhex_vectors"_s);
    QCOMPARE(Srp::padded(text(vector, u"int_hex"_s)).toHex(), text(vector, u"padhex"_s));
}

void tst_Srp::refusesWhatIsNoHex_data()
{
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("nothing") << ""_ba;
    QTest::newRow("a sign") << "-12"_ba;
    QTest::newRow("a prefix") << "0x12"_ba;
    QTest::newRow("rubbish behind") << "12g"_ba;
    QTest::newRow("space") << "12 34"_ba;
    QTest::newRow("endless") << QByteArray(1'000'000, 'f');
}

void tst_Srp::refusesWhatIsNoHex()
{
    QFETCH(QByteArray, hex);
    QVERIFY(Srp::padded(hex).isEmpty());
}

void tst_Srp::stampsInEnglish_data()
{
    rows(u"timestamp_vectors"_s);
}

void tst_Srp::stampsInEnglish()
{
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::German));
    const QJsonObject vector = row(u"timestamp_vectors"_s);
    const QDateTime time =
        QDateTime::fromString(vector.value(u"utc").toString(), Qt::ISODate).toLocalTime();
    QCOMPARE(Srp::timestamp(time), text(vector, u"formatted"_s));
    QLocale::setDefault(before);
}

void tst_Srp::computesEveryStep_data()
{
    rows(u"srp_vectors"_s);
}

void tst_Srp::computesEveryStep()
{
    const QJsonObject vector = row(u"srp_vectors"_s);
    const QJsonObject input = vector.value(u"input").toObject();
    const QJsonObject output = vector.value(u"output").toObject();
    const Srp::Identity who = identity(input);
    QCOMPARE(who.password.toUtf8().toHex(), text(input, u"password_utf8_hex"_s));

    const SecretBytes exponent(fromHex(text(input, u"small_a_hex"_s)));
    const QByteArray a = Srp::publicNumber(exponent);
    QCOMPARE(a.toHex(), text(output, u"A_padhex"_s));
    const QByteArray b = Srp::padded(text(input, u"server_SRP_B_hex"_s));
    QCOMPARE(b.toHex(), text(output, u"B_padhex"_s));
    const QByteArray salt = Srp::padded(text(input, u"server_SALT_hex"_s));
    QCOMPARE(salt.toHex(), text(output, u"salt_padhex"_s));

    const QByteArray u = Srp::scrambler(a, b);
    QCOMPARE(u.toHex(), text(output, u"u_padhex_hkdf_salt"_s));
    const SecretBytes inner = Srp::identityHash(who);
    QCOMPARE(hex(inner), text(output, u"inner_hash_hex"_s));
    const SecretBytes x = Srp::privateNumber(salt, inner);
    QCOMPARE(hex(x), fromHex(text(output, u"x_hex"_s)).rightJustified(32, '\0').toHex());
    const SecretBytes shared = Srp::sharedNumber(exponent, b, u, x);
    QCOMPARE(hex(shared), text(output, u"S_padhex_hkdf_ikm"_s));
    QCOMPARE(hex(Srp::signingKey(shared, u)), text(output, u"hkdf_key_hex"_s));
}

void tst_Srp::provesThePassword_data()
{
    rows(u"srp_vectors"_s);
}

void tst_Srp::provesThePassword()
{
    const QJsonObject vector = row(u"srp_vectors"_s);
    const QJsonObject input = vector.value(u"input").toObject();
    const QJsonObject output = vector.value(u"output").toObject();
    const Srp::Conversation conversation(
        SecretBytes(QByteArrayView(fromHex(text(input, u"small_a_hex"_s)))));
    QCOMPARE(conversation.publicHex(), text(output, u"SRP_A_hex"_s));
    QCOMPARE(conversation.signature(challenge(input), identity(input), text(input, u"timestamp"_s)),
             text(output, u"PASSWORD_CLAIM_SIGNATURE"_s));

    Srp::Identity other = identity(input);
    other.password += u'.';
    QVERIFY(conversation.signature(challenge(input), other, text(input, u"timestamp"_s))
            != text(output, u"PASSWORD_CLAIM_SIGNATURE"_s));
}

void tst_Srp::abortsOnAMultipleOfThePrime_data()
{
    // The server's secret would not be in the shared number any more.
    QTest::addColumn<QByteArray>("b");
    const QByteArray prime =
        m_vectors.value(u"constants").toObject().value(u"N_hex").toString().toLatin1();
    QTest::newRow("zero") << "0"_ba;
    QTest::newRow("zeros") << "0000"_ba;
    QTest::newRow("the prime") << prime;
    QTest::newRow("the prime in small letters, with zeros") << "00" + prime.toLower();
    QTest::newRow("its 65536-fold") << prime + "0000";
}

void tst_Srp::abortsOnAMultipleOfThePrime()
{
    QFETCH(QByteArray, b);
    const QJsonObject input =
        m_vectors.value(u"srp_vectors").toArray().at(0).toObject().value(u"input").toObject();
    const Srp::Conversation conversation;
    Srp::Challenge sent = challenge(input);
    QVERIFY(!conversation.signature(sent, identity(input), "t").isEmpty());
    sent.b = b;
    QVERIFY(conversation.signature(sent, identity(input), "t").isEmpty());
}

void tst_Srp::abortsOnRubbish_data()
{
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<QByteArray>("salt");
    QTest::addColumn<QByteArray>("block");
    QTest::newRow("nothing") << ""_ba
                             << ""_ba
                             << ""_ba;
    QTest::newRow("B is no hex") << "xyz"_ba
                                 << "12"_ba
                                 << "AAAA"_ba;
    QTest::newRow("the salt is missing") << "12"_ba
                                         << ""_ba
                                         << "AAAA"_ba;
    QTest::newRow("the salt is no hex") << "12"_ba
                                        << "1 2"_ba
                                        << "AAAA"_ba;
    QTest::newRow("the block is missing") << "12"_ba
                                          << "12"_ba
                                          << ""_ba;
    QTest::newRow("the block is no base64") << "12"_ba
                                            << "12"_ba
                                            << "*AA="_ba;
}

void tst_Srp::abortsOnRubbish()
{
    QFETCH(QByteArray, b);
    QFETCH(QByteArray, salt);
    QFETCH(QByteArray, block);
    QVERIFY(
        Srp::Conversation().signature({b, salt, block}, {u"g"_s, u"n"_s, u"p"_s}, "t").isEmpty());
}

void tst_Srp::abortsOnAnExponentOfNothing()
{
    // g^0 = 1 would make the shared number known to everybody.
    QVERIFY(Srp::publicNumber(SecretBytes(QByteArrayView("\0", 1))).isEmpty());
    QVERIFY(!Srp::publicNumber(SecretBytes(QByteArrayView("\1", 1))).isEmpty());
}

void tst_Srp::makesDeviceVerifiers_data()
{
    rows(u"device_verifier_vectors"_s);
}

void tst_Srp::makesDeviceVerifiers()
{
    const QJsonObject vector = row(u"device_verifier_vectors"_s);
    const QJsonObject input = vector.value(u"input").toObject();
    const QJsonObject output = vector.value(u"output").toObject();
    const Srp::Identity device{input.value(u"device_group_key").toString(),
                               input.value(u"device_key").toString(),
                               input.value(u"device_password_b64").toString()};
    QCOMPARE(hex(Srp::identityHash(device)), text(output, u"combined_hash_hex"_s));
    const Srp::DeviceVerifier made =
        Srp::deviceVerifier(device, fromHex(text(input, u"salt_random_hex"_s)));
    QCOMPARE(QByteArray::fromBase64(made.salt).toHex(), text(output, u"salt_padhex"_s));
    QCOMPARE(QByteArray::fromBase64(made.verifier).toHex(), text(output, u"verifier_padhex"_s));
    QCOMPARE(made.salt, text(output, u"Salt"_s));
    QCOMPARE(made.verifier, text(output, u"PasswordVerifier"_s));
}

void tst_Srp::hashesTheClientSecret_data()
{
    rows(u"secret_hash_vectors"_s);
}

void tst_Srp::hashesTheClientSecret()
{
    const QJsonObject vector = row(u"secret_hash_vectors"_s);
    QCOMPARE(Srp::secretHash(vector.value(u"username").toString(),
                             vector.value(u"client_id").toString(),
                             vector.value(u"client_secret").toString()),
             text(vector, u"SECRET_HASH"_s));
}

void tst_Srp::neverRepeatsItself()
{
    const Srp::Conversation one;
    const Srp::Conversation other;
    QVERIFY(one.publicHex() != other.publicHex());
    QVERIFY(one.publicHex().size() > 700);
    QVERIFY(Srp::randomBytes(40) != Srp::randomBytes(40));
}

void tst_Srp::wipesTexts()
{
    QString password = QString(u"secret"_s).repeated(2);
    const QChar *at = password.constData();
    const QString shared = password;
    Srp::wipe(password);
    QVERIFY(password.isEmpty());
    // Somebody else still needs it.
    QCOMPARE(shared, u"secretsecret"_s);
    QCOMPARE(shared.constData(), at);
}

GUILESS_TEST(tst_Srp)
#include "tst_srp.moc"
