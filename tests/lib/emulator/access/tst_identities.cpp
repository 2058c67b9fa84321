// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/access/identities_p.h"
#include "tests/shared/testrunner.h"

#include <QRegularExpression>
#include <QTest>

using namespace AppSync;
using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_Identities : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void grants_data();
    void grants();
    void deniedBeatsAllowed();
    void ownerMayDoEverything();
    void saysWhatIsWrong();
};

namespace {

const QString kChat = u"arn:aws:appsync:us-east-1:123456789012:apis/abc/channelNamespace/chat"_s;

} // namespace

void tst_Identities::grants_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("resource");
    QTest::addColumn<bool>("allowed");
    const QString publish = u"appsync:EventPublish"_s;
    QTest::newRow("exact") << publish << kChat << true;
    QTest::newRow("everything") << u"*"_s << u"*"_s << true;
    QTest::newRow("service") << u"appsync:*"_s << u"*"_s << true;
    QTest::newRow("case of the action") << u"AppSync:eventpublish"_s << kChat << true;
    QTest::newRow("case of the resource") << publish << kChat.toUpper() << false;
    QTest::newRow("any API") << publish << u"arn:aws:appsync:*:*:apis/*/channelNamespace/chat"_s
                             << true;
    QTest::newRow("any namespace")
        << publish << u"arn:aws:appsync:us-east-1:123456789012:apis/abc/*"_s << true;
    QTest::newRow("question mark") << publish << QString(kChat.chopped(1) + u'?') << true;
    QTest::newRow("two stars") << u"*Event*ish"_s << u"*"_s << true;
    QTest::newRow("star at the end of all") << publish << QString(kChat + u'*') << true;
    QTest::newRow("other action") << u"appsync:EventSubscribe"_s << kChat << false;
    QTest::newRow("other namespace") << publish << QString(kChat + u"s"_s) << false;
    QTest::newRow("the API itself")
        << publish << u"arn:aws:appsync:us-east-1:123456789012:apis/abc"_s << false;
    QTest::newRow("nothing") << QString() << QString() << false;
}

void tst_Identities::grants()
{
    QFETCH(QString, action);
    QFETCH(QString, resource);
    Principal principal;
    principal.allow = {{{u"sts:AssumeRole"_s}, {u"*"_s}}, {{action}, {u"x"_s, resource}}};
    QTEST(principal.mayDo(u"appsync:EventPublish"_s, kChat), "allowed");
}

void tst_Identities::deniedBeatsAllowed()
{
    Principal principal;
    principal.allow = {{{u"*"_s}}};
    principal.deny = {{{u"appsync:EventPublish"_s}, {u"*/chat"_s}}};
    QVERIFY(!principal.mayDo(u"appsync:EventPublish"_s, kChat));
    QVERIFY(principal.mayDo(u"appsync:EventSubscribe"_s, kChat));
    QVERIFY(!Principal().mayDo(u"appsync:EventSubscribe"_s, kChat));
}

void tst_Identities::ownerMayDoEverything()
{
    const Identities identities;
    const Principal &owner = identities.owner();
    QVERIFY(QRegularExpression(u"^AKIA[A-Z2-7]{16}$"_s).match(owner.accessKeyId).hasMatch());
    QCOMPARE(owner.secretAccessKey.size(), 40);
    QVERIFY(owner.sessionToken.isEmpty());
    QCOMPARE(identities.find(owner.accessKeyId), &owner);
    QVERIFY(owner.mayDo(u"appsync:EventConnect"_s, kChat));
    QVERIFY(Identities().owner().secretAccessKey != owner.secretAccessKey);
}

void tst_Identities::saysWhatIsWrong()
{
    Identities identities;
    const EmulatorOptions::Identity good{u"good"_s, u"AKIDGOOD"_s, u"secret"_s};
    QCOMPARE(identities.setLasting({good}), QString());
    QVERIFY(identities.find(u"AKIDGOOD"_s));
    QVERIFY(identities.setLasting({{u"half"_s, u"AKIDHALF"_s, {}}}).contains(u"\"half\""_s));
    QVERIFY(identities.setLasting({good, good}).contains(u"AKIDGOOD"_s));
    const QString taken = identities.owner().accessKeyId;
    QVERIFY(identities.setLasting({{u"thief"_s, taken, u"x"_s}}).contains(taken));
    QVERIFY(identities.find(u"AKIDGOOD"_s)); // nothing changed
    QCOMPARE(identities.setLasting({}), QString());
    QVERIFY(!identities.find(u"AKIDGOOD"_s));
}

GUILESS_TEST(tst_Identities)
#include "tst_identities.moc"
