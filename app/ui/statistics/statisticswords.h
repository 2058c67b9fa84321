// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/statistics/trafficstatistics.h"

#include <QStringList>
#include <QVariantMap>

//! Statistics as people read them.
namespace Syncscope::StatisticsWords {

//! "14:02:11", or "14:02:11 to 14:05:00"; with the day where it is not today.
[[nodiscard]] QString span(qint64 fromMs, qint64 toMs);
//! What passed in a stretch of which \a coveredMs were counted.
[[nodiscard]] QStringList moment(const TrafficBucket &traffic, qint64 coveredMs);
[[nodiscard]] QString numbers(const QString &path, const Spread &numbers);
[[nodiscard]] QString number(double value);
//! \a untilMs: where one that goes on is measured to.
[[nodiscard]] QString outage(const TrafficOutage &outage, qint64 untilMs);
[[nodiscard]] QString summary(const TrafficStatistics &traffic, qint64 untilMs);
//! Count, percentiles and bars, see Statistics::answers.
[[nodiscard]] QVariantMap latencies(const LatencyDistribution &latencies);
[[nodiscard]] QString plotted(qint64 count, qint64 others, qint64 unread);

} // namespace Syncscope::StatisticsWords
