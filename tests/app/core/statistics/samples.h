// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/statistics/trafficsample.h"

//! Traffic as tests tell it.
namespace Samples {

using Sample = Syncscope::TrafficSample;

inline constexpr qint64 kStart = 1'700'000'000'000;

inline Sample at(Sample::Kind kind, qint64 ms)
{
    Sample sample;
    sample.kind = kind;
    sample.atMs = kStart + ms;
    sample.monotonicNs = (ms + 1'000'000) * 1'000'000;
    return sample;
}

inline Sample about(Sample::Kind kind, qint64 ms, const QString &operation,
                    const QString &channel = {})
{
    Sample sample = at(kind, ms);
    sample.operation = operation;
    sample.channel = channel;
    return sample;
}

inline Sample event(qint64 ms, const QString &subscription, const QList<QByteArray> &events)
{
    Sample sample = about(Sample::Kind::Event, ms, subscription);
    sample.events = [events] { return events; };
    return sample;
}

inline Sample publish(qint64 ms, const QString &operation, const QString &channel,
                      const QList<QByteArray> &events)
{
    Sample sample = about(Sample::Kind::Publish, ms, operation, channel);
    sample.isOut = true;
    sample.events = [events] { return events; };
    return sample;
}

inline Sample answer(qint64 ms, const QString &operation, const QByteArray &text)
{
    Sample sample = about(Sample::Kind::Answer, ms, operation);
    sample.text = [text] { return text; };
    return sample;
}

//! A subscription that is live.
template <typename Target>
void subscribe(Target *target, qint64 ms, const QString &operation, const QString &channel)
{
    target->add(about(Sample::Kind::Subscribe, ms, operation, channel));
    target->add(about(Sample::Kind::Subscribed, ms, operation));
}

} // namespace Samples
