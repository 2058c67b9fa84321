// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../../../lib/auth/cognito/cognitoapi_p.h"
#include "../../../../lib/auth/cognito/cognitosignin_p.h"
#include "../../../shared/fakeclock.h"
#include "../person.h"
#include "cognitopool.h"

#include <QTest>

//! One sign-in of one person to one pool.
struct Attempt {
    explicit Attempt(CognitoPool &pool, FakeClock *clock = nullptr) : api(nullptr)
    {
        api.setUrl(pool.url());
        if (clock)
            api.setClock(clock);
        options.clientId = pool.clientId;
        options.userPoolId = pool.poolId;
        options.loginName = pool.login;
        options.password = pool.password;
        options.nobodyToAsk = [this](const QString &what) -> std::optional<AppSync::Error> {
            if (hasAudience)
                return {};
            return AppSync::Error::local(AppSync::Error::Kind::InvalidInput,
                                         QStringLiteral("nobody for ") + what);
        };
    }

    void start()
    {
        signIn.emplace(&api, options, &owner);
        person.answerTo(&*signIn, &AppSync::CognitoSignIn::asked);
        QObject::connect(&*signIn, &AppSync::CognitoSignIn::isWaitingForPersonChanged,
                         [this](bool isWaiting) { waits << isWaiting; });
        QObject::connect(&*signIn, &AppSync::CognitoSignIn::finished,
                         [this](const AppSync::CognitoGrant &given, const AppSync::Error &why) {
                             grant = given;
                             error = why;
                             ++ends;
                         });
        signIn->start();
    }
    //! True once it has ended.
    bool run()
    {
        start();
        return QTest::qWaitFor([this] { return ends > 0; }, 30'000);
    }
    [[nodiscard]] bool succeeded() const { return ends == 1 && !error.isError(); }

    AppSync::CognitoApi api;
    AppSync::CognitoSignIn::Options options;
    bool hasAudience = true;
    QObject owner;
    Person person;
    std::optional<AppSync::CognitoSignIn> signIn;
    AppSync::CognitoGrant grant;
    AppSync::Error error;
    QList<bool> waits;
    int ends = 0;
};

inline QJsonObject responses(const CognitoPool &pool)
{
    return pool.lastBody(QStringLiteral("RespondToAuthChallenge"))
        .value(u"ChallengeResponses")
        .toObject();
}

inline QString value(const QJsonObject &object, const QString &name)
{
    return object.value(name).toString();
}

//! A check of a response: \a expected, or the error \a otherwise.
inline std::function<QString(const QJsonObject &)>
wants(const QString &key, const QString &expected, const QString &otherwise)
{
    return [=](const QJsonObject &responses) {
        return responses.value(key).toString() == expected ? QString() : otherwise;
    };
}
