// SPDX-License-Identifier: Apache-2.0
#include "app/core/waitingsource.h"

namespace Syncscope {

void GivenToken::setToken(const QString &token)
{
    if (m_token == token)
        return;
    m_token = token;
    Q_EMIT tokenChanged();
}

AppSync::TokenReply *GivenToken::token(const AppSync::SignableRequest &)
{
    auto *reply = new AppSync::TokenReply(this);
    reply->succeed(m_token, AppSync::JwtClaims::fromToken(m_token).expiresAt());
    return reply;
}

WaitingTokenSource::WaitingTokenSource(SecretReading *reading, AppSync::TokenSource *source,
                                       bool readsAgain, QObject *parent)
    : TokenSource(parent), m_reading(reading), m_source(source), m_readsAgain(readsAgain)
{
    connect(source, &TokenSource::tokenChanged, this, &TokenSource::tokenChanged);
}

AppSync::TokenReply *WaitingTokenSource::token(const AppSync::SignableRequest &request)
{
    auto *reply = new AppSync::TokenReply(this);
    m_reading->await(reply, [this, reply, request](const AppSync::Error &error) {
        if (!error.isError())
            return ask(reply, request);
        Q_EMIT failed(error);
        reply->fail(error);
    });
    return reply;
}

void WaitingTokenSource::ask(AppSync::TokenReply *reply, const AppSync::SignableRequest &request)
{
    AppSync::TokenReply *asked = m_source->token(request);
    reply->follow(asked);
    connect(asked, &AppSync::Reply::finished, reply,
            [this, reply, asked] { onAnswer(reply, *asked); });
}

void WaitingTokenSource::onAnswer(AppSync::TokenReply *reply, const AppSync::TokenReply &answer)
{
    if (answer.error().isError()) {
        Q_EMIT failed(answer.error());
        return reply->fail(answer.error());
    }
    Q_EMIT secretKnown(answer.token());
    if (answer.idToken() != answer.token())
        Q_EMIT secretKnown(answer.idToken());
    m_claims = AppSync::JwtClaims::fromToken(answer.token());
    m_expiresAt = answer.expiresAt();
    reply->succeed(answer.token(), answer.expiresAt(), answer.idToken());
}

bool WaitingTokenSource::invalidate()
{
    if (m_readsAgain)
        m_reading->forget();
    return m_source->invalidate() || m_readsAgain;
}

WaitingCredentials::WaitingCredentials(SecretReading *reading, AppSync::CredentialsSource *source,
                                       QObject *parent)
    : CredentialsSource(parent), m_reading(reading), m_source(source)
{
}

AppSync::CredentialsReply *WaitingCredentials::credentials()
{
    auto *reply = new AppSync::CredentialsReply(this);
    m_reading->await(reply, [this, reply](const AppSync::Error &error) {
        if (!error.isError())
            return ask(reply);
        Q_EMIT failed(error);
        reply->fail(error);
    });
    return reply;
}

void WaitingCredentials::ask(AppSync::CredentialsReply *reply)
{
    AppSync::CredentialsReply *asked = m_source->credentials();
    reply->follow(asked);
    connect(asked, &AppSync::Reply::finished, reply,
            [this, reply, asked] { onAnswer(reply, *asked); });
}

void WaitingCredentials::onAnswer(AppSync::CredentialsReply *reply,
                                  const AppSync::CredentialsReply &answer)
{
    if (answer.error().isError()) {
        Q_EMIT failed(answer.error());
        return reply->fail(answer.error());
    }
    const AppSync::AwsCredentials credentials = answer.credentials();
    Q_EMIT secretKnown(credentials.secretAccessKey);
    if (!credentials.sessionToken.isEmpty())
        Q_EMIT secretKnown(credentials.sessionToken);
    m_accessKeyId = credentials.accessKeyId;
    m_expiresAt = credentials.expiresAt;
    if (m_lastSource != credentials.source) {
        m_lastSource = credentials.source;
        Q_EMIT sourceChosen(m_lastSource);
    }
    reply->succeed(credentials);
}

} // namespace Syncscope
