// SPDX-License-Identifier: Apache-2.0
#include "app/core/profilefile.h"

#include "app/core/profiletext.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

constexpr qint64 kLargestProfiles = 8 * 1024 * 1024;
constexpr auto kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

std::optional<QByteArray> contentOf(const QString &path, Problem *problem)
{
    const auto fail = [&](const QString &why) {
        *problem = Problem::file(u"Cannot read the profiles in %1: %2."_s.arg(path, why));
        return std::nullopt;
    };
    QFile file(path);
    if (!file.exists())
        return QByteArray();
    // A pipe or a device may have no end.
    if (!QFileInfo(path).isFile())
        return fail(u"it is not a file"_s);
    if (file.size() > kLargestProfiles)
        return fail(u"it is larger than %1 MiB"_s.arg(kLargestProfiles >> 20));
    if (!file.open(QIODevice::ReadOnly))
        return fail(file.errorString());
    QByteArray text = file.readAll();
    if (text.startsWith("\xef\xbb\xbf"))
        text.remove(0, 3);
    return text.isNull() ? QByteArray("") : text; // null is: there is no file
}

} // namespace

//! Reads one file and remembers the first thing that is wrong with it.
class ProfileFile::Reader {
public:
    Reader(const QString &path, const QByteArray &text) : m_path(path), m_text(text) { }

    ProfileFile file()
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
        ProfileFile result;
        result.m_members.clear();
        if (top.contains("profiles"_L1))
            readMany(top, &result);
        else
            readOne(&result);
        return result;
    }

    [[nodiscard]] Problem problem() const { return m_problem; }

private:
    void readMany(const QJsonObject &top, ProfileFile *result)
    {
        if (!top.value("profiles"_L1).isArray()) {
            fail({u"profiles"_s}, u"\"profiles\" must be an array"_s);
            return;
        }
        const QJsonValue chosen = top.value("default"_L1);
        if (!chosen.isUndefined() && !chosen.isNull() && !chosen.isString())
            fail({u"default"_s}, u"\"default\" must be a string"_s);
        result->m_defaultName = chosen.toString();
        for (const JsonText::Member &member : JsonText::members(m_text)) {
            if (member.name == u"profiles")
                result->m_elements = JsonText::members(member.value);
            else if (member.name != u"default")
                result->m_members.append(member);
        }
        for (qsizetype i = 0; i < result->m_elements.size(); ++i) {
            result->m_profiles.append(
                profile(result->m_elements.at(i).value, {u"profiles"_s, QString::number(i)}));
        }
    }

    //! A file that is one profile.
    void readOne(ProfileFile *result)
    {
        QList<JsonText::Member> own;
        for (const JsonText::Member &member : JsonText::members(m_text))
            (member.name == u"version" ? result->m_members : own).append(member);
        result->m_elements = {{{}, JsonText::object(own)}};
        result->m_profiles = {profile(m_text, {})};
    }

    Profile profile(const QByteArray &json, const QStringList &path)
    {
        std::optional<ProfileText::Fault> fault;
        const Profile result = ProfileText::read(json, &fault);
        if (fault)
            fail(path + fault->path, fault->what);
        return result;
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

std::optional<ProfileFile> ProfileFile::read(const QString &path, Problem *problem)
{
    const auto text = contentOf(path, problem);
    if (!text)
        return std::nullopt;
    if (text->isNull())
        return ProfileFile();
    Reader reader(path, *text);
    ProfileFile file = reader.file();
    if (reader.problem().isProblem()) {
        *problem = reader.problem();
        return std::nullopt;
    }
    return file;
}

Problem ProfileFile::write(const QString &path) const
{
    const auto failed = [&](const QString &why) {
        return Problem::file(u"Cannot save the profiles in %1: %2."_s.arg(path, why),
                             u"Nothing was changed there."_s);
    };
    QSaveFile file(path);
    // It holds no secrets, but says where they are.
    const bool saved = file.open(QIODevice::WriteOnly) && file.setPermissions(kOwnerOnly)
        && file.write(text()) >= 0 && file.commit();
    return saved ? Problem() : failed(file.errorString());
}

QByteArray ProfileFile::text() const
{
    QList<JsonText::Member> members = m_members;
    if (!m_defaultName.isEmpty())
        members.append({u"default"_s, JsonText::quoted(m_defaultName)});
    members.append({u"profiles"_s, JsonText::array(m_elements)});
    return JsonText::indented(JsonText::object(members)) + '\n';
}

void ProfileFile::append(const Profile &profile)
{
    m_elements.append({{}, ProfileText::written("{}", profile)});
    m_profiles.append(profile);
}

void ProfileFile::replace(qsizetype index, const Profile &profile)
{
    m_elements[index].value = ProfileText::written(m_elements.at(index).value, profile);
    m_profiles[index] = profile;
}

void ProfileFile::remove(qsizetype index)
{
    m_elements.removeAt(index);
    m_profiles.removeAt(index);
}

void ProfileFile::setDefault(const QString &name)
{
    m_defaultName = name;
}

} // namespace Syncscope
