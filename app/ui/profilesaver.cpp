// SPDX-License-Identifier: Apache-2.0
#include "app/ui/profilesaver.h"

#include "app/core/profilestore.h"

namespace Syncscope {

namespace {

bool isOurs(const SecretReference &reference)
{
    return reference.place == SecretReference::Place::Keychain
        || reference.place == SecretReference::Place::Session;
}

} // namespace

ProfileSaver::ProfileSaver(const QString &path, SecretStore *secrets, QObject *parent)
    : QObject(parent), m_path(path), m_secrets(secrets)
{
}

void ProfileSaver::save(const ProfileDraft &draft, const QString &savedName)
{
    if (m_isBusy)
        return;
    m_isBusy = true;
    m_draft = draft;
    m_draft.profile.name = draft.profile.name.trimmed();
    m_savedName = savedName;
    m_roles.clear();
    m_newKeys.clear();
    // What cannot be saved must leave nothing in the keychain.
    const Problem problem = check();
    if (problem.isProblem())
        return end(Notice::fromError(problem.toError()));
    for (const SecretRole role : draft.rolesInUse()) {
        if (!draft.typed(role).isEmpty())
            m_roles.append(role);
    }
    writeNext();
}

Problem ProfileSaver::check() const
{
    const Profile profile = m_draft.toProfile();
    Problem problem = profile.check();
    if (problem.isProblem())
        return problem;
    const auto store = ProfileStore::load(m_path, &problem);
    if (!store)
        return problem;
    if (profile.name != m_savedName && store->names().contains(profile.name))
        return Problem::usage(
            tr("There is a profile \"%1\" already.").arg(profile.name),
            tr("Choose another name, for example: %1").arg(store->freeName(profile.name)));
    return {};
}

void ProfileSaver::writeNext()
{
    if (m_roles.isEmpty())
        return writeProfile();
    const SecretRole role = m_roles.first();
    const SecretReference kept = m_draft.profile.secret(role);
    Problem problem;
    const auto store = ProfileStore::load(m_path, &problem);
    const bool isOwn =
        isOurs(kept) && store && !store->isShared(kept, m_savedName) && !m_savedName.isEmpty();
    const QString key = isOwn ? kept.name : SecretStore::newKey(m_draft.profile.name, role);
    if (!isOwn)
        m_newKeys.append(key);
    SecretReply *reply = m_secrets->write(key, m_draft.typed(role));
    connect(reply, &AppSync::Reply::finished, this, [this, reply] { onWritten(reply); });
}

void ProfileSaver::onWritten(SecretReply *reply)
{
    if (reply->error().isError())
        return end(Notice::fromError(reply->error()));
    m_draft.profile.secret(m_roles.takeFirst()) = reply->reference();
    writeNext();
}

void ProfileSaver::writeProfile()
{
    const Profile profile = m_draft.toProfile();
    Problem problem;
    const auto store = ProfileStore::load(m_path, &problem);
    const auto before =
        store && !m_savedName.isEmpty() ? store->profile(m_savedName) : std::nullopt;
    problem = before ? ProfileStore::replace(m_path, m_savedName, profile)
                     : ProfileStore::add(m_path, profile);
    if (problem.isProblem())
        return end(Notice::fromError(problem.toError()));
    if (before)
        tidy(*before, profile.name);
    m_draft = {};
    m_isBusy = false;
    Q_EMIT saved(profile);
}

void ProfileSaver::end(const Notice &notice)
{
    for (const QString &key : std::as_const(m_newKeys))
        m_secrets->remove(key);
    m_draft = {};
    m_isBusy = false;
    Q_EMIT failed(notice);
}

Problem ProfileSaver::remove(const QString &name)
{
    Problem problem;
    const auto store = ProfileStore::load(m_path, &problem);
    if (!store)
        return problem;
    const auto before = store->profile(name);
    problem = ProfileStore::remove(m_path, name);
    if (!problem.isProblem() && before)
        tidy(*before, {});
    return problem;
}

void ProfileSaver::tidy(const Profile &before, const QString &nameNow)
{
    Problem problem;
    const auto store = ProfileStore::load(m_path, &problem);
    if (!store)
        return;
    const Profile now = store->profile(nameNow).value_or(Profile());
    for (const SecretRole role : secretRoles()) {
        const SecretReference &reference = before.secret(role);
        const auto isUsed = [&](SecretRole other) { return now.secret(other) == reference; };
        const QList<SecretRole> roles = secretRoles();
        if (isOurs(reference) && !store->isShared(reference, nameNow)
            && std::none_of(roles.begin(), roles.end(), isUsed))
            m_secrets->remove(reference.name);
    }
}

Problem ProfileSaver::setSession(const QString &name, const SecretReference &reference)
{
    Problem problem;
    const auto store = ProfileStore::load(m_path, &problem);
    if (!store)
        return problem;
    auto profile = store->profile(name);
    if (!profile)
        return {};
    profile->refreshToken = reference;
    return ProfileStore::replace(m_path, name, *profile);
}

} // namespace Syncscope
