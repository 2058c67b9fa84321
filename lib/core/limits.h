// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

//! The published quotas of AppSync Events that a client can check before it sends. AWS does not say
//! whether its KB has 1000 or 1024 bytes: between the two we warn, above both we refuse.
namespace AppSync::Limits {

inline constexpr qsizetype kEventsPerPublish = 5; //!< at most
inline constexpr qsizetype kEventWarnBytes = 240'000; //!< of one event's JSON text as UTF-8
inline constexpr qsizetype kEventMaxBytes = 245'760; //!< likewise; a longer one is refused
inline constexpr qsizetype kPublishWarnBytes = 1'200'000; //!< of all events of one publish
inline constexpr qsizetype kPublishMaxBytes = 1'228'800; //!< likewise; more is refused
inline constexpr qsizetype kSubscriptionsPerConnection = 200; //!< at most
inline constexpr qsizetype kChannelSegments = 5; //!< at most, the namespace included
inline constexpr qsizetype kChannelSegmentLength = 50; //!< at most, in letters, digits and dashes

} // namespace AppSync::Limits
