// SPDX-License-Identifier: Apache-2.0
#include "tokenfunction.h"

#include "functionanswer.h"

using namespace Qt::StringLiterals;

namespace AppSyncQml {

TokenFunction::TokenFunction(QObject *parent) : FunctionTokenSource({}, parent)
{
    setFunction([this](const AppSync::SignableRequest &request, AppSync::TokenReply *reply) {
        ask(request, reply);
    });
}

void TokenFunction::setCall(const QJSValue &call)
{
    if (m_call.strictlyEquals(call))
        return;
    m_call = call;
    Q_EMIT callChanged();
}

void TokenFunction::ask(const AppSync::SignableRequest &request, AppSync::TokenReply *reply)
{
    const auto take = [reply](const QJSValue &value) {
        const QJSValue token = value.isObject() ? value.property(u"token"_s) : value;
        if (!token.isString())
            return tr("The function gave no text as the token.");
        const auto text = [&value](const QString &name) {
            const QJSValue member = value.property(name);
            return member.isString() ? member.toString() : QString();
        };
        reply->succeed(token.toString(), value.property(u"expiresAt"_s).toDateTime().toUTC(),
                       text(u"idToken"_s));
        return QString();
    };
    auto *answer = new FunctionAnswer(reply, take,
                                      [reply](const AppSync::Error &error) { reply->fail(error); });
    FunctionAnswer::call(m_call, this, {FunctionAnswer::script(this, request)}, answer);
}

} // namespace AppSyncQml
