// SPDX-License-Identifier: Apache-2.0
#include "functionanswer.h"

#include <QQmlEngine>
#include <QtQml/qqml.h>

using namespace Qt::StringLiterals;
using AppSync::Error;

namespace AppSyncQml {

namespace {

//! In JavaScript, since only there a thrown text differs from a returned one, and promises can be waited for.
const QString kCaller = uR"((function (call, list, answer) {
    const failed = why => answer.fail(why instanceof Error ? why.message : String(why));
    const given = value => { if (value !== undefined) answer.succeed(value); };
    try {
        const value = call.apply(undefined, list);
        if (value && typeof value.then === "function")
            value.then(given).catch(failed);
        else
            given(value);
    } catch (why) {
        failed(why);
    }
}))"_s;

} // namespace

FunctionAnswer::FunctionAnswer(QObject *reply, Take take, Fail fail)
    : m_reply(reply), m_take(std::move(take)), m_fail(std::move(fail))
{
}

//! An element has the first; the second has only what JavaScript has seen.
QJSEngine *FunctionAnswer::engineOf(const QObject *element)
{
    QJSEngine *engine = qmlEngine(element);
    return engine ? engine : qjsEngine(element);
}

void FunctionAnswer::call(const QJSValue &function, const QObject *owner, QJSValueList arguments,
                          FunctionAnswer *answer)
{
    QJSEngine *engine = engineOf(owner);
    if (!engine || !function.isCallable()) {
        answer->end(Error::local(Error::Kind::InvalidInput,
                                 tr("The property `call` holds no function."),
                                 tr("Give it one, such as `call: request => token`.")));
        delete answer;
        return;
    }
    const QJSValue last = engine->newQObject(answer);
    arguments.append(last);
    QJSValue list = engine->newArray(uint(arguments.size()));
    for (quint32 i = 0; i < quint32(arguments.size()); ++i)
        list.setProperty(i, arguments[i]);
    engine->evaluate(kCaller).call({function, list, last});
}

void FunctionAnswer::succeed(const QJSValue &value)
{
    if (!m_reply)
        return;
    const QString problem = m_take(value);
    if (problem.isEmpty())
        m_reply.clear();
    else
        end(Error::local(Error::Kind::InvalidInput, problem,
                         tr("Look at the function in the property `call`.")));
}

void FunctionAnswer::fail(const QString &message, bool isRetryable)
{
    end(Error::local(isRetryable ? Error::Kind::Unreachable : Error::Kind::InvalidInput,
                     message.isEmpty() ? tr("The function gave no reason.") : message));
}

void FunctionAnswer::end(const Error &error)
{
    if (!m_reply)
        return;
    m_reply.clear();
    m_fail(error);
}

} // namespace AppSyncQml
