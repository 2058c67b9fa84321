// SPDX-License-Identifier: Apache-2.0
#include "app/cli/help.h"
#include "tests/shared/testrunner.h"

#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope::Cli;

Q_DECLARE_METATYPE(Syncscope::Cli::CommandLine::Command)

class TestHelp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void texts_data();
    void texts();
    void namesNothingThatIsNotThere_data() { texts_data(); }
    void namesNothingThatIsNotThere();
    void shortText();
};

void TestHelp::texts_data()
{
    QTest::addColumn<CommandLine::Command>("command");
    QTest::newRow("program") << CommandLine::Command::None;
    QTest::newRow("subscribe") << CommandLine::Command::Subscribe;
    QTest::newRow("publish") << CommandLine::Command::Publish;
    QTest::newRow("echo") << CommandLine::Command::Echo;
    QTest::newRow("doctor") << CommandLine::Command::Doctor;
    QTest::newRow("auth") << CommandLine::Command::Auth;
    QTest::newRow("profile") << CommandLine::Command::Profile;
    QTest::newRow("capture") << CommandLine::Command::Capture;
    QTest::newRow("replay") << CommandLine::Command::Replay;
    QTest::newRow("emulator") << CommandLine::Command::Emulator;
}

void TestHelp::texts()
{
    QFETCH(CommandLine::Command, command);
    const QString text = QString::fromUtf8(helpText(command));
    QVERIFY(text.contains(u"Usage: syncscope-cli"));
    QVERIFY(text.contains(u"Examples:"));
    for (const QString &line : text.split(u'\n'))
        QVERIFY2(line.size() <= 80, qPrintable(line));
    // The help of those that talk to no API leaves out what means nothing to them.
    const bool all =
        command != CommandLine::Command::Emulator && command != CommandLine::Command::Capture;
    const QStringList global = CommandLine::flags(CommandLine::Command::None);
    for (const QString &flag : CommandLine::flags(command)) {
        const bool general = flag == u"help" || flag == u"version";
        if ((all || !global.contains(flag)) && !(general && command != CommandLine::Command::None))
            QVERIFY2(text.contains(u"--"_s + flag), qPrintable(flag));
    }
}

void TestHelp::namesNothingThatIsNotThere()
{
    QFETCH(CommandLine::Command, command);
    QStringList known = CommandLine::flags(command);
    if (command == CommandLine::Command::None)
        known += CommandLine::flags(CommandLine::Command::Emulator); // in the examples
    static const QRegularExpression flag(u"--([a-z][a-z-]+)"_s);
    auto matches = flag.globalMatch(QString::fromUtf8(helpText(command)));
    while (matches.hasNext()) {
        const QString name = matches.next().captured(1);
        QVERIFY2(known.contains(name), qPrintable(name));
    }
}

void TestHelp::shortText()
{
    const QByteArray text = shortHelpText();
    QVERIFY(text.contains("Examples:"));
    QVERIFY(text.count('\n') < 24);
}

GUILESS_TEST(TestHelp)
#include "tst_help.moc"
