// SPDX-License-Identifier: Apache-2.0
#include "lambdacheck_p.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

constexpr qsizetype kKeptBytes = 32 * 1024 * 1024;
constexpr std::chrono::seconds kLongestTtl{3600};
constexpr qsizetype kMostWaiting = 1'000; // as many as Lambda runs at once for an account

//! API, channel, operation, document, variables and token, from which the last cannot be read: tokens are not kept here.
QString keyOf(const EmulatorOptions::LambdaRequest &request)
{
    const QString text = request.apiId + u'\n' + request.channel + u'\n' + request.operation + u'\n'
        + request.queryString + u'\n' + request.operationName + u'\n'
        + QString::fromUtf8(QJsonDocument(request.variables).toJson(QJsonDocument::Compact)) + u'\n'
        + request.authorizationToken;
    return QString::fromLatin1(
        QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex());
}

} // namespace

LambdaCheck::LambdaCheck(const Now &now) : m_now(now), m_kept(kKeptBytes)
{
}

QString LambdaCheck::configure(const EmulatorOptions::Lambda &settings)
{
    const QRegularExpression pattern(settings.tokenPattern);
    if (!pattern.isValid())
        return u"The Lambda authorizer has a wrong token pattern: %1"_s.arg(pattern.errorString());
    m_settings = settings;
    m_pattern = pattern;
    forget();
    return {};
}

void LambdaCheck::setAuthorizer(const EmulatorOptions::LambdaAuthorizer &authorizer)
{
    m_authorizer = authorizer;
    forget();
}

void LambdaCheck::forget()
{
    m_kept.clear();
    m_shared.clear(); // who waits already gets the old answer, but nobody else does
    m_firstCurrentCall = m_lastCall + 1;
}

void LambdaCheck::check(const EmulatorOptions::LambdaRequest &request, const Answer &answer)
{
    if (!m_settings.tokenPattern.isEmpty()
        && !m_pattern.match(request.authorizationToken).hasMatch())
        return answer({{}, u"the token does not match identityValidationExpression"_s});
    const QString key = keyOf(request);
    if (const Kept *kept = m_kept.object(key)) {
        if (kept->end > m_now())
            return answer(Verdict(kept->verdict)); // the answer may end in setAuthorizer()
        m_kept.remove(key);
    }
    if (m_waiting >= kMostWaiting)
        return answer({{}, u"%1 calls of the Lambda authorizer wait already"_s.arg(m_waiting)});
    ++m_waiting;
    if (const auto call = m_shared.constFind(key); call != m_shared.constEnd())
        m_calls.at(*call).waiting.append(answer);
    else
        start(key, request, answer);
}

void LambdaCheck::start(const QString &key, const EmulatorOptions::LambdaRequest &request,
                        const Answer &answer)
{
    const quint64 id = ++m_lastCall;
    Call &call = m_calls[id];
    call.key = key;
    call.waiting = {answer};
    if (m_settings.resultTtl.count() > 0)
        m_shared.insert(key, id);
    call.deadline = std::make_unique<QTimer>();
    call.deadline->setSingleShot(true);
    connect(call.deadline.get(), &QTimer::timeout, this, [this, id] {
        EmulatorOptions::LambdaAnswer none;
        none.problem =
            u"the Lambda authorizer did not answer within %1 ms"_s.arg(m_settings.deadline.count());
        finish(id, none);
    });
    call.deadline->start(m_settings.deadline);
    const auto authorizer = m_authorizer; // it may replace itself
    authorizer(request, [life = QPointer(this), id](const EmulatorOptions::LambdaAnswer &said) {
        if (life)
            life->finish(id, said);
    });
}

void LambdaCheck::finish(quint64 id, const EmulatorOptions::LambdaAnswer &said)
{
    auto node = m_calls.extract(id);
    if (node.empty())
        return; // it was late, or answered twice
    Call call = std::move(node.mapped());
    call.deadline.release()->deleteLater(); // it may be what calls us
    m_waiting -= call.waiting.size();
    if (m_shared.value(call.key) == id)
        m_shared.remove(call.key);

    Verdict verdict{said.handlerContext, said.problem, said.deniedFields};
    if (verdict.problem.isEmpty() && !said.isAuthorized)
        verdict.problem = u"the Lambda authorizer said no"_s;
    const std::chrono::seconds ttl = std::min(said.ttl.value_or(m_settings.resultTtl), kLongestTtl);
    if (said.problem.isEmpty() && ttl.count() > 0 && id >= m_firstCurrentCall) {
        const qsizetype cost =
            200 + QJsonDocument(verdict.handlerContext).toJson(QJsonDocument::Compact).size();
        m_kept.insert(call.key, new Kept{verdict, m_now().addSecs(ttl.count())}, cost);
    }
    for (const Answer &answer : std::as_const(call.waiting))
        answer(verdict);
}

} // namespace AppSync::Emulation
