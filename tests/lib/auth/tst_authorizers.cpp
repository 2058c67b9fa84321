// SPDX-License-Identifier: Apache-2.0
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/TokenAuthorizer>

#include <QPointer>
#include <QSignalSpy>
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
    void sourcesAreAskedForEveryRequest();
    void sourcesMayFailAndWaitForAPerson();
    void sourcesThatGoEndTheWaiting();
    void whatIsAtHandIsWhatARequestGets();
};

namespace {

//! A source that answers when a test says so.
class ManualTokens : public TokenSource {
public:
    TokenReply *token(const SignableRequest &request) override
    {
        channels << request.channel;
        last = new TokenReply(this);
        return last;
    }
    bool invalidate() override { return canRenew; }
    [[nodiscard]] QString displayName() const override { return u"manual tokens"_s; }

    QStringList channels;
    QPointer<TokenReply> last;
    bool canRenew = true;
};

//! The answer of \a authorizer, waited for.
struct Answer {
    explicit Answer(Authorizer &authorizer)
    {
        AuthReply *reply = authorizer.authorize({});
        QObject::connect(reply, &Reply::finished, reply, [this, reply] {
            headers = reply->headers();
            error = reply->error();
        });
        QSignalSpy finished(reply, &Reply::finished);
        arrived = finished.wait();
    }
    bool arrived = false;
    Headers headers;
    Error error;
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

void tst_Authorizers::sourcesAreAskedForEveryRequest()
{
    ManualTokens source;
    TokenAuthorizer authorizer(&source);
    authorizer.setPrefix(u"Bearer "_s);
    QCOMPARE(authorizer.displayName(), u"manual tokens"_s);
    for (const QString &token : {u"first"_s, u"second"_s}) {
        SignableRequest request;
        request.channel = u'/' + token;
        AuthReply *reply = authorizer.authorize(request);
        QSignalSpy finished(reply, &Reply::finished);
        source.last->succeed(token);
        QVERIFY(finished.wait());
        QCOMPARE(reply->headers(), (Headers{{"Authorization"_ba, "Bearer " + token.toUtf8()}}));
    }
    QCOMPARE(source.channels, (QStringList{u"/first"_s, u"/second"_s}));
    QVERIFY(authorizer.invalidate());
    source.canRenew = false;
    QVERIFY(!authorizer.invalidate());
}

void tst_Authorizers::sourcesMayFailAndWaitForAPerson()
{
    ManualTokens source;
    TokenAuthorizer authorizer(&source);
    AuthReply *reply = authorizer.authorize({});
    QSignalSpy finished(reply, &Reply::finished);
    QSignalSpy waiting(reply, &InteractiveReply::isWaitingForPersonChanged);
    source.last->setWaitingForPerson(true);
    QVERIFY(reply->isWaitingForPerson());
    QCOMPARE(waiting.count(), 1);
    source.last->fail(Error::local(Error::Kind::Unauthorized, u"Wrong password."_s));
    QVERIFY(finished.wait());
    QVERIFY(!reply->isWaitingForPerson());
    QCOMPARE(reply->error().message, u"Wrong password."_s);

    reply = authorizer.authorize({});
    QSignalSpy empty(reply, &Reply::finished);
    source.last->succeed(u" \n"_s);
    QVERIFY(empty.wait());
    QCOMPARE(reply->error().kind, Error::Kind::InvalidInput);
}

void tst_Authorizers::sourcesThatGoEndTheWaiting()
{
    auto source = std::make_unique<ManualTokens>();
    TokenAuthorizer authorizer(source.get());
    AuthReply *reply = authorizer.authorize({});
    QSignalSpy finished(reply, &Reply::finished);
    source->last->setWaitingForPerson(true);
    source.reset();
    QVERIFY(finished.wait());
    QCOMPARE(reply->error().kind, Error::Kind::Cancelled);
    QCOMPARE(authorizer.source(), nullptr);
}

void tst_Authorizers::whatIsAtHandIsWhatARequestGets()
{
    ApiKeyAuthorizer key(u"da2-k"_s);
    TokenAuthorizer token(u"x.y.z"_s);
    for (Authorizer *authorizer : QList<Authorizer *>{&key, &token}) {
        const Answer answer(*authorizer);
        QCOMPARE(authorizer->headersAtHand({}), std::optional(answer.headers));
    }
    key.setKey({});
    token.setToken({});
    QVERIFY(!key.headersAtHand({}));
    QVERIFY(!token.headersAtHand({}));
    ManualTokens source;
    token.setToken(u"x.y.z"_s);
    token.setSource(&source);
    QVERIFY(!token.headersAtHand({})); // the source has to be asked
}

QTEST_GUILESS_MAIN(tst_Authorizers)
#include "tst_authorizers.moc"
