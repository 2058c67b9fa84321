// SPDX-License-Identifier: Apache-2.0
#include "awshome.h"
#include "tests/shared/testrunner.h"

#include "lib/auth/aws/awsconfig_p.h"

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_AwsConfig : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void missingFilesAreFine();
    void sectionsOfBothFiles();
    void credentialsFileWins();
    void profileDefaultWins();
    void valuesAndComments();
    void blocks();
    void variablesNameOtherFiles();
    void aDeviceIsNoFile();
    void malformed_data();
    void malformed();
    void unreadable();
};

namespace {

AwsConfig loaded(const AwsHome &home)
{
    Error error;
    AwsConfig config = AwsConfig::load(home.environment, &error);
    if (error.isError())
        qWarning() << error.toString();
    return config;
}

} // namespace

void tst_AwsConfig::missingFilesAreFine()
{
    AwsHome home;
    Error error = Error::local(Error::Kind::Server, u"an old one"_s);
    const AwsConfig config = AwsConfig::load(home.environment, &error);
    QVERIFY(!error.isError());
    QCOMPARE(config.profileNames(), QStringList());
    QVERIFY(!config.profile(u"default"_s));
}

void tst_AwsConfig::sectionsOfBothFiles()
{
    AwsHome home;
    home.writeConfig("[default]\nregion=a\n"
                     "[profile dev]\nregion=b\n"
                     "[profile \"name with space\"]\nregion=c\n"
                     "[profile it\\'s]\nregion=d\n"
                     "[plugins]\nregion=no\n"
                     "[profile]\nregion=no\n"
                     "[profiles x]\nregion=no\n"
                     "[profile two words]\nregion=no\n"
                     "[profile 'open]\nregion=no\n"
                     "[bare]\nregion=no\n"
                     "[sso-session corp]\nsso_region=e\n"
                     "[services local]\nsts =\n  endpoint_url = http://x\n");
    home.writeCredentials("[keys]\naws_access_key_id=AKIA1\n"
                          "[profile odd]\naws_access_key_id=AKIA2\n");
    const AwsConfig config = loaded(home);
    QCOMPARE(config.profileNames(),
             (QStringList{u"default"_s, u"dev"_s, u"it's"_s, u"keys"_s, u"name with space"_s,
                          u"profile odd"_s}));
    QCOMPARE(config.profile(u"name with space"_s)->value(u"region"_s), u"c"_s);
    QCOMPARE(config.profile(u"it's"_s)->value(u"region"_s), u"d"_s);
    QCOMPARE(config.ssoSession(u"corp"_s)->values.value(u"sso_region"_s), u"e"_s);
    QVERIFY(!config.ssoSession(u"other"_s));
    QCOMPARE(config.services(u"local"_s)->blocks[u"sts"_s].value(u"endpoint_url"_s), u"http://x"_s);
}

void tst_AwsConfig::credentialsFileWins()
{
    AwsHome home;
    home.writeConfig("[profile dev]\nregion = eu-west-1\naws_access_key_id = CONFIG\n");
    home.writeCredentials("[dev]\naws_access_key_id = CREDENTIALS\n");
    const AwsConfig config = loaded(home);
    const AwsProfile &dev = *config.profile(u"dev"_s);
    QCOMPARE(dev.value(u"aws_access_key_id"_s), u"CREDENTIALS"_s);
    QCOMPARE(dev.value(u"region"_s), u"eu-west-1"_s);
    QCOMPARE(dev.config.values.value(u"aws_access_key_id"_s), u"CONFIG"_s);
    QVERIFY(!dev.contains(u"output"_s));
}

void tst_AwsConfig::profileDefaultWins()
{
    for (const QByteArray &text : {"[default]\nregion=a\n[profile default]\nregion=b\n"_ba,
                                   "[profile default]\nregion=b\n[default]\nregion=a\n"_ba}) {
        AwsHome home;
        home.writeConfig(text);
        QCOMPARE(loaded(home).profile(u"default"_s)->value(u"region"_s), u"b"_s);
    }
}

void tst_AwsConfig::valuesAndComments()
{
    AwsHome home;
    home.writeConfig("\xEF\xBB\xBF# first\r\n"
                     "[default]   ; behind the section\r\n"
                     "  Region   =  eu-west-1  \r\n"
                     "  ; a comment further in\r\n"
                     "\r\n"
                     "  command = tool --a=b # not a comment ; at all\r\n"
                     "  colon: c:d=e\r\n"
                     "  empty =\r\n"
                     "  percent = %(region)s ${HOME}\r\n"
                     "  umlaut = \xC3\xA4\r\n"
                     "long = one\r\n"
                     "  # between\r\n"
                     "\r\n"
                     "  two = 2\r\n"
                     "after=1");
    const AwsConfig config = loaded(home);
    QVERIFY(config.profile(u"default"_s));
    const QHash<QString, QString> expected{{u"region"_s, u"eu-west-1"_s},
                                           {u"command"_s, u"tool --a=b # not a comment ; at all"_s},
                                           {u"colon"_s, u"c:d=e"_s},
                                           {u"empty"_s, u""_s},
                                           {u"percent"_s, u"%(region)s ${HOME}"_s},
                                           {u"umlaut"_s, u"ä"_s},
                                           {u"long"_s, u"one\ntwo = 2"_s},
                                           {u"after"_s, u"1"_s}};
    QCOMPARE(config.profile(u"default"_s)->config.values, expected);
}

void tst_AwsConfig::blocks()
{
    AwsHome home;
    home.writeConfig("[default]\n"
                     "s3 =\n"
                     "    # how\n"
                     "    Addressing_Style = path\n"
                     "\n"
                     "  max_concurrent_requests=20\n"
                     "region = x\n");
    const IniSection section = loaded(home).profile(u"default"_s)->config;
    const QHash<QString, QString> expected{{u"addressing_style"_s, u"path"_s},
                                           {u"max_concurrent_requests"_s, u"20"_s}};
    QCOMPARE(section.blocks.value(u"s3"_s), expected);
    QCOMPARE(section.values.value(u"region"_s), u"x"_s);
    QCOMPARE(section.values.value(u"s3"_s), u""_s);
}

void tst_AwsConfig::variablesNameOtherFiles()
{
    AwsHome home;
    home.writeConfig("[default]\nregion=wrong\n");
    home.writeCredentials("[default]\naws_access_key_id=wrong\n");
    home.write(u"c.ini"_s, "[profile a]\nregion=right\n");
    home.write(u"k.ini"_s, "[b]\naws_access_key_id=right\n");
    home.set(u"AWS_CONFIG_FILE"_s, u"~/c.ini"_s);
    home.set(u"AWS_SHARED_CREDENTIALS_FILE"_s, home.path(u"k.ini"_s));
    QCOMPARE(loaded(home).profileNames(), (QStringList{u"a"_s, u"b"_s}));
    home.set(u"AWS_CONFIG_FILE"_s, home.path(u"gone.ini"_s));
    QCOMPARE(loaded(home).profileNames(), QStringList{u"b"_s});
}

void tst_AwsConfig::aDeviceIsNoFile()
{
#ifdef Q_OS_UNIX
    AwsHome home;
    home.writeConfig("[default]\nregion=x\n");
    home.set(u"AWS_CONFIG_FILE"_s, u"/dev/null"_s);
    QCOMPARE(loaded(home).profileNames(), QStringList());
#else
    QSKIP("there are no device files here");
#endif
}

void tst_AwsConfig::malformed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("before a section") << "# c\nregion = SECRET\n"_ba << 2;
    QTest::newRow("no value") << "[default]\n\nSECRET\n"_ba << 3;
    QTest::newRow("no key") << "[default]\n = SECRET\n"_ba << 2;
    QTest::newRow("no end") << "[default]\na=b\n[SECRET\n"_ba << 3;
    QTest::newRow("no name") << "[]\n"_ba << 1;
    QTest::newRow("section twice") << "[SECRET]\na=b\n[SECRET]\n"_ba << 3;
    QTest::newRow("key twice") << "[default]\nSECRET=b\nsecret=c\n"_ba << 3;
    QTest::newRow("no key in a block") << "[default]\ns3 =\n  SECRET\n"_ba << 3;
}

void tst_AwsConfig::malformed()
{
    QFETCH(QByteArray, text);
    QFETCH(int, line);
    for (const bool isConfig : {true, false}) {
        AwsHome home;
        const QString path = isConfig ? u".aws/config"_s : u".aws/credentials"_s;
        home.write(path, text);
        Error error;
        const AwsConfig config = AwsConfig::load(home.environment, &error);
        QCOMPARE(error.kind, Error::Kind::InvalidInput);
        QVERIFY2(error.message.contains(home.path(path)), qPrintable(error.message));
        QVERIFY2(error.message.contains(u"line %1:"_s.arg(line)), qPrintable(error.message));
        QVERIFY(!error.nextStep.isEmpty());
        QVERIFY(!wordsOf(error).contains(u"SECRET"_s, Qt::CaseInsensitive));
        QCOMPARE(config, AwsConfig());
    }
}

void tst_AwsConfig::unreadable()
{
    AwsHome home;
    Error error;
    QVERIFY(QDir().mkdir(home.path(u".aws/config"_s)));
    AwsConfig::load(home.environment, &error);
    QCOMPARE(error.kind, Error::Kind::InvalidInput);
    QVERIFY(error.message.contains(home.path(u".aws/config"_s)));
    home.set(u"AWS_CONFIG_FILE"_s, u"/dev/null"_s);

    home.writeCredentials("[default]\na=\xFF\xFE\n");
    AwsConfig::load(home.environment, &error);
    QVERIFY2(error.message.contains(u"UTF-8"_s), qPrintable(error.message));

    home.writeCredentials(QByteArray(5 * 1024 * 1024, '#'));
    AwsConfig::load(home.environment, &error);
    QVERIFY2(error.message.contains(u"too large"_s), qPrintable(error.message));
}

GUILESS_TEST(tst_AwsConfig)
#include "tst_awsconfig.moc"
