// SPDX-License-Identifier: Apache-2.0
#include "app/cli/publishoptions.h"

#include "app/cli/eventsource.h"
#include "app/cli/globaloptions.h"
#include "app/cli/inputfile.h"
#include "app/core/duration.h"

#include <AppSync/Limits>
#include <AppSync/Validation>

#include <limits>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

// No event comes near; a device that never ends must not fill the memory.
constexpr qint64 kLargestFile = 64 * 1024 * 1024;

} // namespace

std::optional<PublishOptions> PublishOptions::read(const CommandLine &line, Problem *problem)
{
    PublishOptions options;
    if (line.positional().isEmpty()) {
        *problem = Problem::usage(
            u"publish wants a channel."_s,
            u"For example: syncscope-cli publish default/room '{\"hello\":\"world\"}'"_s);
        return std::nullopt;
    }
    options.channel = AppSync::Validation::normalizedChannel(line.positional().first());
    options.http = line.has("http");
    options.lines = line.has("lines");
    options.isTemplate = line.has("template");
    options.dryRun = line.has("dry-run");
    options.check = !line.has("no-check");
    if (options.lines)
        options.batch = 1; // flushed per line; --batch groups lines that are there already
    if (line.has("batch")) {
        const auto batch =
            readNumber(line, "batch", 1, AppSync::Limits::kEventsPerPublish, problem);
        if (!batch)
            return std::nullopt;
        options.batch = int(*batch);
    }
    if (!options.readPace(line, problem) || !options.checkCombination(line, problem)
        || !options.readEvents(line.positional().mid(1), problem))
        return std::nullopt;
    return options;
}

bool PublishOptions::readEvents(const QStringList &arguments, Problem *problem)
{
    for (const QString &argument : arguments) {
        if (!argument.startsWith(u'@')) {
            events.append(argument.toUtf8());
            continue;
        }
        const auto bytes = readInput(argument.mid(1), kLargestFile, problem);
        if (!bytes)
            return false;
        events.append(withoutLastLineBreak(*bytes));
    }
    return true;
}

bool PublishOptions::readPace(const CommandLine &line, Problem *problem)
{
    if (line.has("rate")) {
        perEvent = parseRate(line.value("rate"));
        if (!perEvent) {
            *problem = Problem::usage(
                u"--rate wants events per time, not \"%1\"."_s.arg(line.value("rate")),
                u"For example 100/s, 30/m, 5/h."_s);
            return false;
        }
    }
    if (line.has("every")) {
        every = parseDuration(line.value("every"));
        if (!every || every->count() == 0) {
            *problem =
                Problem::usage(u"--every wants a duration, not \"%1\"."_s.arg(line.value("every")),
                               u"Durations are 500ms, 10s, 2m, 1h."_s);
            return false;
        }
        repeat.reset();
    }
    if (line.has("repeat")) {
        repeat = readNumber(line, "repeat", 1, std::numeric_limits<qint64>::max(), problem);
        if (!repeat)
            return false;
    }
    if (dryRun)
        repeat = 1; // to see one is to see all
    return true;
}

bool PublishOptions::checkCombination(const CommandLine &line, Problem *problem) const
{
    const auto exclude = [&](const char *one, const char *other) {
        if (!line.has(one) || !line.has(other))
            return false;
        *problem = Problem::usage(u"--%1 and --%2 exclude each other."_s.arg(
            QLatin1StringView(one), QLatin1StringView(other)));
        return true;
    };
    if (exclude("http", "ws") || exclude("rate", "every") || exclude("lines", "repeat"))
        return false;
    if (lines && line.positional().size() > 1) {
        *problem = Problem::usage(
            u"With --lines the events come from standard input, not from arguments."_s,
            u"For a file: syncscope-cli publish CHANNEL --lines < FILE"_s);
        return false;
    }
    const bool readsStdin = lines || line.positional().size() == 1;
    if (readsStdin && line.value("token-file") == u"-") {
        *problem = Problem::usage(u"Standard input cannot hold both the token and the events."_s,
                                  u"Give the token as a file or with --token-env."_s);
        return false;
    }
    return true;
}

} // namespace Syncscope::Cli
