// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/ChannelSubscription>

//! What is known for sure about a subscription, in words: requested, acknowledged, first event, end.
namespace Syncscope::SubscriptionStory {

//! It was asked for, and is not answered yet.
[[nodiscard]] bool isAsked(const AppSync::ChannelSubscription &subscription);
//! One line: "acknowledged after 84 ms, first event 2.1 s later".
[[nodiscard]] QString progress(const AppSync::ChannelSubscription &subscription);
//! A line for each step that was reached, the first with its time of day.
[[nodiscard]] QString story(const AppSync::ChannelSubscription &subscription);
[[nodiscard]] QString endText(AppSync::ChannelSubscription::EndReason reason);

} // namespace Syncscope::SubscriptionStory
