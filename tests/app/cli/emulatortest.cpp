// SPDX-License-Identifier: Apache-2.0
#include "emulatortest.h"

#include <QTest>

using namespace Qt::StringLiterals;

void EmulatorTest::startEmulator(const AppSync::Emulator::Options &options)
{
    m_emulator = std::make_unique<AppSync::Emulator>();
    QVERIFY2(m_emulator->listen(options), qPrintable(m_emulator->problem()));
}

void EmulatorTest::publish(const QString &channel, const QStringList &events)
{
    CliProcess cli;
    cli.useEmulator(*m_emulator);
    QCOMPARE(cli.run(QStringList{u"pub"_s, u"--http"_s, channel, u"--"_s} + events), 0);
}

void EmulatorTest::startAndSubscribe(CliProcess &cli, const QStringList &arguments,
                                     const QByteArray &channel)
{
    cli.useEmulator(*m_emulator);
    cli.start(QStringList{u"sub"_s} + arguments);
    QVERIFY(cli.waitForError("subscribed to " + channel + '\n'));
}
