// SPDX-License-Identifier: Apache-2.0
#include "../access/signer.h"
#include "tests/shared/testrunner.h"

#include "lib/emulator/signin/totp_p.h"

#include "tests/shared/rawclient.h"

#include <AppSync/Emulator>

#include <QFile>
#include <QTest>
#include <QUrl>
#include <QXmlStreamReader>

using namespace AppSync;
using namespace RawClient;
using namespace Qt::StringLiterals;

//! The Security Token Service over HTTP: signatures checked, credentials that work.
class tst_Sts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void vectors_data();
    void vectors();
    void tellsWhoSigned();
    void assumesRoles();
    void chainsRoles();
    void wrongSignatures_data();
    void wrongSignatures();
    void refusals_data();
    void refusals();
    void secondFactor();
    void webIdentity();
    void wrongWebIdentity_data();
    void wrongWebIdentity();
    void otherRequests();

private:
    using Parameters = QList<QPair<QString, QString>>;
    using Texts = QHash<QString, QString>; //!< of an answer's elements, by name

    struct Answer {
        int status = 0;
        Texts texts;
    };

    [[nodiscard]] Signer signer(const QString &key, const QString &secret,
                                const QString &token = {}) const
    {
        Signer signer{key, secret, token};
        signer.service = "sts";
        signer.now = m_now;
        return signer;
    }
    [[nodiscard]] Answer call(const Signer *signer, const QString &action,
                              const Parameters &parameters = {}) const;
    [[nodiscard]] int publish(const Texts &credentials) const;

    QDateTime m_now;
    std::unique_ptr<Emulator> m_emulator;
};

namespace {

const QString kRole = u"arn:aws:iam::123456789012:role/Demo"_s;
const QString kAppSecret = u"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"_s;

QHash<QString, QString> textsOf(const QByteArray &xml)
{
    QHash<QString, QString> texts;
    QXmlStreamReader reader(xml);
    QString name;
    while (!reader.atEnd()) {
        reader.readNext();
        if (reader.isStartElement())
            name = reader.name().toString();
        else if (reader.isCharacters())
            texts.insert(name, texts.value(name) + reader.text().toString());
    }
    return reader.hasError() ? QHash<QString, QString>() : texts;
}

} // namespace

void tst_Sts::init()
{
    m_now = QDateTime::fromString(u"2025-01-15T12:34:56Z"_s, Qt::ISODate);
    m_emulator = std::make_unique<Emulator>();
    Emulator::Options options;
    options.now = [this] { return m_now; };
    const QList<Emulator::Grant> events{{{u"appsync:Event*"_s}}};
    const QList<Emulator::Grant> assume{
        {{u"sts:AssumeRole"_s}, {u"*:role/Demo"_s, u"*:role/Safe"_s}}};
    options.identities = {
        {u"somebody"_s,
         u"AKIDEXAMPLE"_s,
         u"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"_s,
         {},
         assume},
        {u"careful"_s, u"AKIDCAREFUL"_s, u"secret"_s, {}, assume, {}, u"arn:mfa/app"_s, kAppSecret},
        {u"nobody"_s, u"AKIDNOBODY"_s, u"secret"_s}};
    QList<Emulator::Grant> demo = events;
    demo.append(Emulator::Grant{{u"sts:AssumeRole"_s}});
    options.roles = {{u"guest"_s}, {u"signed-in"_s}, {u"Demo"_s, demo}, {u"Safe"_s, events}};
    options.roles.last().needsMfa = true;
    options.roles.append(Emulator::Role{u"Partner"_s, events, {}, u"sesame"_s});
    QVERIFY2(m_emulator->listen(options), qPrintable(m_emulator->problem()));
}

tst_Sts::Answer tst_Sts::call(const Signer *signer, const QString &action,
                              const Parameters &parameters) const
{
    QByteArray body = "Action=" + action.toLatin1() + "&Version=2011-06-15";
    for (const auto &[name, value] : parameters)
        body += '&' + name.toLatin1() + '=' + QUrl::toPercentEncoding(value);
    QByteArray lines;
    const Emulation::HeaderList plain{
        {"host", "localhost"},
        {"content-type", "application/x-www-form-urlencoded; charset=utf-8"}};
    for (const auto &[name, value] : signer ? signer->sign("/", body, plain) : plain)
        lines += name + ": " + value + "\r\n";
    Connection connection(m_emulator->port());
    const HttpAnswer answer = connection.ask("POST / HTTP/1.1\r\n" + lines + "Content-Length: "
                                             + QByteArray::number(body.size()) + "\r\n\r\n" + body);
    return {answer.status, textsOf(answer.body)};
}

int tst_Sts::publish(const Texts &credentials) const
{
    Signer signer{credentials[u"AccessKeyId"_s], credentials[u"SecretAccessKey"_s],
                  credentials[u"SessionToken"_s]};
    signer.now = m_now;
    const QByteArray body = R"({"channel":"private/a","events":["1"]})";
    Connection connection(m_emulator->port());
    return connection.ask(post("/event", signer.headerLines(body), body)).status;
}

void tst_Sts::vectors_data()
{
    QTest::addColumn<QString>("id");
    QTest::newRow("lasting") << u"h1-sts-assume-role"_s;
}

//! The request of the vectors, byte for byte.
void tst_Sts::vectors()
{
    QFETCH(QString, id);
    QFile file(QStringLiteral(SYNCSCOPE_FIXTURES "/auth/sigv4-vectors.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray vectors =
        QJsonDocument::fromJson(file.readAll()).object()["vectors"_L1].toArray();
    for (const QJsonValue vector : vectors) {
        if (vector["id"_L1].toString() != id)
            continue;
        QByteArray request = "POST / HTTP/1.1\r\n";
        const QJsonObject headers = vector["output"_L1]["signed_headers_object"_L1].toObject();
        for (auto it = headers.begin(); it != headers.end(); ++it)
            request += it.key().toLatin1() + ": " + it.value().toString().toLatin1() + "\r\n";
        const QByteArray body = vector["input"_L1]["body"_L1].toString().toLatin1();
        Connection connection(m_emulator->port());
        const HttpAnswer answer = connection.ask(
            request + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QVERIFY2(answer.status == 200, answer.body.constData());
        QCOMPARE(publish(textsOf(answer.body)), 200);
        return;
    }
    QFAIL("no such vector");
}

void tst_Sts::tellsWhoSigned()
{
    const Signer somebody = signer(u"AKIDEXAMPLE"_s, u"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"_s);
    const Answer answer = call(&somebody, u"GetCallerIdentity"_s);
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.texts[u"Arn"_s], u"arn:aws:iam::123456789012:user/somebody"_s);
    QCOMPARE(answer.texts[u"Account"_s], u"123456789012"_s);
    QVERIFY(answer.texts[u"UserId"_s].startsWith(u"AIDA"_s));
    QVERIFY(!answer.texts[u"RequestId"_s].isEmpty());
}

void tst_Sts::assumesRoles()
{
    const Signer somebody = signer(u"AKIDEXAMPLE"_s, u"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"_s);
    const Answer answer = call(&somebody, u"AssumeRole"_s,
                               {{u"RoleArn"_s, kRole},
                                {u"RoleSessionName"_s, u"test"_s},
                                {u"DurationSeconds"_s, u"900"_s}});
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.texts[u"Expiration"_s], u"2025-01-15T12:49:56Z"_s);
    QCOMPARE(answer.texts[u"Arn"_s], u"arn:aws:sts::123456789012:assumed-role/Demo/test"_s);
    QVERIFY(answer.texts[u"AssumedRoleId"_s].endsWith(u":test"_s));
    QCOMPARE(publish(answer.texts), 200);
    m_now = m_now.addSecs(900);
    QCOMPARE(publish(answer.texts), 403);
}

void tst_Sts::chainsRoles()
{
    const Signer owner = signer(m_emulator->accessKeyId(), m_emulator->secretAccessKey());
    const Parameters parameters{{u"RoleArn"_s, kRole}, {u"RoleSessionName"_s, u"one"_s}};
    const Answer first = call(&owner, u"AssumeRole"_s, parameters);
    const Signer assumed = signer(first.texts[u"AccessKeyId"_s], first.texts[u"SecretAccessKey"_s],
                                  first.texts[u"SessionToken"_s]);
    QCOMPARE(call(&assumed, u"GetCallerIdentity"_s).texts[u"Arn"_s],
             u"arn:aws:sts::123456789012:assumed-role/Demo/one"_s);
    const Answer second = call(&assumed, u"AssumeRole"_s,
                               {{u"RoleArn"_s, Emulator::roleArn(u"Partner"_s)},
                                {u"RoleSessionName"_s, u"two"_s},
                                {u"ExternalId"_s, u"sesame"_s}});
    QCOMPARE(second.status, 200);
    QCOMPARE(publish(second.texts), 200);
}

void tst_Sts::wrongSignatures_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<QString>("token");
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<int>("clock"); // s
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    const auto row = [](const char *name, const QString &key, const QString &secret,
                        const QString &token, const QByteArray &service, int clock, int status,
                        const QString &code) {
        QTest::newRow(name) << key << secret << token << service << clock << status << code;
    };
    const QString key = u"AKIDNOBODY"_s;
    row("wrong secret", key, u"x"_s, {}, "sts", 0, 403, u"SignatureDoesNotMatch"_s);
    row("unknown key", u"AKIDOTHER"_s, u"secret"_s, {}, "sts", 0, 403, u"InvalidClientTokenId"_s);
    row("unexpected token", key, u"secret"_s, u"t"_s, "sts", 0, 403, u"InvalidClientTokenId"_s);
    row("other service", key, u"secret"_s, {}, "appsync", 0, 403, u"SignatureDoesNotMatch"_s);
    row("slow clock", key, u"secret"_s, {}, "sts", -301, 403, u"SignatureDoesNotMatch"_s);
}

void tst_Sts::wrongSignatures()
{
    QFETCH(QString, key);
    QFETCH(QString, secret);
    QFETCH(QString, token);
    QFETCH(int, clock);
    Signer wrong = signer(key, secret, token);
    QFETCH(QByteArray, service);
    wrong.service = service;
    wrong.now = m_now.addSecs(clock);
    const Answer answer = call(&wrong, u"GetCallerIdentity"_s);
    QTEST(answer.status, "status");
    QTEST(answer.texts[u"Code"_s], "code");
    QVERIFY(!answer.texts[u"Message"_s].isEmpty());
    const Answer unsigned_ = call(nullptr, u"GetCallerIdentity"_s);
    QCOMPARE(unsigned_.status, 403);
    QCOMPARE(unsigned_.texts[u"Code"_s], u"MissingAuthenticationToken"_s);
}

void tst_Sts::refusals_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<Parameters>("parameters");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("word");
    const std::pair name{u"RoleSessionName"_s, u"test"_s};
    const auto role = [](const QString &name) {
        return std::pair{u"RoleArn"_s, Emulator::roleArn(name)};
    };
    QTest::newRow("not allowed") << u"AKIDNOBODY"_s << Parameters{role(u"Demo"_s), name}
                                 << u"AccessDenied"_s
                                 << u"User: arn:aws:iam::123456789012:user/nobody is not "
                                    u"authorized to perform: sts:AssumeRole "
                                    "on resource: arn:aws:iam::123456789012:role/Demo"_s;
    QTest::newRow("no such role") << u"$owner"_s << Parameters{role(u"Absent"_s), name}
                                  << u"AccessDenied"_s << u"role/Absent"_s;
    QTest::newRow("no external id") << u"$owner"_s << Parameters{role(u"Partner"_s), name}
                                    << u"AccessDenied"_s << u"role/Partner"_s;
    QTest::newRow("no second factor")
        << u"$owner"_s << Parameters{role(u"Safe"_s), name} << u"AccessDenied"_s << u"role/Safe"_s;
    QTest::newRow("no session name") << u"$owner"_s << Parameters{role(u"Demo"_s)}
                                     << u"ValidationError"_s << u"roleSessionName"_s;
    QTest::newRow("too short") << u"$owner"_s
                               << Parameters{role(u"Demo"_s),
                                             name,
                                             {u"DurationSeconds"_s, u"899"_s}}
                               << u"ValidationError"_s << u"durationSeconds"_s;
    QTest::newRow("no number") << u"$owner"_s
                               << Parameters{role(u"Demo"_s), name, {u"DurationSeconds"_s, u"x"_s}}
                               << u"ValidationError"_s << u"durationSeconds"_s;
    QTest::newRow("too long") << u"$owner"_s
                              << Parameters{role(u"Demo"_s),
                                            name,
                                            {u"DurationSeconds"_s, u"3601"_s}}
                              << u"ValidationError"_s << u"MaxSessionDuration"_s;
}

void tst_Sts::refusals()
{
    QFETCH(QString, key);
    QFETCH(Parameters, parameters);
    QFETCH(QString, word);
    const Signer caller = key == u"$owner"_s
        ? signer(m_emulator->accessKeyId(), m_emulator->secretAccessKey())
        : signer(key, u"secret"_s);
    const Answer answer = call(&caller, u"AssumeRole"_s, parameters);
    QTEST(answer.texts[u"Code"_s], "code");
    QVERIFY2(answer.texts[u"Message"_s].contains(word), qPrintable(answer.texts[u"Message"_s]));
    QCOMPARE(answer.status, answer.texts[u"Code"_s] == u"AccessDenied"_s ? 403 : 400);
}

void tst_Sts::secondFactor()
{
    const Signer careful = signer(u"AKIDCAREFUL"_s, u"secret"_s);
    const auto assume = [&](const QString &serial, const QString &code) {
        return call(&careful, u"AssumeRole"_s,
                    {{u"RoleArn"_s, Emulator::roleArn(u"Safe"_s)},
                     {u"RoleSessionName"_s, u"test"_s},
                     {u"SerialNumber"_s, serial},
                     {u"TokenCode"_s, code}});
    };
    const QString code =
        Emulation::Totp::code(kAppSecret, Emulation::Totp::stepAt(m_now.toSecsSinceEpoch()));
    for (const Answer &wrong :
         {assume(u"arn:mfa/app"_s, u"x"_s), assume(u"arn:mfa/other"_s, code)}) {
        QCOMPARE(wrong.texts[u"Code"_s], u"AccessDenied"_s);
        QVERIFY(wrong.texts[u"Message"_s].startsWith(u"MultiFactorAuthentication failed"_s));
    }
    const Answer right = assume(u"arn:mfa/app"_s, code);
    QCOMPARE(right.status, 200);
    QCOMPARE(publish(right.texts), 200);
}

void tst_Sts::webIdentity()
{
    const Answer answer =
        call(nullptr, u"AssumeRoleWithWebIdentity"_s,
             {{u"RoleArn"_s, kRole},
              {u"RoleSessionName"_s, u"web"_s},
              {u"WebIdentityToken"_s, m_emulator->tokenFor(u"alice"_s, std::chrono::hours(1))}});
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.texts[u"SubjectFromWebIdentityToken"_s], u"alice"_s);
    QVERIFY(answer.texts[u"Provider"_s].startsWith(u"urn:syncscope:"_s));
    QCOMPARE(publish(answer.texts), 200);
}

void tst_Sts::wrongWebIdentity_data()
{
    QTest::addColumn<QString>("token");
    QTest::addColumn<QString>("role");
    QTest::addColumn<QString>("code");
    QTest::newRow("not a token") << u"x"_s << kRole << u"InvalidIdentityToken"_s;
    QTest::newRow("stranger's") << Emulator().token() << kRole << u"InvalidIdentityToken"_s;
    QTest::newRow("expired") << u"$late"_s << kRole << u"ExpiredTokenException"_s;
    QTest::newRow("touched") << u"$touched"_s << kRole << u"InvalidIdentityToken"_s;
    QTest::newRow("no such role") << u"$good"_s << Emulator::roleArn(u"Absent"_s)
                                  << u"AccessDenied"_s;
}

void tst_Sts::wrongWebIdentity()
{
    QFETCH(QString, token);
    QFETCH(QString, role);
    const QString good = m_emulator->token();
    token.replace(u"$late"_s, m_emulator->tokenFor(u"a"_s, std::chrono::seconds(-1)));
    token.replace(u"$touched"_s, good.chopped(4) + u"AAAA"_s);
    token.replace(u"$good"_s, good);
    const Answer answer = call(
        nullptr, u"AssumeRoleWithWebIdentity"_s,
        {{u"RoleArn"_s, role}, {u"RoleSessionName"_s, u"web"_s}, {u"WebIdentityToken"_s, token}});
    QTEST(answer.texts[u"Code"_s], "code");
    QVERIFY(!answer.texts[u"Message"_s].isEmpty());
}

void tst_Sts::otherRequests()
{
    const Answer unknown = call(nullptr, u"DecodeAuthorizationMessage"_s);
    QCOMPARE(unknown.status, 400);
    QCOMPARE(unknown.texts[u"Code"_s], u"InvalidAction"_s);
    Connection connection(m_emulator->port());
    const HttpAnswer neither = connection.ask(post("/", {}, "{}"));
    QCOMPARE(neither.status, 400);
    QVERIFY(neither.errorMessage().toString().contains(u"X-Amz-Target"_s));
}

GUILESS_TEST(tst_Sts)
#include "tst_sts.moc"
