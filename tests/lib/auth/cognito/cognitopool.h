// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../../shared/httpserver.h"
#include "srpserver.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>

#include <chrono>
#include <functional>
#include <optional>

//! A user pool with one user, which asks what a test tells it to ask.
class CognitoPool : public HttpServer {
public:
    //! One challenge behind the password.
    struct Step {
        QString name;
        QJsonObject parameters{};
        //! The type of the error that \a responses get; empty: they are right.
        std::function<QString(const QJsonObject &responses)> check{};
        QStringList available{};
    };
    struct Call {
        QString operation;
        QJsonObject body;
    };
    using Handler = std::function<Answer(const QJsonObject &body)>;

    CognitoPool() : HttpServer([this](const Request &request) { return answer(request); }) { }

    QString poolId = QStringLiteral("eu-west-1_AbCd12345");
    QString clientId = QStringLiteral("1example");
    QString clientSecret; //!< wanted from those who call, if there is one
    QString login = QStringLiteral("alice@example.com");
    QString userId = QStringLiteral("7d8ca528-4931");
    QString password = QStringLiteral("Correct-Horse-9!");
    QList<Step> steps; //!< of every sign-in
    std::chrono::seconds lifetime{3600};
    bool rotates = false; //!< every renewal gives another refresh token
    bool knowsNewRefresh = true; //!< else only REFRESH_TOKEN_AUTH
    QString refreshToken; //!< the one that is good
    QJsonObject newDevice; //!< NewDeviceMetadata
    std::optional<SrpServer> device; //!< that proves itself
    //! By the server's clock. Also sent as `Date`, if there is one.
    std::function<qint64()> nowMs;
    QHash<QString, Handler> handlers; //!< instead of what is here, by operation
    QList<Call> calls; //!< in their order

    [[nodiscard]] QStringList operations() const
    {
        QStringList names;
        for (const Call &call : calls)
            names << call.operation;
        return names;
    }
    [[nodiscard]] QJsonObject lastBody(const QString &operation) const
    {
        const auto last = std::find_if(calls.crbegin(), calls.crend(), [&](const Call &call) {
            return call.operation == operation;
        });
        return last == calls.crend() ? QJsonObject() : last->body;
    }
    [[nodiscard]] int count(const QString &operation) const
    {
        return int(operations().count(operation));
    }

    static Answer ok(const QJsonObject &body)
    {
        return {200, QJsonDocument(body).toJson(), "application/x-amz-json-1.1", {}, false};
    }
    static Answer error(const QString &type, const QString &message, int status = 400)
    {
        const QJsonObject body{{QStringLiteral("__type"), type},
                               {QStringLiteral("message"), message}};
        return {status, QJsonDocument(body).toJson(), "application/x-amz-json-1.1", {}, false};
    }
    static Answer never()
    {
        Answer answer;
        answer.isNever = true;
        return answer;
    }
    static Answer wrongPassword()
    {
        return error(QStringLiteral("NotAuthorizedException"),
                     QStringLiteral("Incorrect username or password."));
    }

    //! Every token is another one.
    Answer tokens(bool withRefresh)
    {
        const QString number = QString::number(++m_issued);
        QJsonObject result{{QStringLiteral("AccessToken"), jwt(QStringLiteral("access"), number)},
                           {QStringLiteral("IdToken"), jwt(QStringLiteral("id"), number)},
                           {QStringLiteral("ExpiresIn"), int(lifetime.count())},
                           {QStringLiteral("TokenType"), QStringLiteral("Bearer")}};
        if (withRefresh) {
            refreshToken = QStringLiteral("refresh-") + number;
            result.insert(QStringLiteral("RefreshToken"), refreshToken);
        }
        if (!newDevice.isEmpty())
            result.insert(QStringLiteral("NewDeviceMetadata"), newDevice);
        return ok({{QStringLiteral("AuthenticationResult"), result},
                   {QStringLiteral("ChallengeParameters"), QJsonObject()}});
    }

private:
    static QString text(const QJsonObject &object, const char *name)
    {
        return object.value(QLatin1StringView(name)).toString();
    }

    [[nodiscard]] QString jwt(const QString &use, const QString &id) const
    {
        const qint64 now = (nowMs ? nowMs() : QDateTime::currentMSecsSinceEpoch()) / 1000;
        const QJsonObject payload{
            {QStringLiteral("token_use"), use}, {QStringLiteral("jti"), id},
            {QStringLiteral("sub"), userId},    {QStringLiteral("username"), userId},
            {QStringLiteral("iat"), now},       {QStringLiteral("exp"), now + lifetime.count()}};
        const auto encoded = [](const QByteArray &json) {
            return QString::fromLatin1(
                json.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
        };
        return encoded(R"({"alg":"RS256"})") + u'.'
            + encoded(QJsonDocument(payload).toJson(QJsonDocument::Compact))
            + QStringLiteral(".c2ln");
    }

    Answer answer(const Request &request)
    {
        const QString target = QString::fromLatin1(request.headers.value("x-amz-target"));
        const Call call{target.section(u'.', 1), QJsonDocument::fromJson(request.body).object()};
        calls.append(call);
        Answer made = answer(call);
        if (nowMs) {
            const QDateTime now = QDateTime::fromMSecsSinceEpoch(nowMs(), Qt::UTC);
            made.headers.append(
                {"Date",
                 QLocale::c()
                     .toString(now, QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"))
                     .toLatin1()});
        }
        return made;
    }

    Answer answer(const Call &call)
    {
        if (const Handler handler = handlers.value(call.operation))
            return handler(call.body);
        if (call.operation == u"InitiateAuth")
            return initiate(call.body);
        if (call.operation == u"RespondToAuthChallenge")
            return respond(call.body);
        if (call.operation == u"GetTokensFromRefreshToken" && knowsNewRefresh)
            return refresh(text(call.body, "RefreshToken"));
        if (call.operation == u"RevokeToken" || call.operation == u"GlobalSignOut")
            return ok({});
        return error(QStringLiteral("UnknownOperationException"), {});
    }

    Answer refresh(const QString &token)
    {
        if (token != refreshToken || token.isEmpty())
            return error(QStringLiteral("NotAuthorizedException"),
                         QStringLiteral("Refresh Token has been revoked"));
        return tokens(rotates);
    }

    Answer initiate(const QJsonObject &body)
    {
        const QJsonObject parameters = body.value(QLatin1StringView("AuthParameters")).toObject();
        const QString flow = text(body, "AuthFlow");
        if (text(body, "ClientId") != clientId)
            return error(QStringLiteral("ResourceNotFoundException"),
                         QStringLiteral("User pool client does not exist."));
        if (flow == u"REFRESH_TOKEN_AUTH")
            return refresh(text(parameters, "REFRESH_TOKEN"));
        if (!hasSecret(parameters))
            return error(QStringLiteral("NotAuthorizedException"),
                         QStringLiteral("Unable to verify secret hash for client 1example"));
        m_todo = steps;
        if (flow == u"USER_PASSWORD_AUTH" && text(parameters, "PASSWORD") != password)
            return wrongPassword();
        if (parameters.contains(QLatin1StringView("SRP_A"))) {
            m_todo.prepend({QStringLiteral("PASSWORD_VERIFIER"), {}, {}, {}});
            startSrp(parameters);
        }
        return next();
    }

    void startSrp(const QJsonObject &parameters)
    {
        m_user.emplace(poolId.section(u'_', 1), userId, password);
        m_srp = m_user->challenge(text(parameters, "SRP_A"));
        m_srp.insert(QStringLiteral("USER_ID_FOR_SRP"), userId);
        m_srp.insert(QStringLiteral("USERNAME"), userId);
    }

    //! The next challenge, or the tokens.
    Answer next()
    {
        if (m_todo.isEmpty())
            return tokens(true);
        const Step &step = m_todo.first();
        m_session = QStringLiteral("session-") + QString::number(++m_sessions);
        QJsonObject parameters = step.parameters;
        if (step.name == u"PASSWORD_VERIFIER" || step.name == u"DEVICE_PASSWORD_VERIFIER")
            parameters = m_srp;
        QJsonObject body{{QStringLiteral("ChallengeName"), step.name},
                         {QStringLiteral("Session"), m_session},
                         {QStringLiteral("ChallengeParameters"), parameters}};
        if (!step.available.isEmpty())
            body.insert(QStringLiteral("AvailableChallenges"),
                        QJsonArray::fromStringList(step.available));
        return ok(body);
    }

    Answer respond(const QJsonObject &body)
    {
        const QJsonObject responses =
            body.value(QLatin1StringView("ChallengeResponses")).toObject();
        if (m_todo.isEmpty() || text(body, "Session") != m_session
            || text(body, "ChallengeName") != m_todo.first().name || !hasSecret(responses))
            return error(QStringLiteral("NotAuthorizedException"),
                         QStringLiteral("Invalid session for the user."));
        const Step step = m_todo.first();
        if (step.check) {
            if (const QString type = step.check(responses); !type.isEmpty())
                return error(type, QStringLiteral("as the test wants it"));
        }
        m_todo.removeFirst();
        if (step.name == u"PASSWORD_VERIFIER"
            && !(isOnTime(responses) && m_user->isProof(responses)))
            return wrongPassword();
        if (step.name == u"DEVICE_PASSWORD_VERIFIER"
            && !(device && isOnTime(responses) && device->isProof(responses)))
            return wrongPassword();
        if (step.name == u"DEVICE_SRP_AUTH") {
            if (device)
                m_srp = device->challenge(text(responses, "SRP_A"));
            m_todo.prepend({QStringLiteral("DEVICE_PASSWORD_VERIFIER"), {}, {}, {}});
        } else if (responses.contains(QLatin1StringView("SRP_A"))) {
            startSrp(responses);
            m_todo.prepend({QStringLiteral("PASSWORD_VERIFIER"), {}, {}, {}});
        }
        return next();
    }

    [[nodiscard]] bool isOnTime(const QJsonObject &responses) const
    {
        const qint64 now = nowMs ? nowMs() : QDateTime::currentMSecsSinceEpoch();
        QDateTime told = QLocale::c().toDateTime(text(responses, "TIMESTAMP"),
                                                 QStringLiteral("ddd MMM d hh:mm:ss 'UTC' yyyy"));
        told.setTimeSpec(Qt::UTC);
        return told.isValid() && qAbs(told.toMSecsSinceEpoch() - now) < 300'000;
    }

    [[nodiscard]] bool hasSecret(const QJsonObject &parameters) const
    {
        if (clientSecret.isEmpty())
            return !parameters.contains(QLatin1StringView("SECRET_HASH"));
        const QByteArray hash =
            QMessageAuthenticationCode::hash((text(parameters, "USERNAME") + clientId).toUtf8(),
                                             clientSecret.toUtf8(), QCryptographicHash::Sha256);
        return text(parameters, "SECRET_HASH").toLatin1() == hash.toBase64();
    }

    std::optional<SrpServer> m_user;
    QJsonObject m_srp;
    QList<Step> m_todo;
    QString m_session;
    int m_sessions = 0;
    int m_issued = 0;
};
