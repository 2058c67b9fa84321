// SPDX-License-Identifier: Apache-2.0
#include "answer.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/testrunner.h"

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/TokenAuthorizer>

#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace AppSync;

class tst_Authorizers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void apiKeyGivesItsHeader();
    void tokenIsSentAsGiven();
    void emptyCredentialsFailInWords();
    void answersNeverComeSynchronously();
    void replyDeletesItself();
    void staticCredentialsCannotBeRenewed();

    void sourceGivesTheToken();
    void prefixStandsBeforeTheToken();
    void sourceGoesBeforeTheGivenOne();
    void errorsOfTheSourcePassThrough();
    void waitingForAPersonIsFollowed();
    void removedSourceEndsTheReply();
    void removedAuthorizerIsSafe();
    void invalidatesItsSource();
    void functionGivesTheToken();
    void functionGivesTheApiKey();
    void nameIsThatOfTheSource();
    void expiredApiKeyIsSentWithAWarning();
    void changesAreTold();
};

namespace {

//! Says nothing until told to; counts how often it was asked and told to forget.
class ManualTokens : public TokenSource {
public:
    TokenReply *token(const SignableRequest &request) override
    {
        requests << request;
        last = new TokenReply(this);
        return last;
    }
    bool invalidate() override { return canRenew; }
    QString displayName() const override { return u"manual"_s; }

    QList<SignableRequest> requests;
    QPointer<TokenReply> last;
    bool canRenew = false;
};

} // namespace

void tst_Authorizers::apiKeyGivesItsHeader()
{
    ApiKeyAuthorizer authorizer(u"da2-k"_s);
    const Answer answer(authorizer);
    QVERIFY(answer.arrived);
    QCOMPARE(answer.headers, (Headers{{"x-api-key"_ba, "da2-k"_ba}}));
}

void tst_Authorizers::tokenIsSentAsGiven()
{
    TokenAuthorizer authorizer(u"Bearer x.y.z"_s);
    const Answer answer(authorizer);
    QCOMPARE(answer.headers, (Headers{{"Authorization"_ba, "Bearer x.y.z"_ba}}));
    authorizer.setToken(u"other"_s);
    const Answer next(authorizer);
    QCOMPARE(next.headers, (Headers{{"Authorization"_ba, "other"_ba}}));
}

void tst_Authorizers::emptyCredentialsFailInWords()
{
    ApiKeyAuthorizer key;
    TokenAuthorizer token;
    for (Authorizer *authorizer : QList<Authorizer *>{&key, &token}) {
        const Answer answer(*authorizer);
        QCOMPARE(answer.error.kind, Error::Kind::InvalidInput);
        QVERIFY(!answer.error.message.isEmpty());
        QVERIFY(!answer.error.nextStep.isEmpty());
    }
}

void tst_Authorizers::answersNeverComeSynchronously()
{
    ApiKeyAuthorizer authorizer(u"k"_s);
    AuthReply *reply = authorizer.authorize({});
    QSignalSpy finished(reply, &Reply::finished);
    QVERIFY(!reply->isFinished());
    QVERIFY(finished.wait());
    QCOMPARE(finished.count(), 1);
}

void tst_Authorizers::replyDeletesItself()
{
    ApiKeyAuthorizer authorizer(u"k"_s);
    QSignalSpy destroyed(authorizer.authorize({}), &QObject::destroyed);
    QVERIFY(destroyed.wait());
}

void tst_Authorizers::staticCredentialsCannotBeRenewed()
{
    ApiKeyAuthorizer key(u"k"_s);
    TokenAuthorizer token(u"t"_s);
    QVERIFY(!key.invalidate());
    QVERIFY(!token.invalidate());
}

void tst_Authorizers::sourceGivesTheToken()
{
    ManualTokens source;
    TokenAuthorizer token(&source);
    ApiKeyAuthorizer key;
    key.setSource(&source);
    SignableRequest request;
    request.channel = u"/a/b"_s;
    const QList<QPair<Authorizer *, QByteArray>> both{{&token, "Authorization"_ba},
                                                      {&key, "x-api-key"_ba}};
    for (const auto &[authorizer, name] : both) {
        for (const QString &value : {u"first"_s, u"second"_s}) {
            AuthReply *reply = authorizer->authorize(request);
            QCOMPARE(source.requests.last().channel, u"/a/b"_s);
            source.last->succeed(value);
            QCOMPARE(Answer(reply).headers, (Headers{{name, value.toLatin1()}}));
        }
    }
    QCOMPARE(source.requests.size(), 4);
}

void tst_Authorizers::prefixStandsBeforeTheToken()
{
    TokenAuthorizer fixed(u"x.y.z"_s);
    fixed.setPrefix(u"Bearer "_s);
    QCOMPARE(Answer(fixed).header("Authorization"), "Bearer x.y.z"_ba);
    ManualTokens source;
    TokenAuthorizer sourced(&source);
    sourced.setPrefix(u"Lambda-"_s);
    AuthReply *reply = sourced.authorize({});
    sourced.setPrefix(u"changed meanwhile "_s);
    source.last->succeed(u"t"_s);
    QCOMPARE(Answer(reply).header("Authorization"), "Lambda-t"_ba);
}

void tst_Authorizers::sourceGoesBeforeTheGivenOne()
{
    ManualTokens source;
    TokenAuthorizer token(u"given"_s);
    token.setSource(&source);
    AuthReply *reply = token.authorize({});
    source.last->succeed(u"asked"_s);
    QCOMPARE(Answer(reply).header("Authorization"), "asked"_ba);
    token.setSource(nullptr);
    QCOMPARE(Answer(token).header("Authorization"), "given"_ba);
}

void tst_Authorizers::errorsOfTheSourcePassThrough()
{
    ManualTokens source;
    TokenAuthorizer token(&source);
    ApiKeyAuthorizer key;
    key.setSource(&source);
    const Error why = Error::local(Error::Kind::Timeout, u"Too slow."_s, u"Wait."_s);
    for (Authorizer *authorizer : QList<Authorizer *>{&token, &key}) {
        AuthReply *reply = authorizer->authorize({});
        source.last->fail(why);
        const Answer answer(reply);
        QCOMPARE(answer.error, why);
        QVERIFY(answer.headers.isEmpty());
    }
    AuthReply *reply = token.authorize({});
    source.last->succeed(u" "_s);
    QCOMPARE(Answer(reply).error.kind, Error::Kind::InvalidInput);
}

void tst_Authorizers::waitingForAPersonIsFollowed()
{
    ManualTokens source;
    TokenAuthorizer token(&source);
    AuthReply *reply = token.authorize({});
    QSignalSpy changed(reply, &InteractiveReply::isWaitingForPersonChanged);
    source.last->setWaitingForPerson(true);
    QVERIFY(reply->isWaitingForPerson());
    source.last->setWaitingForPerson(false);
    QVERIFY(!reply->isWaitingForPerson());
    QCOMPARE(changed.count(), 2);
    // Once the source has answered, nobody is waited for.
    source.last->setWaitingForPerson(true);
    source.last->succeed(u"t"_s);
    QVERIFY(Answer(reply).arrived);
    QCOMPARE(changed.count(), 4);
}

void tst_Authorizers::removedSourceEndsTheReply()
{
    auto source = std::make_unique<ManualTokens>();
    TokenAuthorizer token(source.get());
    AuthReply *reply = token.authorize({});
    source->last->setWaitingForPerson(true);
    source.reset();
    QVERIFY(!reply->isWaitingForPerson());
    const Answer answer(reply);
    QCOMPARE(answer.error.kind, Error::Kind::Cancelled);
    QVERIFY(!answer.error.message.isEmpty());
    QCOMPARE(token.source(), nullptr);
}

void tst_Authorizers::removedAuthorizerIsSafe()
{
    ManualTokens source;
    auto token = std::make_unique<TokenAuthorizer>(&source);
    token->authorize({});
    token.reset();
    QSignalSpy finished(source.last.data(), &Reply::finished);
    source.last->succeed(u"t"_s);
    QVERIFY(finished.wait());
}

void tst_Authorizers::invalidatesItsSource()
{
    ManualTokens source;
    TokenAuthorizer token(&source);
    ApiKeyAuthorizer key;
    key.setSource(&source);
    QVERIFY(!token.invalidate());
    QVERIFY(!key.invalidate());
    source.canRenew = true;
    QVERIFY(token.invalidate());
    QVERIFY(key.invalidate());
}

void tst_Authorizers::functionGivesTheToken()
{
    int calls = 0;
    TokenAuthorizer token([&calls](const SignableRequest &, TokenReply *reply) {
        reply->succeed(u"t%1"_s.arg(++calls));
    });
    QCOMPARE(Answer(token).header("Authorization"), "t1"_ba);
    QCOMPARE(Answer(token).header("Authorization"), "t2"_ba);
    TokenSource *own = token.source();
    token.setFunction([](const SignableRequest &, TokenReply *reply) { reply->succeed(u"n"_s); });
    QCOMPARE(token.source(), own);
    QCOMPARE(Answer(token).header("Authorization"), "n"_ba);
}

void tst_Authorizers::functionGivesTheApiKey()
{
    int calls = 0;
    ApiKeyAuthorizer key([&calls](const SignableRequest &, TokenReply *reply) {
        reply->succeed(u"da2-%1"_s.arg(++calls));
    });
    key.setKey(u"da2-fixed"_s);
    QCOMPARE(Answer(key).headers, (Headers{{"x-api-key"_ba, "da2-1"_ba}}));
    QCOMPARE(Answer(key).headers, (Headers{{"x-api-key"_ba, "da2-2"_ba}}));
    QVERIFY(key.invalidate());
    key.setSource(nullptr);
    QCOMPARE(Answer(key).headers, (Headers{{"x-api-key"_ba, "da2-fixed"_ba}}));
}

void tst_Authorizers::nameIsThatOfTheSource()
{
    ManualTokens source;
    TokenAuthorizer token;
    QCOMPARE(token.displayName(), u"Token"_s);
    token.setSource(&source);
    QCOMPARE(token.displayName(), u"manual"_s);
}

void tst_Authorizers::expiredApiKeyIsSentWithAWarning()
{
    using namespace std::chrono_literals;
    FakeClock clock;
    ApiKeyAuthorizer key(u"da2-k"_s);
    key.setClock(&clock);
    QVERIFY(!key.isExpired());
    QCOMPARE(key.warning(), QString());
    key.setExpiresAt(QDateTime::fromMSecsSinceEpoch(clock.wallMs() + 1000));
    QVERIFY(!key.isExpired());
    QCOMPARE(key.warning(), QString());
    clock.advance(1s);
    QVERIFY(key.isExpired());
    QVERIFY(key.warning().contains(u"expired"));
    QVERIFY(!key.warning().contains(u"da2-k"));
    QCOMPARE(Answer(key).headers, (Headers{{"x-api-key"_ba, "da2-k"_ba}}));
}

void tst_Authorizers::changesAreTold()
{
    ManualTokens source;
    ApiKeyAuthorizer key;
    QSignalSpy keyChanged(&key, &ApiKeyAuthorizer::keyChanged);
    QSignalSpy sourceChanged(&key, &ApiKeyAuthorizer::sourceChanged);
    QSignalSpy expiresChanged(&key, &ApiKeyAuthorizer::expiresAtChanged);
    const QDateTime end({2030, 1, 1}, {1, 0}, Qt::OffsetFromUTC, 3600);
    for (int i = 0; i < 2; ++i) {
        key.setKey(u"da2-k"_s);
        key.setSource(&source);
        key.setExpiresAt(end);
    }
    QCOMPARE(keyChanged.count(), 1);
    QCOMPARE(sourceChanged.count(), 1);
    QCOMPARE(expiresChanged.count(), 1);
    QCOMPARE(key.expiresAt(), QDateTime({2030, 1, 1}, {0, 0}, Qt::UTC));
    QCOMPARE(key.expiresAt().timeSpec(), Qt::UTC);
}

GUILESS_TEST(tst_Authorizers)
#include "tst_authorizers.moc"
