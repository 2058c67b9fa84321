// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/rawclient.h"
#include "tests/shared/testrunner.h"

#include <AppSync/Emulator>

#include <QTest>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;

//! Several API keys, and their end.
class tst_ApiKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void severalAndTheirEnd();
    void badOptions();
};

void tst_ApiKeys::severalAndTheirEnd()
{
    auto now = QDateTime::fromString(u"2031-01-01T00:00:00Z"_s, Qt::ISODate);
    Emulator::Options options;
    options.now = [&now] { return now; };
    options.apiKeys = {{u"da2-lasting"_s, u"of the team"_s},
                       {u"da2-short"_s, u"of the visitor"_s, now.addSecs(60)}};
    Emulator emulator;
    const QString made = emulator.apiKey();
    QVERIFY2(emulator.listen(options), qPrintable(emulator.problem()));
    QCOMPARE(emulator.apiKey(), u"da2-lasting"_s);
    const auto publish = [&](const QString &key) {
        Connection connection(emulator.port());
        return connection.ask(post("/event", "x-api-key: " + key.toUtf8() + "\r\n",
                                   R"({"channel":"default/a","events":["1"]})"));
    };
    QCOMPARE(publish(u"da2-lasting"_s).status, 200);
    QCOMPARE(publish(u"da2-short"_s).status, 200);
    QCOMPARE(publish(made).status, 401); // not one of the options
    QSignalSpy refused(&emulator, &Emulator::refused);
    now = now.addSecs(60);
    QCOMPARE(publish(u"da2-lasting"_s).status, 200);
    const HttpAnswer late = publish(u"da2-short"_s);
    QCOMPARE(late.status, 401);
    QCOMPARE(late.errorType(), u"UnauthorizedException"_s);
    QCOMPARE(late.errorMessage().toString(), u"You are not authorized to make this call."_s);
    QTRY_COMPARE(refused.size(), 1);
    const QString line = refused[0][0].toString();
    QVERIFY2(line.contains(u"\"of the visitor\" expired at 2031-01-01T00:01:00Z"_s),
             qPrintable(line));
    QVERIFY(!line.contains(u"da2-"_s));

    QVERIFY(emulator.listen({}));
    QCOMPARE(emulator.apiKey(), made);
}

void tst_ApiKeys::badOptions()
{
    Emulator emulator;
    Emulator::Options options;
    options.apiKeys = {{u"da2-a"_s}, {u"da2-a"_s, u"again"_s}};
    QVERIFY(!emulator.listen(options));
    QVERIFY2(emulator.problem().contains(u"again"_s) && !emulator.problem().contains(u"da2-a"_s),
             qPrintable(emulator.problem()));
}

GUILESS_TEST(tst_ApiKeys)
#include "tst_apikeys.moc"
