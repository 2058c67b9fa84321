// SPDX-License-Identifier: Apache-2.0
#include "app/core/replay/replaysurvey.h"

#include <map>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! What is known of the events of one kind.
struct ReplayTally {
    std::map<QByteArray, qint64> channels;
    qint64 events = 0;
    qint64 firstMs = 0;
    qint64 lastMs = 0;
    std::optional<ReplayEvent> first;
    Problem problem;

    void add(const ReplayEvent &event, const ReplayTemplate *rewrite)
    {
        if (!first) {
            first = event;
            firstMs = event.atMs;
        }
        ++events;
        ++channels[event.channel];
        lastMs = qMax(lastMs, event.atMs);
        if (rewrite && !problem.isProblem())
            (void)rewrite->rewrite(event, events, &problem);
    }
};

} // namespace

ReplaySurvey ReplaySurvey::of(CaptureFile &capture, const Filter &filter,
                              const ReplayTemplate *rewrite, const CaptureFile::Progress &progress)
{
    ReplaySurvey survey;
    ReplayTally delivered;
    ReplayTally published;
    const qint64 surrendersBefore = filter.surrenders();
    const bool isRead = capture.read(
        filter, {},
        [&](const CapturedFrame &frame) {
            const QByteArray &kind = frame.origin->kind;
            survey.hasResults =
                survey.hasResults || frame.origin->shape == CaptureShape::Value || kind == "data";
            if (kind == "event" || kind == "publish")
                forEachReplayEvent(frame, filter, [&](const ReplayEvent &event) {
                    (kind == "event" ? delivered : published).add(event, rewrite);
                });
            return true;
        },
        progress);
    const bool isDelivered = delivered.events > 0;
    const ReplayTally &tally = isDelivered ? delivered : published;
    if (tally.events > 0)
        survey.kind = isDelivered ? "event" : "publish";
    for (const auto &[name, events] : tally.channels)
        survey.channels.append({QString::fromUtf8(name), events});
    survey.events = tally.events;
    survey.firstMs = tally.firstMs;
    survey.lastMs = tally.lastMs;
    survey.first = tally.first;
    survey.surrenders = filter.surrenders() - surrendersBefore;
    survey.problem = isRead ? tally.problem : capture.problem();
    return survey;
}

Problem ReplaySurvey::obstacle() const
{
    if (problem.isProblem() || events > 0)
        return problem;
    if (hasResults)
        return Problem::file(
            u"These are results of GraphQL; only events of AppSync Events can be replayed."_s,
            u"To have such results again, run their mutations."_s);
    return Problem::file(u"There are no events to be replayed."_s);
}

} // namespace Syncscope
