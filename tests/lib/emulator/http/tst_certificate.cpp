// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/http/certificate_p.h"
#include "tests/shared/testrunner.h"

#include <QDateTime>
#include <QFile>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_Certificate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isForThisMachine();
    void namesTheBoundAddress();
    void everyOneIsNew();
    void loadsFiles();
    void saysWhatIsWrongWithFiles();
};

namespace {

QString write(const QTemporaryDir &folder, const QString &name, const QByteArray &contents)
{
    QFile file(folder.filePath(name));
    const bool written = file.open(QIODevice::WriteOnly) && file.write(contents) == contents.size();
    return written ? file.fileName() : QString();
}

} // namespace

void tst_Certificate::isForThisMachine()
{
    const auto identity = ServerIdentity::make(QHostAddress::LocalHost);
    QVERIFY(identity);
    QCOMPARE(identity->chain.size(), 1);
    const QSslCertificate certificate = identity->chain.first();
    const auto names = certificate.subjectAlternativeNames();
    QCOMPARE(names.values(QSsl::DnsEntry), QStringList(u"localhost"_s));
    QStringList addresses = names.values(QSsl::IpAddressEntry);
    addresses.sort();
    QCOMPARE(addresses, QStringList({u"127.0.0.1"_s, u"::1"_s}));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    QVERIFY(certificate.effectiveDate() <= now);
    QVERIFY(certificate.expiryDate() > now.addDays(300));
    QVERIFY(certificate.expiryDate() < now.addDays(398)); // browsers refuse longer ones
    QCOMPARE(identity->key.algorithm(), QSsl::Ec);
    QCOMPARE(identity->key.length(), 256);
    QVERIFY(certificate.isSelfSigned());
    QCOMPARE(QSslCertificate::fromData(identity->trustAnchor()), identity->chain);
}

void tst_Certificate::namesTheBoundAddress()
{
    const auto identity = ServerIdentity::make(QHostAddress(u"192.0.2.7"_s), {u"appsync"_s});
    QVERIFY(identity);
    const auto names = identity->chain.first().subjectAlternativeNames();
    QVERIFY(names.values(QSsl::IpAddressEntry).contains(u"192.0.2.7"_s));
    QVERIFY(names.values(QSsl::DnsEntry).contains(u"appsync"_s));
}

void tst_Certificate::everyOneIsNew()
{
    const auto one = ServerIdentity::make(QHostAddress::LocalHost);
    const auto two = ServerIdentity::make(QHostAddress::LocalHost);
    QVERIFY(one->chain.first().serialNumber() != two->chain.first().serialNumber());
    QVERIFY(one->key != two->key);
}

void tst_Certificate::loadsFiles()
{
    const QTemporaryDir folder;
    const auto made = ServerIdentity::make(QHostAddress::LocalHost);
    const QString cert = write(folder, u"cert.pem"_s, made->chain.first().toPem());
    const QString key = write(folder, u"key.pem"_s, made->key.toPem());
    QString problem;
    const auto loaded = ServerIdentity::load(cert, key, &problem);
    QVERIFY2(loaded, qPrintable(problem));
    QCOMPARE(loaded->chain, made->chain);
    QCOMPARE(loaded->key, made->key);
}

void tst_Certificate::saysWhatIsWrongWithFiles()
{
    const QTemporaryDir folder;
    const auto made = ServerIdentity::make(QHostAddress::LocalHost);
    const QString cert = write(folder, u"cert.pem"_s, made->chain.first().toPem());
    const QString key = write(folder, u"key.pem"_s, made->key.toPem());
    QString problem;
    QVERIFY(!ServerIdentity::load(folder.filePath(u"absent.pem"_s), key, &problem));
    QVERIFY2(problem.contains(u"absent.pem"_s), qPrintable(problem));
    QVERIFY(!ServerIdentity::load(cert, cert, &problem));
    QVERIFY2(problem.contains(u"no PEM private key"_s), qPrintable(problem));
    QVERIFY(!ServerIdentity::load(key, key, &problem));
    QVERIFY2(problem.contains(u"no PEM certificate"_s), qPrintable(problem));
}

GUILESS_TEST(tst_Certificate)
#include "tst_certificate.moc"
