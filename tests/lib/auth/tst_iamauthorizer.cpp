// SPDX-License-Identifier: Apache-2.0
#include "answer.h"
#include "lib/wire/protocol_p.h"
#include "manualcredentials.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/testrunner.h"

#include <AppSync/IamAuthorizer>
#include <AppSync/StaticCredentials>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <array>

using namespace Qt::StringLiterals;
using namespace AppSync;
using namespace std::chrono_literals;

class tst_IamAuthorizer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void eventsVectors_data();
    void eventsVectors();
    void httpSignsFewerHeaders();
    void hostIsThatOfTheUrlWhereNoneIsGiven();
    void regionOrder_data();
    void regionOrder();
    void oddRegionsWarn();
    void regionIsTakenAfterTheCredentials();
    void noRegionFailsInWords();
    void whatIsNoRegionFailsInWords();
    void noSourceFailsInWords();
    void errorsOfTheSourcePassThrough();
    void credentialsAreAskedForEveryRequest();
    void waitingForAPersonIsFollowed();
    void removedSourceEndsTheReply();
    void removedAuthorizerIsSafe();
    void invalidatesItsSource();
    void clockAndOffsetDateTheRequest();
    void serviceCanBeAnother();
    void functionSignsInstead();
    void functionMayAnswerLaterOrNever();
    void functionMayReplaceItself();
    void signaturesCanBeLookedAt();
    void onlyRecentSignaturesAreKept();
    void nameTellsTheSource();
};

namespace {

const QString kHost = u"abcdefghijklmnopqrstuvwxyz.appsync-api.us-east-1.amazonaws.com"_s;
const QString kSecret = u"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"_s;

//! At the date of the vectors.
class VectorClock : public FakeClock {
public:
    VectorClock()
    {
        const qint64 then = QDateTime({2025, 1, 15}, {12, 34, 56}, Qt::UTC).toMSecsSinceEpoch();
        advance(std::chrono::milliseconds(then - wallMs()));
    }
};

SignableRequest request(const QByteArray &body = "{}")
{
    SignableRequest request;
    request.url = QUrl(u"https://%1/event"_s.arg(kHost));
    request.host = kHost;
    request.region = u"us-east-1"_s;
    request.body = body;
    return request;
}

QJsonObject vectorOf(const QString &id)
{
    QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/auth/sigv4-vectors.json"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonArray all = QJsonDocument::fromJson(file.readAll()).object()[u"vectors"_s].toArray();
    for (const QJsonValue &vector : all) {
        if (vector[u"id"_s] == id)
            return vector.toObject();
    }
    return {};
}

} // namespace

void tst_IamAuthorizer::init()
{
    qunsetenv("AWS_REGION");
    qunsetenv("AWS_DEFAULT_REGION");
}

void tst_IamAuthorizer::eventsVectors_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<SignableRequest::Operation>("operation");
    using Operation = SignableRequest::Operation;
    const QList<QPair<QString, Operation>> all{
        {u"d1-events-ws-connect"_s, Operation::Connect},
        {u"e1-events-ws-subscribe"_s, Operation::Subscribe},
        {u"f1-events-ws-publish"_s, Operation::Publish},
        {u"f2-events-ws-publish-special-chars"_s, Operation::Publish}};
    for (const auto &[id, operation] : all) {
        for (const QString &suffix : {u""_s, u"-session-token"_s})
            QTest::newRow(qPrintable(id + suffix)) << id + suffix << operation;
    }
}

void tst_IamAuthorizer::eventsVectors()
{
    QFETCH(QString, id);
    QFETCH(SignableRequest::Operation, operation);
    const QJsonObject vector = vectorOf(id);
    const QJsonObject input = vector[u"input"_s].toObject();
    QVERIFY(!input.isEmpty());
    VectorClock clock;
    StaticCredentials keys(input[u"access_key_id"_s].toString(),
                           input[u"secret_access_key"_s].toString(),
                           input[u"session_token"_s].toString());
    IamAuthorizer iam(&keys);
    iam.setClock(&clock);
    SignableRequest asked = request(input[u"body"_s].toString().toUtf8());
    asked.operation = operation;
    const Answer answer(iam, asked);
    QVERIFY2(!answer.error.isError(), qPrintable(answer.error.message));

    // As it goes into the frame: the very members, `host` once.
    const QJsonObject sent =
        QJsonDocument::fromJson(authorizationObject(answer.headers, kHost)).object();
    QCOMPARE(sent, vector[u"output"_s].toObject()[u"signed_headers_object"_s].toObject());
    QCOMPARE(answer.headers.size(), sent.size());
    QCOMPARE(iam.lastSignature().stringToSign,
             vector[u"intermediate"_s].toObject()[u"string_to_sign"_s].toString());
}

void tst_IamAuthorizer::httpSignsFewerHeaders()
{
    VectorClock clock;
    StaticCredentials keys(u"AKIDEXAMPLE"_s, kSecret, u"TOKEN"_s);
    IamAuthorizer iam(&keys);
    iam.setClock(&clock);
    SignableRequest asked = request(R"({"channel":"/default/x","events":["1"]})");
    asked.overHttp = true;
    const Answer answer(iam, asked);
    QCOMPARE(
        iam.lastSignature().signedHeaders,
        (QStringList{u"content-type"_s, u"host"_s, u"x-amz-date"_s, u"x-amz-security-token"_s}));
    QCOMPARE(answer.header("content-type"), "application/json"_ba);
    QCOMPARE(answer.header("x-amz-security-token"), "TOKEN"_ba);
    QVERIFY(answer.header("accept").isNull());
    QVERIFY(answer.header("content-encoding").isNull());
}

void tst_IamAuthorizer::hostIsThatOfTheUrlWhereNoneIsGiven()
{
    StaticCredentials keys(u"AKIDEXAMPLE"_s, kSecret);
    IamAuthorizer iam(&keys);
    SignableRequest asked = request();
    asked.host.clear();
    asked.url = QUrl(u"http://127.0.0.1:4000/event"_s);
    QCOMPARE(Answer(iam, asked).header("host"), "127.0.0.1:4000"_ba);
    asked.host = u"api.example.com"_s;
    QCOMPARE(Answer(iam, asked).header("host"), "api.example.com"_ba);
}

void tst_IamAuthorizer::regionOrder_data()
{
    using Source = SigningRegion::Source;
    QTest::addColumn<QStringList>("known"); // setting, endpoint, two variables, credentials
    QTest::addColumn<QString>("region");
    QTest::addColumn<Source>("source");
    QTest::addColumn<QString>("description");
    QTest::newRow("setting") << QStringList{u"a-1"_s, u"b-1"_s, u"c-1"_s, u"d-1"_s, u"e-1"_s}
                             << u"a-1"_s << Source::Setting << u"a-1, as set"_s;
    QTest::newRow("endpoint") << QStringList{{}, u"b-1"_s, u"c-1"_s, u"d-1"_s, u"e-1"_s} << u"b-1"_s
                              << Source::Endpoint << u"b-1, from the endpoint"_s;
    QTest::newRow("AWS_REGION") << QStringList{{}, {}, u"c-1"_s, u"d-1"_s, u"e-1"_s} << u"c-1"_s
                                << Source::AwsRegion << u"c-1, from AWS_REGION"_s;
    QTest::newRow("AWS_DEFAULT_REGION")
        << QStringList{{}, {}, {}, u"d-1"_s, u"e-1"_s} << u"d-1"_s << Source::AwsDefaultRegion
        << u"d-1, from AWS_DEFAULT_REGION"_s;
    QTest::newRow("credentials") << QStringList{{}, {}, {}, {}, u"e-1"_s} << u"e-1"_s
                                 << Source::Credentials
                                 << u"e-1, from the source of the credentials"_s;
    QTest::newRow("none") << QStringList{{}, {}, {}, {}, {}} << QString() << Source::None
                          << u"not known"_s;
    QTest::newRow("space around it") << QStringList{u" "_s, {}, u" c-1\n"_s, {}, {}} << u"c-1"_s
                                     << Source::AwsRegion << u"c-1, from AWS_REGION"_s;
}

void tst_IamAuthorizer::regionOrder()
{
    QFETCH(QStringList, known);
    QFETCH(QString, region);
    ManualCredentials source;
    source.ownRegion = known[4];
    IamAuthorizer iam(&source);
    iam.setRegion(known[0]);
    qputenv("AWS_REGION", known[2].toLatin1());
    qputenv("AWS_DEFAULT_REGION", known[3].toLatin1());
    const SigningRegion found = iam.signingRegion(known[1]);
    QCOMPARE(found.name, region);
    QTEST(found.source, "source");
    QTEST(found.description(), "description");
}

void tst_IamAuthorizer::oddRegionsWarn()
{
    IamAuthorizer iam;
    qputenv("AWS_REGION", "eu-west-1");
    QCOMPARE(iam.signingRegion().warning, QString());
    qputenv("AWS_DEFAULT_REGION", "eu-west-1");
    QCOMPARE(iam.signingRegion().warning, QString());
    qputenv("AWS_DEFAULT_REGION", "us-east-1");
    QVERIFY(iam.signingRegion().warning.contains(u"AWS_DEFAULT_REGION says us-east-1"));
    // The variables may name any region, once the endpoint has named its own.
    QCOMPARE(iam.signingRegion(u"eu-north-1"_s).warning, QString());
    iam.setRegion(u"ap-south-1"_s);
    QVERIFY(iam.signingRegion(u"eu-north-1"_s).warning.contains(u"eu-north-1"));
    QCOMPARE(iam.signingRegion().warning, QString());
}

void tst_IamAuthorizer::regionIsTakenAfterTheCredentials()
{
    ManualCredentials source;
    IamAuthorizer iam(&source);
    SignableRequest asked = request();
    asked.region.clear();
    AuthReply *reply = iam.authorize(asked);
    source.ownRegion = u"eu-west-1"_s; // a profile that is read with its keys
    source.last->succeed({u"AKIDEXAMPLE"_s, kSecret, {}, {}, {}});
    const Answer answer(reply);
    QVERIFY(answer.header("Authorization").contains("/eu-west-1/appsync/aws4_request"));
    QCOMPARE(iam.lastSignature().region.source, SigningRegion::Source::Credentials);
}

void tst_IamAuthorizer::noRegionFailsInWords()
{
    StaticCredentials keys(u"AKIDEXAMPLE"_s, kSecret);
    IamAuthorizer iam(&keys);
    SignableRequest asked = request();
    asked.region.clear();
    const Answer answer(iam, asked);
    QCOMPARE(answer.error.kind, Error::Kind::InvalidInput);
    QVERIFY2(answer.error.message.contains(u"region"), qPrintable(answer.error.message));
    for (const QString &remedy : {u"connection"_s, u"AWS_REGION"_s, u"profile"_s})
        QVERIFY2(answer.error.nextStep.contains(remedy), qPrintable(answer.error.nextStep));
    QVERIFY(answer.headers.isEmpty());
    QVERIFY(!iam.lastSignature().isValid());
    QVERIFY(IamAuthorizer::isRegionMissing(answer.error));
    QVERIFY(!IamAuthorizer::isRegionMissing(Error::local(Error::Kind::InvalidInput, u"x"_s)));
}

void tst_IamAuthorizer::whatIsNoRegionFailsInWords()
{
    StaticCredentials keys(u"AKIDEXAMPLE"_s, kSecret);
    IamAuthorizer iam(&keys);
    for (const QString &wrong : {u"Europe (Ireland)"_s, u"eu-west-1/sts"_s, u"eu-west-1\nx"_s}) {
        iam.setRegion(wrong);
        const Answer answer(iam, request());
        QCOMPARE(answer.error.kind, Error::Kind::InvalidInput);
        QVERIFY2(answer.error.message.contains(wrong), qPrintable(answer.error.message));
        QVERIFY(!answer.error.nextStep.isEmpty());
    }
}

void tst_IamAuthorizer::noSourceFailsInWords()
{
    IamAuthorizer iam;
    const Answer answer(iam, request());
    QCOMPARE(answer.error.kind, Error::Kind::InvalidInput);
    QVERIFY(answer.error.message.contains(u"credentials"));
    QVERIFY(!answer.error.nextStep.isEmpty());
    QVERIFY(!iam.invalidate());
}

void tst_IamAuthorizer::errorsOfTheSourcePassThrough()
{
    ManualCredentials source;
    IamAuthorizer iam(&source);
    AuthReply *reply = iam.authorize(request());
    const Error why = Error::local(Error::Kind::Timeout, u"It took too long."_s, u"Wait."_s);
    source.last->fail(why);
    const Answer answer(reply);
    QCOMPARE(answer.error, why);
    QVERIFY(answer.headers.isEmpty());
}

void tst_IamAuthorizer::credentialsAreAskedForEveryRequest()
{
    ManualCredentials source;
    IamAuthorizer iam(&source);
    for (int i = 1; i <= 2; ++i) {
        AuthReply *reply = iam.authorize(request());
        QCOMPARE(source.asked, i);
        source.last->succeed({u"AKID%1"_s.arg(i), kSecret, {}, {}, {}});
        const Answer answer(reply);
        QVERIFY(answer.header("Authorization")
                    .startsWith("AWS4-HMAC-SHA256 Credential=AKID" + QByteArray::number(i)));
    }
}

void tst_IamAuthorizer::waitingForAPersonIsFollowed()
{
    ManualCredentials source;
    IamAuthorizer iam(&source);
    AuthReply *reply = iam.authorize(request());
    QVERIFY(!reply->isWaitingForPerson());
    source.last->setWaitingForPerson(true);
    QVERIFY(reply->isWaitingForPerson());
    source.last->setWaitingForPerson(false);
    QVERIFY(!reply->isWaitingForPerson());
}

void tst_IamAuthorizer::removedSourceEndsTheReply()
{
    auto source = std::make_unique<ManualCredentials>();
    IamAuthorizer iam(source.get());
    AuthReply *reply = iam.authorize(request());
    source->last->setWaitingForPerson(true);
    source.reset();
    QVERIFY(!reply->isWaitingForPerson());
    const Answer answer(reply);
    QCOMPARE(answer.error.kind, Error::Kind::Cancelled);
    QCOMPARE(iam.source(), nullptr);
    QCOMPARE(Answer(iam, request()).error.kind, Error::Kind::InvalidInput);
}

void tst_IamAuthorizer::removedAuthorizerIsSafe()
{
    ManualCredentials source;
    auto iam = std::make_unique<IamAuthorizer>(&source);
    iam->authorize(request());
    iam.reset();
    QSignalSpy finished(source.last.data(), &Reply::finished);
    source.last->succeed({u"AKIDEXAMPLE"_s, kSecret, {}, {}, {}});
    QVERIFY(finished.wait());
}

void tst_IamAuthorizer::invalidatesItsSource()
{
    ManualCredentials source;
    IamAuthorizer iam(&source);
    QVERIFY(!iam.invalidate());
    source.canRenew = true;
    QVERIFY(iam.invalidate());
    QCOMPARE(source.invalidations, 2);
}

void tst_IamAuthorizer::clockAndOffsetDateTheRequest()
{
    VectorClock clock;
    StaticCredentials keys(u"AKIDEXAMPLE"_s, kSecret);
    IamAuthorizer iam(&keys);
    iam.setClock(&clock);
    QSignalSpy changed(&iam, &IamAuthorizer::clockOffsetChanged);
    iam.setClockOffset(-2h);
    QCOMPARE(Answer(iam, request()).header("x-amz-date"), "20250115T103456Z"_ba);
    iam.setProperty("clockOffset", 12 * 3600 + 0.75);
    QCOMPARE(iam.clockOffset(), 12h + 750ms);
    const Answer tomorrow(iam, request());
    QCOMPARE(tomorrow.header("x-amz-date"), "20250116T003456Z"_ba);
    QVERIFY(tomorrow.header("Authorization").contains("/20250116/"));
    QCOMPARE(iam.lastSignature().date.date(), QDate(2025, 1, 16));
    clock.advance(1s);
    iam.setClockOffset(0s);
    QCOMPARE(Answer(iam, request()).header("x-amz-date"), "20250115T123457Z"_ba);
    QCOMPARE(changed.count(), 3);
}

void tst_IamAuthorizer::serviceCanBeAnother()
{
    StaticCredentials keys(u"AKIDEXAMPLE"_s, kSecret);
    IamAuthorizer iam(&keys);
    QCOMPARE(iam.service(), u"appsync"_s);
    iam.setService(u"execute-api"_s);
    QVERIFY(Answer(iam, request())
                .header("Authorization")
                .contains("/us-east-1/execute-api/aws4_request"));
}

void tst_IamAuthorizer::functionSignsInstead()
{
    SignableRequest seen;
    IamAuthorizer iam([&seen](const SignableRequest &request, AuthReply *reply) {
        seen = request;
        reply->succeed({{"Authorization"_ba, "signed elsewhere"_ba}});
    });
    SignableRequest asked = request("[1]");
    asked.channel = u"/default/a"_s;
    asked.operation = SignableRequest::Operation::Publish;
    const Answer answer(iam, asked);
    QCOMPARE(answer.headers, (Headers{{"Authorization"_ba, "signed elsewhere"_ba}}));
    QCOMPARE(seen.url, asked.url);
    QCOMPARE(seen.body, "[1]"_ba);
    QCOMPARE(seen.bodyText(), u"[1]"_s);
    QCOMPARE(seen.channel, u"/default/a"_s);
    QCOMPARE(seen.operation, SignableRequest::Operation::Publish);
    QVERIFY(!iam.lastSignature().isValid());
    // It is called anew after a refusal, and is told of it.
    QSignalSpy refused(&iam, &IamAuthorizer::refused);
    QVERIFY(iam.invalidate());
    QCOMPARE(refused.count(), 1);
    // Back to a source.
    StaticCredentials keys(u"AKIDEXAMPLE"_s, kSecret);
    iam.setFunction({});
    iam.setSource(&keys);
    QVERIFY(Answer(iam, request()).header("Authorization").startsWith("AWS4-HMAC-SHA256"));
}

void tst_IamAuthorizer::functionMayAnswerLaterOrNever()
{
    QPointer<AuthReply> later;
    auto iam = std::make_unique<IamAuthorizer>(
        [&later](const SignableRequest &, AuthReply *reply) { later = reply; });
    AuthReply *reply = iam->authorize(request());
    QCOMPARE(later.data(), reply);
    later->fail(Error::local(Error::Kind::Unreachable, u"No signer."_s));
    QCOMPARE(Answer(reply).error.message, u"No signer."_s);
    iam->authorize(request());
    QVERIFY(later);
    iam.reset();
    QVERIFY(!later);
}

void tst_IamAuthorizer::functionMayReplaceItself()
{
    IamAuthorizer iam;
    const QByteArray large(1000, 'x'); // what is captured must outlive the call
    iam.setFunction([&iam, large](const SignableRequest &, AuthReply *reply) {
        iam.setFunction([](const SignableRequest &, AuthReply *next) {
            next->succeed({{"a"_ba, "2"_ba}});
        });
        reply->succeed({{"a"_ba, large}});
    });
    QCOMPARE(Answer(iam).header("a").size(), 1000);
    QCOMPARE(Answer(iam).header("a"), "2"_ba);
}

void tst_IamAuthorizer::signaturesCanBeLookedAt()
{
    VectorClock clock;
    StaticCredentials keys(u"ASIDEXAMPLE"_s, kSecret, u"FQoGsessionTOKEN/+=="_s);
    IamAuthorizer iam(&keys);
    iam.setClock(&clock);
    SignableRequest asked = request(R"({"channel":"/default/x","events":["\"<b>\""]})");
    asked.operation = SignableRequest::Operation::Publish;
    asked.channel = u"/default/x"_s;
    const Answer answer(iam, asked);
    const RequestSignature signature = iam.lastSignature();
    QCOMPARE(signature.operation, SignableRequest::Operation::Publish);
    QCOMPARE(signature.channel, u"/default/x"_s);
    QVERIFY(!signature.overHttp);
    QCOMPARE(signature.region.description(), u"us-east-1, from the endpoint"_s);
    QCOMPARE(signature.service, u"appsync"_s);
    QCOMPARE(signature.accessKeyId, u"ASIDEXAMPLE"_s);
    QCOMPARE(signature.source, u"AWS key ASIDEXAMPLE"_s);
    QVERIFY(signature.hasSessionToken);
    QVERIFY(!signature.escapedBodyHash.isEmpty());
    QVERIFY(signature.canonicalRequest.startsWith(u"POST\n/event\n\naccept:"));
    QVERIFY(signature.canonicalRequest.contains(u"\nx-amz-security-token:<masked, 20 bytes>\n\n"));

    const QByteArray proof = answer.header("Authorization").right(64);
    for (const QString &text :
         {signature.canonicalRequest, signature.stringToSign, signature.signedHeaders.join(u' '),
          signature.source, QString::fromLatin1(signature.tokenHash)}) {
        QVERIFY(!text.contains(kSecret));
        QVERIFY(!text.contains(u"FQoG"));
        QVERIFY(!text.contains(QString::fromLatin1(proof)));
    }
    QVERIFY(!Answer(iam, request("{}")).error.isError());
    QVERIFY(iam.lastSignature().escapedBodyHash.isEmpty());
    QCOMPARE(iam.recentSignatures().size(), 2);
    QCOMPARE(iam.recentSignatures()[1], signature);
}

void tst_IamAuthorizer::onlyRecentSignaturesAreKept()
{
    StaticCredentials keys(u"AKIDEXAMPLE"_s, kSecret);
    IamAuthorizer iam(&keys);
    for (int i = 0; i < 20; ++i) {
        SignableRequest asked = request();
        asked.channel = QString::number(i);
        QVERIFY(Answer(iam, asked).arrived);
    }
    QCOMPARE(iam.recentSignatures().size(), 16);
    QCOMPARE(iam.recentSignatures().first().channel, u"19"_s);
    QCOMPARE(iam.recentSignatures().last().channel, u"4"_s);
}

void tst_IamAuthorizer::nameTellsTheSource()
{
    ManualCredentials source;
    IamAuthorizer iam;
    QCOMPARE(iam.displayName(), u"IAM"_s);
    iam.setSource(&source);
    QCOMPARE(iam.displayName(), u"IAM, manual"_s);
    iam.setFunction([](const SignableRequest &, AuthReply *) {});
    QCOMPARE(iam.displayName(), u"IAM"_s);
}

GUILESS_TEST(tst_IamAuthorizer)
#include "tst_iamauthorizer.moc"
