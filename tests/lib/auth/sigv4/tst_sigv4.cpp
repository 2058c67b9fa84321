// SPDX-License-Identifier: Apache-2.0
#include "lib/auth/sigv4/sigv4_p.h"
#include "tests/shared/testrunner.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace AppSync;

//! The signer against vectors on which four other implementations agree, and against the rules that simple
//! signers break.
class tst_SigV4 : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void vectors_data();
    void vectors();
    void paths_data();
    void paths();
    void queries_data();
    void queries();
    void headers_data();
    void headers();
    void hosts_data();
    void hosts();
    void ownHeadersAreReplaced();
    void hostOfTheCallerGoesBeforeTheUrls();
    void dateIsTakenInUtc();
    void everyPartIsSigned_data();
    void everyPartIsSigned();
    void bodyIsSignedByteForByte();
};

namespace {

const AwsCredentials kExample{
    u"AKIDEXAMPLE"_s, u"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"_s, {}, {}, {}};

SigV4::Request vanilla()
{
    SigV4::Request request;
    request.method = "GET";
    request.url = QUrl(u"https://example.amazonaws.com/"_s);
    request.region = "us-east-1";
    request.service = "service";
    request.date = QDateTime({2015, 8, 30}, {12, 36}, Qt::UTC);
    return request;
}

SigV4::Request requestOf(const QJsonObject &input)
{
    SigV4::Request request;
    request.method = input[u"method"_s].toString().toUtf8();
    request.url = QUrl(input[u"url"_s].toString());
    const QJsonObject headers = input[u"headers_before_signing"_s].toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        request.headers.append({it.key().toUtf8(), it.value().toString().toUtf8()});
    request.body = QByteArray::fromHex(input[u"body_utf8_hex"_s].toString().toLatin1());
    request.region = input[u"region"_s].toString().toUtf8();
    request.service = input[u"service"_s].toString().toUtf8();
    request.date =
        QDateTime::fromString(input[u"amz_date"_s].toString(), u"yyyyMMdd'T'HHmmss'Z'"_s);
    request.date.setTimeSpec(Qt::UTC);
    return request;
}

QMap<QByteArray, QByteArray> byName(const Headers &headers)
{
    QMap<QByteArray, QByteArray> map;
    for (const auto &[name, value] : headers)
        map.insert(name, value);
    return map;
}

} // namespace

void tst_SigV4::vectors_data()
{
    QTest::addColumn<QJsonObject>("vector");
    QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/auth/sigv4-vectors.json"));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    const QJsonArray vectors =
        QJsonDocument::fromJson(file.readAll()).object()[u"vectors"_s].toArray();
    QCOMPARE(vectors.size(), 28);
    for (const QJsonValue &vector : vectors)
        QTest::newRow(qPrintable(vector[u"id"_s].toString())) << vector.toObject();
}

void tst_SigV4::vectors()
{
    QFETCH(QJsonObject, vector);
    const QJsonObject input = vector[u"input"_s].toObject();
    const QJsonObject middle = vector[u"intermediate"_s].toObject();
    const QJsonObject output = vector[u"output"_s].toObject();
    const AwsCredentials credentials{input[u"access_key_id"_s].toString(),
                                     input[u"secret_access_key"_s].toString(),
                                     input[u"session_token"_s].toString(),
                                     {},
                                     {}};
    const SigV4::Request request = requestOf(input);
    const SigV4::Signature made = SigV4::sign(request, credentials);
    const auto expected = [](const QJsonObject &object, const QString &name) {
        return object[name].toString().toUtf8();
    };

    QCOMPARE(made.payloadHash, expected(middle, u"payload_sha256"_s));
    QCOMPARE(made.canonicalRequest, expected(middle, u"canonical_request"_s));
    QCOMPARE(SigV4::hash(made.canonicalRequest), expected(middle, u"canonical_request_sha256"_s));
    QCOMPARE(made.signedHeaders, expected(middle, u"signed_headers"_s));
    QCOMPARE(made.scope, expected(middle, u"credential_scope"_s));
    QCOMPARE(made.stringToSign, expected(middle, u"string_to_sign"_s));
    const SigV4::Keys keys =
        SigV4::keys(credentials.secretAccessKey.toUtf8(), expected(input, u"amz_date"_s).first(8),
                    request.region, request.service);
    QCOMPARE(keys.date.toHex(), expected(middle, u"k_date_hex"_s));
    QCOMPARE(keys.region.toHex(), expected(middle, u"k_region_hex"_s));
    QCOMPARE(keys.service.toHex(), expected(middle, u"k_service_hex"_s));
    QCOMPARE(keys.signing.toHex(), expected(middle, u"k_signing_hex"_s));
    QCOMPARE(made.signature, expected(output, u"signature"_s));
    QCOMPARE(made.authorization, expected(output, u"authorization"_s));

    QMap<QByteArray, QByteArray> sent;
    const QJsonObject headers = output[u"signed_headers_object"_s].toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        sent.insert(it.key().toUtf8(), it.value().toString().toUtf8());
    QVERIFY(!sent.isEmpty());
    QCOMPARE(byName(made.headers), sent);
}

void tst_SigV4::paths_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("canonical");
    QTest::newRow("none") << ""_ba
                          << "/"_ba;
    QTest::newRow("root") << "/"_ba
                          << "/"_ba;
    QTest::newRow("two slashes") << "//"_ba
                                 << "/"_ba;
    QTest::newRow("slashes at both ends") << "//example//"_ba
                                          << "/example/"_ba;
    QTest::newRow("dot") << "/./example"_ba
                         << "/example"_ba;
    QTest::newRow("nothing but a dot") << "/./"_ba
                                       << "/"_ba;
    QTest::newRow("up") << "/example/.."_ba
                        << "/"_ba;
    QTest::newRow("up twice") << "/example1/example2/../.."_ba
                              << "/"_ba;
    QTest::newRow("above the root") << "/../../a"_ba
                                    << "/a"_ba;
    QTest::newRow("three dots are a name") << "/.../a"_ba
                                           << "/.../a"_ba;
    QTest::newRow("unreserved") << "/-._~0123456789Az"_ba
                                << "/-._~0123456789Az"_ba;
    QTest::newRow("space") << "/example space/"_ba
                           << "/example%20space/"_ba;
    QTest::newRow("UTF-8") << "/\xe1\x88\xb4"_ba
                           << "/%E1%88%B4"_ba;
    QTest::newRow("encoded once more") << "/users/us-east-1%3Aid%2F1"_ba
                                       << "/users/us-east-1%253Aid%252F1"_ba;
    QTest::newRow("reserved") << "/a:b@c$d&e+f,g;h=i"_ba
                              << "/a%3Ab%40c%24d%26e%2Bf%2Cg%3Bh%3Di"_ba;
    QTest::newRow("AppSync") << "/event"_ba
                             << "/event"_ba;
}

void tst_SigV4::paths()
{
    QFETCH(QByteArray, path);
    QTEST(SigV4::canonicalPath(path), "canonical");
}

void tst_SigV4::queries_data()
{
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QByteArray>("canonical");
    QTest::newRow("none") << ""_ba
                          << ""_ba;
    QTest::newRow("no value") << "Param1"_ba
                              << "Param1="_ba;
    QTest::newRow("empty value") << "Param1="_ba
                                 << "Param1="_ba;
    QTest::newRow("by name") << "Param2=value2&Param1=value1"_ba
                             << "Param1=value1&Param2=value2"_ba;
    QTest::newRow("by value") << "Param1=value2&Param1=Value1"_ba
                              << "Param1=Value1&Param1=value2"_ba;
    QTest::newRow("capitals first") << "param1=a&Param1=b"_ba
                                    << "Param1=b&param1=a"_ba;
    QTest::newRow("by name, not by text") << "Param-3=Value3&Param=Value2&%E1%88%B4=Value1"_ba
                                          << "%E1%88%B4=Value1&Param=Value2&Param-3=Value3"_ba;
    QTest::newRow("unreserved") << "-._~09Az=-._~09Az"_ba
                                << "-._~09Az=-._~09Az"_ba;
    QTest::newRow("encoded once") << "a=%2f%20%41&b=x y/z"_ba
                                  << "a=%2F%20A&b=x%20y%2Fz"_ba;
    QTest::newRow("plus is a plus") << "a=1+1"_ba
                                    << "a=1%2B1"_ba;
    QTest::newRow("equals in a value") << "a=b=c=="_ba
                                       << "a=b%3Dc%3D%3D"_ba;
    QTest::newRow("empty parameters") << "&a=1&&"_ba
                                      << "a=1"_ba;
}

void tst_SigV4::queries()
{
    QFETCH(QByteArray, query);
    QTEST(SigV4::canonicalQuery(query), "canonical");
}

void tst_SigV4::headers_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QByteArray>("canonical");
    QTest::newRow("sorted, in lower case")
        << Headers{{"X-B"_ba, "1"_ba}, {"Host"_ba, "h"_ba}, {"x-A"_ba, "VALUE"_ba}}
        << "host:h\nx-a:VALUE\nx-b:1\n"_ba;
    QTest::newRow("trimmed and squeezed")
        << Headers{{"a"_ba, " value1"_ba}, {"b"_ba, "\t\"a   b   c\"  "_ba}}
        << "a:value1\nb:\"a b c\"\n"_ba;
    QTest::newRow("folded") << Headers{{"a"_ba, "value1\n  value2\r\n\tvalue3"_ba}}
                            << "a:value1 value2 value3\n"_ba;
    QTest::newRow("duplicates in their order") << Headers{{"My-Header1"_ba, "value4"_ba},
                                                          {"my-header1"_ba, " value1 "_ba},
                                                          {"MY-HEADER1"_ba, "value3"_ba},
                                                          {"My-Header1"_ba, "value2"_ba}}
                                               << "my-header1:value4,value1,value3,value2\n"_ba;
    QTest::newRow("empty value") << Headers{{"a"_ba, ""_ba}} << "a:\n"_ba;
}

void tst_SigV4::headers()
{
    QFETCH(Headers, headers);
    QTEST(SigV4::canonicalHeaders(headers), "canonical");
}

void tst_SigV4::hosts_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("host");
    QTest::newRow("plain") << u"https://example.com/a"_s << "example.com"_ba;
    QTest::newRow("standard port") << u"https://example.com:443/a"_s << "example.com"_ba;
    QTest::newRow("standard port of http") << u"http://example.com:80/a"_s << "example.com"_ba;
    QTest::newRow("other port") << u"https://example.com:8443"_s << "example.com:8443"_ba;
    QTest::newRow("443 of http") << u"http://example.com:443"_s << "example.com:443"_ba;
    QTest::newRow("loopback") << u"http://127.0.0.1:4000/event"_s << "127.0.0.1:4000"_ba;
    QTest::newRow("IPv6") << u"http://[::1]:4000/event"_s << "[::1]:4000"_ba;
    QTest::newRow("capitals") << u"https://EXAMPLE.com"_s << "example.com"_ba;
    QTest::newRow("IDN") << u"https://bücher.example"_s << "xn--bcher-kva.example"_ba;
}

void tst_SigV4::hosts()
{
    QFETCH(QString, url);
    QTEST(SigV4::hostOf(QUrl(url)), "host");
}

void tst_SigV4::ownHeadersAreReplaced()
{
    AwsCredentials temporary = kExample;
    temporary.sessionToken = u"token"_s;
    const SigV4::Signature once = SigV4::sign(vanilla(), temporary);
    SigV4::Request again = vanilla();
    again.headers = once.headers;
    again.headers.append({"AUTHORIZATION"_ba, "old"_ba});
    again.headers.append({"X-Amz-Date"_ba, "old"_ba});
    again.headers.append({"X-Amz-Security-Token"_ba, "old"_ba});
    const SigV4::Signature twice = SigV4::sign(again, temporary);
    QCOMPARE(twice.canonicalRequest, once.canonicalRequest);
    QCOMPARE(twice.headers, once.headers);
    QVERIFY(once.signedHeaders.endsWith("x-amz-security-token"));
}

void tst_SigV4::hostOfTheCallerGoesBeforeTheUrls()
{
    SigV4::Request request = vanilla();
    request.headers.append({"Host"_ba, "api.example.com"_ba});
    const SigV4::Signature made = SigV4::sign(request, kExample);
    QVERIFY(made.canonicalRequest.contains("\nhost:api.example.com\n"));
    QCOMPARE(made.signedHeaders, "host;x-amz-date"_ba);
    QVERIFY(!made.canonicalRequest.contains("amazonaws"));
}

void tst_SigV4::dateIsTakenInUtc()
{
    SigV4::Request east = vanilla();
    east.date = QDateTime({2015, 8, 31}, {1, 36}, Qt::OffsetFromUTC, 13 * 3600);
    const SigV4::Signature made = SigV4::sign(east, kExample);
    QVERIFY(made.stringToSign.startsWith(
        "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/service/aws4_request\n"));
    QCOMPARE(made.signature, SigV4::sign(vanilla(), kExample).signature);
}

void tst_SigV4::everyPartIsSigned_data()
{
    using Change = void (*)(SigV4::Request &, AwsCredentials &);
    QTest::addColumn<Change>("change");
    const auto row = [](const char *name, Change change) { QTest::newRow(name) << change; };
    row("method", [](SigV4::Request &request, AwsCredentials &) { request.method = "POST"; });
    row("path",
        [](SigV4::Request &request, AwsCredentials &) { request.url.setPath(u"/other"_s); });
    row("query", [](SigV4::Request &request, AwsCredentials &) { request.url.setQuery(u"a=1"_s); });
    row("host", [](SigV4::Request &request, AwsCredentials &) { request.url.setHost(u"other"_s); });
    row("header", [](SigV4::Request &request, AwsCredentials &) {
        request.headers.append({"a"_ba, "1"_ba});
    });
    row("body", [](SigV4::Request &request, AwsCredentials &) { request.body = "x"; });
    row("region", [](SigV4::Request &request, AwsCredentials &) { request.region = "eu-west-1"; });
    row("service", [](SigV4::Request &request, AwsCredentials &) { request.service = "sts"; });
    row("date",
        [](SigV4::Request &request, AwsCredentials &) { request.date = request.date.addSecs(1); });
    row("secret",
        [](SigV4::Request &, AwsCredentials &credentials) { credentials.secretAccessKey += u'x'; });
    row("token",
        [](SigV4::Request &, AwsCredentials &credentials) { credentials.sessionToken = u"t"_s; });
}

void tst_SigV4::everyPartIsSigned()
{
    using Change = void (*)(SigV4::Request &, AwsCredentials &);
    QFETCH(Change, change);
    // What the public suite gives for its simplest case.
    const QByteArray known = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31";
    SigV4::Request request = vanilla();
    AwsCredentials credentials = kExample;
    QCOMPARE(SigV4::sign(request, credentials).signature, known);
    change(request, credentials);
    QVERIFY(SigV4::sign(request, credentials).signature != known);
}

void tst_SigV4::bodyIsSignedByteForByte()
{
    SigV4::Request request = vanilla();
    request.body = QByteArray("a\0b", 3);
    // From sha256sum.
    QCOMPARE(SigV4::sign(request, kExample).payloadHash,
             "59b271ae1bbcb1d31d41929817f4b16fb439eb4f31520b5ad1d5ce98920a7138"_ba);
}

GUILESS_TEST(tst_SigV4)
#include "tst_sigv4.moc"
