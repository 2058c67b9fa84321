// SPDX-License-Identifier: Apache-2.0
#include "tests/shared/testrunner.h"

#include <AppSync/FunctionCredentialsSource>
#include <AppSync/FunctionTokenSource>

#include <QPointer>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_FunctionSources : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void tokenFunctionSeesTheRequest();
    void tokenFunctionIsCalledForEveryRequest();
    void answersMayComeLater();
    void laterAnswersAfterTheEndAreSafe();
    void errorsPassThrough();
    void emptyAnswersFailInWords();
    void noFunctionFailsInWords();
    void functionsMayReplaceThemselves();
    void refusalsAreTold();
    void credentialsComeFromTheirFunction();
};

namespace {

template <class ReplyType> struct Given {
    explicit Given(ReplyType *reply)
    {
        QSignalSpy finished(reply, &Reply::finished);
        QObject::connect(reply, &Reply::finished, reply, [this, reply] {
            error = reply->error();
            if constexpr (std::is_same_v<ReplyType, TokenReply>)
                token = reply->token();
            else
                credentials = reply->credentials();
        });
        arrived = finished.wait();
    }
    bool arrived = false;
    Error error;
    QString token;
    AwsCredentials credentials;
};

} // namespace

void tst_FunctionSources::tokenFunctionSeesTheRequest()
{
    FunctionTokenSource source([](const SignableRequest &request, TokenReply *reply) {
        reply->succeed(u"token for "_s + request.channel);
    });
    SignableRequest request;
    request.channel = u"/a/b"_s;
    const Given given(source.token(request));
    QVERIFY(given.arrived);
    QCOMPARE(given.token, u"token for /a/b"_s);
}

void tst_FunctionSources::tokenFunctionIsCalledForEveryRequest()
{
    int calls = 0;
    FunctionTokenSource source([&calls](const SignableRequest &, TokenReply *reply) {
        reply->succeed(QString::number(++calls));
    });
    QCOMPARE(Given(source.token({})).token, u"1"_s);
    QCOMPARE(Given(source.token({})).token, u"2"_s);
}

void tst_FunctionSources::answersMayComeLater()
{
    QPointer<TokenReply> later;
    FunctionTokenSource source(
        [&later](const SignableRequest &, TokenReply *reply) { later = reply; });
    TokenReply *reply = source.token({});
    QSignalSpy finished(reply, &Reply::finished);
    QCoreApplication::processEvents();
    QCOMPARE(finished.count(), 0);
    later->succeed(u"late"_s);
    QCOMPARE(Given(reply).token, u"late"_s);
    QCOMPARE(finished.count(), 1);
}

void tst_FunctionSources::laterAnswersAfterTheEndAreSafe()
{
    QPointer<TokenReply> later;
    auto source = std::make_unique<FunctionTokenSource>(
        [&later](const SignableRequest &, TokenReply *reply) { later = reply; });
    TokenReply *reply = source->token({});
    reply->abort();
    later->succeed(u"too late"_s);
    QCOMPARE(Given(reply).error.kind, Error::Kind::Cancelled);
    source->token({});
    QVERIFY(later);
    source.reset();
    QVERIFY(!later);
}

void tst_FunctionSources::errorsPassThrough()
{
    const Error why = Error::local(Error::Kind::Unreachable, u"No server."_s, u"Wait."_s);
    FunctionTokenSource tokens(
        [why](const SignableRequest &, TokenReply *reply) { reply->fail(why); });
    QCOMPARE(Given(tokens.token({})).error, why);
    FunctionCredentialsSource keys([why](CredentialsReply *reply) { reply->fail(why); });
    QCOMPARE(Given(keys.credentials()).error, why);
}

void tst_FunctionSources::emptyAnswersFailInWords()
{
    FunctionTokenSource tokens(
        [](const SignableRequest &, TokenReply *reply) { reply->succeed(u" \n"_s); });
    FunctionCredentialsSource keys([](CredentialsReply *reply) { reply->succeed({}); });
    for (const Error &error : {Given(tokens.token({})).error, Given(keys.credentials()).error}) {
        QCOMPARE(error.kind, Error::Kind::InvalidInput);
        QVERIFY(!error.message.isEmpty());
        QVERIFY(!error.nextStep.isEmpty());
    }
}

void tst_FunctionSources::noFunctionFailsInWords()
{
    FunctionTokenSource tokens({});
    FunctionCredentialsSource keys({});
    for (const Error &error : {Given(tokens.token({})).error, Given(keys.credentials()).error}) {
        QCOMPARE(error.kind, Error::Kind::InvalidInput);
        QVERIFY(error.message.contains(u"no function"));
        QVERIFY(!error.nextStep.isEmpty());
    }
    QVERIFY(!tokens.invalidate());
    QVERIFY(!keys.invalidate());
}

void tst_FunctionSources::functionsMayReplaceThemselves()
{
    FunctionTokenSource tokens({});
    const QString captured = u"captured, so that it must outlive the call"_s;
    tokens.setFunction([&tokens, captured](const SignableRequest &, TokenReply *reply) {
        tokens.setFunction({});
        reply->succeed(captured);
    });
    QCOMPARE(Given(tokens.token({})).token, captured);
    FunctionCredentialsSource keys({});
    keys.setFunction([&keys, captured](CredentialsReply *reply) {
        keys.setFunction({});
        reply->succeed({u"AKIAX"_s, captured, {}, {}, {}});
    });
    QCOMPARE(Given(keys.credentials()).credentials.secretAccessKey, captured);
}

void tst_FunctionSources::refusalsAreTold()
{
    QString cached = u"old"_s;
    FunctionTokenSource tokens(
        [&cached](const SignableRequest &, TokenReply *reply) { reply->succeed(cached); });
    connect(&tokens, &FunctionTokenSource::refused, &tokens, [&cached] { cached = u"new"_s; });
    QCOMPARE(Given(tokens.token({})).token, u"old"_s);
    QVERIFY(tokens.invalidate());
    QCOMPARE(Given(tokens.token({})).token, u"new"_s);
    FunctionCredentialsSource keys([](CredentialsReply *) {});
    QSignalSpy refused(&keys, &FunctionCredentialsSource::refused);
    QVERIFY(keys.invalidate());
    QCOMPARE(refused.count(), 1);
}

void tst_FunctionSources::credentialsComeFromTheirFunction()
{
    const AwsCredentials made{u"ASIAX"_s, u"secret"_s, u"token"_s,
                              QDateTime({2030, 1, 1}, {0, 0}, Qt::UTC), u"vault"_s};
    int calls = 0;
    FunctionCredentialsSource source([&calls, made](CredentialsReply *reply) {
        ++calls;
        reply->succeed(made);
    });
    QCOMPARE(Given(source.credentials()).credentials, made);
    QCOMPARE(Given(source.credentials()).credentials, made);
    QCOMPARE(calls, 2);
    QVERIFY(!source.displayName().isEmpty());
}

GUILESS_TEST(tst_FunctionSources)
#include "tst_functionsources.moc"
