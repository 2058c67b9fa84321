// SPDX-License-Identifier: Apache-2.0
#include "app/cli/emulatorconfig.h"

#include "app/core/jsontext.h"

#include <AppSync/Validation>

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

using AppSync::Emulator;

namespace {

//! Walks through the file's objects; the first thing that is wrong stays as the problem.
class Reader {
public:
    Reader(const QString &name, const QByteArray &text) : m_name(name), m_text(text) { }

    Problem read(Emulator::Options *options)
    {
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(m_text, &error);
        if (error.error != QJsonParseError::NoError)
            failAt(JsonText::lineAt(m_text, error.offset), error.errorString());
        else if (!document.isObject())
            failAt(1, u"a JSON object is expected"_s);
        if (m_problem.isProblem())
            return m_problem;

        Emulator::Options result = *options;
        const QJsonObject top = document.object();
        onlyKnows(top, {}, {u"$schema"_s, u"eventConfig"_s, u"channelNamespaces"_s, u"emulator"_s});
        readEventConfig(object(top, {}, u"eventConfig"_s), &result);
        readNamespaces(top.value("channelNamespaces"_L1), &result);
        readEmulator(object(top, {}, u"emulator"_s), &result);
        if (!m_problem.isProblem())
            *options = result;
        return m_problem;
    }

private:
    using Modes = QList<Emulator::AuthMode>;

    void readEventConfig(const QJsonObject &config, Emulator::Options *options)
    {
        const QStringList path{u"eventConfig"_s};
        onlyKnows(config, path,
                  {u"connectionAuthModes"_s, u"defaultPublishAuthModes"_s,
                   u"defaultSubscribeAuthModes"_s});
        options->connectModes =
            modes(config, path, u"connectionAuthModes"_s, options->connectModes);
        m_publishModes = modes(config, path, u"defaultPublishAuthModes"_s, m_publishModes);
        m_subscribeModes = modes(config, path, u"defaultSubscribeAuthModes"_s, m_subscribeModes);
    }

    void readNamespaces(const QJsonValue &value, Emulator::Options *options)
    {
        const QString key = u"channelNamespaces"_s;
        if (value.isUndefined())
            return;
        if (!value.isArray() || value.toArray().isEmpty()) {
            fail({key}, u"\"%1\" must be an array with at least one namespace"_s.arg(key));
            return;
        }
        const QJsonArray array = value.toArray();
        options->namespaces.clear();
        QStringList names;
        for (qsizetype i = 0; i < array.size(); ++i) {
            const Emulator::Namespace one =
                readNamespace(array.at(i).toObject(), {key, QString::number(i)});
            if (names.contains(one.name))
                fail({key, QString::number(i), u"name"_s},
                     u"the namespace \"%1\" is there twice"_s.arg(one.name));
            names.append(one.name);
            options->namespaces.append(one);
        }
    }

    Emulator::Namespace readNamespace(const QJsonObject &object, const QStringList &path)
    {
        onlyKnows(object, path, {u"name"_s, u"publishAuthModes"_s, u"subscribeAuthModes"_s});
        Emulator::Namespace result;
        result.name = object.value("name"_L1).toString();
        const bool valid = !result.name.contains(u'/')
            && !AppSync::Validation::publishChannel(result.name).isError();
        if (!valid) {
            fail(object.contains("name"_L1) ? path + QStringList{u"name"_s} : path,
                 u"a namespace needs a \"name\" of 1 to 50 letters, digits and dashes"_s);
        }
        result.publish = modes(object, path, u"publishAuthModes"_s, m_publishModes);
        result.subscribe = modes(object, path, u"subscribeAuthModes"_s, m_subscribeModes);
        return result;
    }

    void readEmulator(const QJsonObject &object, Emulator::Options *options)
    {
        const QStringList path{u"emulator"_s};
        onlyKnows(object, path,
                  {u"port"_s, u"keepAliveIntervalMs"_s, u"connectionTimeoutMs"_s, u"limits"_s});
        options->port = quint16(number(object, path, u"port"_s, 0, 65535, options->port));
        options->keepAliveInterval =
            std::chrono::milliseconds(number(object, path, u"keepAliveIntervalMs"_s, 1, 86'400'000,
                                             options->keepAliveInterval.count()));
        options->connectionTimeout =
            std::chrono::milliseconds(number(object, path, u"connectionTimeoutMs"_s, 1, 86'400'000,
                                             options->connectionTimeout.count()));
        const QJsonValue limits = object.value("limits"_L1);
        if (limits == "aws"_L1)
            options->limits = Emulator::Limits::aws();
        else if (limits == "relaxed"_L1)
            options->limits = Emulator::Limits::relaxed();
        else if (!limits.isUndefined())
            fail(path + QStringList{u"limits"_s}, u"\"limits\" must be \"relaxed\" or \"aws\""_s);
    }

    Modes modes(const QJsonObject &object, const QStringList &path, const QString &key,
                const Modes &otherwise)
    {
        const QJsonValue value = object.value(key);
        const QStringList here = path + QStringList{key};
        if (value.isUndefined())
            return otherwise;
        if (!value.isArray() || value.toArray().isEmpty()) {
            fail(here, u"\"%1\" must be an array of at least one {\"authType\": …}"_s.arg(key));
            return otherwise;
        }
        Modes result;
        const QJsonArray array = value.toArray();
        for (qsizetype i = 0; i < array.size(); ++i) {
            const QStringList place = here + QStringList{QString::number(i)};
            onlyKnows(array.at(i).toObject(), place, {u"authType"_s});
            const auto mode =
                authMode(array.at(i).toObject().value("authType"_L1).toString(), place);
            if (!result.contains(mode))
                result.append(mode);
        }
        return result;
    }

    Emulator::AuthMode authMode(const QString &type, const QStringList &path)
    {
        if (type == u"API_KEY")
            return Emulator::AuthMode::ApiKey;
        if (type == u"AWS_IAM")
            return Emulator::AuthMode::Iam;
        if (type == u"AMAZON_COGNITO_USER_POOLS")
            return Emulator::AuthMode::UserPool;
        if (type == u"OPENID_CONNECT")
            return Emulator::AuthMode::Oidc;
        fail(
            path,
            type == u"AWS_LAMBDA"
                ? u"\"authType\": \"%1\" is not in this version"_s.arg(type)
                : u"\"authType\" must be API_KEY, AWS_IAM, AMAZON_COGNITO_USER_POOLS or OPENID_CONNECT"_s);
        return Emulator::AuthMode::ApiKey;
    }

    qint64 number(const QJsonObject &object, const QStringList &path, const QString &key,
                  qint64 least, qint64 most, qint64 otherwise)
    {
        const QJsonValue value = object.value(key);
        if (value.isUndefined())
            return otherwise;
        const double given = value.toDouble(-1);
        if (given < double(least) || given > double(most) || std::trunc(given) != given) {
            fail(path + QStringList{key},
                 u"\"%1\" must be a whole number from %2 to %3"_s.arg(key).arg(least).arg(most));
            return otherwise;
        }
        return qint64(given);
    }

    QJsonObject object(const QJsonObject &parent, const QStringList &path, const QString &key)
    {
        const QJsonValue value = parent.value(key);
        if (!value.isUndefined() && !value.isObject())
            fail(path + QStringList{key}, u"\"%1\" must be an object"_s.arg(key));
        return value.toObject();
    }

    void onlyKnows(const QJsonObject &object, const QStringList &path, const QStringList &known)
    {
        for (const QString &key : object.keys()) {
            if (!known.contains(key)) {
                fail(path + QStringList{key},
                     u"\"%1\" is not known here; known are %2"_s.arg(key, known.join(u", ")));
            }
        }
    }

    void fail(const QStringList &path, const QString &what)
    {
        const auto place = JsonText::find(m_text, path);
        failAt(place ? JsonText::lineAt(m_text, place->name) : 1, what);
    }
    void failAt(int line, const QString &what)
    {
        if (!m_problem.isProblem())
            m_problem = Problem::file(u"%1:%2: %3."_s.arg(m_name).arg(line).arg(what));
    }

    const QString m_name;
    const QByteArray m_text;
    Modes m_publishModes = AppSync::EmulatorOptions::allAuthModes();
    Modes m_subscribeModes = AppSync::EmulatorOptions::allAuthModes();
    Problem m_problem;
};

} // namespace

Problem readEmulatorConfig(const QString &name, const QByteArray &text, Emulator::Options *options)
{
    return Reader(name, text).read(options);
}

} // namespace Syncscope::Cli
