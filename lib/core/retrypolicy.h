// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_export.h>

#include <QtGlobal>

#include <chrono>

QT_BEGIN_NAMESPACE
class QRandomGenerator;
QT_END_NAMESPACE

namespace AppSync {

//! How long to wait before the next attempt to connect: exponential, capped, with full jitter (a random
//! delay between zero and the bound), so that many clients do not come back at the same moment.
class APPSYNC_EXPORT RetryPolicy {
public:
    std::chrono::milliseconds base{500}; //!< bound of the first wait
    std::chrono::milliseconds cap{30'000}; //!< bound of every later wait
    int maxAttempts = -1; //!< retries after the first attempt; -1: for ever, 0: none

    //! No retry at all.
    static RetryPolicy never();
    //! Whether there may be this retry; \a attempt counts from 1.
    [[nodiscard]] bool allows(int attempt) const;
    //! The longest wait before retry \a attempt: base, doubled with every attempt, cap at most.
    [[nodiscard]] std::chrono::milliseconds bound(int attempt) const;
    //! The wait before retry \a attempt: anything from zero to bound(), each equally likely.
    [[nodiscard]] std::chrono::milliseconds delay(int attempt, QRandomGenerator &random) const;
};

} // namespace AppSync
