// SPDX-License-Identifier: Apache-2.0
#include "signingfunction.h"

#include "functionanswer.h"

#include <QJSValueIterator>

namespace AppSyncQml {

void SigningFunction::setCall(const QJSValue &call)
{
    if (m_call.strictlyEquals(call))
        return;
    m_call = call;
    Q_EMIT callChanged();
}

AppSync::AuthReply *SigningFunction::authorize(const AppSync::SignableRequest &request)
{
    auto *reply = new AppSync::AuthReply(this);
    const auto take = [reply](const QJSValue &value) {
        AppSync::Headers headers;
        for (QJSValueIterator it(value); it.hasNext();) {
            it.next();
            if (!it.value().isString() && !it.value().isNumber())
                return tr("The function gave no text for the header %1.").arg(it.name());
            headers.append({it.name().toUtf8(), it.value().toString().toUtf8()});
        }
        if (!value.isObject() || value.isArray() || headers.isEmpty())
            return tr("The function gave no object of headers.");
        reply->succeed(headers);
        return QString();
    };
    auto *answer = new FunctionAnswer(reply, take,
                                      [reply](const AppSync::Error &error) { reply->fail(error); });
    FunctionAnswer::call(m_call, this, {FunctionAnswer::script(this, request)}, answer);
    return reply;
}

bool SigningFunction::invalidate()
{
    Q_EMIT refused();
    return m_call.isCallable();
}

QString SigningFunction::displayName() const
{
    return tr("a function of the program");
}

} // namespace AppSyncQml
