// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/Error>

#include <QTest>

using namespace Qt::StringLiterals;
using AppSync::Error;

class tst_Error : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void defaultIsNoError();
    void retryable_data();
    void retryable();
    void textHasAllThreeParts();
};

void tst_Error::defaultIsNoError()
{
    QVERIFY(!Error().isError());
    QVERIFY(!Error().isRetryable());
    QVERIFY(Error() == Error());
}

void tst_Error::retryable_data()
{
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("retryable");
    QTest::newRow("unreachable") << Error::Kind::Unreachable << 0 << true;
    QTest::newRow("timeout") << Error::Kind::Timeout << 0 << true;
    QTest::newRow("lost") << Error::Kind::ConnectionLost << 0 << true;
    QTest::newRow("limit") << Error::Kind::LimitExceeded << 429 << true;
    QTest::newRow("server") << Error::Kind::Server << 500 << true;
    QTest::newRow("upgrade 401") << Error::Kind::UpgradeRefused << 401 << false;
    QTest::newRow("upgrade 503") << Error::Kind::UpgradeRefused << 503 << true;
    QTest::newRow("upgrade 429") << Error::Kind::UpgradeRefused << 429 << true;
    QTest::newRow("upgrade, status unknown") << Error::Kind::UpgradeRefused << 0 << true;
    QTest::newRow("unauthorized") << Error::Kind::Unauthorized << 401 << false;
    QTest::newRow("refused") << Error::Kind::Refused << 400 << false;
    QTest::newRow("tls") << Error::Kind::Tls << 0 << false;
    QTest::newRow("input") << Error::Kind::InvalidInput << 0 << false;
    QTest::newRow("cancelled") << Error::Kind::Cancelled << 0 << false;
    QTest::newRow("unattended") << Error::Kind::Unattended << 0 << false;
}

void tst_Error::retryable()
{
    QFETCH(Error::Kind, kind);
    QFETCH(int, status);
    Error error = Error::local(kind, u"x"_s);
    error.httpStatus = status;
    QTEST(error.isRetryable(), "retryable");
    const bool isAuthStatus = status == 401 || status == 403;
    QCOMPARE(error.needsNewCredentials(),
             kind == Error::Kind::Unauthorized
                 || (kind == Error::Kind::UpgradeRefused && isAuthStatus));
}

void tst_Error::textHasAllThreeParts()
{
    Error error = Error::local(Error::Kind::Unauthorized, u"It was refused."_s, u"Do this."_s);
    QCOMPARE(error.toString(), u"It was refused. Do this."_s);
    error.type = u"UnauthorizedException"_s;
    QCOMPARE(error.toString(),
             u"It was refused. The server said: UnauthorizedException Do this."_s);
    error.serverMessage = u"No."_s;
    QCOMPARE(error.toString(),
             u"It was refused. The server said: UnauthorizedException: No. Do this."_s);
}

GUILESS_TEST(tst_Error)
#include "tst_error.moc"
