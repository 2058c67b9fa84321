// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/IamAuthorizer>
#include <AppSync/TokenAuthorizer>

#include <QCoreApplication>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace AppSync;

//! A source that asks a person, as those of user pools do.
class AskingSource : public AppSync::TokenSource {
    Q_OBJECT

public:
    TokenReply *token(const SignableRequest &) override
    {
        auto *reply = new TokenReply(this);
        if (!hasAudience()) {
            reply->fail(nobodyToAsk(u"a code"_s));
            return reply;
        }
        auto *question =
            new Interaction(Interaction::Kind::Form, u"Sign in"_s, u"The code?"_s, this);
        InteractionField code;
        code.name = u"code"_s;
        code.isSecret = true;
        question->setFields({code});
        connect(question, &Interaction::answered, reply, [reply](const QVariantMap &values) {
            reply->succeed(u"token of "_s + values[u"code"_s].toString());
        });
        show(question);
        return reply;
    }
    [[nodiscard]] QString displayName() const override { return u"asking"_s; }
};

//! Sources and authorizers that are JavaScript functions.
class tst_Functions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tokens_data();
    void tokens();
    void tokenCanBeGivenLater();
    void tokenOfAPromise();
    void tokenTellsItsEnd();
    void answersAfterTheEndDoNothing();
    void onlyTheFirstAnswerCounts();
    void functionSeesTheRequest();
    void functionIsCalledForEveryRequest();
    void functionCanBeReplaced();
    void refusalsAreTold();
    void failureMayBeRetryable();
    void apiKeyFromAFunction();
    void credentials_data();
    void credentials();
    void credentialsSign();
    void headers_data();
    void headers();
    void headersKeepTheirOrder();
    void noFunctionFailsInWords();
    void outsideOfQmlFailsInWords();
    void signatureIsReadable();
    void interactionIsAnsweredInQml();

private:
    QObject *create(const QByteArray &body);
    template <class Type> Type *child(const char *name)
    {
        return qobject_cast<Type *>(qvariant_cast<QObject *>(m_root->property(name)));
    }

    std::unique_ptr<QQmlEngine> m_engine;
    std::unique_ptr<QObject> m_root;
};

namespace {

SignableRequest request()
{
    SignableRequest request;
    request.operation = SignableRequest::Operation::Publish;
    request.url = QUrl(u"https://api.example.com/event"_s);
    request.host = u"api.example.com"_s;
    request.region = u"eu-west-1"_s;
    request.channel = u"/default/x"_s;
    request.body = R"({"channel":"/default/x","events":["\"é\""]})";
    return request;
}

struct Answer {
    explicit Answer(AuthReply *reply)
    {
        QSignalSpy finished(reply, &Reply::finished);
        QObject::connect(reply, &Reply::finished, reply, [this, reply] {
            headers = reply->headers();
            error = reply->error();
        });
        arrived = finished.wait();
    }
    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const auto &[other, value] : headers) {
            if (name.compare(other, Qt::CaseInsensitive) == 0)
                return value;
        }
        return {};
    }
    bool arrived = false;
    Headers headers;
    Error error;
};

} // namespace

void tst_Functions::init()
{
    m_engine = std::make_unique<QQmlEngine>();
    m_engine->addImportPath(u"qrc:/qt/qml"_s);
}

void tst_Functions::cleanup()
{
    m_root.reset();
    m_engine.reset();
}

//! A root object with \a body, a `kept` answer and a list `log`.
QObject *tst_Functions::create(const QByteArray &body)
{
    const QByteArray source = R"(
import QtQml
import AppSync
QtObject {
    id: root
    property var kept
    property int calls: 0
    property var log: []
    function give(value) { kept.succeed(value) }
)" + body
        + "\n}";
    QQmlComponent component(m_engine.get());
    component.setData(source, QUrl(u"inline.qml"_s));
    m_root.reset(component.create());
    if (!m_root)
        qWarning().noquote() << component.errorString();
    return m_root.get();
}

void tst_Functions::tokens_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QByteArray>("sent"); // null: an error
    QTest::addColumn<QString>("words");
    const auto good = [](const char *name, const QByteArray &function) {
        QTest::newRow(name) << function << "x.y.z"_ba << QString();
    };
    const auto bad = [](const char *name, const QByteArray &function, const QString &words) {
        QTest::newRow(name) << function << QByteArray() << words;
    };
    good("text", "() => 'x.y.z'");
    good("text with space", "() => ' x.y.z\\n'");
    good("old function", "function () { return 'x.y.z' }");
    good("object", "() => ({ token: 'x.y.z', expiresAt: new Date(), other: 1 })");
    good("answer at once", "(request, answer) => answer.succeed('x.y.z')");
    good("answer in a block", "(request, answer) => { answer.succeed('x.y.z') }");
    good("promise", "() => Promise.resolve('x.y.z')");
    good("promise of an object", "() => Promise.resolve({ token: 'x.y.z' })");
    good("something with then",
         "() => ({ then(given) { given('x.y.z'); return { catch() {} } } })");
    bad("empty", "() => ''", u"empty"_s);
    bad("number", "() => 42", u"no text"_s);
    bad("null", "() => null", u"no text"_s);
    bad("object without a token", "() => ({ Token: 'x' })", u"no text"_s);
    bad("thrown error", "() => { throw new Error('No session.') }", u"No session."_s);
    bad("thrown text", "() => { throw 'x.y.z' }", u"x.y.z"_s);
    bad("unknown name", "() => nowhere.token", u"nowhere"_s);
    bad("failed", "(request, answer) => answer.fail('No session.')", u"No session."_s);
    bad("failed without a reason", "(request, answer) => answer.fail('')", u"no reason"_s);
    bad("rejected", "() => Promise.reject(new Error('No session.'))", u"No session."_s);
    bad("rejected with a text", "() => Promise.reject('No session.')", u"No session."_s);
    bad("promise of a number", "() => Promise.resolve(42)", u"no text"_s);
}

void tst_Functions::tokens()
{
    QFETCH(QByteArray, function);
    QFETCH(QByteArray, sent);
    QFETCH(QString, words);
    QVERIFY(create("property Authorizer token: TokenAuthorizer { source: TokenFunction { call: "
                   + function + "\n} }"));
    const Answer answer(child<Authorizer>("token")->authorize(request()));
    QVERIFY(answer.arrived);
    QCOMPARE(answer.header("Authorization"), sent);
    QCOMPARE(answer.error.isError(), sent.isNull());
    if (sent.isNull()) {
        QCOMPARE(answer.error.kind, Error::Kind::InvalidInput);
        QVERIFY2(answer.error.message.contains(words), qPrintable(answer.error.message));
    }
}

void tst_Functions::tokenCanBeGivenLater()
{
    QVERIFY(create("property Authorizer token: TokenAuthorizer { source: TokenFunction {\n"
                   "call: (request, answer) => { root.kept = answer } } }"));
    AuthReply *reply = child<Authorizer>("token")->authorize(request());
    QSignalSpy finished(reply, &Reply::finished);
    m_engine->collectGarbage();
    QCoreApplication::processEvents();
    QCOMPARE(finished.count(), 0);
    QMetaObject::invokeMethod(m_root.get(), "give", Q_ARG(QVariant, u"late"_s));
    QCOMPARE(Answer(reply).header("Authorization"), "late"_ba);
}

void tst_Functions::tokenOfAPromise()
{
    QVERIFY(create("property Authorizer token: TokenAuthorizer { source: TokenFunction {\n"
                   "call: () => new Promise(resolve => { root.kept = { succeed: resolve } }) } }"));
    AuthReply *reply = child<Authorizer>("token")->authorize(request());
    QSignalSpy finished(reply, &Reply::finished);
    m_engine->collectGarbage();
    QCoreApplication::processEvents();
    QCOMPARE(finished.count(), 0);
    QMetaObject::invokeMethod(m_root.get(), "give", Q_ARG(QVariant, u"late"_s));
    QCOMPARE(Answer(reply).header("Authorization"), "late"_ba);
}

void tst_Functions::tokenTellsItsEnd()
{
    QVERIFY(create("property TokenSource source: TokenFunction { call: () => ({ token: 't', "
                   "idToken: 'i', expiresAt: new Date('2030-01-02T03:04:05Z') }) }"));
    TokenReply *reply = child<TokenSource>("source")->token(request());
    QCOMPARE(reply->token(), u"t"_s);
    QCOMPARE(reply->idToken(), u"i"_s);
    QCOMPARE(reply->expiresAt(), QDateTime({2030, 1, 2}, {3, 4, 5}, Qt::UTC));
    QVERIFY(create("property TokenSource source: TokenFunction { call: () => 't' }"));
    reply = child<TokenSource>("source")->token(request());
    QVERIFY(!reply->expiresAt().isValid());
    QCOMPARE(reply->idToken(), u"t"_s);
}

void tst_Functions::answersAfterTheEndDoNothing()
{
    QVERIFY(create("property Authorizer token: TokenAuthorizer { source: TokenFunction {\n"
                   "call: (request, answer) => { root.kept = answer } } }\n"
                   "function drop() { token.source.destroy() }"));
    auto *token = child<TokenAuthorizer>("token");
    AuthReply *reply = token->authorize(request());
    QMetaObject::invokeMethod(m_root.get(), "drop");
    QCOMPARE(Answer(reply).error.kind, Error::Kind::Cancelled);
    QVERIFY(!token->source());
    // The answer belongs to JavaScript, and outlives its source.
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    QVERIFY(QMetaObject::invokeMethod(m_root.get(), "give", Q_ARG(QVariant, u"late"_s)));
}

void tst_Functions::onlyTheFirstAnswerCounts()
{
    QVERIFY(create("property Authorizer token: TokenAuthorizer { source: TokenFunction {\n"
                   "call: (request, answer) => { answer.succeed('first'); answer.succeed('second');"
                   "answer.fail('third'); return 'fourth' } } }"));
    QCOMPARE(Answer(child<Authorizer>("token")->authorize(request())).header("Authorization"),
             "first"_ba);
}

void tst_Functions::functionSeesTheRequest()
{
    QVERIFY(create(R"(
    property Authorizer token: TokenAuthorizer {
        source: TokenFunction {
            call: request => [request.operation === SignableRequest.Publish, request.url,
                              request.host, request.region, request.channel, request.overHttp,
                              JSON.parse(request.body).events[0]].join("|")
        }
    })"));
    const Answer answer(child<Authorizer>("token")->authorize(request()));
    QCOMPARE(answer.error.message, QString());
    QCOMPARE(
        answer.header("Authorization"),
        "true|https://api.example.com/event|api.example.com|eu-west-1|/default/x|false|\"é\""_ba);
}

void tst_Functions::functionIsCalledForEveryRequest()
{
    QVERIFY(create("property Authorizer token: TokenAuthorizer { source: TokenFunction {\n"
                   "call: () => 'token' + ++root.calls } }"));
    auto *token = child<Authorizer>("token");
    QCOMPARE(Answer(token->authorize(request())).header("Authorization"), "token1"_ba);
    QCOMPARE(Answer(token->authorize(request())).header("Authorization"), "token2"_ba);
}

void tst_Functions::functionCanBeReplaced()
{
    QVERIFY(create("property TokenFunction source: TokenFunction { call: () => 'a' }\n"
                   "property Authorizer token: TokenAuthorizer { source: root.source }\n"
                   "function replace() { source.call = () => 'b' }"));
    QSignalSpy changed(child<QObject>("source"), SIGNAL(callChanged()));
    QMetaObject::invokeMethod(m_root.get(), "replace");
    QCOMPARE(changed.count(), 1);
    QCOMPARE(Answer(child<Authorizer>("token")->authorize(request())).header("Authorization"),
             "b"_ba);
}

void tst_Functions::refusalsAreTold()
{
    QVERIFY(create("property Authorizer token: TokenAuthorizer { source: TokenFunction {\n"
                   "call: () => 't'; onRefused: ++root.calls } }\n"
                   "property Authorizer iam: IamAuthorizer { source: CredentialsFunction {\n"
                   "call: () => null; onRefused: ++root.calls } }\n"
                   "property Authorizer own: SigningFunction {\n"
                   "call: () => null; onRefused: ++root.calls }"));
    for (const char *name : {"token", "iam", "own"})
        QVERIFY(child<Authorizer>(name)->invalidate());
    QCOMPARE(m_root->property("calls").toInt(), 3);
}

void tst_Functions::failureMayBeRetryable()
{
    QVERIFY(create("property Authorizer token: TokenAuthorizer { source: TokenFunction {\n"
                   "call: (request, answer) => answer.fail('busy', true) } }"));
    const Answer answer(child<Authorizer>("token")->authorize(request()));
    QVERIFY(answer.error.isRetryable());
    QCOMPARE(answer.error.message, u"busy"_s);
}

void tst_Functions::apiKeyFromAFunction()
{
    QVERIFY(create("property Authorizer key: ApiKeyAuthorizer { source: TokenFunction {\n"
                   "call: () => 'da2-' + ++root.calls }\n"
                   "expiresAt: new Date('2020-01-01T00:00:00Z') }"));
    auto *key = child<ApiKeyAuthorizer>("key");
    QCOMPARE(Answer(key->authorize(request())).header("x-api-key"), "da2-1"_ba);
    QCOMPARE(Answer(key->authorize(request())).header("x-api-key"), "da2-2"_ba);
    QVERIFY(key->isExpired());
}

void tst_Functions::credentials_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QString>("words"); // null: no error
    QTest::newRow("object") << "() => ({ accessKeyId: 'ASIAX', secretAccessKey: ' secret\\n', "
                               "sessionToken: 'token', expiresAt: new Date('2030-01-01') })"_ba
                            << QString();
    QTest::newRow("promise")
        << "() => Promise.resolve({ accessKeyId: 'ASIAX', secretAccessKey: "
           "'secret', sessionToken: 'token', expiresAt: new Date('2030-01-01') })"_ba
        << QString();
    QTest::newRow("later")
        << "answer => answer.succeed({ accessKeyId: 'ASIAX', secretAccessKey: "
           "'secret', sessionToken: 'token', expiresAt: new Date('2030-01-01') })"_ba
        << QString();
    QTest::newRow("no secret") << "() => ({ accessKeyId: 'ASIAX' })"_ba << u"secret"_s;
    QTest::newRow("numbers") << "() => ({ accessKeyId: 1, secretAccessKey: 2 })"_ba << u"lack"_s;
    QTest::newRow("text") << "() => 'ASIAX'"_ba << u"no object"_s;
    QTest::newRow("failed") << "answer => answer.fail('locked')"_ba << u"locked"_s;
}

void tst_Functions::credentials()
{
    QFETCH(QByteArray, function);
    QFETCH(QString, words);
    QVERIFY(create("property CredentialsSource source: CredentialsFunction { call: " + function
                   + "\n}"));
    CredentialsReply *reply = child<CredentialsSource>("source")->credentials();
    AwsCredentials given;
    Error error;
    connect(reply, &Reply::finished, this, [&] {
        given = reply->credentials();
        error = reply->error();
    });
    QSignalSpy finished(reply, &Reply::finished);
    QVERIFY(finished.wait());
    if (words.isNull()) {
        QCOMPARE(given.accessKeyId, u"ASIAX"_s);
        QCOMPARE(given.secretAccessKey, u"secret"_s);
        QCOMPARE(given.sessionToken, u"token"_s);
        QCOMPARE(given.expiresAt, QDateTime({2030, 1, 1}, {0, 0}, Qt::UTC));
        QVERIFY(!error.isError());
    } else {
        QCOMPARE(error.kind, Error::Kind::InvalidInput);
        QVERIFY2(error.message.contains(words), qPrintable(error.message));
    }
}

void tst_Functions::credentialsSign()
{
    QVERIFY(create("property Authorizer iam: IamAuthorizer { region: 'us-east-1'\n"
                   "clockOffset: 2.5\n"
                   "source: StaticCredentials { accessKeyId: 'AKIAX'; secretAccessKey: 's' } }"));
    auto *iam = child<IamAuthorizer>("iam");
    QCOMPARE(iam->clockOffset(), std::chrono::milliseconds(2500));
    QVERIFY(Answer(iam->authorize(request()))
                .header("Authorization")
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIAX/"));
}

void tst_Functions::headers_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QString>("words"); // null: no error
    QTest::newRow("object") << "() => ({ Authorization: 'signed' })"_ba << QString();
    QTest::newRow("promise") << "() => Promise.resolve({ Authorization: 'signed' })"_ba
                             << QString();
    QTest::newRow("later") << "(request, answer) => answer.succeed({ Authorization: 'signed' })"_ba
                           << QString();
    QTest::newRow("text") << "() => 'signed'"_ba << u"no object"_s;
    QTest::newRow("nothing in it") << "() => ({})"_ba << u"no object"_s;
    QTest::newRow("list") << "() => ['signed']"_ba << u"no object"_s;
    QTest::newRow("nested") << "() => ({ Authorization: { a: 1 } })"_ba << u"Authorization"_s;
    QTest::newRow("undefined in it")
        << "() => ({ Authorization: undefined })"_ba << u"Authorization"_s;
    QTest::newRow("thrown") << "() => { throw new Error('no key') }"_ba << u"no key"_s;
}

void tst_Functions::headers()
{
    QFETCH(QByteArray, function);
    QFETCH(QString, words);
    QVERIFY(create("property Authorizer own: SigningFunction { call: " + function + "\n}"));
    const Answer answer(child<Authorizer>("own")->authorize(request()));
    QVERIFY(answer.arrived);
    if (words.isNull()) {
        QCOMPARE(answer.headers, (Headers{{"Authorization"_ba, "signed"_ba}}));
    } else {
        QCOMPARE(answer.error.kind, Error::Kind::InvalidInput);
        QVERIFY2(answer.error.message.contains(words), qPrintable(answer.error.message));
        QVERIFY(answer.headers.isEmpty());
    }
}

void tst_Functions::headersKeepTheirOrder()
{
    QVERIFY(create("property Authorizer own: SigningFunction { call: request => ({\n"
                   "'x-team': 7, host: request.host, Authorization: 'é', 'a': '' }) }"));
    QCOMPARE(Answer(child<Authorizer>("own")->authorize(request())).headers,
             (Headers{{"x-team"_ba, "7"_ba},
                      {"host"_ba, "api.example.com"_ba},
                      {"Authorization"_ba, "é"_ba},
                      {"a"_ba, ""_ba}}));
}

void tst_Functions::noFunctionFailsInWords()
{
    QVERIFY(create("property Authorizer token: TokenAuthorizer { source: TokenFunction {} }\n"
                   "property Authorizer iam: IamAuthorizer { source: CredentialsFunction {} }\n"
                   "property Authorizer own: SigningFunction { call: 'no function' }"));
    for (const char *name : {"token", "iam", "own"}) {
        const Answer answer(child<Authorizer>(name)->authorize(request()));
        QCOMPARE(answer.error.kind, Error::Kind::InvalidInput);
        QVERIFY2(answer.error.message.contains(u"call"), qPrintable(answer.error.message));
        QVERIFY(!answer.error.nextStep.isEmpty());
    }
}

void tst_Functions::outsideOfQmlFailsInWords()
{
    // An element that lost its engine cannot call anything any more, and says so.
    QVERIFY(create("property Authorizer token: TokenAuthorizer { source: TokenFunction {\n"
                   "call: () => 't' } }"));
    auto *token = child<TokenAuthorizer>("token");
    m_engine.reset();
    const Answer answer(token->authorize(request()));
    QVERIFY(answer.arrived);
    QCOMPARE(answer.error.kind, Error::Kind::InvalidInput);
}

void tst_Functions::signatureIsReadable()
{
    QVERIFY(create(R"(
    property IamAuthorizer iam: IamAuthorizer {
        source: StaticCredentials { accessKeyId: "AKIAX"; secretAccessKey: "s" }
    }
    function look() {
        const signature = iam.lastSignature()
        const help = iam.explain("Signature expired: x is now earlier than y")
        log.push([signature.isValid, signature.channel, signature.region.name,
                  signature.region.description, signature.signedHeaders.length,
                  iam.recentSignatures().length, iam.signingRegion("a-1").name,
                  help.causes.length, help.causes[0].kind, help.canonicalRequest.length,
                  help.clockOffset].join("|"))
    })"));
    QVERIFY(Answer(child<Authorizer>("iam")->authorize(request())).arrived);
    QMetaObject::invokeMethod(m_root.get(), "look");
    QCOMPARE(m_root->property("log").toList().value(0).toString(),
             u"true|/default/x|eu-west-1|eu-west-1, from the endpoint|5|1|a-1|1|0|0|"_s);
}

void tst_Functions::interactionIsAnsweredInQml()
{
    QVERIFY(create(R"(
    property TokenSource source
    readonly property Connections link: Connections {
        target: root.source
        function onInteractionRequired(interaction) {
            root.log.push([interaction.kind === Interaction.Form, interaction.title,
                           interaction.fields.length, interaction.fields[0].name,
                           interaction.fields[0].isSecret, interaction.answer({}),
                           interaction.answer({ code: "123" }), interaction.isClosed].join("|"))
        }
    })"));
    AskingSource source;
    TokenAuthorizer token(&source);
    QCOMPARE(Answer(token.authorize(request())).error.kind, Error::Kind::InvalidInput);
    m_root->setProperty("source", QVariant::fromValue<AppSync::TokenSource *>(&source));
    QCOMPARE(Answer(token.authorize(request())).header("Authorization"), "token of 123"_ba);
    QCOMPARE(m_root->property("log").toList().value(0).toString(),
             u"true|Sign in|1|code|true|false|true|true"_s);
}

GUILESS_TEST(tst_Functions)
#include "tst_functions.moc"
