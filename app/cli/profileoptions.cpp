// SPDX-License-Identifier: Apache-2.0
#include "app/cli/profileoptions.h"

#include "app/cli/secretprompt.h"
#include "app/core/import/configurationimport.h"

#include <AppSync/Endpoint>

#include <QFile>
#include <QFileInfo>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

using AppSync::Endpoint;
using Place = SecretReference::Place;

constexpr qint64 kLargest = 32 * 1024 * 1024;

//! `-` is standard input. No more is read than anybody has use for.
std::optional<QByteArray> contentOf(const QString &path, Problem *problem)
{
    const bool isStdin = path == u"-";
    QFile file(path);
    const bool opened =
        isStdin ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (opened)
        return file.read(kLargest);
    *problem = Problem::file(u"Cannot read %1: %2."_s.arg(path, file.errorString()));
    return std::nullopt;
}

//! One secret of the profile that is added: where it stands, or what it is.
class SecretFlags {
public:
    SecretFlags(const CommandLine &line, const QProcessEnvironment &environment,
                ImportedProfile *result)
        : m_line(line), m_environment(environment), m_result(result)
    {
    }

    //! Takes what is in the variable that \a flag names.
    bool takeVariable(const char *flag, SecretRole role, Problem *problem)
    {
        const QString name = m_line.value(flag);
        if (!m_line.has(flag))
            return true;
        if (!m_line.has("keychain")) {
            m_result->profile.secret(role) = {Place::Environment, name};
            return true;
        }
        if (!isVariableName(name)) {
            *problem = Problem::usage(
                u"What --%1 names is not a variable of the environment."_s.arg(
                    QLatin1StringView(flag)),
                u"Give the name of the variable that holds the secret, not the secret itself."_s);
            return false;
        }
        return takeValue(role, m_environment.value(name), u"the variable %1"_s.arg(name), problem);
    }

    bool takeTokenFile(Problem *problem)
    {
        const QString path = m_line.value("token-file");
        if (!m_line.has("token-file"))
            return true;
        if (path != u"-" && !m_line.has("keychain")) {
            m_result->profile.token = {Place::File, QFileInfo(path).absoluteFilePath()};
            return true;
        }
        const auto content = contentOf(path, problem);
        return content
            && takeValue(SecretRole::Token, QString::fromUtf8(*content).trimmed(),
                         path == u"-" ? u"standard input"_s : path, problem);
    }

    bool ask(SecretRole role)
    {
        const auto secret = askForSecret(u"%1 (not shown; empty for none)"_s.arg(nameOf(role)));
        if (secret && !secret->isEmpty())
            m_result->secrets.insert(role, *secret);
        return secret.has_value();
    }

private:
    bool takeValue(SecretRole role, const QString &value, const QString &where, Problem *problem)
    {
        if (value.isEmpty()) {
            *problem = Problem::usage(u"There is no %1 in %2."_s.arg(nameOf(role), where));
            return false;
        }
        m_result->secrets.insert(role, value);
        return true;
    }

    const CommandLine &m_line;
    const QProcessEnvironment &m_environment;
    ImportedProfile *m_result;
};

//! The way to sign in that the flags imply.
std::optional<AuthMode> impliedMode(const CommandLine &line)
{
    const auto has = [&](std::initializer_list<const char *> flags) {
        return std::any_of(flags.begin(), flags.end(),
                           [&](const char *flag) { return line.has(flag); });
    };
    if (has({"api-key-env"}))
        return AuthMode::ApiKey;
    if (has({"issuer"}))
        return AuthMode::Oidc;
    if (has({"token-prefix"}))
        return AuthMode::Lambda;
    if (has({"user-pool-id", "username", "token-env", "token-file"}))
        return AuthMode::UserPool;
    if (has({"aws-profile", "identity-pool-id"}))
        return AuthMode::Iam;
    return std::nullopt;
}

//! A pasted realtime URL may carry credentials in its query.
QString withoutQuery(const QString &url)
{
    return url.section(u'?', 0, 0).section(u'#', 0, 0);
}

//! An endpoint as pasted, or \a plain where that has something which may be a credential.
QString kept(const QString &pasted, const QUrl &plain)
{
    return pasted == withoutQuery(pasted) ? pasted : plain.toString(QUrl::FullyEncoded);
}

bool readEndpoint(const GlobalOptions &globals, Profile *profile, Problem *problem)
{
    if (globals.endpoint.isEmpty()) {
        *problem = Problem::usage(u"profile add needs the endpoint."_s,
                                  u"For example: syncscope-cli profile add dev --endpoint "
                                  "http://127.0.0.1:8787/event"_s);
        return false;
    }
    Endpoint endpoint = Endpoint::fromUserInput(withoutQuery(globals.endpoint), globals.region);
    profile->endpoint = kept(globals.endpoint, endpoint.http());
    profile->region = globals.region;
    if (endpoint.isValid() && !globals.realtime.isEmpty()) {
        endpoint = endpoint.withRealtime(withoutQuery(globals.realtime));
        profile->realtime = kept(globals.realtime, endpoint.realtime());
    }
    if (!endpoint.isValid())
        *problem = Problem::usage(endpoint.problem().message, endpoint.problem().nextStep);
    return endpoint.isValid();
}

void readSignIn(const CommandLine &line, const GlobalOptions &globals, Profile *profile)
{
    profile->auth = globals.credentials.auth ? globals.credentials.auth : impliedMode(line);
    profile->connectAuth = globals.credentials.connectAuth;
    profile->subscribeAuth = globals.credentials.subscribeAuth;
    profile->publishAuth = globals.credentials.publishAuth;
    profile->username = line.value("username");
    profile->userPoolId = line.value("user-pool-id");
    profile->clientId = line.value("client-id");
    profile->issuer = line.value("issuer");
    profile->identityPoolId = line.value("identity-pool-id");
    profile->tokenPrefix = line.value("token-prefix");
    profile->awsProfile = line.value("aws-profile");
}

std::optional<ProfileOptions::Action> actionFromText(const QString &word)
{
    using Action = ProfileOptions::Action;
    static const QHash<QString, Action> actions{
        {u"add"_s, Action::Add},       {u"list"_s, Action::List}, {u"show"_s, Action::Show},
        {u"import"_s, Action::Import}, {u"use"_s, Action::Use},   {u"remove"_s, Action::Remove},
    };
    const auto found = actions.find(word);
    return found == actions.end() ? std::nullopt : std::optional(*found);
}

struct Arity {
    qsizetype least;
    qsizetype most;
};

Arity arityOf(ProfileOptions::Action action)
{
    using Action = ProfileOptions::Action;
    switch (action) {
    case Action::List:
        return {0, 0};
    case Action::Show:
        return {0, 1};
    case Action::Remove:
        return {1, 100};
    case Action::Add:
    case Action::Use:
    case Action::Import:
        break;
    }
    return {1, 1};
}

//! Flags of `profile add` and `profile import` mean nothing to the others.
bool fits(const CommandLine &line, const QString &word, Problem *problem)
{
    const bool isAdd = word == u"add";
    for (const char *flag : {"username", "user-pool-id", "client-id", "client-secret-env", "issuer",
                             "identity-pool-id", "token-prefix", "aws-profile", "keychain"}) {
        if (line.has(flag) && !isAdd) {
            *problem = Problem::usage(u"--%1 goes with profile add, not with profile %2."_s.arg(
                QLatin1StringView(flag), word));
            return false;
        }
    }
    if (!line.has("name") || word == u"import")
        return true;
    *problem = Problem::usage(u"--name goes with profile import."_s);
    return false;
}

bool isPastedUrl(const QString &text)
{
    return text.contains(u"://") || (text.contains(u".appsync-") && !QFile::exists(text));
}

} // namespace

std::optional<ProfileOptions> ProfileOptions::read(const CommandLine &line,
                                                   const GlobalOptions &globals,
                                                   const QProcessEnvironment &environment,
                                                   Problem *problem)
{
    const QString word = line.positional().value(0);
    const auto action = actionFromText(word);
    const QString known = u"add, list, show, use, import and remove"_s;
    if (!action) {
        *problem = Problem::usage(word.isEmpty() ? u"profile needs to know what to do."_s
                                                 : u"profile does not know \"%1\"."_s.arg(word),
                                  u"Known are %1."_s.arg(known));
        return std::nullopt;
    }
    if (globals.outputFormat().kind == OutputFormat::Kind::Raw) {
        *problem = Problem::usage(u"profile prints settings, so -o raw cannot apply."_s);
        return std::nullopt;
    }
    ProfileOptions options;
    options.action = *action;
    options.names = line.positional().mid(1);
    const Arity arity = arityOf(*action);
    if (options.names.size() < arity.least || options.names.size() > arity.most) {
        const QString wanted = arity.most == 0 ? u"nothing"_s
            : *action == Action::Import        ? u"one file, - or URL"_s
            : *action == Action::Remove        ? u"the names of profiles"_s
                                               : u"one name"_s;
        *problem = Problem::usage(u"profile %1 takes %2."_s.arg(word, wanted),
                                  u"See syncscope-cli profile --help."_s);
        return std::nullopt;
    }
    if (!fits(line, word, problem))
        return std::nullopt;
    if (*action == Action::Add && !options.readAdd(line, globals, environment, problem))
        return std::nullopt;
    if (*action == Action::Import && !options.readImport(line, options.names.first(), problem))
        return std::nullopt;
    return options;
}

bool ProfileOptions::readAdd(const CommandLine &line, const GlobalOptions &globals,
                             const QProcessEnvironment &environment, Problem *problem)
{
    ImportedProfile added;
    added.profile.name = names.first();
    if (!readEndpoint(globals, &added.profile, problem))
        return false;
    readSignIn(line, globals, &added.profile);
    SecretFlags secrets(line, environment, &added);
    if (!secrets.takeVariable("api-key-env", SecretRole::ApiKey, problem)
        || !secrets.takeVariable("token-env", SecretRole::Token, problem)
        || !secrets.takeVariable("client-secret-env", SecretRole::ClientSecret, problem)
        || !secrets.takeTokenFile(problem))
        return false;
    // Before anybody types a secret for nothing.
    *problem = added.profile.check();
    if (problem->isProblem())
        return false;
    const bool wantsKey = added.profile.auth == AuthMode::ApiKey && !added.profile.apiKey.isSet()
        && !added.secrets.contains(SecretRole::ApiKey);
    if (wantsKey && !secrets.ask(SecretRole::ApiKey))
        added.missing.append(u"The API key: set SYNCSCOPE_API_KEY when you use the profile."_s);
    if (!added.profile.auth && !added.profile.connectAuth)
        added.missing.append(
            u"How to sign in: add --auth MODE, or set it when you use the profile."_s);
    imported.profiles = {added};
    return true;
}

bool ProfileOptions::readImport(const CommandLine &line, const QString &what, Problem *problem)
{
    if (isPastedUrl(what)) {
        imported = importConfiguration(what.toUtf8(), {});
    } else {
        const auto content = contentOf(what, problem);
        if (!content)
            return false;
        imported = importConfiguration(*content, what == u"-" ? u"standard input"_s : what);
    }
    *problem = imported.problem;
    if (problem->isProblem())
        return false;
    if (!line.has("name"))
        return true;
    if (imported.profiles.size() > 1) {
        *problem = Problem::usage(u"--name cannot apply: %1 gives %2 profiles."_s.arg(what).arg(
            imported.profiles.size()));
        return false;
    }
    imported.profiles.first().profile.name = line.value("name");
    *problem = imported.profiles.first().profile.check();
    return !problem->isProblem();
}

} // namespace Syncscope::Cli
