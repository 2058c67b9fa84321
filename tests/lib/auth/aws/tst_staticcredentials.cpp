// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/StaticCredentials>

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_StaticCredentials : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesWhatItWasGiven();
    void missingPartsFailInWords_data();
    void missingPartsFailInWords();
    void spaceAroundThePartsIsDropped();
    void cannotBeRenewed();
    void tellsOfChanges();
    void nameHasNoSecret();
};

namespace {

struct Given {
    explicit Given(CredentialsSource &source)
    {
        CredentialsReply *reply = source.credentials();
        QObject::connect(reply, &Reply::finished, reply, [this, reply] {
            credentials = reply->credentials();
            error = reply->error();
        });
        QSignalSpy finished(reply, &Reply::finished);
        arrived = finished.wait();
    }
    bool arrived = false;
    AwsCredentials credentials;
    Error error;
};

} // namespace

void tst_StaticCredentials::givesWhatItWasGiven()
{
    StaticCredentials source(u"ASIAX"_s, u"secret"_s, u"token"_s);
    const QDateTime end({2030, 1, 1}, {0, 0}, Qt::UTC);
    source.setExpiresAt(end);
    const Given given(source);
    QVERIFY(given.arrived);
    QCOMPARE(given.credentials,
             (AwsCredentials{u"ASIAX"_s, u"secret"_s, u"token"_s, end, u"AWS key ASIAX"_s}));
}

void tst_StaticCredentials::missingPartsFailInWords_data()
{
    QTest::addColumn<QStringList>("parts");
    QTest::addColumn<QString>("words");
    QTest::newRow("nothing") << QStringList{{}, {}, {}} << u"key id is missing"_s;
    QTest::newRow("no secret") << QStringList{u"AKIAX"_s, {}, {}} << u"secret of"_s;
    QTest::newRow("no token") << QStringList{u"ASIAX"_s, u"hush"_s, u" "_s} << u"session token"_s;
}

void tst_StaticCredentials::missingPartsFailInWords()
{
    QFETCH(QStringList, parts);
    QFETCH(QString, words);
    StaticCredentials source(parts[0], parts[1], parts[2]);
    const Given given(source);
    QCOMPARE(given.error.kind, Error::Kind::InvalidInput);
    QVERIFY2(given.error.message.contains(words), qPrintable(given.error.message));
    QVERIFY(!given.error.nextStep.isEmpty());
    QVERIFY(!given.error.toString().contains(u"hush"));
    QVERIFY(!given.credentials.isValid());
}

void tst_StaticCredentials::spaceAroundThePartsIsDropped()
{
    StaticCredentials source;
    source.setAccessKeyId(u" AKIAX\n"_s);
    source.setSecretAccessKey(u"\tsecret "_s);
    source.setSessionToken(u" \n"_s);
    const Given given(source);
    QCOMPARE(given.credentials.accessKeyId, u"AKIAX"_s);
    QCOMPARE(given.credentials.secretAccessKey, u"secret"_s);
    QCOMPARE(given.credentials.sessionToken, QString());
    StaticCredentials same(u" AKIAX"_s, u"secret\n"_s);
    QCOMPARE(Given(same).credentials, given.credentials);
}

void tst_StaticCredentials::cannotBeRenewed()
{
    StaticCredentials source(u"AKIAX"_s, u"secret"_s);
    QVERIFY(!source.invalidate());
    QCOMPARE(source.region(), QString());
}

void tst_StaticCredentials::tellsOfChanges()
{
    StaticCredentials source;
    QSignalSpy changed(&source, &StaticCredentials::credentialsChanged);
    source.setAccessKeyId(u"AKIAX"_s);
    source.setSecretAccessKey(u"secret"_s);
    source.setSessionToken(u"token"_s);
    source.setExpiresAt(QDateTime({2030, 1, 1}, {0, 0}, Qt::UTC));
    QCOMPARE(changed.count(), 4);
    source.setAccessKeyId(u" AKIAX "_s);
    QCOMPARE(changed.count(), 4);
}

void tst_StaticCredentials::nameHasNoSecret()
{
    StaticCredentials source;
    QCOMPARE(source.displayName(), u"AWS keys"_s);
    source.setAccessKeyId(u"AKIAX"_s);
    source.setSecretAccessKey(u"hush"_s);
    QCOMPARE(source.displayName(), u"AWS key AKIAX"_s);
}

GUILESS_TEST(tst_StaticCredentials)
#include "tst_staticcredentials.moc"
