// SPDX-License-Identifier: Apache-2.0
#include "awsconfig_p.h"

#include "../shellwords_p.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace AppSync {

namespace {

constexpr qint64 kLargestFile = 4 * 1024 * 1024;

QString tr(const char *text)
{
    return QCoreApplication::translate("AppSync::AwsConfig", text);
}

Error unreadable(const QString &path, const QString &reason)
{
    return Error::local(Error::Kind::InvalidInput,
                        tr("The AWS file %1 cannot be read: %2.").arg(path, reason),
                        tr("Mend the file, or name another one with AWS_CONFIG_FILE or "
                           "AWS_SHARED_CREDENTIALS_FILE."));
}

//! The sections of the file at \a path; none where there is no file. Devices count as missing: /dev/null is
//! how people switch a file off, and a pipe would block.
QList<IniSection> sectionsOf(const QString &path, Error *error)
{
    const QFileInfo info(path);
    if (info.isDir()) {
        *error = unreadable(path, tr("it is a folder"));
        return {};
    }
    if (!info.isFile())
        return {};
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        *error = unreadable(path, file.errorString());
        return {};
    }
    if (file.size() > kLargestFile) {
        *error = unreadable(path, tr("it is too large"));
        return {};
    }
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(file.readAll());
    if (decoder.hasError()) {
        *error = unreadable(path, tr("it is not UTF-8 text"));
        return {};
    }
    const IniFile ini = IniFile::parse(text);
    if (!ini.problem.isEmpty())
        *error = unreadable(path, tr("line %1: %2").arg(ini.line).arg(ini.problem));
    return ini.sections;
}

//! The x of `[kind x]`, which may be quoted as in a shell; empty where \a section is of another kind.
QString nameAfter(const QString &kind, const IniSection &section)
{
    const QStringList words = posixWords(section.name).value_or(QStringList());
    return words.size() == 2 && words.first() == kind ? words.last() : QString();
}

template <class Value> const Value *find(const QHash<QString, Value> &hash, const QString &key)
{
    const auto found = hash.constFind(key);
    return found == hash.cend() ? nullptr : &*found;
}

} // namespace

QString AwsProfile::value(const QString &key) const
{
    return credentials.values.value(key, config.values.value(key));
}

bool AwsProfile::contains(const QString &key) const
{
    return !value(key).isEmpty();
}

AwsConfig AwsConfig::load(const AwsEnvironment &environment, Error *error)
{
    *error = {};
    AwsConfig loaded;
    loaded.addConfig(sectionsOf(environment.configFile(), error));
    if (!error->isError())
        loaded.addCredentials(sectionsOf(environment.credentialsFile(), error));
    return error->isError() ? AwsConfig() : loaded;
}

const AwsProfile *AwsConfig::profile(const QString &name) const
{
    return find(m_profiles, name);
}

QStringList AwsConfig::profileNames() const
{
    QStringList names = m_profiles.keys();
    names.sort();
    return names;
}

const IniSection *AwsConfig::ssoSession(const QString &name) const
{
    return find(m_ssoSessions, name);
}

const IniSection *AwsConfig::services(const QString &name) const
{
    return find(m_services, name);
}

void AwsConfig::addConfig(const QList<IniSection> &sections)
{
    for (const IniSection &section : sections) {
        if (const QString name = nameAfter(u"profile"_s, section); !name.isEmpty())
            m_profiles.insert(name, {name, section, {}});
        else if (const QString name = nameAfter(u"sso-session"_s, section); !name.isEmpty())
            m_ssoSessions.insert(name, section);
        else if (const QString name = nameAfter(u"services"_s, section); !name.isEmpty())
            m_services.insert(name, section);
        // Where both [default] and [profile default] exist, the latter holds.
        else if (section.name == u"default" && !m_profiles.contains(section.name))
            m_profiles.insert(section.name, {section.name, section, {}});
    }
}

void AwsConfig::addCredentials(const QList<IniSection> &sections)
{
    for (const IniSection &section : sections) {
        AwsProfile &profile = m_profiles[section.name];
        profile.name = section.name;
        profile.credentials = section;
    }
}

} // namespace AppSync
