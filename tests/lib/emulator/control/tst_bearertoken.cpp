// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/control/bearertoken_p.h"
#include "tests/shared/testrunner.h"

#include <QTest>

using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;

class tst_BearerToken : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void shown_data();
    void shown();
};

void tst_BearerToken::shown_data()
{
    QTest::addColumn<QByteArrayList>("headers");
    QTest::addColumn<bool>("isRight");
    QTest::newRow("right") << QByteArrayList{"Bearer secret"} << true;
    QTest::newRow("small letters") << QByteArrayList{"bearer secret"} << true;
    QTest::newRow("none") << QByteArrayList{} << false;
    QTest::newRow("wrong") << QByteArrayList{"Bearer Secret"} << false;
    QTest::newRow("shorter") << QByteArrayList{"Bearer secre"} << false;
    QTest::newRow("longer") << QByteArrayList{"Bearer secrets"} << false;
    QTest::newRow("empty") << QByteArrayList{"Bearer "} << false;
    QTest::newRow("other scheme") << QByteArrayList{"Basic secret"} << false;
    QTest::newRow("no scheme") << QByteArrayList{"secret"} << false;
    QTest::newRow("twice") << QByteArrayList{"Bearer secret", "Bearer secret"} << false;
}

void tst_BearerToken::shown()
{
    QFETCH(QByteArrayList, headers);
    HttpRequest request;
    for (const QByteArray &value : headers)
        request.headers.emplaceBack("authorization", value);
    QTEST(BearerToken(u"secret"_s).isShownBy(request), "isRight");
}

APPLESS_TEST(tst_BearerToken)
#include "tst_bearertoken.moc"
