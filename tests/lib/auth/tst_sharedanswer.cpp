// SPDX-License-Identifier: Apache-2.0
#include "lib/auth/sharedanswer_p.h"
#include "tests/shared/fakeclock.h"
#include "tests/shared/testrunner.h"

#include <AppSync/CredentialsSource>

#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace AppSync;
using namespace std::chrono_literals;

class tst_SharedAnswer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void oneFetchServesAllWhoWait();
    void answerIsKeptUntilShortlyBeforeItsEnd();
    void answerWithoutAnEndIsKept();
    void expiredFetchReachesThoseWhoWaited();
    void errorReachesAllAndIsNotKept();
    void forgottenAnswerIsFetchedAnew();
    void answerCanBeSetWithoutAFetch();
    void waitingForAPersonReachesAll();
    void thoseWhoLeftAreNotAnswered();
    void fetchMayAnswerAtOnce();
    void askingAgainWhileAnswersGoOut();

private:
    using Shared = SharedAnswer<CredentialsReply, AwsCredentials>;

    [[nodiscard]] AwsCredentials key(const QString &id, std::chrono::seconds lasts = 1h) const
    {
        return {id,
                u"s"_s,
                {},
                QDateTime::fromMSecsSinceEpoch(
                    m_clock->wallMs() + std::chrono::milliseconds(lasts).count(), Qt::UTC),
                {}};
    }
    CredentialsReply *ask() { return m_shared->ask(&m_owner); }

    QObject m_owner;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<Shared> m_shared;
    std::function<void()> m_onFetch;
    int m_fetches = 0;
};

namespace {

//! What each of some replies ended with, waited for: the key's id, or the error's message.
QStringList endings(const QList<CredentialsReply *> &replies)
{
    QStringList ends;
    ends.resize(replies.size());
    int count = 0;
    for (qsizetype i = 0; i < replies.size(); ++i) {
        CredentialsReply *reply = replies[i];
        QObject::connect(reply, &Reply::finished, reply, [reply, &ends, &count, i] {
            ends[i] = reply->error().isError() ? reply->error().message
                                               : reply->credentials().accessKeyId;
            ++count;
        });
    }
    return QTest::qWaitFor([&] { return count == replies.size(); }) ? ends : QStringList();
}

} // namespace

void tst_SharedAnswer::init()
{
    m_clock = std::make_unique<FakeClock>();
    m_fetches = 0;
    m_onFetch = {};
    m_shared = std::make_unique<Shared>(
        [this] {
            ++m_fetches;
            if (m_onFetch)
                m_onFetch();
        },
        [](CredentialsReply *reply, const AwsCredentials &value) { reply->succeed(value); }, 5min);
    m_shared->setClock(m_clock.get());
}

void tst_SharedAnswer::oneFetchServesAllWhoWait()
{
    const QList<CredentialsReply *> asked{ask(), ask(), ask()};
    QCOMPARE(m_fetches, 1);
    QVERIFY(m_shared->isFetching());
    m_shared->succeed(key(u"A"_s));
    QVERIFY(!m_shared->isFetching());
    QCOMPARE(endings(asked), (QStringList{u"A"_s, u"A"_s, u"A"_s}));
    QCOMPARE(m_fetches, 1);
}

void tst_SharedAnswer::answerIsKeptUntilShortlyBeforeItsEnd()
{
    auto *first = ask();
    m_shared->succeed(key(u"A"_s, 1h));
    QCOMPARE(endings({first}), QStringList{u"A"_s});
    m_clock->advance(55min - 1ms);
    QVERIFY(m_shared->isFresh());
    QCOMPARE(endings({ask()}), QStringList{u"A"_s});
    QCOMPARE(m_fetches, 1);
    m_clock->advance(1ms);
    QVERIFY(!m_shared->isFresh());
    auto *second = ask();
    QCOMPARE(m_fetches, 2);
    m_shared->succeed(key(u"B"_s));
    QCOMPARE(endings({second}), QStringList{u"B"_s});
}

void tst_SharedAnswer::answerWithoutAnEndIsKept()
{
    auto *first = ask();
    m_shared->succeed({u"A"_s, u"s"_s, {}, {}, {}});
    QCOMPARE(endings({first}), QStringList{u"A"_s});
    m_clock->advance(24h * 365);
    QCOMPARE(endings({ask()}), QStringList{u"A"_s});
    QCOMPARE(m_fetches, 1);
}

void tst_SharedAnswer::expiredFetchReachesThoseWhoWaited()
{
    // Too short to be kept, but better than nothing for those who asked.
    auto *first = ask();
    m_shared->succeed(key(u"A"_s, 1min));
    QCOMPARE(endings({first}), QStringList{u"A"_s});
    ask();
    QCOMPARE(m_fetches, 2);
}

void tst_SharedAnswer::errorReachesAllAndIsNotKept()
{
    const QList<CredentialsReply *> asked{ask(), ask()};
    m_shared->fail(Error::local(Error::Kind::Timeout, u"Too slow."_s));
    QCOMPARE(endings(asked), (QStringList{u"Too slow."_s, u"Too slow."_s}));
    QVERIFY(!m_shared->value());
    auto *again = ask();
    QCOMPARE(m_fetches, 2);
    m_shared->succeed(key(u"A"_s));
    QCOMPARE(endings({again}), QStringList{u"A"_s});
}

void tst_SharedAnswer::forgottenAnswerIsFetchedAnew()
{
    ask();
    m_shared->succeed(key(u"A"_s));
    QVERIFY(m_shared->value());
    m_shared->forget();
    QVERIFY(!m_shared->value());
    auto *again = ask();
    QCOMPARE(m_fetches, 2);
    m_shared->succeed(key(u"B"_s));
    QCOMPARE(endings({again}), QStringList{u"B"_s});
}

void tst_SharedAnswer::answerCanBeSetWithoutAFetch()
{
    m_shared->set(key(u"A"_s));
    QCOMPARE(endings({ask()}), QStringList{u"A"_s});
    QCOMPARE(m_fetches, 0);
}

void tst_SharedAnswer::waitingForAPersonReachesAll()
{
    auto *early = ask();
    m_shared->setWaitingForPerson(true);
    auto *late = ask();
    QVERIFY(early->isWaitingForPerson());
    QVERIFY(late->isWaitingForPerson());
    m_shared->setWaitingForPerson(false);
    QVERIFY(!early->isWaitingForPerson());
    QVERIFY(!late->isWaitingForPerson());
    m_shared->setWaitingForPerson(true);
    m_shared->succeed(key(u"A"_s, 1min));
    // The next fetch asks nobody yet.
    QVERIFY(!ask()->isWaitingForPerson());
}

void tst_SharedAnswer::thoseWhoLeftAreNotAnswered()
{
    auto *gone = ask();
    auto *stays = ask();
    auto *aborted = ask();
    delete gone;
    aborted->abort();
    m_shared->setWaitingForPerson(true);
    m_shared->succeed(key(u"A"_s));
    const QStringList ends = endings({stays, aborted});
    QCOMPARE(ends.size(), 2);
    QCOMPARE(ends[0], u"A"_s);
    QVERIFY(ends[1].contains(u"cancelled"));
}

void tst_SharedAnswer::fetchMayAnswerAtOnce()
{
    m_onFetch = [this] { m_shared->succeed(key(u"A"_s)); };
    QCOMPARE(endings({ask(), ask()}), (QStringList{u"A"_s, u"A"_s}));
    QCOMPARE(m_fetches, 1);
    QVERIFY(!m_shared->isFetching());
}

void tst_SharedAnswer::askingAgainWhileAnswersGoOut()
{
    auto *first = ask();
    QPointer<CredentialsReply> second;
    connect(first, &Reply::finished, this, [this, &second] { second = ask(); });
    m_shared->fail(Error::local(Error::Kind::Timeout, u"Too slow."_s));
    QTRY_VERIFY(second);
    QCOMPARE(m_fetches, 2);
    m_shared->succeed(key(u"B"_s));
    QCOMPARE(endings({second}), QStringList{u"B"_s});
}

GUILESS_TEST(tst_SharedAnswer)
#include "tst_sharedanswer.moc"
