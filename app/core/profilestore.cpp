// SPDX-License-Identifier: Apache-2.0
#include "app/core/profilestore.h"

#include "app/core/profilefile.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>

#include <functional>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr int kLockPatienceMs = 2000;

Problem notThere(const QList<Profile> &profiles, const QString &name, const QString &path)
{
    QStringList known;
    for (const Profile &profile : profiles)
        known.append(profile.name);
    return Problem::usage(u"There is no profile \"%1\" in %2."_s.arg(name, path),
                          known.isEmpty() ? u"The file has no profiles yet."_s
                                          : u"Known are: %1."_s.arg(known.join(u", ")));
}

//! Which profile has the name; none, or several, is a problem.
std::optional<qsizetype> indexOf(const QList<Profile> &profiles, const QString &name,
                                 const QString &path, Problem *problem)
{
    std::optional<qsizetype> found;
    for (qsizetype i = 0; i < profiles.size(); ++i) {
        if (profiles.at(i).name != name)
            continue;
        if (found) {
            *problem = Problem::file(u"There are several profiles \"%1\" in %2."_s.arg(name, path),
                                     u"Give each its own name there."_s);
            return std::nullopt;
        }
        found = i;
    }
    if (!found)
        *problem = notThere(profiles, name, path);
    return found;
}

Problem alreadyThere(const QString &name)
{
    return Problem::usage(u"There is a profile \"%1\" already."_s.arg(name),
                          u"Choose another name, or remove that one first."_s);
}

bool has(const QList<Profile> &profiles, const QString &name)
{
    return std::any_of(profiles.begin(), profiles.end(),
                       [&](const Profile &profile) { return profile.name == name; });
}

bool makeFolder(const QString &path)
{
    if (QDir(path).exists())
        return true;
    return QDir().mkpath(path)
        && QFile::setPermissions(
               path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

//! Reads, changes and writes the file while nobody else does.
Problem edit(const QString &path, const std::function<Problem(ProfileFile *)> &change)
{
    const QString folder = QFileInfo(path).absolutePath();
    if (!makeFolder(folder))
        return Problem::file(u"Cannot make the folder %1 for the profiles."_s.arg(folder));
    QLockFile lock(path + u".lock"_s);
    if (!lock.tryLock(kLockPatienceMs)) {
        if (lock.error() == QLockFile::LockFailedError) {
            return Problem::file(u"Another program is changing the profiles in %1."_s.arg(path),
                                 u"Try again in a moment."_s);
        }
        return Problem::file(
            u"Cannot write the profiles in %1: its folder is not writable."_s.arg(path));
    }
    Problem problem;
    auto file = ProfileFile::read(path, &problem);
    if (file)
        problem = change(&*file);
    return problem.isProblem() ? problem : file->write(path);
}

} // namespace

QString ProfileStore::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/syncscope/profiles.json"_s;
}

std::optional<ProfileStore> ProfileStore::load(const QString &path, Problem *problem)
{
    const auto file = ProfileFile::read(path, problem);
    if (!file)
        return std::nullopt;
    ProfileStore store;
    store.m_profiles = file->profiles();
    store.m_defaultName = file->defaultName();
    return store;
}

std::optional<Profile> ProfileStore::find(const QString &nameOrFile, Problem *problem)
{
    const bool isFile = namesAFile(nameOrFile);
    const QString path = isFile ? nameOrFile : defaultPath();
    if (isFile && !QFileInfo::exists(path)) {
        *problem = Problem::file(u"There is no profile file %1."_s.arg(path));
        return std::nullopt;
    }
    const auto store = load(path, problem);
    if (!store)
        return std::nullopt;
    if (isFile) {
        if (store->profiles().size() == 1)
            return store->profiles().first();
        *problem = Problem::file(
            u"%1 has %2 profiles; a file given to --profile must have one."_s.arg(path).arg(
                store->profiles().size()));
        return std::nullopt;
    }
    if (const auto profile = store->profile(nameOrFile))
        return profile;
    *problem = notThere(store->profiles(), nameOrFile, path);
    return std::nullopt;
}

std::optional<Profile> ProfileStore::findDefault(Problem *problem)
{
    const auto store = load(defaultPath(), problem);
    if (!store || store->defaultName().isEmpty())
        return std::nullopt;
    const auto profile = store->profile(store->defaultName());
    if (!profile)
        *problem = notThere(store->profiles(), store->defaultName(), defaultPath());
    return profile;
}

Problem ProfileStore::add(const QString &path, const Profile &profile)
{
    const Problem wrong = profile.check();
    if (wrong.isProblem())
        return wrong;
    return edit(path, [&](ProfileFile *file) {
        if (has(file->profiles(), profile.name))
            return alreadyThere(profile.name);
        file->append(profile);
        return Problem();
    });
}

Problem ProfileStore::replace(const QString &path, const QString &name, const Profile &profile)
{
    const Problem wrong = profile.check();
    if (wrong.isProblem())
        return wrong;
    return edit(path, [&](ProfileFile *file) {
        Problem problem;
        const auto index = indexOf(file->profiles(), name, path, &problem);
        if (!index)
            return problem;
        if (profile.name != name && has(file->profiles(), profile.name))
            return alreadyThere(profile.name);
        file->replace(*index, profile);
        if (file->defaultName() == name)
            file->setDefault(profile.name);
        return Problem();
    });
}

Problem ProfileStore::rename(const QString &path, const QString &from, const QString &to)
{
    return edit(path, [&](ProfileFile *file) {
        Problem problem;
        const auto index = indexOf(file->profiles(), from, path, &problem);
        if (!index)
            return problem;
        if (from != to && has(file->profiles(), to))
            return alreadyThere(to);
        Profile profile = file->profiles().at(*index);
        profile.name = to;
        problem = profile.check();
        if (problem.isProblem())
            return problem;
        file->replace(*index, profile);
        if (file->defaultName() == from)
            file->setDefault(to);
        return Problem();
    });
}

Problem ProfileStore::remove(const QString &path, const QString &name)
{
    return edit(path, [&](ProfileFile *file) {
        Problem problem;
        const auto index = indexOf(file->profiles(), name, path, &problem);
        if (!index)
            return problem;
        file->remove(*index);
        if (file->defaultName() == name)
            file->setDefault({});
        return Problem();
    });
}

Problem ProfileStore::setDefault(const QString &path, const QString &name)
{
    return edit(path, [&](ProfileFile *file) {
        Problem problem;
        if (!name.isEmpty() && !indexOf(file->profiles(), name, path, &problem))
            return problem;
        file->setDefault(name);
        return Problem();
    });
}

QStringList ProfileStore::names() const
{
    QStringList result;
    for (const Profile &profile : m_profiles)
        result.append(profile.name);
    return result;
}

std::optional<Profile> ProfileStore::profile(const QString &name) const
{
    for (const Profile &profile : m_profiles) {
        if (profile.name == name)
            return profile;
    }
    return std::nullopt;
}

QString ProfileStore::freeName(const QString &wanted) const
{
    const QString base = goodName(wanted);
    QString name = base;
    for (int number = 2; has(m_profiles, name); ++number)
        name = u"%1 %2"_s.arg(base).arg(number);
    return name;
}

bool ProfileStore::isShared(const SecretReference &reference, const QString &name) const
{
    const auto refers = [&](const Profile &profile) {
        const QList<SecretRole> roles = secretRoles();
        return profile.name != name
            && std::any_of(roles.begin(), roles.end(),
                           [&](SecretRole role) { return profile.secret(role) == reference; });
    };
    return std::any_of(m_profiles.begin(), m_profiles.end(), refers);
}

} // namespace Syncscope
