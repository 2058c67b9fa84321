// SPDX-License-Identifier: Apache-2.0
#include "app/cli/globaloptions.h"

#include "app/cli/platform.h"
#include "app/core/duration.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

bool readMode(const CommandLine &line, const char *flag, std::optional<AuthMode> *mode,
              Problem *problem)
{
    if (!line.has(flag))
        return true;
    *mode = authModeFromText(line.value(flag));
    if (*mode)
        return true;
    *problem = Problem::usage(
        u"--%1 does not know \"%2\"."_s.arg(QLatin1StringView(flag), line.value(flag)),
        u"Known are %1."_s.arg(authModeNames().join(u", ")));
    return false;
}

//! Nothing that is wrong here is repeated: headers and proxies may carry credentials.
std::optional<QPair<QByteArray, QByteArray>> readHeader(const QString &text)
{
    const qsizetype colon = text.indexOf(u':');
    if (colon <= 0)
        return std::nullopt;
    for (const QChar c : text.first(colon)) {
        const bool isToken =
            c.unicode() > 0x20 && c.unicode() < 0x7f && !u"()<>@,;:\\\"/[]?={}"_s.contains(c);
        if (!isToken)
            return std::nullopt;
    }
    const QString value = text.mid(colon + 1).trimmed();
    for (const QChar c : value) {
        if (c.unicode() < 0x20 && c != u'\t')
            return std::nullopt;
    }
    return QPair<QByteArray, QByteArray>(text.first(colon).toLatin1(), value.toUtf8());
}

bool isUsableProxy(const QUrl &url)
{
    const QString scheme = url.scheme();
    const bool known = scheme == u"http" || scheme == u"https" || scheme == u"socks5";
    return url.isValid() && known && !url.host().isEmpty();
}

} // namespace

std::optional<qint64> readNumber(const CommandLine &line, const char *flag, qint64 least,
                                 qint64 most, Problem *problem)
{
    bool ok = false;
    const qint64 number = line.value(flag).toLongLong(&ok);
    if (ok && number >= least && number <= most)
        return number;
    const QString range = most == std::numeric_limits<qint64>::max()
        ? u"of at least %1"_s.arg(least)
        : u"from %1 to %2"_s.arg(least).arg(most);
    *problem = Problem::usage(u"--%1 wants a whole number %2, not \"%3\"."_s.arg(
        QLatin1StringView(flag), range, line.value(flag)));
    return std::nullopt;
}

bool readDuration(const CommandLine &line, const char *flag,
                  std::optional<std::chrono::milliseconds> *duration, Problem *problem)
{
    if (!line.has(flag))
        return true;
    *duration = parseDuration(line.value(flag));
    if (*duration)
        return true;
    *problem = Problem::usage(
        u"--%1 wants a duration, not \"%2\"."_s.arg(QLatin1StringView(flag), line.value(flag)),
        u"Durations are 500ms, 10s, 2m, 1h."_s);
    return false;
}

std::optional<GlobalOptions> GlobalOptions::read(const CommandLine &line,
                                                 const QProcessEnvironment &environment,
                                                 Problem *problem)
{
    GlobalOptions options;
    options.profile = line.value("profile");
    options.endpoint =
        line.has("endpoint") ? line.value("endpoint") : environment.value(u"SYNCSCOPE_ENDPOINT"_s);
    options.realtime = line.value("realtime");
    options.region = line.value("region");
    options.opensPages = line.has("open");
    options.noColour = line.has("no-color") || !environment.value(u"NO_COLOR"_s).isEmpty()
        || environment.value(u"TERM"_s) == u"dumb";
    if (options.readCredentials(line, problem) && options.readOutput(line, problem)
        && options.readNetwork(line, environment, problem))
        return options;
    return std::nullopt;
}

OutputFormat GlobalOptions::outputFormat() const
{
    if (format)
        return *format;
    const bool terminal = Platform::isTerminal(Platform::Stream::Output);
    return OutputFormat{terminal ? OutputFormat::Kind::Pretty : OutputFormat::Kind::NdJson, {}};
}

bool GlobalOptions::readCredentials(const CommandLine &line, Problem *problem)
{
    credentials.apiKeyVariable = line.value("api-key-env");
    credentials.tokenVariable = line.value("token-env");
    credentials.tokenFile = line.value("token-file");
    credentials.awsProfile = line.value("aws-profile");
    credentials.region = line.value("region");
    if (line.has("token-env") && line.has("token-file")) {
        *problem = Problem::usage(u"--token-env and --token-file exclude each other."_s);
        return false;
    }
    return readMode(line, "auth", &credentials.auth, problem)
        && readMode(line, "connect-auth", &credentials.connectAuth, problem)
        && readMode(line, "subscribe-auth", &credentials.subscribeAuth, problem)
        && readMode(line, "publish-auth", &credentials.publishAuth, problem);
}

bool GlobalOptions::readOutput(const CommandLine &line, Problem *problem)
{
    quiet = line.has("quiet");
    verbose = line.has("verbose");
    trace = line.has("trace");
    if (quiet && verbose) {
        *problem = Problem::usage(u"-q and -v exclude each other."_s);
        return false;
    }
    if (line.has("output"))
        format = OutputFormat::parse(line.value("output"), problem);
    return !line.has("output") || format;
}

bool GlobalOptions::readNetwork(const CommandLine &line, const QProcessEnvironment &environment,
                                Problem *problem)
{
    reconnect = !line.has("no-reconnect");
    insecure = line.has("insecure");
    caCertificate =
        line.has("ca-cert") ? line.value("ca-cert") : environment.value(u"SYNCSCOPE_CA_CERT"_s);
    if (line.has("timeout")) {
        timeout = parseSeconds(line.value("timeout"));
        if (!timeout || timeout->count() == 0) {
            *problem = Problem::usage(
                u"--timeout wants a number of seconds, not \"%1\"."_s.arg(line.value("timeout")),
                u"For example --timeout 10."_s);
            return false;
        }
    }
    if (line.has("retries")) {
        const auto number = readNumber(line, "retries", 0, 1'000'000, problem);
        if (!number)
            return false;
        retries = int(*number);
    }
    for (const QString &text : line.values("header")) {
        const auto header = readHeader(text);
        if (!header) {
            *problem = Problem::usage(u"--header wants NAME:VALUE."_s,
                                      u"For example --header 'X-Team: blue'."_s);
            return false;
        }
        headers.append(*header);
    }
    if (!line.has("proxy"))
        return true;
    proxy = QUrl(line.value("proxy"));
    if (!isUsableProxy(proxy)) {
        *problem = Problem::usage(u"--proxy wants http://HOST:PORT or socks5://HOST:PORT."_s);
        return false;
    }
    if (!proxy.userInfo().isEmpty()) {
        *problem = Problem::usage(
            u"--proxy takes no password: others can see the command line."_s,
            u"Put the proxy's URL with the password into the variable https_proxy."_s);
        return false;
    }
    return true;
}

} // namespace Syncscope::Cli
