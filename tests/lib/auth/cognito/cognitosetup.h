// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../../shared/fakeclock.h"
#include "../asked.h"
#include "../person.h"
#include "cognitopool.h"

#include <AppSync/CognitoTokenSource>

#include <optional>

//! A source that is set up for a pool, on a clock of its own.
struct Setup {
    explicit Setup(bool hasPerson = false)
    {
        pool.nowMs = [this] { return clock.wallMs() + serverAhead.count(); };
        source.emplace();
        configure(*source);
        if (hasPerson)
            person.answerTo(&*source, &AppSync::CognitoTokenSource::interactionRequired);
    }

    void configure(AppSync::CognitoTokenSource &made)
    {
        made.setClock(&clock);
        made.setUserPoolId(pool.poolId);
        made.setClientId(pool.clientId);
        made.setUsername(pool.login);
        made.setPassword(pool.password);
        made.setEndpoint(pool.url());
    }

    FakeClock clock;
    std::chrono::milliseconds serverAhead{0};
    CognitoPool pool;
    Person person;
    std::optional<AppSync::CognitoTokenSource> source;
};
