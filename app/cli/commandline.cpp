// SPDX-License-Identifier: Apache-2.0
#include "app/cli/commandline.h"

#include <QCommandLineOption>
#include <QCommandLineParser>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

struct Flag {
    const char *names; //!< long name first, then short ones
    bool takesValue;
};

constexpr Flag kGlobalFlags[] = {
    {"profile", true},     {"endpoint", true},     {"realtime", true},       {"region", true},
    {"auth", true},        {"connect-auth", true}, {"subscribe-auth", true}, {"publish-auth", true},
    {"api-key-env", true}, {"token-env", true},    {"token-file", true},     {"output o", true},
    {"quiet q", false},    {"verbose v", false},   {"trace", false},         {"no-color", false},
    {"timeout", true},     {"retries", true},      {"no-reconnect", false},  {"ca-cert", true},
    {"insecure", false},   {"proxy", true},        {"header", true},         {"version", false},
    {"help h", false},     {"aws-profile", true},  {"open", false},
};

constexpr Flag kSubscribeFlags[] = {
    {"count n", true}, {"for", true},     {"idle", true},   {"control", false},
    {"ts", true},      {"null 0", false}, {"filter", true}, {"save", true},
};

constexpr Flag kCaptureFlags[] = {
    {"filter", true},
    {"mask", true},
    {"ts", true},
};

constexpr Flag kReplayFlags[] = {
    {"to", true}, {"speed", true}, {"map", true}, {"filter", true}, {"template", true},
};

constexpr Flag kPublishFlags[] = {
    {"http", false}, {"ws", false},    {"batch", true},     {"lines", false},   {"rate", true},
    {"every", true}, {"repeat", true}, {"template", false}, {"dry-run", false}, {"no-check", false},
};

constexpr Flag kGraphQlFlags[] = {
    {"variable V", true}, {"variables", true}, {"operation-name", true}, {"count n", true},
    {"for", true},        {"idle", true},      {"control", false},       {"ts", true},
    {"null 0", false},    {"no-check", false}, {"schema", true},         {"save", true},
};

constexpr Flag kSchemaFlags[] = {
    {"format", true},
};

constexpr Flag kEchoFlags[] = {
    {"count n", true}, {"every", true}, {"until-first", false},
    {"listen", true},  {"http", false}, {"ws", false},
};

constexpr Flag kProfileFlags[] = {
    {"username", true},          {"user-pool-id", true}, {"client-id", true},
    {"client-secret-env", true}, {"issuer", true},       {"identity-pool-id", true},
    {"token-prefix", true},      {"keychain", false},    {"name", true},
};

constexpr Flag kEmulatorFlags[] = {
    {"port", true},    {"host", true},     {"tls", false},      {"tls-cert", true},
    {"tls-key", true}, {"config", true},   {"scenario", true},  {"scenario-speed", true},
    {"faults", true},  {"seed", true},     {"limits", true},    {"handlers", true},
    {"schema", true},  {"control", false}, {"host-name", true},
};

constexpr Flag kAuthFlags[] = {
    {"username", true},          {"user-pool-id", true}, {"client-id", true},
    {"client-secret-env", true}, {"issuer", true},       {"identity-pool-id", true},
    {"token-prefix", true},
};

// Known, so that they are refused in words: a script that counts on one must not run without it.
constexpr Flag kLaterFlags[] = {
    {"filter", true},
    {"save", true},
    {"exec", true},
    {"channel-path", true},
};

const QStringList kLaterCommands{
    u"expect"_s,
    u"bench"_s,
    u"completion"_s,
};

const QString kCommands =
    u"subscribe, publish, graphql, schema, echo, doctor, profile, auth, emulator, capture and replay"_s;

const QStringList kSecretFlags{u"api-key"_s, u"token"_s, u"password"_s, u"secret"_s,
                               u"client-secret"_s};

CommandLine::Command commandFromText(const QString &text)
{
    using Command = CommandLine::Command;
    static const QHash<QString, Command> commands{
        {u"subscribe"_s, Command::Subscribe}, {u"sub"_s, Command::Subscribe},
        {u"publish"_s, Command::Publish},     {u"pub"_s, Command::Publish},
        {u"graphql"_s, Command::GraphQl},     {u"gql"_s, Command::GraphQl},
        {u"schema"_s, Command::Schema},       {u"echo"_s, Command::Echo},
        {u"doctor"_s, Command::Doctor},       {u"profile"_s, Command::Profile},
        {u"auth"_s, Command::Auth},           {u"emulator"_s, Command::Emulator},
        {u"capture"_s, Command::Capture},     {u"replay"_s, Command::Replay},
    };
    return commands.value(text, Command::None);
}

QList<Flag> ownFlagsOf(CommandLine::Command command)
{
    switch (command) {
    case CommandLine::Command::Subscribe:
        return QList<Flag>(std::begin(kSubscribeFlags), std::end(kSubscribeFlags));
    case CommandLine::Command::Publish:
        return QList<Flag>(std::begin(kPublishFlags), std::end(kPublishFlags));
    case CommandLine::Command::GraphQl:
        return QList<Flag>(std::begin(kGraphQlFlags), std::end(kGraphQlFlags));
    case CommandLine::Command::Schema:
        return QList<Flag>(std::begin(kSchemaFlags), std::end(kSchemaFlags));
    case CommandLine::Command::Echo:
        return QList<Flag>(std::begin(kEchoFlags), std::end(kEchoFlags));
    case CommandLine::Command::Profile:
        return QList<Flag>(std::begin(kProfileFlags), std::end(kProfileFlags));
    case CommandLine::Command::Emulator:
        return QList<Flag>(std::begin(kEmulatorFlags), std::end(kEmulatorFlags));
    case CommandLine::Command::Auth:
        return QList<Flag>(std::begin(kAuthFlags), std::end(kAuthFlags));
    case CommandLine::Command::Capture:
        return QList<Flag>(std::begin(kCaptureFlags), std::end(kCaptureFlags));
    case CommandLine::Command::Replay:
        return QList<Flag>(std::begin(kReplayFlags), std::end(kReplayFlags));
    case CommandLine::Command::Doctor:
    case CommandLine::Command::None:
        break;
    }
    return {};
}

QList<Flag> flagsOf(CommandLine::Command command)
{
    return QList<Flag>(std::begin(kGlobalFlags), std::end(kGlobalFlags)) + ownFlagsOf(command);
}

QString longName(const Flag &flag)
{
    return QString::fromLatin1(flag.names).section(u' ', 0, 0);
}

//! Those of a later version that are not among \a flags already.
QList<Flag> laterFlags(const QList<Flag> &flags)
{
    QList<Flag> result;
    for (const Flag &later : kLaterFlags) {
        const auto isSame = [&](const Flag &flag) { return longName(flag) == longName(later); };
        if (std::none_of(flags.begin(), flags.end(), isSame))
            result.append(later);
    }
    return result;
}

QCommandLineOption option(const Flag &flag)
{
    QCommandLineOption option(QString::fromLatin1(flag.names).split(u' '));
    if (flag.takesValue)
        option.setValueName(u"value"_s);
    return option;
}

QString dashed(const QString &name)
{
    return (name.size() == 1 ? u"-"_s : u"--"_s) + name;
}

Problem unknownFlag(const QString &name, CommandLine::Command command)
{
    if (kSecretFlags.contains(name)) {
        return Problem::usage(
            u"Credentials are never taken from the command line, where others can see them."_s,
            u"Set SYNCSCOPE_API_KEY or SYNCSCOPE_TOKEN, or see --api-key-env, --token-env "
            "and --token-file."_s);
    }
    if (name.size() == 1 && name.at(0).isDigit() && command == CommandLine::Command::Publish) {
        return Problem::usage(u"There is no flag -%1."_s.arg(name),
                              u"Write -- before an event that starts with a dash."_s);
    }
    return Problem::usage(u"There is no flag %1 here."_s.arg(dashed(name)),
                          u"See --help, also behind a command."_s);
}

Problem unknownCommand(const QString &name)
{
    if (kLaterCommands.contains(name)) {
        return Problem::usage(u"The command \"%1\" is not in this version."_s.arg(name),
                              u"This version has %1."_s.arg(kCommands));
    }
    return Problem::usage(u"There is no command \"%1\"."_s.arg(name),
                          u"There are %1; see --help."_s.arg(kCommands));
}

//! The first argument that is neither a global flag nor the value of one.
QString commandWord(const QStringList &arguments)
{
    QCommandLineParser parser;
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsPositionalArguments);
    for (const Flag &flag : kGlobalFlags)
        parser.addOption(option(flag));
    for (const Flag &flag : kLaterFlags)
        parser.addOption(option(flag));
    (void)parser.parse(arguments);
    return parser.positionalArguments().value(0);
}

} // namespace

std::optional<CommandLine> CommandLine::parse(const QStringList &arguments, Problem *problem)
{
    const QStringList all = QStringList{u"syncscope-cli"_s} + arguments;
    const QString word = commandWord(all);
    CommandLine line;
    line.m_command = commandFromText(word);
    if (!word.isEmpty() && line.m_command == Command::None) {
        *problem = unknownCommand(word);
        return std::nullopt;
    }

    QCommandLineParser parser;
    const QList<Flag> flags = flagsOf(line.m_command);
    for (const Flag &flag : flags)
        parser.addOption(option(flag));
    const QList<Flag> later = laterFlags(flags);
    for (const Flag &flag : later)
        parser.addOption(option(flag));
    if (!parser.parse(all)) {
        const QStringList unknown = parser.unknownOptionNames();
        *problem = unknown.isEmpty() ? Problem::usage(parser.errorText())
                                     : unknownFlag(unknown.first(), line.m_command);
        return std::nullopt;
    }
    for (const Flag &flag : later) {
        if (parser.isSet(longName(flag))) {
            *problem = Problem::usage(u"--%1 is not in this version."_s.arg(longName(flag)));
            return std::nullopt;
        }
    }
    for (const Flag &flag : flags) {
        const QString name = longName(flag);
        if (!parser.isSet(name))
            continue;
        line.m_flags.append(name);
        const QStringList values = flag.takesValue ? parser.values(name) : QStringList();
        if (values.contains(QString())) {
            *problem = Problem::usage(u"--%1 has an empty value."_s.arg(name));
            return std::nullopt;
        }
        if (flag.takesValue)
            line.m_values.insert(name, values);
    }
    line.m_positional = parser.positionalArguments().mid(1);
    return line;
}

bool CommandLine::has(const char *flag) const
{
    return m_flags.contains(QLatin1StringView(flag));
}

QString CommandLine::value(const char *flag) const
{
    return values(flag).value(values(flag).size() - 1);
}

QStringList CommandLine::values(const char *flag) const
{
    return m_values.value(QString::fromLatin1(flag));
}

QStringList CommandLine::flags(Command command)
{
    QStringList names;
    for (const Flag &flag : flagsOf(command))
        names.append(longName(flag));
    return names;
}

} // namespace Syncscope::Cli
