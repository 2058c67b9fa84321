// SPDX-License-Identifier: Apache-2.0
#include "../answer.h"
#include "lib/auth/sigv4/sigv4_p.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/testrunner.h"

#include <AppSync/IamAuthorizer>
#include <AppSync/SignatureHelp>
#include <AppSync/StaticCredentials>

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;
using namespace std::chrono_literals;
using Kind = SignatureCause::Kind;

//! What the words of a server about a signature are made into.
class tst_SignatureHelp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void knowsWhatItIsAbout_data();
    void knowsWhatItIsAbout();
    void linesStandBesideEachOther();
    void causes_data();
    void causes();
    void escapedBodyIsRecognised();
    void angleBracketsAreSuspectedWithoutTheServersStrings();
    void overHttpTheFaultDoesNotExist();
    void lostSessionToken();
    void otherSessionToken();
    void maskedSessionTokenIsNoDifference();
    void temporaryKeyWithoutToken();
    void clockFromTheServersWords_data();
    void clockFromTheServersWords();
    void clockFromTheDateOfTheAnswer();
    void scopeFromTheServersWords_data();
    void scopeFromTheServersWords();
    void regionOfTheHostIsComparedAnyway();
    void wrongSecret();
    void bestCandidateIsCompared();
    void framesCanBePasted();
    void brokenWordsAreTaken_data();
    void brokenWordsAreTaken();
    void nothingSignedNothingExplained();
};

namespace {

const QString kHost = u"abcdefghijklmnopqrstuvwxyz.appsync-api.us-east-1.amazonaws.com"_s;
const QString kMismatch =
    u"The request signature we calculated does not match the signature you provided."_s;
const QString kToken = u"FQoGZXIvYXdzTOKEN/+=="_s;

SignableRequest publish(const QByteArray &body)
{
    SignableRequest request;
    request.operation = SignableRequest::Operation::Publish;
    request.url = QUrl(u"https://%1/event"_s.arg(kHost));
    request.host = kHost;
    request.region = u"us-east-1"_s;
    request.body = body;
    return request;
}

//! Signs as an application does.
RequestSignature signatureOf(const SignableRequest &request, const QString &token = {},
                             const QString &region = {}, const QString &key = u"AKIAX"_s)
{
    FakeClock clock;
    StaticCredentials keys(key, u"secret"_s, token);
    IamAuthorizer iam(&keys);
    iam.setClock(&clock);
    iam.setRegion(region);
    const Answer answer(iam, request);
    return iam.lastSignature();
}

const QByteArray kPlainBody = R"({"channel":"/default/x","events":["1"]})";

//! The words of a service that computes the canonical request \a canonical.
QString refusal(const QString &canonical, const QString &stringToSign)
{
    return kMismatch
        + u" Check your AWS Secret Access Key and signing method. Consult the service "
          "documentation for details.\n\nThe Canonical String for this request should have "
          "been\n'%1'\n\nThe String-to-Sign should have been\n'%2'\n"_s.arg(canonical,
                                                                            stringToSign);
}

//! The same of what was signed, with \a before in it replaced by \a after.
QString refusal(const RequestSignature &ours, const QString &before, const QString &after,
                const QString &token = {})
{
    QString canonical = ours.canonicalRequest;
    if (!token.isEmpty())
        canonical.replace(u"<masked, %1 bytes>"_s.arg(token.size()), token);
    canonical.replace(before, after);
    QString stringToSign = ours.stringToSign;
    if (!before.isEmpty()) {
        stringToSign.chop(64);
        stringToSign += QString::fromLatin1(SigV4::hash(canonical.toUtf8()));
    }
    return refusal(canonical, stringToSign);
}

QList<Kind> kinds(const SignatureHelp &help)
{
    QList<Kind> kinds;
    for (const SignatureCause &cause : help.causes)
        kinds << cause.kind;
    return kinds;
}

QStringList differing(const QList<SignatureLine> &lines)
{
    QStringList names;
    for (const SignatureLine &line : lines) {
        if (line.differs)
            names << line.name;
    }
    return names;
}

} // namespace

void tst_SignatureHelp::init()
{
    qunsetenv("AWS_REGION");
    qunsetenv("AWS_DEFAULT_REGION");
}

void tst_SignatureHelp::knowsWhatItIsAbout_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("isAboutSignature");
    QTest::newRow("mismatch") << kMismatch << true;
    QTest::newRow("expired") << u"Signature expired: 2015 is now earlier than 2016"_s << true;
    QTest::newRow("too early") << u"Signature not yet current: 2016 is still later"_s << true;
    QTest::newRow("scope") << u"Credential should be scoped to a valid region."_s << true;
    QTest::newRow("token") << u"The security token included in the request is invalid."_s << true;
    QTest::newRow("denied") << u"You are not authorized to make this call."_s << false;
    QTest::newRow("nothing") << QString() << false;
}

void tst_SignatureHelp::knowsWhatItIsAbout()
{
    QFETCH(QString, text);
    QTEST(SignatureHelp::isAboutSignature(text), "isAboutSignature");
}

void tst_SignatureHelp::linesStandBesideEachOther()
{
    const RequestSignature ours = signatureOf(publish(kPlainBody));
    // A header is lost on the way: the lines below it still stand beside their own.
    const QString text = refusal(ours, u"content-encoding:amz-1.0\n"_s, {});
    const SignatureHelp help = SignatureHelp::explain(text, {ours});
    QCOMPARE(help.signature, ours);
    const QStringList names{
        u"method"_s,       u"path"_s, u"query"_s,      u"accept"_s,         u"content-encoding"_s,
        u"content-type"_s, u"host"_s, u"x-amz-date"_s, u"signed headers"_s, u"hash of the body"_s};
    QCOMPARE(help.canonicalRequest.size(), names.size());
    for (qsizetype i = 0; i < names.size(); ++i)
        QCOMPARE(help.canonicalRequest[i].name, names[i]);
    QCOMPARE(help.canonicalRequest[6].ours, u"host:"_s + kHost);
    QCOMPARE(help.canonicalRequest[6].theirs, u"host:"_s + kHost);
    QCOMPARE(help.canonicalRequest[4].ours, u"content-encoding:amz-1.0"_s);
    QVERIFY(help.canonicalRequest[4].theirs.isNull());
    QCOMPARE(differing(help.canonicalRequest), QStringList{u"content-encoding"_s});
    QCOMPARE(help.stringToSign.size(), 4);
    QCOMPARE(help.stringToSign[0].theirs, u"AWS4-HMAC-SHA256"_s);
    QCOMPARE(differing(help.stringToSign), QStringList{u"hash of the canonical request"_s});
    QCOMPARE(kinds(help), QList<Kind>{Kind::Header});
    QVERIFY(help.causes[0].text.contains(u"content-encoding"));
}

void tst_SignatureHelp::causes_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("words");
    const QString realtime =
        u"abcdefghijklmnopqrstuvwxyz.appsync-realtime-api.us-east-1.amazonaws.com"_s;
    QTest::newRow("host") << u"host:"_s + kHost << u"host:api.example.com"_s << Kind::Host
                          << u"api.example.com"_s;
    QTest::newRow("realtime host seen")
        << u"host:"_s + kHost << u"host:"_s + realtime << Kind::Host << realtime;
    QTest::newRow("path") << u"POST\n/event\n"_s << u"POST\n/event/connect\n"_s << Kind::Target
                          << u"/event/connect"_s;
    QTest::newRow("method") << u"POST\n"_s << u"GET\n"_s << Kind::Target << u"GET /event"_s;
    QTest::newRow("query") << u"/event\n\n"_s << u"/event\na=1\n"_s << Kind::Target
                           << u"/event?a=1"_s;
    QTest::newRow("date") << u"x-amz-date:2023"_s << u"x-amz-date:2022"_s << Kind::Clock
                          << u"date"_s;
    QTest::newRow("header") << u"charset=UTF-8"_s << u"charset=utf-8"_s << Kind::Header
                            << u"content-type"_s;
    QTest::newRow("body") << QString::fromLatin1(SigV4::hash(kPlainBody))
                          << QString::fromLatin1(SigV4::hash("other")) << Kind::Body << u"body"_s;
}

void tst_SignatureHelp::causes()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(Kind, kind);
    QFETCH(QString, words);
    const RequestSignature ours = signatureOf(publish(kPlainBody));
    QVERIFY(ours.canonicalRequest.contains(before));
    const SignatureHelp help = SignatureHelp::explain(refusal(ours, before, after), {ours});
    QCOMPARE(kinds(help), QList<Kind>{kind});
    QVERIFY2(help.causes[0].text.contains(words), qPrintable(help.causes[0].text));
    QVERIFY(!help.causes[0].nextStep.isEmpty());
    QCOMPARE(differing(help.canonicalRequest).size(), 1);
}

void tst_SignatureHelp::escapedBodyIsRecognised()
{
    const QByteArray body = R"({"channel":"/default/x","events":["\"<b>&</b>\""]})";
    const QByteArray escaped =
        R"({"channel":"/default/x","events":["\"\u003cb\u003e\u0026\u003c/b\u003e\""]})";
    const RequestSignature ours = signatureOf(publish(body));
    const QString text = refusal(ours, QString::fromLatin1(SigV4::hash(body)),
                                 QString::fromLatin1(SigV4::hash(escaped)));
    const SignatureHelp help = SignatureHelp::explain(text, {ours});
    QCOMPARE(kinds(help), QList<Kind>{Kind::AngleBrackets});
    QVERIFY(help.causes[0].text.contains(u"escapes"));
    QVERIFY(help.causes[0].nextStep.contains(u"HTTP"));
    QCOMPARE(differing(help.canonicalRequest), QStringList{u"hash of the body"_s});

    // Written in a third way it is the likely cause yet.
    const SignatureHelp likely =
        SignatureHelp::explain(refusal(ours, QString::fromLatin1(SigV4::hash(body)),
                                       QString::fromLatin1(SigV4::hash("otherwise"))),
                               {ours});
    QCOMPARE(kinds(likely), QList<Kind>{Kind::AngleBrackets});
    QVERIFY(likely.causes[0].text != help.causes[0].text);
}

void tst_SignatureHelp::angleBracketsAreSuspectedWithoutTheServersStrings()
{
    const RequestSignature ours = signatureOf(publish(R"({"channel":"/a","events":["\">\""]})"));
    const SignatureHelp help = SignatureHelp::explain(kMismatch, {ours});
    QCOMPARE(kinds(help), QList<Kind>{Kind::AngleBrackets});
    QVERIFY(help.canonicalRequest.isEmpty());
    QVERIFY(help.stringToSign.isEmpty());
    QVERIFY(kinds(SignatureHelp::explain(kMismatch, {signatureOf(publish(kPlainBody))})).isEmpty());
}

void tst_SignatureHelp::overHttpTheFaultDoesNotExist()
{
    const QByteArray body = R"({"channel":"/default/x","events":["\"<b>\""]})";
    SignableRequest request = publish(body);
    request.overHttp = true;
    const RequestSignature ours = signatureOf(request);
    const SignatureHelp help =
        SignatureHelp::explain(refusal(ours, QString::fromLatin1(SigV4::hash(body)),
                                       QString::fromLatin1(SigV4::hash("other"))),
                               {ours});
    QCOMPARE(kinds(help), QList<Kind>{Kind::Body});
    QVERIFY(kinds(SignatureHelp::explain(kMismatch, {ours})).isEmpty());
}

void tst_SignatureHelp::lostSessionToken()
{
    const RequestSignature ours = signatureOf(publish(kPlainBody), kToken);
    const QString line = u"x-amz-security-token:%1\n"_s.arg(kToken);
    const SignatureHelp help = SignatureHelp::explain(refusal(ours, line, {}, kToken), {ours});
    QCOMPARE(kinds(help), QList<Kind>{Kind::SessionToken});
    QVERIFY(help.causes[0].text.contains(u"did not arrive"));
    QCOMPARE(differing(help.canonicalRequest), QStringList{u"x-amz-security-token"_s});
}

void tst_SignatureHelp::otherSessionToken()
{
    const RequestSignature ours = signatureOf(publish(kPlainBody), kToken);
    QString other = kToken;
    other[0] = u'X'; // of the same length, so masked alike
    const SignatureHelp help = SignatureHelp::explain(refusal(ours, kToken, other, kToken), {ours});
    QCOMPARE(kinds(help), QList<Kind>{Kind::SessionToken});
    QVERIFY(help.causes[0].text.contains(u"Another session token"));
    for (const SignatureLine &line : help.canonicalRequest) {
        QVERIFY(!line.ours.contains(u"ZXIvYXdz"));
        QVERIFY(!line.theirs.contains(u"ZXIvYXdz"));
        if (line.name == u"x-amz-security-token")
            QCOMPARE(line.theirs, u"x-amz-security-token:<masked, 21 bytes>"_s);
    }
}

void tst_SignatureHelp::maskedSessionTokenIsNoDifference()
{
    const RequestSignature ours = signatureOf(publish(kPlainBody), kToken);
    const QString host = u"host:"_s + kHost;
    // In clear, and as Error::serverMessage has it.
    const QString clear = refusal(ours, host, u"host:x"_s, kToken);
    QVERIFY(clear.contains(kToken));
    const QString masked = refusal(ours, host, u"host:x"_s);
    QVERIFY(!masked.contains(kToken));
    for (const QString &text : {clear, masked}) {
        const SignatureHelp help = SignatureHelp::explain(text, {ours});
        QCOMPARE(kinds(help), QList<Kind>{Kind::Host});
        QCOMPARE(differing(help.canonicalRequest), QStringList{u"host"_s});
    }
}

void tst_SignatureHelp::temporaryKeyWithoutToken()
{
    RequestSignature ours = signatureOf(publish(kPlainBody), kToken, {}, u"ASIAX"_s);
    const QString text = u"The security token included in the request is invalid."_s;
    SignatureHelp help = SignatureHelp::explain(text, {ours});
    QCOMPARE(kinds(help), QList<Kind>{Kind::SessionToken});
    QVERIFY(help.causes[0].text.contains(u"does not know"));
    help =
        SignatureHelp::explain(u"The security token included in the request is expired"_s, {ours});
    QVERIFY(help.causes.value(0).text.contains(u"expired"));
    // StaticCredentials would refuse these; other sources may not.
    ours.hasSessionToken = false;
    help = SignatureHelp::explain(text, {ours});
    QCOMPARE(kinds(help), QList<Kind>{Kind::SessionToken});
    QVERIFY(help.causes[0].text.contains(u"ASIAX"));
    QVERIFY(help.causes[0].nextStep.contains(u"AWS key ASIAX"));
}

void tst_SignatureHelp::clockFromTheServersWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("offset");
    QTest::addColumn<QString>("words");
    // The fake clock starts at 2023-11-14 23:13:20.
    QTest::newRow("late") << u"Signature expired: 20231114T231320Z is now earlier than "
                             "20231115T010820Z (20231115T011320Z - 5 min.)"_s
                          << 2 * 3600 << u"120 minutes before"_s;
    QTest::newRow("early") << u"Signature not yet current: 20231114T231320Z is still later than "
                              "20231114T215820Z (20231114T215320Z + 5 min.)"_s
                           << -80 * 60 << u"80 minutes after"_s;
}

void tst_SignatureHelp::clockFromTheServersWords()
{
    QFETCH(QString, text);
    QFETCH(int, offset);
    QFETCH(QString, words);
    const RequestSignature ours = signatureOf(publish(kPlainBody));
    const SignatureHelp help = SignatureHelp::explain(text, {ours});
    QCOMPARE(kinds(help), QList<Kind>{Kind::Clock});
    QVERIFY2(help.causes[0].text.contains(words), qPrintable(help.causes[0].text));
    QCOMPARE(help.clockOffset, std::optional(std::chrono::seconds(offset)));
    // Without its own time it is the clock all the same.
    const SignatureHelp vague = SignatureHelp::explain(text.section(u':', 0, 0), {ours});
    QCOMPARE(kinds(vague), QList<Kind>{Kind::Clock});
    QVERIFY(!vague.clockOffset);
}

void tst_SignatureHelp::clockFromTheDateOfTheAnswer()
{
    const RequestSignature ours = signatureOf(publish(kPlainBody));
    SignatureHelp help = SignatureHelp::explain(kMismatch, {ours}, ours.date.addSecs(7 * 60 + 30));
    QCOMPARE(kinds(help), QList<Kind>{Kind::Clock});
    QVERIFY2(help.causes[0].text.contains(u"7.5 minutes before"), qPrintable(help.causes[0].text));
    QCOMPARE(help.clockOffset, std::optional(450s));
    help = SignatureHelp::explain(kMismatch, {ours}, ours.date.addSecs(-60));
    QVERIFY(help.causes.isEmpty());
    QVERIFY(!help.clockOffset);
}

void tst_SignatureHelp::scopeFromTheServersWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("words");
    QTest::newRow("valid region") << u"Credential should be scoped to a valid region."_s
                                  << Kind::Region << u"eu-west-1, as set"_s;
    QTest::newRow("expecting") << u"the region 'eu-west-1' is wrong; expecting 'ap-south-1'"_s
                               << Kind::Region << u"ap-south-1"_s;
    QTest::newRow("service") << u"Credential should be scoped to correct service: 'execute-api'."_s
                             << Kind::Service << u"execute-api"_s;
    QTest::newRow("date") << u"Date in Credential scope does not match YYYYMMDD"_s << Kind::Clock
                          << u"date"_s;
}

void tst_SignatureHelp::scopeFromTheServersWords()
{
    QFETCH(QString, text);
    QFETCH(Kind, kind);
    QFETCH(QString, words);
    SignableRequest request = publish(kPlainBody);
    request.host = u"api.example.com"_s; // which tells no region
    const RequestSignature ours = signatureOf(request, {}, u"eu-west-1"_s);
    const SignatureHelp help = SignatureHelp::explain(text, {ours});
    QCOMPARE(kinds(help), QList<Kind>{kind});
    QVERIFY2(help.causes[0].text.contains(words), qPrintable(help.causes[0].text));
    // The same where it stands in the string that the server expected.
    QString expected = ours.stringToSign;
    if (kind == Kind::Region)
        expected.replace(u"/eu-west-1/"_s, u"/ap-south-1/"_s);
    else if (kind == Kind::Service)
        expected.replace(u"/appsync/"_s, u"/execute-api/"_s);
    else
        return;
    const SignatureHelp compared =
        SignatureHelp::explain(refusal(ours.canonicalRequest, expected), {ours});
    QCOMPARE(kinds(compared), QList<Kind>{kind});
    QCOMPARE(differing(compared.stringToSign), QStringList{u"scope"_s});
}

void tst_SignatureHelp::regionOfTheHostIsComparedAnyway()
{
    qputenv("AWS_REGION", "eu-west-1");
    SignableRequest request = publish(kPlainBody);
    request.region.clear();
    const RequestSignature ours = signatureOf(request);
    const SignatureHelp help = SignatureHelp::explain(kMismatch, {ours});
    QCOMPARE(kinds(help), QList<Kind>{Kind::Region});
    QVERIFY2(help.causes[0].text.contains(u"eu-west-1, from AWS_REGION"),
             qPrintable(help.causes[0].text));
    QVERIFY(help.causes[0].text.contains(u"us-east-1"));
}

void tst_SignatureHelp::wrongSecret()
{
    for (const QString &token : {QString(), kToken}) {
        const RequestSignature ours = signatureOf(publish(kPlainBody), token);
        const SignatureHelp help = SignatureHelp::explain(refusal(ours, {}, {}, token), {ours});
        QVERIFY(differing(help.canonicalRequest).isEmpty());
        QCOMPARE(kinds(help), QList<Kind>{Kind::SecretKey});
        QVERIFY(help.causes[0].text.contains(u"AKIAX"));
        QVERIFY(help.causes[0].nextStep.contains(u"AWS key AKIAX"));
    }
}

void tst_SignatureHelp::bestCandidateIsCompared()
{
    const RequestSignature newest = signatureOf(publish(R"({"channel":"/a","events":["2"]})"));
    const RequestSignature refused = signatureOf(publish(kPlainBody));
    const QByteArray brackets = R"({"channel":"/a","events":["\"<\""]})";
    const RequestSignature escaped = signatureOf(publish(brackets));
    const QList<RequestSignature> all{newest, escaped, refused};
    QCOMPARE(SignatureHelp::explain(refusal(refused, kHost, u"x"_s), all).signature, refused);
    QByteArray written = brackets;
    written.replace('<', "\\u003c");
    const QString text = refusal(escaped, QString::fromLatin1(SigV4::hash(brackets)),
                                 QString::fromLatin1(SigV4::hash(written)));
    QCOMPARE(SignatureHelp::explain(text, all).signature, escaped);
    // Where nothing tells them apart, the newest.
    QCOMPARE(SignatureHelp::explain(kMismatch, all).signature, newest);
}

void tst_SignatureHelp::framesCanBePasted()
{
    const RequestSignature ours = signatureOf(publish(kPlainBody), kToken);
    const QString words = refusal(ours, u"/event\n"_s, u"/event/connect\n"_s, kToken);
    const QByteArray frame =
        QJsonDocument(QJsonObject{{u"type"_s, u"connection_error"_s}, {u"message"_s, words}})
            .toJson(QJsonDocument::Compact);
    QByteArray html = frame; // as a writer for web pages has it
    html.replace('\'', "\\u0027").replace('=', "\\u003d").replace("/", "\\/");
    for (const QByteArray &text : {frame, html}) {
        const SignatureHelp help = SignatureHelp::explain(QString::fromUtf8(text), {ours});
        QCOMPARE(kinds(help), QList<Kind>{Kind::Target});
        QCOMPARE(differing(help.canonicalRequest), QStringList{u"path"_s});
    }
}

void tst_SignatureHelp::brokenWordsAreTaken_data()
{
    QTest::addColumn<QString>("text");
    const QString heading = u"The Canonical String for this request should have been"_s;
    QTest::newRow("nothing") << QString();
    QTest::newRow("heading alone") << heading;
    QTest::newRow("opened, not closed") << heading + u" 'POST\n/event"_s;
    QTest::newRow("empty") << heading + u" ''"_s;
    QTest::newRow("one apostrophe") << heading + u"'"_s;
    QTest::newRow("the other first")
        << u"The String-to-Sign should have been 'x'. "_s + heading + u" 'y'"_s;
    QTest::newRow("on one line") << heading + u" 'POST /event host:x'"_s;
    QTest::newRow("string to sign alone") << u"The String-to-Sign should have been\n'A\nB\nC/d'"_s;
    QTest::newRow("cut in the middle") << heading + u"\n'POST\n/event\n\nhost:x\n\nhost"_s;
    QTest::newRow("line ends lost") << heading + u" 'POST /event  host:x  host abc' The "_s;
}

void tst_SignatureHelp::brokenWordsAreTaken()
{
    QFETCH(QString, text);
    const RequestSignature ours = signatureOf(publish(kPlainBody));
    const SignatureHelp help = SignatureHelp::explain(text, {ours});
    QCOMPARE(help.signature, ours);
    // Rather nothing than what is wrong.
    QVERIFY(help.canonicalRequest.isEmpty());
    QVERIFY(help.stringToSign.isEmpty());
    QVERIFY(help.causes.isEmpty());
}

void tst_SignatureHelp::nothingSignedNothingExplained()
{
    const SignatureHelp help = SignatureHelp::explain(kMismatch, {});
    QVERIFY(!help.signature.isValid());
    QVERIFY(help.causes.isEmpty());
    IamAuthorizer iam;
    QVERIFY(iam.explain(kMismatch).causes.isEmpty());
}

GUILESS_TEST(tst_SignatureHelp)
#include "tst_signaturehelp.moc"
