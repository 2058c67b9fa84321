// SPDX-License-Identifier: Apache-2.0
#include "app/cli/profilecommand.h"

#include "app/cli/console.h"
#include "app/cli/keychainreader.h"

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

using Outcome = SecretReply::Outcome;

//! A capital and no full stop, for a sentence that goes on.
QString subjectOf(SecretRole role)
{
    return u"The %1"_s.arg(nameOf(role));
}

} // namespace

ProfileCommand::ProfileCommand(const ProfileOptions &options,
                               const std::optional<std::chrono::milliseconds> &timeout,
                               Output &output, Console &console, QObject *parent)
    : Command(parent)
    , m_options(options)
    , m_output(output)
    , m_console(console)
    , m_path(ProfileStore::defaultPath())
{
    if (timeout)
        m_secrets.setTimeout(*timeout);
    for (const ImportedProfile &imported : std::as_const(m_options.imported.profiles)) {
        for (const QString &secret : imported.secrets)
            m_console.hide(secret);
    }
}

void ProfileCommand::start()
{
    switch (m_options.action) {
    case ProfileOptions::Action::List:
        list();
        break;
    case ProfileOptions::Action::Show:
        show();
        break;
    case ProfileOptions::Action::Use:
        use();
        break;
    case ProfileOptions::Action::Import:
        m_console.status(u"this is: %1"_s.arg(m_options.imported.kind));
        [[fallthrough]];
    case ProfileOptions::Action::Add:
        saveNext();
        break;
    case ProfileOptions::Action::Remove:
        removeNext();
        break;
    }
}

void ProfileCommand::interrupt(ExitCode exitCode)
{
    finish(exitCode);
}

void ProfileCommand::list()
{
    const auto store = load();
    if (!store)
        return;
    for (const Profile &profile : store->profiles())
        print(profile, profile.name == store->defaultName(), true);
    if (store->profiles().isEmpty())
        m_console.status(u"There are no profiles in %1 yet."_s.arg(m_path));
    finish(ExitCode::Done);
}

void ProfileCommand::show()
{
    const auto store = load();
    if (!store)
        return;
    const QString name = m_options.names.value(0, store->defaultName());
    const auto profile = store->profile(name);
    if (profile) {
        print(*profile, name == store->defaultName());
        finish(ExitCode::Done);
    } else if (name.isEmpty()) {
        fail(Problem::usage(u"No profile is the default one."_s,
                            u"Name one: syncscope-cli profile show NAME"_s));
    } else {
        Problem problem;
        (void)ProfileStore::find(name, &problem); // has the words
        fail(problem);
    }
}

void ProfileCommand::use()
{
    const Problem problem = ProfileStore::setDefault(m_path, m_options.names.first());
    if (problem.isProblem())
        fail(problem);
    else
        show();
}

void ProfileCommand::saveNext()
{
    if (m_options.imported.profiles.isEmpty()) {
        finish(ExitCode::Done);
        return;
    }
    m_current = m_options.imported.profiles.takeFirst();
    const auto store = load();
    if (!store)
        return;
    Profile &profile = m_current.profile;
    const bool isNamed = m_options.action == ProfileOptions::Action::Add;
    if (!isNamed)
        profile.name = store->freeName(profile.name);
    else if (store->profile(profile.name)) {
        // Before a secret goes into the keychain for nothing.
        fail(Problem::usage(u"There is a profile \"%1\" already."_s.arg(profile.name),
                            u"Choose another name, or remove that one first."_s));
        return;
    }
    m_roles = m_current.secrets.keys();
    std::sort(m_roles.begin(), m_roles.end());
    saveSecret();
}

void ProfileCommand::saveSecret()
{
    if (m_roles.isEmpty()) {
        saveProfile();
        return;
    }
    const SecretRole role = m_roles.takeFirst();
    SecretReply *const reply = m_secrets.write(SecretStore::newKey(m_current.profile.name, role),
                                               m_current.secrets.value(role));
    connect(reply, &SecretReply::finished, this,
            [this, role, reply] { onSecretSaved(role, *reply); });
}

void ProfileCommand::onSecretSaved(SecretRole role, const SecretReply &reply)
{
    if (m_finished)
        return;
    const SecretReference reference = reply.reference();
    if (reply.outcome() == Outcome::Done && reference.place == SecretReference::Place::Keychain) {
        m_current.profile.secret(role) = reference;
        saveSecret();
        return;
    }
    // This program ends now, so that its memory is no place to keep anything.
    const bool isSession = reply.outcome() == Outcome::Done;
    const QString why = isSession ? u"there is no keychain here"_s : reply.error().message;
    const Problem problem = isSession
        ? Problem::usage(u"%1 cannot be saved: there is no keychain here."_s.arg(subjectOf(role)),
                         u"Start a keyring, or let the profile name a variable or a file: see "
                         "--api-key-env, --token-env, --client-secret-env and --token-file."_s)
        : problemOf(reply.outcome(), reply.error());
    if (m_options.action == ProfileOptions::Action::Add) {
        giveUp(problem);
        return;
    }
    m_console.warning(problem.message);
    m_current.missing.append(
        u"%1: the file has it, but it could not be saved: %2"_s.arg(subjectOf(role), why));
    saveSecret();
}

void ProfileCommand::saveProfile()
{
    const Problem problem = ProfileStore::add(m_path, m_current.profile);
    if (problem.isProblem()) {
        giveUp(problem);
        return;
    }
    print(m_current.profile, false);
    saveNext();
}

void ProfileCommand::giveUp(const Problem &problem)
{
    QList<SecretReference> written;
    for (const SecretRole role : secretRoles()) {
        const SecretReference &reference = m_current.profile.secret(role);
        if (reference.place == SecretReference::Place::Keychain)
            written.append(reference);
    }
    if (written.isEmpty()) {
        fail(problem);
        return;
    }
    SecretReply *last = nullptr;
    for (const SecretReference &reference : std::as_const(written))
        last = m_secrets.remove(reference.name);
    connect(last, &SecretReply::finished, this, [this, problem] { fail(problem); });
}

void ProfileCommand::removeNext()
{
    if (m_options.names.isEmpty()) {
        finish(ExitCode::Done);
        return;
    }
    const QString name = m_options.names.takeFirst();
    const auto store = load();
    if (!store)
        return;
    const auto profile = store->profile(name);
    if (!profile) {
        Problem problem;
        (void)ProfileStore::find(name, &problem);
        fail(problem);
        return;
    }
    m_current = {*profile, {}, {}, {}};
    m_removedSecrets = 0;
    m_roles.clear();
    for (const SecretRole role : secretRoles()) {
        const SecretReference &reference = profile->secret(role);
        if (reference.place == SecretReference::Place::Keychain
            && !store->isShared(reference, name))
            m_roles.append(role);
    }
    removeSecret();
}

//! Secrets first: without the profile nobody would know of them.
void ProfileCommand::removeSecret()
{
    if (m_roles.isEmpty()) {
        removeProfile();
        return;
    }
    const SecretRole role = m_roles.takeFirst();
    SecretReply *const reply = m_secrets.remove(m_current.profile.secret(role).name);
    connect(reply, &SecretReply::finished, this,
            [this, role, reply] { onSecretRemoved(role, *reply); });
}

void ProfileCommand::onSecretRemoved(SecretRole role, const SecretReply &reply)
{
    if (m_finished)
        return;
    switch (reply.outcome()) {
    case Outcome::Done:
        ++m_removedSecrets;
        break;
    case Outcome::NotFound:
        break;
    case Outcome::NoService: // it may be another machine's
        m_console.warning(
            u"%1 was not removed from the keychain: there is none here."_s.arg(subjectOf(role)));
        break;
    case Outcome::Locked:
    case Outcome::Denied:
    case Outcome::TimedOut:
    case Outcome::Failed:
    case Outcome::Cancelled:
        fail(problemOf(reply.outcome(), reply.error()));
        return;
    }
    removeSecret();
}

void ProfileCommand::removeProfile()
{
    const QString name = m_current.profile.name;
    const Problem problem = ProfileStore::remove(m_path, name);
    if (problem.isProblem()) {
        fail(problem);
        return;
    }
    m_output.removed(name, m_removedSecrets);
    removeNext();
}

std::optional<ProfileStore> ProfileCommand::load()
{
    Problem problem;
    auto store = ProfileStore::load(m_path, &problem);
    if (!store)
        fail(problem);
    return store;
}

void ProfileCommand::print(const Profile &profile, bool isDefault, bool isBrief)
{
    Messages::StoredProfile stored;
    stored.profile = profile;
    stored.isDefault = isDefault;
    stored.isBrief = isBrief;
    stored.missing = m_current.missing;
    stored.notes = m_current.notes;
    m_output.profile(stored);
}

void ProfileCommand::fail(const Problem &problem)
{
    if (m_finished)
        return;
    m_output.error(u"profile"_s, {}, problem.toError());
    finish(exitCodeFor(problem));
}

void ProfileCommand::finish(ExitCode exitCode)
{
    if (m_finished)
        return;
    m_finished = true;
    m_output.end(exitCode);
    Q_EMIT finished(exitCode);
}

} // namespace Syncscope::Cli
