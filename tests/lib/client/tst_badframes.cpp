// SPDX-License-Identifier: Apache-2.0
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/EventsClient>

#include "tests/shared/scriptedserver.h"
#include "tests/shared/testrunner.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace AppSync;
using Kind = Error::Kind;

//! Frames that no AppSync would send: each is told in words, none ends the connection.
class tst_BadFrames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void binaryMessageIsReported();
    void rubbishIsReportedAndSurvived_data();
    void rubbishIsReportedAndSurvived();

private:
    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<ApiKeyAuthorizer> m_key;
    std::unique_ptr<EventsClient> m_client;
};

void tst_BadFrames::init()
{
    m_server = std::make_unique<ScriptedServer>();
    m_server->beFriendly();
    m_key = std::make_unique<ApiKeyAuthorizer>(u"da2-k"_s);
    m_client = std::make_unique<EventsClient>(Endpoint(m_server->url()), m_key.get());
    m_client->open();
    QTRY_COMPARE(m_client->connection()->state(), Connection::State::Ready);
}

void tst_BadFrames::cleanup()
{
    m_client.reset();
    m_key.reset();
    m_server.reset();
}

void tst_BadFrames::binaryMessageIsReported()
{
    QSignalSpy errors(m_client.get(), &EventsClient::errorOccurred);
    m_server->sendBinary(QByteArray(100, '\0'));
    QVERIFY(errors.wait());
    QCOMPARE(errors[0][0].value<Error>().kind, Kind::Receiving);
    QVERIFY(errors[0][0].value<Error>().message.contains(u"100 bytes"));
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
}

void tst_BadFrames::rubbishIsReportedAndSurvived_data()
{
    QTest::addColumn<QString>("frame");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("not JSON") << u"\u0000hello"_s << Kind::Receiving << u"not a JSON object"_s;
    QTest::newRow("array") << u"[]"_s << Kind::Receiving << u"not a JSON object"_s;
    QTest::newRow("no type") << u"{}"_s << Kind::WrongType << u"no type"_s;
    QTest::newRow("type is a number") << u"{\"type\":1}"_s << Kind::WrongType << u"no type"_s;
    QTest::newRow("data without event")
        << u"{\"type\":\"data\",\"id\":\"x\"}"_s << Kind::WrongType << u"no event"_s;
    QTest::newRow("unknown type") << u"{\"type\":\"surprise\"}"_s << Kind::UnsupportedMessage
                                  << u"surprise"_s;
    QTest::newRow("data for nobody") << u"{\"type\":\"data\",\"id\":\"x\",\"event\":\"1\"}"_s
                                     << Kind::UnknownId << u"unknown operation"_s;
    QTest::newRow("data without id")
        << u"{\"type\":\"data\",\"event\":\"1\"}"_s << Kind::UnknownId << u"unknown operation"_s;
    for (const QString &type :
         {u"publish_success"_s, u"subscribe_success"_s, u"unsubscribe_success"_s})
        QTest::addRow("%s for nobody", qPrintable(type))
            << u"{\"type\":\"%1\",\"id\":\"x\"}"_s.arg(type) << Kind::UnknownId
            << u"unknown operation"_s;
    for (const QString &type : {u"publish_error"_s, u"subscribe_error"_s, u"unsubscribe_error"_s,
                                u"broadcast_error"_s, u"error"_s})
        QTest::addRow("%s for nobody", qPrintable(type))
            << u"{\"type\":\"%1\",\"id\":\"x\",\"errors\":[{\"errorType\":\"BadRequestException\"}]}"_s
                   .arg(type)
            << Kind::Refused << u"refused"_s;
    QTest::newRow("error without id")
        << u"{\"type\":\"error\",\"errors\":[{\"message\":\"odd\"}]}"_s << Kind::Refused
        << u"refused"_s;
    QTest::newRow("deep") << u"{\"type\":\"error\",\"errors\":"_s + QString(3000, u'[')
            + QString(3000, u']') + u'}'
                          << Kind::Receiving << u"not valid JSON"_s;
}

void tst_BadFrames::rubbishIsReportedAndSurvived()
{
    QFETCH(QString, frame);
    QFETCH(Kind, kind);
    QFETCH(QString, words);
    QSignalSpy errors(m_client.get(), &EventsClient::errorOccurred);
    m_server->send(frame);
    QVERIFY(errors.wait());
    const auto error = errors[0][0].value<Error>();
    QVERIFY2(error.message.contains(words), qPrintable(error.message));
    QCOMPARE(error.kind, kind);
    QCOMPARE(m_client->connection()->state(), Connection::State::Ready);
}

GUILESS_TEST(tst_BadFrames)
#include "tst_badframes.moc"
