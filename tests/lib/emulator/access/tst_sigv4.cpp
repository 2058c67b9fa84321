// SPDX-License-Identifier: Apache-2.0
#include "lib/emulator/access/sigv4check_p.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QUrl>

using namespace AppSync;
using namespace AppSync::Emulation;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

//! Signatures from the side of the one who checks, by vectors on which four signers agree.
class tst_Sigv4 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void vectors_data();
    void vectors();
    void canonicalForm_data();
    void canonicalForm();
    void times();
    void whatItRefuses_data();
    void whatItRefuses();
    void whateverIsSigned_data();
    void whateverIsSigned();
};

namespace {

const QByteArray kKey = "AKIDEXAMPLE";
const QByteArray kSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const QByteArray kTime = "20250115T123456Z";

HeaderList headersOf(const QJsonObject &object)
{
    return Credentials::fromJson(object).headers;
}

//! \a request with the signature of kKey over those of its headers that \a names says.
SignedRequest signedOver(SignedRequest request, const QByteArray &names,
                         const QByteArray &scope = "20250115/us-east-1/appsync/aws4_request")
{
    const QList<QByteArray> parts = scope.split('/');
    const Sigv4::Claim claim{kKey, parts[0], parts[1], parts[2], parts[3], names, {}};
    const QByteArray time = Credentials{request.headers}.header("x-amz-date");
    const QByteArray text =
        Sigv4::stringToSign(claim, time, Sigv4::canonicalRequest(request, names));
    request.headers.emplaceBack("authorization",
                                "AWS4-HMAC-SHA256 Credential=" + kKey + '/' + scope
                                    + ", SignedHeaders=" + names
                                    + ", Signature=" + Sigv4::signature(claim, kSecret, text));
    return request;
}

SignedRequest sample()
{
    return {"POST",
            "/event",
            {},
            {{"host", "localhost"}, {"x-amz-date", kTime}, {"accept", "a  b"}},
            "{}"};
}

void replaceHeader(SignedRequest *request, const QByteArray &name, const QByteArray &value)
{
    request->headers.removeIf([&](const auto &pair) { return pair.first == name; });
    if (!value.isNull())
        request->headers.emplaceBack(name, value);
}

void replaceInAuthorization(SignedRequest *request, const QByteArray &what, const QByteArray &by)
{
    QByteArray value = Credentials{request->headers}.header("authorization");
    replaceHeader(request, "authorization", value.replace(what, by));
}

Sigv4Check::Verdict verify(const SignedRequest &request, const EmulatorOptions::Identity &identity,
                           const QByteArray &now = kTime)
{
    Identities identities;
    const QString problem = identities.setLasting({identity});
    Q_ASSERT(problem.isEmpty());
    const Now clock = [now] { return Sigv4::parseTime(now); };
    Sigv4Check::Verdict verdict =
        Sigv4Check(identities, clock).verify(request, {"appsync", {"us-east-1"}, 5min});
    static const Principal somebody;
    if (verdict.principal)
        verdict.principal = &somebody; // the one that was found goes with its list
    return verdict;
}

EmulatorOptions::Identity owner(const QString &sessionToken = {})
{
    return {u"somebody"_s, QString::fromLatin1(kKey), QString::fromLatin1(kSecret), sessionToken};
}

} // namespace

void tst_Sigv4::vectors_data()
{
    QTest::addColumn<QJsonObject>("vector");
    QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/auth/sigv4-vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray vectors =
        QJsonDocument::fromJson(file.readAll()).object().value("vectors"_L1).toArray();
    QCOMPARE(vectors.size(), 28);
    for (const QJsonValue vector : vectors)
        QTest::newRow(qPrintable(vector["id"_L1].toString())) << vector.toObject();
}

void tst_Sigv4::vectors()
{
    QFETCH(QJsonObject, vector);
    const QJsonObject input = vector["input"_L1].toObject();
    const QJsonObject expected = vector["intermediate"_L1].toObject();
    const QJsonObject shown = vector["output"_L1]["signed_headers_object"_L1].toObject();
    SignedRequest request{input["method"_L1].toString().toLatin1(),
                          QUrl(input["url"_L1].toString()).path(QUrl::FullyEncoded).toLatin1(),
                          {},
                          headersOf(shown),
                          QByteArray::fromHex(input["body_utf8_hex"_L1].toString().toLatin1())};

    QString missing;
    const auto claim = Sigv4::parse(Credentials{request.headers}.header("authorization"), &missing);
    QVERIFY2(claim, qPrintable(missing));
    const QByteArray canonical = Sigv4::canonicalRequest(request, claim->signedHeaders);
    QCOMPARE(QString::fromUtf8(canonical), expected["canonical_request"_L1].toString());
    const QByteArray text =
        Sigv4::stringToSign(*claim, input["amz_date"_L1].toString().toLatin1(), canonical);
    QCOMPARE(QString::fromUtf8(text), expected["string_to_sign"_L1].toString());
    QCOMPARE(Sigv4::signature(*claim, input["secret_access_key"_L1].toString().toUtf8(), text),
             vector["output"_L1]["signature"_L1].toString().toLatin1());

    Identities identities;
    QCOMPARE(identities.setLasting({{u"somebody"_s, input["access_key_id"_L1].toString(),
                                     input["secret_access_key"_L1].toString(),
                                     input["session_token"_L1].toString()}}),
             QString());
    const Now clock = [] { return Sigv4::parseTime(kTime); };
    const Sigv4Check check(identities, clock);
    const Sigv4Check::Terms terms{input["service"_L1].toString().toLatin1(),
                                  {input["region"_L1].toString().toLatin1()},
                                  5min};
    const Sigv4Check::Verdict good = check.verify(request, terms);
    QVERIFY2(good.principal, qPrintable(good.message));
    QCOMPARE(good.principal->arn, u"arn:aws:iam::123456789012:user/somebody"_s);

    request.body += ' ';
    const Sigv4Check::Verdict bad = check.verify(request, terms);
    QVERIFY(!bad.principal);
    QCOMPARE(bad.fault, Sigv4Check::Fault::WrongSignature);
}

void tst_Sigv4::canonicalForm_data()
{
    QTest::addColumn<SignedRequest>("request");
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<QByteArray>("start"); // without the hash of the body
    const auto row = [](const char *name, const QByteArray &path, const QByteArray &query,
                        const HeaderList &headers, const QByteArray &names,
                        const QByteArray &start) {
        QTest::newRow(name) << SignedRequest{"GET", path, query, headers, {}} << names << start;
    };
    row("empty path", "", "", {{"host", "h"}}, "host", "GET\n/\n\nhost:h\n\nhost\n");
    row("slashes", "//a//b/", "", {{"host", "h"}}, "host", "GET\n/a/b/\n\nhost:h\n\nhost\n");
    row("dots", "/./a/../b", "", {{"host", "h"}}, "host", "GET\n/b\n\nhost:h\n\nhost\n");
    row("beyond the root", "/../..", "", {{"host", "h"}}, "host", "GET\n/\n\nhost:h\n\nhost\n");
    row("encoded twice", "/a%20b", "", {{"host", "h"}}, "host",
        "GET\n/a%2520b\n\nhost:h\n\nhost\n");
    row("sorted query", "/", "b=2&a=1&a&A=%7e%20", {{"host", "h"}}, "host",
        "GET\n/\nA=~%20&a=&a=1&b=2\nhost:h\n\nhost\n");
    row("spaces and lists", "/", "", {{"host", " h "}, {"x", "  a   b "}, {"y", "1"}, {"y", "2"}},
        "host;x;y", "GET\n/\n\nhost:h\nx:a b\ny:1,2\n\nhost;x;y\n");
    row("absent header", "/", "", {{"host", "h"}}, "host;x", "GET\n/\n\nhost:h\nx:\n\nhost;x\n");
    row("only what is signed", "/", "", {{"host", "h"}, {"x", "1"}}, "host",
        "GET\n/\n\nhost:h\n\nhost\n");
}

void tst_Sigv4::canonicalForm()
{
    QFETCH(SignedRequest, request);
    QFETCH(QByteArray, names);
    QFETCH(QByteArray, start);
    QCOMPARE(Sigv4::canonicalRequest(request, names),
             start + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

void tst_Sigv4::times()
{
    QCOMPARE(Sigv4::parseTime(kTime),
             QDateTime::fromString(u"2025-01-15T12:34:56Z"_s, Qt::ISODate));
    QCOMPARE(Sigv4::timeText(Sigv4::parseTime(kTime)).toLatin1(), kTime);
    for (const QByteArray wrong : {"", "20250115", "20250115T123456", "2025-01-15T12:34:56Z",
                                   "20250115T256456Z", "20251315T123456Z", "20250115 123456Z"})
        QVERIFY2(!Sigv4::parseTime(wrong).isValid(), wrong);
}

void tst_Sigv4::whatItRefuses_data()
{
    using Fault = Sigv4Check::Fault;
    QTest::addColumn<SignedRequest>("request");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<Fault>("fault");
    QTest::addColumn<QString>("message");
    const QByteArray names = "accept;host;x-amz-date";
    const SignedRequest good = signedOver(sample(), names);
    const auto row = [](const char *name, const SignedRequest &request, Fault fault,
                        const QString &message, const QByteArray &now = kTime) {
        QTest::newRow(name) << request << now << fault << message;
    };
    const auto changed = [&](const QByteArray &what, const QByteArray &by) {
        SignedRequest request = good;
        replaceInAuthorization(&request, what, by);
        return request;
    };
    const auto with = [&](const QByteArray &header, const QByteArray &value) {
        SignedRequest request = good;
        replaceHeader(&request, header, value);
        return request;
    };
    row("no parts", changed("Credential=", "x="), Fault::Incomplete,
        u"Authorization header requires 'Credential' parameter."_s);
    row("no signature", changed("Signature=", "x="), Fault::Incomplete,
        u"Authorization header requires 'Signature' parameter."_s);
    row("nothing", with("authorization", "AWS4-HMAC-SHA256"), Fault::Incomplete,
        u"Authorization header requires 'Credential' parameter. Authorization header requires "
        "'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."_s);
    row("short scope", changed("/aws4_request", ""), Fault::Incomplete,
        u"Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term."_s);
    row("no date", with("x-amz-date", {}), Fault::Incomplete,
        u"Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."_s);
    row("unknown key", changed(kKey, "AKIDOTHER"), Fault::UnknownKey,
        u"The security token included in the request is invalid."_s);
    row("a token for a lasting key", with("x-amz-security-token", "t"), Fault::UnknownKey,
        u"The security token included in the request is invalid."_s);
    row("region", signedOver(sample(), names, "20250115/eu-west-1/appsync/aws4_request"),
        Fault::WrongSignature,
        u"Credential should be scoped to a valid region, not 'eu-west-1'. "_s);
    row("service", signedOver(sample(), names, "20250115/us-east-1/execute-api/aws4_request"),
        Fault::WrongSignature, u"Credential should be scoped to correct service: 'appsync'. "_s);
    row("terminator", changed("aws4_request", "aws5_request"), Fault::WrongSignature,
        u"Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'. "_s);
    row("day", signedOver(sample(), names, "20250114/us-east-1/appsync/aws4_request"),
        Fault::WrongSignature,
        u"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from "
        u"HTTP: "
        "'20250114' != '20250115', from '20250115T123456Z'."_s);
    row("host not signed", signedOver(sample(), "accept;x-amz-date"), Fault::WrongSignature,
        u"'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."_s);
    row("too old", good, Fault::WrongSignature,
        u"Signature expired: 20250115T123456Z is now earlier than 20250115T123457Z "
        "(20250115T123957Z - 5 min.)"_s,
        "20250115T123957Z");
    row("too new", good, Fault::WrongSignature,
        u"Signature not yet current: 20250115T123456Z is still later than 20250115T123455Z "
        "(20250115T122955Z + 5 min.)"_s,
        "20250115T122955Z");
    row("other header", with("accept", "c"), Fault::WrongSignature,
        u"The request signature we calculated does not match the signature you provided. Check "
        u"your "
        "AWS Secret Access Key and signing method. Consult the service documentation for "
        "details.\n\nThe Canonical String for this request should have been\n'POST\n/event\n\n"
        "accept:c\nhost:localhost\nx-amz-date:20250115T123456Z\n\naccept;host;x-amz-date\n"
        "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'\n\n"
        "The String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20250115T123456Z\n"
        "20250115/us-east-1/appsync/aws4_request\n"
        "985b6842385444fbb10091c65367d927bc954b1ed73ce8328c9cace2e847a86c'\n"_s);
}

void tst_Sigv4::whatItRefuses()
{
    QFETCH(SignedRequest, request);
    QFETCH(QByteArray, now);
    QFETCH(QString, message);
    const Sigv4Check::Verdict verdict = verify(request, owner(), now);
    QVERIFY(!verdict.principal);
    QTEST(verdict.fault, "fault");
    QCOMPARE(verdict.message, message);
}

void tst_Sigv4::whateverIsSigned_data()
{
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<QString>("token");
    QTest::newRow("everything") << QByteArray("accept;host;x-amz-date") << QString();
    QTest::newRow("not the date") << QByteArray("accept;host") << QString();
    QTest::newRow("host alone") << QByteArray("host") << QString();
    QTest::newRow("token") << QByteArray("host;x-amz-date;x-amz-security-token") << u"t/+="_s;
    QTest::newRow("token, not signed") << QByteArray("host;x-amz-date") << u"t/+="_s;
}

void tst_Sigv4::whateverIsSigned()
{
    QFETCH(QByteArray, names);
    QFETCH(QString, token);
    SignedRequest request = sample();
    if (!token.isEmpty())
        request.headers.emplaceBack("x-amz-security-token", token.toUtf8());
    request = signedOver(request, names);
    for (const QByteArray &now : {kTime, "20250115T123956Z"_ba, "20250115T122956Z"_ba}) {
        const Sigv4Check::Verdict verdict = verify(request, owner(token), now);
        QVERIFY2(verdict.principal, qPrintable(verdict.message));
    }
    replaceInAuthorization(&request, ", ", ","); // some leave the space out
    QVERIFY(verify(request, owner(token)).principal);
    QCOMPARE(verify(request, owner(u"another"_s)).fault, Sigv4Check::Fault::UnknownKey);
}

GUILESS_TEST(tst_Sigv4)
#include "tst_sigv4.moc"
