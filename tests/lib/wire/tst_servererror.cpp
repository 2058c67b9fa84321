// SPDX-License-Identifier: Apache-2.0
#include "lib/wire/servererror_p.h"
#include "tests/shared/testrunner.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_ServerError : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void http_data();
    void http();
    void sentencesAndAdvice_data();
    void sentencesAndAdvice();
    void sessionTokensAreNotRepeated();
};

void tst_ServerError::http_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<Error::Kind>("kind");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("message");
    using Kind = Error::Kind;
    QTest::newRow("six events")
        << 400
        << R"({"errors":[{"errorType":"BadRequestException","message":"Input exceeded 5 event limit"}]})"_ba
        << QByteArray() << Kind::Refused << u"BadRequestException"_s
        << u"Input exceeded 5 event limit"_s;
    QTest::newRow("bad key")
        << 401
        << R"({"errors":[{"errorType":"UnauthorizedException","message":"You are not authorized to make this call."}]})"_ba
        << QByteArray() << Kind::Unauthorized << u"UnauthorizedException"_s
        << u"You are not authorized to make this call."_s;
    QTest::newRow("type in the header only")
        << 401 << QByteArray() << "UnauthorizedException:http://x"_ba << Kind::Unauthorized
        << u"UnauthorizedException"_s << QString();
    QTest::newRow("gateway page") << 502 << "<html>Bad\n Gateway</html>"_ba << QByteArray()
                                  << Kind::Server << QString() << u"<html>Bad Gateway</html>"_s;
    QTest::newRow("throttled") << 429 << R"({"message":"slow down"})"_ba << QByteArray()
                               << Kind::LimitExceeded << QString() << u"slow down"_s;
    QTest::newRow("not found, no body")
        << 404 << QByteArray() << QByteArray() << Kind::Refused << QString() << QString();
}

void tst_ServerError::http()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, header);
    const Error error = ServerError::fromHttp(status, body, header);
    QTEST(error.kind, "kind");
    QTEST(error.type, "type");
    QTEST(error.serverMessage, "message");
    QCOMPARE(error.httpStatus, status);
}

void tst_ServerError::sentencesAndAdvice_data()
{
    QTest::addColumn<QJsonObject>("entry");
    QTest::addColumn<QString>("sentence");
    QTest::addColumn<QString>("advice");
    const auto entry = [](const QString &type, const QString &message = {}) {
        QJsonObject object{{u"errorType"_s, type}};
        if (!message.isEmpty())
            object[u"message"_s] = message;
        return object;
    };
    QTest::newRow("no reason given") << entry(u"UnauthorizedException"_s) << u"not authorized"_s
                                     << u"namespace does not exist"_s;
    QTest::newRow("bad key") << entry(u"UnauthorizedException"_s,
                                      u"You are not authorized to make this call."_s)
                             << u"not authorized"_s << u"belongs to this API"_s;
    QTest::newRow("a handler") << entry(u"Unauthorized"_s,
                                        u"You are not authorized to make this call."_s)
                               << u"not authorized"_s << u"credentials are good"_s;
    QTest::newRow("expired") << entry(u"UnauthorizedException"_s, u"Token expired"_s)
                             << u"not authorized"_s << u"fresh token"_s;
    QTest::newRow("signature") << entry(
        u"BadRequestException"_s,
        u"The request signature we calculated does not match the signature you provided."_s)
                               << u"was refused"_s << u"canonical string"_s;
    QTest::newRow("clock") << entry(u"BadRequestException"_s,
                                    u"Signature expired: 20150830T123600Z is now earlier than"_s)
                           << u"was refused"_s << u"clock"_s;
    QTest::newRow("no protocol") << entry(u"NoProtocolError"_s) << u"was refused"_s << u"proxy"_s;
    QTest::newRow("other protocol") << entry(u"SubProtocolNotSupportedError"_s) << u"was refused"_s
                                    << u"other AppSync protocol"_s;
    QTest::newRow("no protocol, as a message")
        << entry(u"BadRequestException"_s, u"NoProtocolError"_s) << u"was refused"_s << u"proxy"_s;
    QTest::newRow("200 subscriptions")
        << entry(u"MaxSubscriptionsReachedError"_s) << u"limit"_s << u"200"_s;
    QTest::newRow("inside") << entry(u"SubscriptionProcessingError"_s) << u"failed inside"_s
                            << u"logs"_s;
}

void tst_ServerError::sentencesAndAdvice()
{
    QFETCH(QJsonObject, entry);
    QFETCH(QString, sentence);
    QFETCH(QString, advice);
    const Error error =
        ServerError::described(ServerError::fromEntry(entry), u"The subscription to /a"_s);
    QVERIFY2(error.message.startsWith(u"The subscription to /a"), qPrintable(error.message));
    QVERIFY2(error.message.contains(sentence), qPrintable(error.message));
    QVERIFY2(error.nextStep.contains(advice), qPrintable(error.nextStep));
}

void tst_ServerError::sessionTokensAreNotRepeated()
{
    const QString words = u"The Canonical String should have been 'x-amz-security-token:FQoG='"_s;
    const QByteArray body = QJsonDocument(QJsonObject{{u"message"_s, words}}).toJson();
    for (const Error &error :
         {ServerError::fromEntry(QJsonObject{{u"message"_s, words}}), ServerError::fromEntry(words),
          ServerError::fromHttp(400, body, {}), ServerError::fromHttp(400, words.toUtf8(), {})}) {
        QVERIFY2(error.serverMessage.contains(u"x-amz-security-token:<masked, 5 bytes>"),
                 qPrintable(error.serverMessage));
        QVERIFY(!error.toString().contains(u"FQoG"));
    }
}

GUILESS_TEST(tst_ServerError)
#include "tst_servererror.moc"
