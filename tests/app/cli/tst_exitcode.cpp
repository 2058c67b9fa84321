// SPDX-License-Identifier: Apache-2.0
#include "app/cli/exitcode.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace Syncscope;
using namespace Syncscope::Cli;

using Kind = AppSync::Error::Kind;

class TestExitCode : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void errors_data();
    void errors();
    void problems();
    void aWrongSignatureIsNotAuthorized();
};

void TestExitCode::errors_data()
{
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("before"); // the first acknowledgement
    QTest::addColumn<int>("after");
    QTest::newRow("none") << Kind::None << 0 << 0 << 0;
    QTest::newRow("input") << Kind::InvalidInput << 0 << 5 << 5;
    QTest::newRow("unreachable") << Kind::Unreachable << 0 << 3 << 8;
    QTest::newRow("tls") << Kind::Tls << 0 << 3 << 8;
    QTest::newRow("lost") << Kind::ConnectionLost << 0 << 3 << 8;
    QTest::newRow("upgrade 404") << Kind::UpgradeRefused << 404 << 3 << 8;
    QTest::newRow("upgrade 401") << Kind::UpgradeRefused << 401 << 4 << 4;
    QTest::newRow("upgrade 403") << Kind::UpgradeRefused << 403 << 4 << 4;
    QTest::newRow("unauthorized") << Kind::Unauthorized << 0 << 4 << 4;
    QTest::newRow("refused") << Kind::Refused << 400 << 5 << 5;
    QTest::newRow("limit") << Kind::LimitExceeded << 429 << 5 << 5;
    QTest::newRow("timeout") << Kind::Timeout << 0 << 7 << 7;
    QTest::newRow("encoding") << Kind::Encoding << 0 << 5 << 5;
    QTest::newRow("id in use") << Kind::IdInUse << 0 << 5 << 5;
    QTest::newRow("receiving") << Kind::Receiving << 0 << 1 << 1;
    QTest::newRow("unsupported message") << Kind::UnsupportedMessage << 0 << 1 << 1;
    QTest::newRow("wrong type") << Kind::WrongType << 0 << 1 << 1;
    QTest::newRow("server") << Kind::Server << 500 << 1 << 1;
    QTest::newRow("cancelled") << Kind::Cancelled << 0 << 1 << 1;
}

void TestExitCode::errors()
{
    QFETCH(Kind, kind);
    QFETCH(int, status);
    AppSync::Error error = AppSync::Error::local(kind, {});
    error.httpStatus = status;
    QTEST(int(exitCodeFor(error, false)), "before");
    QTEST(int(exitCodeFor(error, true)), "after");
}

void TestExitCode::problems()
{
    QCOMPARE(int(exitCodeFor(Problem())), 0);
    QCOMPARE(int(exitCodeFor(Problem::usage({}))), 2);
    QCOMPARE(int(exitCodeFor(Problem::refused({}))), 5);
    QCOMPARE(int(exitCodeFor(Problem::file({}))), 9);
}

void TestExitCode::aWrongSignatureIsNotAuthorized()
{
    AppSync::Error error;
    error.kind = Kind::Refused;
    error.type = u"BadRequestException"_s;
    error.serverMessage = u"The request signature we calculated does not match the signature you "
                          "provided."_s;
    QCOMPARE(int(exitCodeFor(error, false)), 4);
}

GUILESS_TEST(TestExitCode)
#include "tst_exitcode.moc"
