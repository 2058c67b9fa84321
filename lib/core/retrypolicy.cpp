// SPDX-License-Identifier: Apache-2.0
#include "retrypolicy.h"

#include <QRandomGenerator>

#include <algorithm>

namespace AppSync {

RetryPolicy RetryPolicy::never()
{
    RetryPolicy policy;
    policy.maxAttempts = 0;
    return policy;
}

bool RetryPolicy::allows(int attempt) const
{
    return maxAttempts < 0 || attempt <= maxAttempts;
}

std::chrono::milliseconds RetryPolicy::bound(int attempt) const
{
    // 2^20 times any base is over every sensible cap, and further doubling would overflow.
    const int doublings = std::clamp(attempt - 1, 0, 20);
    return std::min<std::chrono::milliseconds>(cap, base * (qint64(1) << doublings));
}

std::chrono::milliseconds RetryPolicy::delay(int attempt, QRandomGenerator &random) const
{
    const qint64 most = bound(attempt).count();
    return std::chrono::milliseconds(qint64(random.generateDouble() * double(most)));
}

} // namespace AppSync
