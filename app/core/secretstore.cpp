// SPDX-License-Identifier: Apache-2.0
#include "app/core/secretstore.h"

#include <QFile>
#include <QFileInfo>
#include <qt6keychain/keychain.h>
#include <QTimer>
#include <QUuid>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope {

namespace {

using AppSync::Error;
using Outcome = SecretReply::Outcome;

const QString kService = u"Syncscope"_s;
constexpr qint64 kLargestFile = 1024 * 1024;

Error error(const QString &message, const QString &nextStep = {})
{
    return Error::local(Error::Kind::InvalidInput, message, nextStep);
}

QKeychain::Job *makeReadJob(const QString &key)
{
    auto *job = new QKeychain::ReadPasswordJob(kService);
    job->setKey(key);
    return job;
}

QKeychain::Job *makeWriteJob(const QString &key, const QString &secret)
{
    auto *job = new QKeychain::WritePasswordJob(kService);
    job->setKey(key);
    job->setTextData(secret);
    return job;
}

QKeychain::Job *makeRemoveJob(const QString &key)
{
    auto *job = new QKeychain::DeletePasswordJob(kService);
    job->setKey(key);
    return job;
}

//! Empty if there is nothing to be read; a pipe or a device, which may have no end, counts as nothing.
QString contentOf(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.read(kLargestFile)).trimmed();
}

QString inWords(std::chrono::milliseconds duration)
{
    if (duration % 1min == 0ms)
        return SecretStore::tr("%1 min").arg(duration / 1min);
    return SecretStore::tr("%1 s").arg(double(duration.count()) / 1000);
}

} // namespace

struct SecretStore::Finding {
    QKeychain::Error error = QKeychain::NoError;
    QString words; //!< the keychain's own
    QString secret;
};

void SecretReply::end(Outcome outcome, const Error &error)
{
    if (m_ended)
        return;
    m_ended = true;
    m_outcome = outcome;
    setWaitingForPerson(false);
    finish(error);
}

void SecretReply::stop(const Error &cancelled)
{
    end(Outcome::Cancelled, cancelled);
}

SecretStore::SecretStore(QObject *parent) : QObject(parent), m_timeout(2min)
{
}

SecretStore::~SecretStore() = default;

QString SecretStore::newKey(const QString &profileName, SecretRole role)
{
    const QString unique = QUuid::createUuid().toString(QUuid::Id128).left(12);
    return u"%1/%2/%3"_s.arg(profileName, toText(role), unique);
}

SecretReply *SecretStore::read(const QString &key)
{
    return enqueue({Action::Read, key, {}, {}});
}

SecretReply *SecretStore::write(const QString &key, const QString &secret)
{
    // What speaks to the keychain would cut it there without a word.
    if (!secret.isEmpty() && !secret.contains(QChar::Null))
        return enqueue({Action::Write, key, secret, {}});
    auto *reply = new SecretReply(this);
    reply->end(Outcome::Failed,
               secret.isEmpty() ? error(tr("There is no secret to save."))
                                : error(tr("A secret with a NUL character cannot be saved.")));
    return reply;
}

SecretReply *SecretStore::remove(const QString &key)
{
    return enqueue({Action::Remove, key, {}, {}});
}

SecretReply *SecretStore::read(const SecretReference &reference)
{
    if (reference.place == SecretReference::Place::Keychain)
        return read(reference.name);
    auto *reply = new SecretReply(this);
    reply->m_reference = reference;
    if (reference.place == SecretReference::Place::Session)
        reply->m_secret = m_session.value(reference.name);
    else if (reference.place == SecretReference::Place::Environment)
        reply->m_secret = qEnvironmentVariable(reference.name.toUtf8().constData());
    else if (reference.place == SecretReference::Place::File)
        reply->m_secret = contentOf(reference.name);
    if (reply->m_secret.isEmpty())
        reply->end(Outcome::NotFound, nothingAt(reference));
    else
        reply->end(Outcome::Done);
    return reply;
}

Error SecretStore::nothingAt(const SecretReference &reference)
{
    switch (reference.place) {
    case SecretReference::Place::Session:
        return error(tr("The secret was kept for one run of the program, which has ended."),
                     tr("Enter it again."));
    case SecretReference::Place::Environment:
        return error(tr("The variable %1 is not set.").arg(reference.name),
                     tr("Export the variable that holds the secret."));
    case SecretReference::Place::File:
        return error(tr("There is no secret to be read in the file %1.").arg(reference.name),
                     tr("Look whether it exists, and whether it may be read."));
    case SecretReference::Place::Keychain:
    case SecretReference::Place::Nowhere:
        break;
    }
    return error(tr("Nothing says where the secret is."));
}

SecretReply *SecretStore::check()
{
    auto *reply = new SecretReply(this);
    SecretService::look(reply, [this, reply](SecretService::State service) {
        using Service = SecretService::State;
        if (service == Service::Silent) {
            reply->end(Outcome::TimedOut,
                       Error::local(Error::Kind::Timeout, tr("The keychain does not answer."),
                                    tr("Log in to the desktop anew, or restart its keyring.")));
            return;
        }
        setState(service == Service::Absent       ? State::SessionOnly
                     : service == Service::Locked ? State::Locked
                                                  : State::Available);
        reply->end(Outcome::Done);
    });
    return reply;
}

QString SecretStore::stateText() const
{
    switch (m_state) {
    case State::Unknown:
        return tr("The keychain has not been asked for anything yet.");
    case State::Available:
        return tr("Secrets are kept in the system's keychain.");
    case State::SessionOnly:
        return tr(
            "There is no keychain here, so secrets are kept in memory until the program ends.");
    case State::Locked:
        break;
    }
    return tr("The keychain is locked.");
}

QString SecretStore::nextStep() const
{
    if (m_state == State::SessionOnly)
        return tr("Install and start a keyring, such as gnome-keyring or KWallet, to keep them.");
    return m_state == State::Locked ? tr("Unlock it and try again.") : QString();
}

SecretReply *SecretStore::enqueue(const Task &task)
{
    auto *reply = new SecretReply(this);
    auto *deadline = new QTimer(reply);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, reply, [this, reply] { onTimeout(reply); });
    deadline->start(m_timeout);
    reply->setWaitingForPerson(true); // as far as anybody can know
    m_waiting.append(task);
    m_waiting.last().reply = reply;
    QMetaObject::invokeMethod(this, &SecretStore::startNext, Qt::QueuedConnection);
    return reply;
}

void SecretStore::startNext()
{
    // A job that has begun cannot be taken back, so that the next one waits for it.
    if (m_task)
        return;
    while (!m_task && !m_waiting.isEmpty()) {
        const Task next = m_waiting.takeFirst();
        if (next.reply && !next.reply->m_ended)
            m_task = next;
    }
    if (!m_task)
        return;
    const Task &task = *m_task;
    if (task.action == Action::Read && m_session.contains(task.key)) {
        done(m_session.value(task.key));
    } else if (task.action == Action::Remove) {
        SecretService::look(
            this, [this](SecretService::State service) { removeOnceUnlocked(service, true); });
    } else {
        runJob(task.action, [this](const Finding &finding) { judge(finding); });
    }
}

//! Of a locked keyring nothing is removed, though the job says so.
void SecretStore::removeOnceUnlocked(SecretService::State service, bool mayAsk)
{
    if (service != SecretService::State::Locked) {
        runJob(Action::Remove, [this](const Finding &finding) { judge(finding); });
    } else if (mayAsk) { // to read lets the keychain ask for its password
        runJob(Action::Read, [this](const Finding &) {
            SecretService::look(
                this, [this](SecretService::State now) { removeOnceUnlocked(now, false); });
        });
    } else {
        judge({QKeychain::AccessDenied, {}, {}}, service);
    }
}

void SecretStore::runJob(Action action, const std::function<void(const Finding &)> &then)
{
    // Without a parent: what runs inside must not lose it, even if this object goes.
    QKeychain::Job *const job = action == Action::Read ? makeReadJob(m_task->key)
        : action == Action::Write                      ? makeWriteJob(m_task->key, m_task->secret)
                                                       : makeRemoveJob(m_task->key);
    connect(job, &QKeychain::Job::finished, this, [then](QKeychain::Job *ended) {
        Finding finding{ended->error(), ended->errorString(), {}};
        if (const auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(ended))
            finding.secret = read->textData();
        then(finding);
    });
    job->start();
}

void SecretStore::judge(const Finding &finding)
{
    switch (finding.error) {
    case QKeychain::NoError:
        setState(State::Available);
        if (m_task->action != Action::Read)
            m_session.remove(m_task->key);
        done(finding.secret);
        return;
    case QKeychain::AccessDeniedByUser:
        end(Outcome::Denied,
            error(tr("The keychain denied access."), tr("Try again, and allow it.")));
        return;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
        withoutService();
        return;
    case QKeychain::EntryNotFound: // which a locked keyring says too
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::AccessDenied:
    case QKeychain::OtherError:
        break;
    }
    SecretService::look(this,
                        [this, finding](SecretService::State service) { judge(finding, service); });
}

void SecretStore::judge(const Finding &finding, SecretService::State service)
{
    using Service = SecretService::State;
    if (service == Service::Absent) {
        withoutService();
        return;
    }
    if (service == Service::Locked) {
        setState(State::Locked);
        end(Outcome::Locked, error(stateText(), nextStep()));
        return;
    }
    if (finding.error == QKeychain::EntryNotFound) {
        setState(State::Available);
        if (m_task->action == Action::Remove) {
            m_session.remove(m_task->key);
            done({});
        } else {
            end(Outcome::NotFound,
                error(tr("The keychain has no entry \"%1\".").arg(m_task->key),
                      tr("Save the secret again.")));
        }
        return;
    }
    if (finding.error == QKeychain::AccessDenied) {
        end(Outcome::Denied,
            error(tr("The keychain denied access."),
                  tr("Look at its settings for Syncscope, and try again.")));
        return;
    }
    Error failure = service == Service::NoKeyring
        ? error(tr("The keychain's service has no keyring to save into."),
                tr("Log in to the desktop, or make a keyring, for example with Seahorse."))
        : error(tr("The keychain could not do it."), tr("Look whether its service is well."));
    failure.serverMessage = finding.words;
    end(Outcome::Failed, failure);
}

void SecretStore::done(const QString &secret)
{
    if (m_task->reply) {
        const bool isSession = m_session.contains(m_task->key);
        m_task->reply->m_secret = secret;
        m_task->reply->m_reference = {isSession ? SecretReference::Place::Session
                                                : SecretReference::Place::Keychain,
                                      m_task->key};
    }
    end(Outcome::Done);
}

void SecretStore::withoutService()
{
    setState(State::SessionOnly);
    const bool wasInSession = m_session.contains(m_task->key);
    if (m_task->action == Action::Write) {
        m_session.insert(m_task->key, m_task->secret);
        done({});
    } else if (m_task->action == Action::Remove && wasInSession) {
        m_session.remove(m_task->key);
        done({});
    } else {
        end(Outcome::NoService,
            error(m_task->action == Action::Remove
                      ? tr("There is no keychain here from which the secret could be removed.")
                      : tr("There is no keychain here from which the secret could be read."),
                  tr("Start the keyring that it was saved in, or enter the secret again.")));
    }
}

void SecretStore::end(Outcome outcome, const Error &error)
{
    if (m_task->reply)
        m_task->reply->end(outcome, error);
    m_task.reset();
    QMetaObject::invokeMethod(this, &SecretStore::startNext, Qt::QueuedConnection);
}

void SecretStore::onTimeout(SecretReply *reply)
{
    const bool isBusyWithIt = m_task && m_task->reply == reply;
    const QString after = inWords(m_timeout);
    const QString message = isBusyWithIt
        ? tr("The keychain did not answer within %1.").arg(after)
        : tr("The keychain did not get to it within %1, since an earlier request is not answered.")
              .arg(after);
    reply->end(Outcome::TimedOut,
               Error::local(Error::Kind::Timeout, message,
                            tr("It may show a window that asks for its password: answer that one, "
                               "and try again.")));
}

void SecretStore::setState(State state)
{
    if (m_state == state)
        return;
    m_state = state;
    Q_EMIT stateChanged();
}

} // namespace Syncscope
