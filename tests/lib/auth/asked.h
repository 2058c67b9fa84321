// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/CognitoTokenSource>

#include <QPointer>
#include <QTest>

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
        return QTest::qWaitFor([this] { return ends > 0; }, 30'000);
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
