// SPDX-License-Identifier: Apache-2.0
#include "app/cli/echooptions.h"

#include "app/cli/globaloptions.h"

#include <AppSync/Validation>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

constexpr int kMostEchoes = 1'000'000;

} // namespace

std::optional<EchoOptions> EchoOptions::read(const CommandLine &line, const OutputFormat &format,
                                             Problem *problem)
{
    EchoOptions options;
    const auto refuse = [problem](const QString &message, const QString &nextStep = {}) {
        *problem = Problem::usage(message, nextStep);
        return std::nullopt;
    };
    if (line.positional().size() != 1)
        return refuse(u"echo wants one channel."_s,
                      u"For example: syncscope-cli echo default/room"_s);
    options.channel = AppSync::Validation::normalizedChannel(line.positional().first());
    options.listen = line.has("listen")
        ? AppSync::Validation::normalizedChannel(line.value("listen"))
        : options.channel;
    options.untilFirst = line.has("until-first");
    options.http = line.has("http");
    if (options.http && line.has("ws"))
        return refuse(u"--http and --ws exclude each other."_s);
    if (format.kind == OutputFormat::Kind::Raw)
        return refuse(u"echo prints measurements, so -o raw cannot apply."_s);
    if (line.has("count")) {
        const auto count = readNumber(line, "count", 1, kMostEchoes, problem);
        if (!count)
            return std::nullopt;
        options.count = int(*count);
    }
    std::optional<std::chrono::milliseconds> interval;
    if (!readDuration(line, "every", &interval, problem))
        return std::nullopt;
    options.interval = interval.value_or(options.interval);
    if (options.interval.count() == 0)
        return refuse(u"--every wants a duration of more than nothing."_s,
                      u"Durations are 500ms, 10s, 2m, 1h."_s);
    return options;
}

} // namespace Syncscope::Cli
