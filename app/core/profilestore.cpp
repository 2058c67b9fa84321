// SPDX-License-Identifier: Apache-2.0
#include "app/core/profilestore.h"

#include "app/core/jsontext.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! Reads one file and remembers the first thing that is wrong with it.
class Reader {
public:
    Reader(const QString &path, const QByteArray &text) : m_path(path), m_text(text) { }

    QList<Profile> profiles()
    {
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(m_text, &error);
        if (error.error != QJsonParseError::NoError) {
            failAt(JsonText::lineAt(m_text, error.offset), error.errorString());
            return {};
        }
        if (!document.isObject()) {
            failAt(1, u"a JSON object is expected"_s);
            return {};
        }
        const QJsonObject top = document.object();
        if (top.value("version"_L1) != 1) {
            fail({u"version"_s}, u"\"version\": 1 is expected"_s);
            return {};
        }
        if (!top.contains("profiles"_L1))
            return {profile(top, {})};
        if (!top.value("profiles"_L1).isArray()) {
            fail({u"profiles"_s}, u"\"profiles\" must be an array"_s);
            return {};
        }
        const QJsonArray array = top.value("profiles"_L1).toArray();
        QList<Profile> result;
        for (qsizetype i = 0; i < array.size(); ++i)
            result.append(profile(array.at(i).toObject(), {u"profiles"_s, QString::number(i)}));
        return result;
    }

    [[nodiscard]] Problem problem() const { return m_problem; }

private:
    Profile profile(const QJsonObject &object, const QStringList &path)
    {
        Profile result;
        result.name = text(object, u"name"_s, path);
        result.endpoint = text(object, u"endpoint"_s, path);
        result.realtime = text(object, u"realtime"_s, path);
        result.region = text(object, u"region"_s, path);
        result.auth = mode(object, u"auth"_s, path);
        result.connectAuth = mode(object, u"connectAuth"_s, path);
        result.subscribeAuth = mode(object, u"subscribeAuth"_s, path);
        result.publishAuth = mode(object, u"publishAuth"_s, path);
        const QJsonObject secrets = object.value("secrets"_L1).toObject();
        const QStringList below = path + QStringList{u"secrets"_s};
        result.apiKey = secret(secrets, u"apiKey"_s, below);
        result.token = secret(secrets, u"token"_s, below);
        result.connectToken = secret(secrets, u"connectToken"_s, below);
        result.subscribeToken = secret(secrets, u"subscribeToken"_s, below);
        result.publishToken = secret(secrets, u"publishToken"_s, below);
        return result;
    }

    QString text(const QJsonObject &object, const QString &key, const QStringList &path)
    {
        const QJsonValue value = object.value(key);
        if (!value.isUndefined() && !value.isNull() && !value.isString())
            fail(path + QStringList{key}, u"\"%1\" must be a string"_s.arg(key));
        return value.toString();
    }

    std::optional<AuthMode> mode(const QJsonObject &object, const QString &key,
                                 const QStringList &path)
    {
        const QString name = text(object, key, path);
        if (name.isEmpty())
            return std::nullopt;
        const auto result = authModeFromText(name);
        if (!result) {
            fail(path + QStringList{key},
                 u"\"%1\" must be one of %2"_s.arg(key, authModeNames().join(u", ")));
        }
        return result;
    }

    SecretReference secret(const QJsonObject &secrets, const QString &key, const QStringList &path)
    {
        const QJsonValue value = secrets.value(key);
        if (value.isUndefined())
            return {};
        const QJsonObject object = value.toObject();
        const QString variable = object.value("env"_L1).toString();
        const QString file = object.value("file"_L1).toString();
        if (object.size() == 1 && !variable.isEmpty())
            return {SecretReference::Place::Environment, variable};
        if (object.size() == 1 && !file.isEmpty())
            return {SecretReference::Place::File, file};
        fail(
            path + QStringList{key},
            u"\"%1\" must say where the secret stands: {\"env\": \"NAME\"} or {\"file\": \"PATH\"}"_s
                .arg(key));
        return {};
    }

    void fail(const QStringList &path, const QString &what)
    {
        const auto place = JsonText::find(m_text, path);
        failAt(place ? JsonText::lineAt(m_text, place->name) : 1, what);
    }
    void failAt(int line, const QString &what)
    {
        if (!m_problem.isProblem())
            m_problem = Problem::file(u"%1:%2: %3."_s.arg(m_path).arg(line).arg(what));
    }

    const QString m_path;
    const QByteArray m_text;
    Problem m_problem;
};

bool namesAFile(const QString &text)
{
    return text.contains(u'/') || text.contains(QDir::separator()) || text.endsWith(u".json");
}

} // namespace

QString ProfileStore::defaultPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation)
        + u"/syncscope/profiles.json"_s;
}

std::optional<ProfileStore> ProfileStore::load(const QString &path, Problem *problem)
{
    ProfileStore store;
    QFile file(path);
    if (!file.exists())
        return store;
    if (!file.open(QIODevice::ReadOnly)) {
        *problem =
            Problem::file(u"Cannot read the profiles in %1: %2."_s.arg(path, file.errorString()));
        return std::nullopt;
    }
    Reader reader(path, file.readAll());
    store.m_profiles = reader.profiles();
    if (reader.problem().isProblem()) {
        *problem = reader.problem();
        return std::nullopt;
    }
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
    const QString known = store->names().join(u", ");
    *problem = Problem::usage(u"There is no profile \"%1\" in %2."_s.arg(nameOrFile, path),
                              known.isEmpty() ? u"The file has no profiles yet."_s
                                              : u"Known are: %1."_s.arg(known));
    return std::nullopt;
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

} // namespace Syncscope
