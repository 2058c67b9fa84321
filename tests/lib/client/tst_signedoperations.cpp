// SPDX-License-Identifier: Apache-2.0
#include "lib/auth/sigv4/sigv4_p.h"
#include "publishoutcome.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/httpserver.h"
#include "tests/shared/scriptedserver.h"
#include "tests/shared/testrunner.h"

#include <AppSync/EventsClient>
#include <AppSync/GraphQlClient>
#include <AppSync/IamAuthorizer>
#include <AppSync/StaticCredentials>

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace AppSync;

//! What a client sends in IAM mode is what was signed: the server's side computes each signature from what
//! arrived.
class tst_SignedOperations : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void httpPublishIsSignedAsSent_data();
    void httpPublishIsSignedAsSent();
    void framesAreSignedAsSent();
    void graphQlIsSignedAsSent();
    void eachAttemptIsSignedAnew();
    void refusalIsExplainedWithoutTheToken();

private:
    //! Empty, or why the signature in \a sent is not that of the request that arrived.
    [[nodiscard]] QString problem(const QHash<QByteArray, QByteArray> &sent, const QUrl &url,
                                  const QByteArray &body) const;

    FakeClock m_clock;
    const QString m_token = u"FQoGsessionTOKEN/+=="_s;
    StaticCredentials m_keys{u"ASIAX"_s, u"secret"_s, m_token};
    IamAuthorizer m_iam{&m_keys};
};

namespace {

//! The members of an authorization object, names in lower case.
QHash<QByteArray, QByteArray> headersOf(const QJsonObject &authorization)
{
    QHash<QByteArray, QByteArray> headers;
    for (auto it = authorization.begin(); it != authorization.end(); ++it)
        headers.insert(it.key().toLower().toUtf8(), it.value().toString().toUtf8());
    return headers;
}

QJsonObject authorizationOf(const QStringList &subprotocols)
{
    for (const QString &subprotocol : subprotocols) {
        if (subprotocol.startsWith(u"header-"))
            return QJsonDocument::fromJson(QByteArray::fromBase64(subprotocol.sliced(7).toLatin1(),
                                                                  QByteArray::Base64UrlEncoding))
                .object();
    }
    return {};
}

//! What a service that reads a frame makes of it to check the signature.
QByteArray bodyOf(QJsonObject frame)
{
    for (const QString &name : {u"id"_s, u"type"_s, u"authorization"_s})
        frame.remove(name);
    return QJsonDocument(frame).toJson(QJsonDocument::Compact);
}

} // namespace

void tst_SignedOperations::init()
{
    m_iam.setClock(&m_clock);
    m_iam.setRegion(u"eu-west-1"_s);
}

QString tst_SignedOperations::problem(const QHash<QByteArray, QByteArray> &sent, const QUrl &url,
                                      const QByteArray &body) const
{
    const QByteArray authorization = sent[QByteArrayLiteral("authorization")];
    const qsizetype names = authorization.indexOf("SignedHeaders=") + 14;
    if (names < 14)
        return u"no signature: "_s + QString::fromUtf8(authorization);
    const QByteArrayList all =
        authorization.sliced(names, authorization.indexOf(',', names) - names).split(';');
    SigV4::Request request;
    request.url = url;
    request.body = body;
    request.region = "eu-west-1";
    request.service = "appsync";
    request.date = QDateTime::fromString(QString::fromLatin1(sent["x-amz-date"_ba]),
                                         u"yyyyMMdd'T'HHmmss'Z'"_s);
    request.date.setTimeSpec(Qt::UTC);
    for (const QByteArray &name : all) {
        if (!sent.contains(name))
            return u"signed, but not sent: "_s + QString::fromUtf8(name);
        request.headers.append({name, sent[name]});
    }
    const SigV4::Signature expected =
        SigV4::sign(request,
                    {m_keys.accessKeyId(),
                     m_keys.secretAccessKey(),
                     QString::fromUtf8(sent["x-amz-security-token"_ba]),
                     {},
                     {}});
    return expected.authorization == authorization
        ? QString()
        : u"expected of what arrived:\n"_s + QString::fromUtf8(expected.canonicalRequest)
            + u"\nsigned:\n"_s + m_iam.lastSignature().canonicalRequest;
}

void tst_SignedOperations::httpPublishIsSignedAsSent_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<Headers>("extra");
    QTest::addColumn<bool>("hasQuery");
    QTest::newRow("plain") << u"/event"_s << Headers() << false;
    QTest::newRow("extra query") << u"/event"_s << Headers() << true;
    QTest::newRow("path of a proxy") << u"/a b/%C3%A9%2F/event"_s << Headers() << false;
    QTest::newRow("headers of one's own")
        << u"/event"_s << Headers{{"Content-Type"_ba, "text/plain"_ba}, {"X-Team"_ba, "a  b"_ba}}
        << false;
}

void tst_SignedOperations::httpPublishIsSignedAsSent()
{
    QFETCH(QString, path);
    QFETCH(Headers, extra);
    QFETCH(bool, hasQuery);
    HttpServer server([](const HttpServer::Request &) {
        HttpServer::Answer answer;
        answer.body = R"({"failed":[],"successful":[{"identifier":"i","index":0}]})";
        return answer;
    });
    EventsClient client(Endpoint(server.url(path)), &m_iam);
    client.setPublishVia(EventsClient::PublishVia::Http);
    NetworkSettings network;
    network.headers = extra;
    if (hasQuery)
        network.query = {{u"b"_s, u"2 /&=+"_s}, {u"a-"_s, u"é"_s}, {u"a"_s, {}}};
    client.setNetworkSettings(network);
    Outcome outcome(client.publish(u"/default/x"_s, R"({"t":"<b>é\u00e9</b>"})"_ba));
    QVERIFY(outcome.arrives());
    QVERIFY2(!outcome.error.isError(), qPrintable(outcome.error.toString()));
    QCOMPARE(server.requests.size(), 1);

    const HttpServer::Request &request = server.requests.first();
    QCOMPARE(problem(request.headers, request.url, request.body), QString());
    QCOMPARE(request.url.hasQuery(), hasQuery);
    QCOMPARE(request.headers["content-type"_ba], "application/json"_ba);
    QCOMPARE(request.headers["x-amz-security-token"_ba], m_token.toUtf8());
    QCOMPARE(request.headers["host"_ba], "127.0.0.1:"_ba + QByteArray::number(server.serverPort()));
    QVERIFY(m_iam.lastSignature().overHttp);
}

void tst_SignedOperations::framesAreSignedAsSent()
{
    ScriptedServer server;
    server.beFriendly();
    EventsClient client(Endpoint(server.url()), &m_iam);
    auto *subscription = client.subscribe(u"/default/*"_s);
    QTRY_COMPARE(subscription->state(), ChannelSubscription::State::Subscribed);
    client.publish(u"/default/x"_s, QList<QByteArray>{R"({"b":"<é>","a":1})"_ba, "\"2\""_ba});
    QTRY_COMPARE(server.receivedOf(u"publish"_s).size(), 1);

    const QJsonObject connect = authorizationOf(server.subprotocols());
    QCOMPARE(problem(headersOf(connect), server.url(), "{}"), QString());
    for (const QString &type : {u"subscribe"_s, u"publish"_s}) {
        const QJsonObject frame = server.receivedOf(type).first();
        const auto headers = headersOf(frame[u"authorization"_s].toObject());
        QCOMPARE(problem(headers, server.url(), bodyOf(frame)), QString());
        QCOMPARE(headers.size(), 7);
    }
    using Operation = SignableRequest::Operation;
    const QList<RequestSignature> signatures = m_iam.recentSignatures();
    QCOMPARE(signatures[0].operation, Operation::Publish);
    QCOMPARE(signatures[0].channel, u"/default/x"_s);
    QCOMPARE(signatures[1].operation, Operation::Subscribe);
    QCOMPARE(signatures[2].operation, Operation::Connect);
}

//! The request over HTTP by its body, connecting by `/connect`, a start by the very text that it carries.
void tst_SignedOperations::graphQlIsSignedAsSent()
{
    ScriptedServer server;
    server.beFriendly();
    HttpServer http([](const HttpServer::Request &) {
        HttpServer::Answer answer;
        answer.body = R"({"data":{}})";
        return answer;
    });
    GraphQlClient client(Endpoint(http.url(u"/graphql"_s))
                             .withRealtime(u"ws://127.0.0.1:%1/graphql"_s.arg(server.port())),
                         &m_iam);
    const QString document = u"subscription { on(a: \"<é>\\u00e9\U0001F600\") }"_s;
    auto *subscription = client.subscribe(document, R"({"b": 9007199254740993, "a":null})"_ba);
    QTRY_COMPARE(subscription->state(), Subscription::State::Subscribed);
    const QJsonObject connect = authorizationOf(server.subprotocols());
    QCOMPARE(problem(headersOf(connect), http.url(u"/graphql/connect"_s), "{}"), QString());
    const QJsonObject payload = server.receivedOf(u"start"_s).first()[u"payload"_s].toObject();
    const auto headers =
        headersOf(payload[u"extensions"_s].toObject()[u"authorization"_s].toObject());
    const QByteArray data = payload[u"data"_s].toString().toUtf8();
    QCOMPARE(problem(headers, http.url(u"/graphql"_s), data), QString());
    QVERIFY(problem(headers, http.url(u"/graphql"_s), data + ' ') != QString());

    const QString query = QString(document).replace(u"subscription"_s, u"query"_s);
    GraphQlReply *reply = client.execute(query, R"({"b": 9007199254740993})"_ba);
    QSignalSpy finished(reply, &Reply::finished);
    QVERIFY(finished.wait());
    const HttpServer::Request &request = http.requests.first();
    QCOMPARE(problem(request.headers, request.url, request.body), QString());
    using Operation = SignableRequest::Operation;
    const QList<RequestSignature> signatures = m_iam.recentSignatures();
    QCOMPARE(signatures[0].operation, Operation::Execute);
    QCOMPARE(signatures[1].operation, Operation::Subscribe);
    QCOMPARE(signatures[2].operation, Operation::Connect);
}

void tst_SignedOperations::eachAttemptIsSignedAnew()
{
    ScriptedServer server;
    server.beFriendly();
    EventsClient client(Endpoint(server.url()), &m_iam);
    RetryPolicy quick;
    quick.base = quick.cap = std::chrono::milliseconds(0);
    client.setRetryPolicy(quick);
    client.open();
    QTRY_COMPARE(client.connection()->state(), Connection::State::Ready);
    const auto first = headersOf(authorizationOf(server.subprotocols()));
    m_clock.advance(std::chrono::hours(1));
    server.drop();
    QTRY_COMPARE(server.connections(), 2);
    const auto second = headersOf(authorizationOf(server.subprotocols()));
    QVERIFY(first["x-amz-date"_ba] != second["x-amz-date"_ba]);
    QCOMPARE(problem(second, server.url(), "{}"), QString());
}

void tst_SignedOperations::refusalIsExplainedWithoutTheToken()
{
    ScriptedServer server;
    EventsClient client(Endpoint(server.url()), &m_iam);
    QStringList shown;
    connect(&client, &EventsClient::frameSeen, this,
            [&shown](const Frame &frame) { shown << frame.text; });
    Reply *opened = client.open();
    Error error;
    connect(opened, &Reply::finished, this, [&error, opened] { error = opened->error(); });
    QTRY_VERIFY(server.received().size() == 1);
    QString expected = m_iam.lastSignature().canonicalRequest;
    expected.replace(u"<masked, 20 bytes>"_s, m_token).replace(u"/event\n"_s, u"/other\n"_s);
    const QString words =
        u"The request signature we calculated does not match the signature you "
        "provided. The Canonical String for this request should have been\n'%1'"_s.arg(expected);
    const QJsonObject refusal{{u"type"_s, u"connection_error"_s},
                              {u"errors"_s,
                               QJsonArray{QJsonObject{{u"errorType"_s, u"BadRequestException"_s},
                                                      {u"message"_s, words}}}}};
    server.send(QString::fromUtf8(QJsonDocument(refusal).toJson(QJsonDocument::Compact)));
    QTRY_VERIFY(error.isError());

    QVERIFY(!error.toString().contains(m_token));
    QVERIFY(SignatureHelp::isAboutSignature(error.serverMessage));
    const SignatureHelp help = m_iam.explain(error.serverMessage);
    QCOMPARE(help.causes.size(), 1);
    QCOMPARE(help.causes[0].kind, SignatureCause::Kind::Target);
    QVERIFY(shown.join(u'\n').contains(u"<masked, 20 bytes>"));
    for (const QString &text : std::as_const(shown))
        QVERIFY2(!text.contains(u"sessionTOKEN"), qPrintable(text));
    // The frame as it was pasted from the traffic says the same.
    QCOMPARE(m_iam.explain(shown.last()).causes, help.causes);
}

GUILESS_TEST(tst_SignedOperations)
#include "tst_signedoperations.moc"
