// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

//! The published quotas of AppSync Events that a client can check before it sends. AWS does not say
//! whether its KB has 1000 or 1024 bytes: between the two we warn, above both we refuse.
namespace AppSync::Limits {

inline constexpr qsizetype kEventsPerPublish = 5;
inline constexpr qsizetype kEventWarnBytes = 240'000;
inline constexpr qsizetype kEventMaxBytes = 245'760;
inline constexpr qsizetype kPublishWarnBytes = 1'200'000;
inline constexpr qsizetype kPublishMaxBytes = 1'228'800;
inline constexpr qsizetype kSubscriptionsPerConnection = 200;
inline constexpr qsizetype kChannelSegments = 5;
inline constexpr qsizetype kChannelSegmentLength = 50;

} // namespace AppSync::Limits
