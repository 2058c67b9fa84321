// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../shared/fakeclock.h"
#include "cognitopool.h"
#include "person.h"

#include <AppSync/CognitoTokenSource>

#include <QPointer>
#include <QTest>

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

//! The answer of a source, kept beyond the life of the reply.
struct Asked {
    explicit Asked(AppSync::CognitoTokenSource &source) : reply(source.token({}))
    {
        QObject::connect(reply, &AppSync::InteractiveReply::isWaitingForPersonChanged, reply,
                         [this] { waits << reply->isWaitingForPerson(); });
        QObject::connect(reply, &AppSync::Reply::finished, reply, [this] {
            token = reply->token();
            idToken = reply->idToken();
            expiresAt = reply->expiresAt();
            error = reply->error();
            ++ends;
        });
    }
    bool wait()
    {
        return QTest::qWaitFor([this] { return ends > 0; });
    }
    [[nodiscard]] AppSync::JwtClaims claims() const { return AppSync::JwtClaims::fromToken(token); }

    QPointer<AppSync::TokenReply> reply;
    QString token;
    QString idToken;
    QDateTime expiresAt;
    AppSync::Error error;
    QList<bool> waits;
    int ends = 0;
};

#define GET_TOKEN(asked, source) \
    Asked asked(source); \
    QVERIFY(asked.wait()); \
    QVERIFY2(!asked.error.isError(), qPrintable(asked.error.toString()))
