// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Subscription>

//! What is known for sure about a subscription, in words: requested, acknowledged, first event, end.
namespace Syncscope::SubscriptionStory {

//! It was asked for, and is not answered yet.
[[nodiscard]] bool isAsked(const AppSync::Subscription &subscription);
//! One line: "acknowledged after 84 ms, first event 2.1 s later".
[[nodiscard]] QString progress(const AppSync::Subscription &subscription);
//! A line for each step that was reached, the first with its time of day.
[[nodiscard]] QString story(const AppSync::Subscription &subscription);
[[nodiscard]] QString endText(AppSync::Subscription::EndReason reason);

} // namespace Syncscope::SubscriptionStory
