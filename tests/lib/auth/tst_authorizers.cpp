// SPDX-License-Identifier: Apache-2.0
#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/TokenAuthorizer>

#include <QSignalSpy>
#include <QTest>

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
};

namespace {

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

QTEST_GUILESS_MAIN(tst_Authorizers)
#include "tst_authorizers.moc"
