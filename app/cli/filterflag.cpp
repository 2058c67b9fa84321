// SPDX-License-Identifier: Apache-2.0
#include "app/cli/filterflag.h"

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

std::optional<Filter> readFilter(const CommandLine &line, Problem *problem)
{
    Filter filter(line.value("filter"));
    if (filter.isValid())
        return filter;
    const Filter::Error &error = filter.error();
    *problem = Problem::usage(
        u"--filter is no filter, at character %1: %2"_s.arg(error.character(filter.text()))
            .arg(error.message),
        u"%1⟨here⟩%2"_s.arg(QStringView(filter.text()).first(error.offset),
                            QStringView(filter.text()).sliced(error.offset)));
    return std::nullopt;
}

void warnOfSurrenders(qint64 count, const Console &console)
{
    if (count > 0)
        console.warning(
            u"the regular expression of --filter took too long %1 times and gave up; it counts as "
            "not matching there. One without nested repetitions, such as (a+)+, is faster."_s.arg(
                count));
}

bool passes(const Filter &filter, const AppSync::Event &event)
{
    if (filter.isEmpty())
        return true;
    const Messages::Payload payload(event);
    const QByteArray sub = event.subscription.toUtf8();
    const QByteArray channel = event.channel.toUtf8();
    FilterRow row;
    row.sub = sub;
    row.channel = channel;
    row.dir = "in";
    row.kind = "event";
    row.type = "data";
    row.bytes = payload.bytes.size();
    row.timeMs = event.receivedAtMs;
    row.text = payload.bytes;
    row.payload = FilterRow::Payload::Event;
    row.isJson = payload.kind == Messages::PayloadKind::Json;
    return filter.matches(row);
}

} // namespace Syncscope::Cli
