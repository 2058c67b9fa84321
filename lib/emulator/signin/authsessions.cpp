// SPDX-License-Identifier: Apache-2.0
#include "authsessions_p.h"

#include "../randomtext_p.h"

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr int kIdBytes = 96;
constexpr int kWrongAnswers = 3;

} // namespace

QString AuthSessions::keep(const AuthSession &session, std::chrono::seconds lifetime, QString id)
{
    if (id.isEmpty()) {
        id = QString::fromLatin1(RandomText::bytes(kIdBytes).toBase64(
            QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    }
    const QDateTime now = m_now();
    m_sessions.insert(id, session, now.addSecs(lifetime.count()), now);
    return id;
}

AuthSession *AuthSessions::find(const QString &id, const QString &challenge, CognitoAnswer *refusal)
{
    const auto refuse = [&](const QString &message) {
        *refusal = CognitoAnswer::notAuthorized(message);
        return nullptr;
    };
    AuthSession *session = m_sessions.find(id);
    if (!session)
        return refuse(u"Invalid session for the user."_s);
    if (session->isUsed)
        return refuse(u"Invalid session for the user, session can only be used once."_s);
    if (m_sessions.hasEnded(id, m_now()))
        return refuse(u"Invalid session for the user, session is expired."_s);
    if (session->challenge != challenge)
        return refuse(u"Invalid session for the user."_s);
    return session;
}

AuthSession AuthSessions::take(const QString &id)
{
    AuthSession *session = m_sessions.find(id);
    Q_ASSERT(session);
    AuthSession taken = *session;
    session->isUsed = true;
    taken.wrongAnswers = 0;
    return taken;
}

void AuthSessions::countWrongAnswer(const QString &id)
{
    if (AuthSession *session = m_sessions.find(id))
        session->isUsed = ++session->wrongAnswers >= kWrongAnswers;
}

} // namespace AppSync::Emulation
