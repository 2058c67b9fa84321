// SPDX-License-Identifier: Apache-2.0
// Against real keyrings: tests/app/core/keyring.sh makes one in the state that each function needs, and
// calls the functions by name.
#include "app/core/secretstore.h"
#include "scriptedsecretservice.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Syncscope;

using Outcome = SecretReply::Outcome;
using Place = SecretReference::Place;

class TestSecretStore : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void unlocked();
    void cancelledOnes();
    void survivesItsStore();
    void locked();
    void empty();
    void absent();
    void neverAnswers();
    void denies();
    void fails();
    void otherPlaces();
    void memoryOnDemand();
    void refusesToWrite();
};

namespace {

//! What is left of a reply when it is gone.
struct Answer {
    bool came = false;
    Outcome outcome = Outcome::Failed;
    AppSync::Error error;
    QString secret;
    SecretReference reference;
};

Answer wait(SecretReply *reply)
{
    Answer answer;
    QObject::connect(reply, &SecretReply::finished, reply, [&] {
        answer = {true, reply->outcome(), reply->error(), reply->secret(), reply->reference()};
    });
    QSignalSpy destroyed(reply, &QObject::destroyed);
    destroyed.wait(20'000); // it deletes itself after it has finished
    return answer;
}

//! What the keyring has, seen by another program.
QString seenByOthers(const QString &key)
{
    QProcess tool;
    tool.start(u"secret-tool"_s, {u"lookup"_s, u"user"_s, key, u"server"_s, u"Syncscope"_s});
    QSignalSpy finished(&tool, &QProcess::finished);
    finished.wait(20'000);
    return QString::fromUtf8(tool.readAllStandardOutput());
}

} // namespace

void TestSecretStore::unlocked()
{
    const QString key = SecretStore::newKey(u"büro"_s, SecretRole::ApiKey);
    QVERIFY(key.startsWith(u"büro/apiKey/"));
    QVERIFY(key != SecretStore::newKey(u"büro"_s, SecretRole::ApiKey));
    SecretStore store;
    QSignalSpy changed(&store, &SecretStore::stateChanged);
    QCOMPARE(store.state(), SecretStore::State::Unknown);
    QCOMPARE(wait(store.check()).outcome, Outcome::Done);
    QCOMPARE(store.state(), SecretStore::State::Available);
    QCOMPARE(changed.size(), 1);
    QVERIFY(store.stateText().contains(u"system's keychain"));
    QVERIFY(store.nextStep().isEmpty());

    const Answer none = wait(store.read(key));
    QCOMPARE(none.outcome, Outcome::NotFound);
    QVERIFY(none.error.message.contains(key));
    QVERIFY(!none.error.nextStep.isEmpty());

    const QString secret = u"da2-ü😀\n"_s + QString(6000, u'x');
    const Answer written = wait(store.write(key, secret));
    QCOMPARE(written.outcome, Outcome::Done);
    QVERIFY(!written.error.isError());
    QCOMPARE(written.reference, (SecretReference{Place::Keychain, key}));
    QCOMPARE(seenByOthers(key), secret);

    SecretStore another;
    const Answer read = wait(another.read(written.reference));
    QCOMPARE(read.outcome, Outcome::Done);
    QCOMPARE(read.secret, secret);
    QCOMPARE(another.state(), SecretStore::State::Available);

    // Several at once keep their order.
    SecretReply *const second = store.write(key, u"second"_s);
    SecretReply *const afterSecond = store.read(key);
    SecretReply *const removal = store.remove(key);
    SecretReply *const afterRemoval = store.read(key);
    QVERIFY(second->isWaitingForPerson());
    QSignalSpy wasRemoved(removal, &SecretReply::finished);
    QString secondRead;
    connect(afterSecond, &SecretReply::finished, this,
            [&, afterSecond] { secondRead = afterSecond->secret(); });
    QCOMPARE(wait(afterRemoval).outcome, Outcome::NotFound);
    QCOMPARE(secondRead, u"second"_s);
    QCOMPARE(wasRemoved.size(), 1);
    QCOMPARE(seenByOthers(key), QString());
    QCOMPARE(wait(store.remove(key)).outcome, Outcome::Done); // though nothing is there

    // A secret of this run does not outlive one that is saved.
    store.remember(key, u"for now"_s);
    QCOMPARE(wait(store.read(key)).secret, u"for now"_s);
    QCOMPARE(wait(store.write(key, u"for good"_s)).reference.place, Place::Keychain);
    QCOMPARE(wait(store.read(key)).secret, u"for good"_s);
    store.remember(key, u"for now"_s);
    QCOMPARE(wait(store.remove(key)).outcome, Outcome::Done);
    QCOMPARE(wait(store.read(key)).outcome, Outcome::NotFound);
}

void TestSecretStore::cancelledOnes()
{
    SecretStore store;
    SecretReply *const first = store.write(u"cancelled"_s, u"x1"_s);
    first->abort();
    const Answer answer = wait(first);
    QCOMPARE(answer.outcome, Outcome::Cancelled);
    QCOMPARE(answer.error.kind, AppSync::Error::Kind::Cancelled);
    // It had not reached the keychain, and holds nobody up.
    QCOMPARE(wait(store.read(u"cancelled"_s)).outcome, Outcome::NotFound);
}

void TestSecretStore::survivesItsStore()
{
    {
        SecretStore store;
        store.write(u"late"_s, u"x2"_s);
        store.read(u"late"_s);
        QCoreApplication::processEvents(); // the job begins
    }
    SecretStore store; // its job comes behind the one that nobody waits for
    QCOMPARE(wait(store.read(u"none"_s)).outcome, Outcome::NotFound);
    QCOMPARE(wait(store.remove(u"late"_s)).outcome, Outcome::Done);
}

void TestSecretStore::locked()
{
    SecretStore store;
    QCOMPARE(wait(store.check()).outcome, Outcome::Done);
    QCOMPARE(store.state(), SecretStore::State::Locked);
    QVERIFY(store.stateText().contains(u"locked"));
    QVERIFY(store.nextStep().contains(u"Unlock"));

    const Answer read = wait(store.read(u"kept"_s));
    QCOMPARE(read.outcome, Outcome::Locked); // not: there is no such entry
    QVERIFY(read.error.message.contains(u"locked"));
    QVERIFY(!read.error.nextStep.isEmpty());
    QCOMPARE(wait(store.read(u"never kept"_s)).outcome, Outcome::Locked);

    const Answer written = wait(store.write(u"kept"_s, u"other"_s));
    QCOMPARE(written.outcome, Outcome::Locked);
    QVERIFY(!written.reference.isSet()); // and nothing is kept in memory behind one's back
    QCOMPARE(wait(store.read(u"kept"_s)).outcome, Outcome::Locked);

    QCOMPARE(wait(store.remove(u"kept"_s)).outcome, Outcome::Locked);
    QCOMPARE(store.state(), SecretStore::State::Locked);
}

void TestSecretStore::empty()
{
    SecretStore store;
    QCOMPARE(wait(store.read(u"kept"_s)).outcome, Outcome::NotFound);
    const Answer written = wait(store.write(u"kept"_s, u"x3"_s));
    QCOMPARE(written.outcome, Outcome::Failed);
    QVERIFY2(written.error.message.contains(u"no keyring to save into"),
             qPrintable(written.error.message));
    QVERIFY(!written.error.nextStep.isEmpty());
    QVERIFY(!written.error.serverMessage.isEmpty()); // its own words
    QVERIFY(!written.error.toString().contains(u"x3"));
}

void TestSecretStore::absent()
{
    SecretStore store;
    QCOMPARE(wait(store.check()).outcome, Outcome::Done);
    QCOMPARE(store.state(), SecretStore::State::SessionOnly);

    SecretStore unasked;
    const Answer read = wait(unasked.read(u"kept"_s));
    QCOMPARE(read.outcome, Outcome::NoService);
    QVERIFY2(read.error.message.contains(u"no keychain here"), qPrintable(read.error.message));
    QCOMPARE(unasked.state(), SecretStore::State::SessionOnly);

    const Answer written = wait(store.write(u"kept"_s, u"x4"_s));
    QCOMPARE(written.outcome, Outcome::Done);
    QCOMPARE(written.reference, (SecretReference{Place::Session, u"kept"_s}));
    QVERIFY2(store.stateText().contains(u"in memory until the program ends"),
             qPrintable(store.stateText()));
    QVERIFY(!store.nextStep().isEmpty());
    QCOMPARE(wait(store.read(u"kept"_s)).secret, u"x4"_s);
    QCOMPARE(wait(store.read(written.reference)).secret, u"x4"_s);

    // As if the program had been started again.
    const Answer later = wait(unasked.read(written.reference));
    QCOMPARE(later.outcome, Outcome::NotFound);
    QVERIFY2(later.error.message.contains(u"one run"), qPrintable(later.error.message));

    QCOMPARE(wait(store.remove(u"kept"_s)).outcome, Outcome::Done);
    QCOMPARE(wait(store.remove(u"kept"_s)).outcome, Outcome::NoService);
}

void TestSecretStore::neverAnswers()
{
    const ScriptedSecretService service(ScriptedSecretService::Behaviour::Silent);
    QVERIFY(service.isThere());
    SecretStore store;
    store.setTimeout(400ms);
    SecretReply *const first = store.read(u"kept"_s);
    SecretReply *const second = store.write(u"kept"_s, u"x5"_s);
    Answer behind;
    connect(second, &SecretReply::finished, this, [&, second] {
        behind = {true, second->outcome(), second->error(), {}, {}};
    });
    const Answer stuck = wait(first);
    QCOMPARE(stuck.outcome, Outcome::TimedOut);
    QCOMPARE(stuck.error.kind, AppSync::Error::Kind::Timeout);
    QVERIFY2(stuck.error.message.contains(u"within 0.4 s"), qPrintable(stuck.error.message));
    QVERIFY(stuck.error.nextStep.contains(u"window"));
    QTRY_VERIFY(behind.came);
    QCOMPARE(behind.outcome, Outcome::TimedOut);
    QVERIFY2(behind.error.message.contains(u"earlier request"), qPrintable(behind.error.message));
    QVERIFY(service.calls() > 0);

    const Answer looked = wait(store.check());
    QCOMPARE(looked.outcome, Outcome::TimedOut);
    QVERIFY(looked.error.message.contains(u"does not answer"));
}

void TestSecretStore::denies()
{
    const ScriptedSecretService service(ScriptedSecretService::Behaviour::Denying);
    QVERIFY(service.isThere());
    SecretStore store;
    const Answer read = wait(store.read(u"kept"_s));
    QCOMPARE(read.outcome, Outcome::Denied);
    QVERIFY2(read.error.message.contains(u"denied access"), qPrintable(read.error.message));
    QVERIFY(!read.error.nextStep.isEmpty());
    QVERIFY(store.state() != SecretStore::State::SessionOnly);
}

void TestSecretStore::fails()
{
    const ScriptedSecretService service(ScriptedSecretService::Behaviour::Failing);
    QVERIFY(service.isThere());
    SecretStore store;
    // The one before is gone, but libsecret learns that by a signal, which may come after the first call.
    QTRY_VERIFY((wait(store.read(u"kept"_s)), service.calls() > 0));
    for (SecretReply *const reply : {store.write(u"kept"_s, u"x6"_s), store.remove(u"kept"_s)}) {
        const Answer answer = wait(reply);
        QCOMPARE(answer.outcome, Outcome::Failed);
        QVERIFY2(answer.error.serverMessage.contains(u"the disk is full"),
                 qPrintable(answer.error.toString()));
    }
}

void TestSecretStore::otherPlaces()
{
    SecretStore store;
    qputenv("TST_SECRET", "of the environment");
    QCOMPARE(wait(store.read({Place::Environment, u"TST_SECRET"_s})).secret,
             u"of the environment"_s);
    const Answer unset = wait(store.read({Place::Environment, u"TST_UNSET"_s}));
    QCOMPARE(unset.outcome, Outcome::NotFound);
    QVERIFY(unset.error.message.contains(u"TST_UNSET"));

    const QTemporaryDir folder;
    const QString path = folder.filePath(u"secret"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(" of a file\n");
    file.close();
    QCOMPARE(wait(store.read({Place::File, path})).secret, u"of a file"_s);
    const QString pipe = folder.filePath(u"pipe"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    for (const QString &other : {folder.filePath(u"none"_s), folder.path(), pipe}) {
        const Answer answer = wait(store.read({Place::File, other}));
        QCOMPARE(answer.outcome, Outcome::NotFound);
        QVERIFY(answer.error.message.contains(other));
    }
    QCOMPARE(wait(store.read(SecretReference())).outcome, Outcome::NotFound);
    QCOMPARE(store.state(), SecretStore::State::Unknown); // the keychain was not asked
}

void TestSecretStore::memoryOnDemand()
{
    SecretStore store;
    store.remember(u"k"_s, u"x7"_s);
    const Answer answer = wait(store.read(u"k"_s));
    QCOMPARE(answer.secret, u"x7"_s);
    QCOMPARE(answer.reference.place, Place::Session);
    QCOMPARE(store.state(), SecretStore::State::Unknown);
    store.forget(u"k"_s);
    QCOMPARE(wait(store.read({Place::Session, u"k"_s})).outcome, Outcome::NotFound);
}

void TestSecretStore::refusesToWrite()
{
    SecretStore store;
    for (const QString &secret : {u""_s, u"x8\0y"_s}) {
        const Answer answer = wait(store.write(u"k"_s, secret));
        QCOMPARE(answer.outcome, Outcome::Failed);
        QVERIFY(answer.error.isError());
        QVERIFY(!answer.error.toString().contains(u"x8"));
    }
    QCOMPARE(store.state(), SecretStore::State::Unknown);
}

QTEST_GUILESS_MAIN(TestSecretStore)
#include "tst_secretstore.moc"
