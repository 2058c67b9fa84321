// SPDX-License-Identifier: Apache-2.0
#include "app/cli/streamoptions.h"

#include "app/cli/globaloptions.h"

#include <limits>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

std::optional<StreamOptions> StreamOptions::read(const CommandLine &line,
                                                 const OutputFormat &format, Problem *problem)
{
    StreamOptions options;
    options.control = line.has("control");
    options.nulTerminated = line.has("null");
    options.save = line.value("save");
    if (line.has("count")) {
        options.bounds.count =
            readNumber(line, "count", 1, std::numeric_limits<qint64>::max(), problem);
        if (!options.bounds.count)
            return std::nullopt;
    }
    if (!readDuration(line, "for", &options.bounds.duration, problem)
        || !readDuration(line, "idle", &options.bounds.idle, problem))
        return std::nullopt;
    if (line.has("ts")) {
        const auto style = parseTimeStyle(line.value("ts"), problem);
        if (!style)
            return std::nullopt;
        options.timeStyle = *style;
    }
    const bool raw = format.kind == OutputFormat::Kind::Raw;
    if (raw && line.has("ts") && options.timeStyle != TimeStyle::None) {
        *problem = Problem::usage(u"-o raw has payloads only, so --ts cannot apply."_s);
        return std::nullopt;
    }
    if (options.nulTerminated
        && (format.kind == OutputFormat::Kind::Json || format.kind == OutputFormat::Kind::Pretty)) {
        *problem = Problem::usage(u"-0 goes with -o ndjson, raw or template."_s);
        return std::nullopt;
    }
    return options;
}

} // namespace Syncscope::Cli
