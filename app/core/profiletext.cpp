// SPDX-License-Identifier: Apache-2.0
#include "app/core/profiletext.h"

#include "app/core/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace Syncscope::ProfileText {

namespace {

// The members of a profile's object, in the order in which they are written.

struct TextMember {
    const char *name;
    QString Profile::*member;
};

struct ModeMember {
    const char *name;
    std::optional<AuthMode> Profile::*member;
};

struct ListMember {
    const char *name;
    QStringList Profile::*member;
};

struct PlaceMember {
    const char *name;
    SecretReference::Place place;
};

constexpr TextMember kPlaces[] = {
    {"name", &Profile::name},
    {"endpoint", &Profile::endpoint},
    {"realtime", &Profile::realtime},
    {"host", &Profile::host},
    {"region", &Profile::region},
    {"graphqlEndpoint", &Profile::graphqlEndpoint},
    {"graphqlRealtime", &Profile::graphqlRealtime},
};

constexpr ModeMember kModes[] = {
    {"auth", &Profile::auth},
    {"connectAuth", &Profile::connectAuth},
    {"subscribeAuth", &Profile::subscribeAuth},
    {"publishAuth", &Profile::publishAuth},
    {"graphqlAuth", &Profile::graphqlAuth},
};

constexpr TextMember kSignIn[] = {
    {"userPoolId", &Profile::userPoolId},   {"clientId", &Profile::clientId},
    {"username", &Profile::username},       {"domain", &Profile::domain},
    {"issuer", &Profile::issuer},           {"identityPoolId", &Profile::identityPoolId},
    {"tokenPrefix", &Profile::tokenPrefix}, {"awsProfile", &Profile::awsProfile},
    {"roleArn", &Profile::roleArn},         {"accessKeyId", &Profile::accessKeyId},
};

constexpr ListMember kLists[] = {
    {"scopes", &Profile::scopes},
    {"redirectUris", &Profile::redirectUris},
    {"tokenCommand", &Profile::tokenCommand},
};

constexpr PlaceMember kSecretPlaces[] = {
    {"env", SecretReference::Place::Environment},
    {"file", SecretReference::Place::File},
    {"keychain", SecretReference::Place::Keychain},
    {"session", SecretReference::Place::Session},
};

constexpr char kExpires[] = "apiKeyExpires";
constexpr char kSignInKey[] = "signIn";
constexpr char kTokenUse[] = "tokenUse";
constexpr char kSecretsKey[] = "secrets";

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

class Reader {
public:
    Reader(const QJsonObject &object, std::optional<Fault> *fault)
        : m_object(object), m_fault(*fault)
    {
    }

    Profile profile()
    {
        Profile result;
        for (const TextMember &each : kPlaces)
            result.*each.member = text(each.name);
        for (const ModeMember &each : kModes)
            result.*each.member = word(each.name, authModeFromText, authModeNames());
        readExpiry(&result);
        for (const TextMember &each : kSignIn)
            result.*each.member = text(each.name);
        result.signIn = word(kSignInKey, signInFromText, {u"srp"_s, u"password"_s, u"browser"_s});
        result.tokenUse = word(kTokenUse, tokenUseFromText, {u"id"_s, u"access"_s});
        for (const ListMember &each : kLists)
            result.*each.member = list(each.name);
        readSecrets(&result);
        return result;
    }

private:
    QString text(const char *name)
    {
        const QJsonValue value = m_object.value(key(name));
        if (!value.isUndefined() && !value.isNull() && !value.isString())
            fail({key(name)}, u"\"%1\" must be a string"_s.arg(key(name)));
        return value.toString();
    }

    template <typename T>
    std::optional<T> word(const char *name, std::optional<T> (*fromText)(QStringView),
                          const QStringList &known)
    {
        const QString value = text(name);
        if (value.isEmpty())
            return std::nullopt;
        const auto result = fromText(value);
        if (!result)
            fail({key(name)}, u"\"%1\" must be one of %2"_s.arg(key(name), known.join(u", ")));
        return result;
    }

    QStringList list(const char *name)
    {
        const QJsonValue value = m_object.value(key(name));
        if (value.isUndefined() || value.isNull())
            return {};
        QStringList result;
        bool good = value.isArray();
        for (const QJsonValue &element : value.toArray()) {
            good = good && element.isString();
            result.append(element.toString());
        }
        if (!good)
            fail({key(name)}, u"\"%1\" must be an array of strings"_s.arg(key(name)));
        return result;
    }

    void readExpiry(Profile *profile)
    {
        const QString value = text(kExpires);
        if (value.isEmpty())
            return;
        profile->apiKeyExpiresAt = QDateTime::fromString(value, Qt::ISODate).toUTC();
        if (!profile->apiKeyExpiresAt.isValid()) {
            fail({key(kExpires)},
                 u"\"%1\" must be a time like 2026-12-31T00:00:00Z"_s.arg(key(kExpires)));
        }
    }

    void readSecrets(Profile *profile)
    {
        const QJsonValue value = m_object.value(key(kSecretsKey));
        if (!value.isUndefined() && !value.isObject())
            fail({key(kSecretsKey)}, u"\"%1\" must be an object"_s.arg(key(kSecretsKey)));
        const QJsonObject secrets = value.toObject();
        for (const SecretRole role : secretRoles())
            profile->secret(role) = secret(secrets, toText(role));
    }

    SecretReference secret(const QJsonObject &secrets, const QString &name)
    {
        const QJsonValue value = secrets.value(name);
        if (value.isUndefined())
            return {};
        const QJsonObject object = value.toObject();
        for (const PlaceMember &each : kSecretPlaces) {
            const QString where = object.value(key(each.name)).toString();
            if (object.size() == 1 && !where.isEmpty())
                return {each.place, where};
        }
        fail({key(kSecretsKey), name},
             u"\"%1\" must say where the secret stands: {\"env\": \"NAME\"}, {\"file\": \"PATH\"} "
             u"or "
             "{\"keychain\": \"KEY\"}"_s.arg(name));
        return {};
    }

    void fail(const QStringList &path, const QString &what)
    {
        if (!m_fault)
            m_fault = Fault{path, what};
    }

    const QJsonObject m_object;
    std::optional<Fault> &m_fault;
};

//! The members of an object, of which some change.
class Editor {
public:
    explicit Editor(const QByteArray &json) : m_members(JsonText::members(json)) { }

    //! An empty \a value takes the member away.
    void set(const QString &name, const QByteArray &value)
    {
        const auto hasName = [&](const JsonText::Member &member) { return member.name == name; };
        const auto found = std::find_if(m_members.begin(), m_members.end(), hasName);
        if (value.isEmpty()) {
            m_members.removeIf(hasName);
        } else if (found == m_members.end()) {
            m_members.append({name, value});
        } else {
            *found = {name, value};
            m_members.erase(std::remove_if(found + 1, m_members.end(), hasName), m_members.end());
        }
    }
    void setText(const char *name, const QString &text)
    {
        set(key(name), text.isEmpty() ? QByteArray() : JsonText::quoted(text));
    }
    void setList(const char *name, const QStringList &texts)
    {
        QList<JsonText::Member> elements;
        for (const QString &text : texts)
            elements.append({{}, JsonText::quoted(text)});
        set(key(name), elements.isEmpty() ? QByteArray() : JsonText::array(elements));
    }
    [[nodiscard]] QByteArray value(const QString &name) const
    {
        for (const JsonText::Member &member : m_members) {
            if (member.name == name)
                return member.value;
        }
        return {};
    }
    [[nodiscard]] bool isEmpty() const { return m_members.isEmpty(); }
    [[nodiscard]] QByteArray text() const { return JsonText::object(m_members); }

private:
    QList<JsonText::Member> m_members;
};

QByteArray writtenSecret(const SecretReference &reference)
{
    for (const PlaceMember &each : kSecretPlaces) {
        if (each.place == reference.place)
            return JsonText::object({{key(each.name), JsonText::quoted(reference.name)}});
    }
    return {};
}

QByteArray writtenSecrets(const QByteArray &json, const Profile &profile)
{
    Editor secrets(json);
    for (const SecretRole role : secretRoles())
        secrets.set(toText(role), writtenSecret(profile.secret(role)));
    return secrets.isEmpty() ? QByteArray() : secrets.text();
}

} // namespace

Profile read(const QByteArray &json, std::optional<Fault> *fault)
{
    return Reader(QJsonDocument::fromJson(json).object(), fault).profile();
}

QByteArray written(const QByteArray &json, const Profile &profile)
{
    Editor object(json);
    for (const TextMember &each : kPlaces)
        object.setText(each.name, profile.*each.member);
    for (const ModeMember &each : kModes) {
        const auto mode = profile.*each.member;
        object.setText(each.name, mode ? toText(*mode) : QString());
    }
    object.setText(kExpires, profile.apiKeyExpiresAt.toUTC().toString(Qt::ISODate));
    for (const TextMember &each : kSignIn)
        object.setText(each.name, profile.*each.member);
    object.setText(kSignInKey, profile.signIn ? toText(*profile.signIn) : QString());
    object.setText(kTokenUse, profile.tokenUse ? toText(*profile.tokenUse) : QString());
    for (const ListMember &each : kLists)
        object.setList(each.name, profile.*each.member);
    object.set(key(kSecretsKey), writtenSecrets(object.value(key(kSecretsKey)), profile));
    return object.text();
}

} // namespace Syncscope::ProfileText
