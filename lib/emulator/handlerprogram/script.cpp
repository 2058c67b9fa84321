// SPDX-License-Identifier: Apache-2.0
#include "script.h"

#include "lowering.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace AppSync::Handlers {

namespace {

Script::Problem problemOf(const QJSValue &error)
{
    return {error.toString(), error.property(u"lineNumber"_s).toInt()};
}

QString textOf(const QString &name)
{
    QFile file(u":/appsync/"_s + name);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// Read once, at start: later no file can be opened.
const QString &runtimeText()
{
    static const QString text = textOf(u"runtime.js"_s);
    return text;
}

const QString &resolversText()
{
    static const QString text = textOf(u"resolvers.js"_s);
    return text;
}

} // namespace

std::unique_ptr<Script> Script::load(const QString &code, Problem *problem)
{
    std::unique_ptr<Script> script(new Script);
    *problem = script->start(code);
    return problem->message.isEmpty() ? std::move(script) : nullptr;
}

Script::Problem Script::start(const QString &code)
{
    const Lowering lowered = Lowering::of(code);
    if (!lowered.problem.isEmpty())
        return {lowered.problem, lowered.line};
    QJSEngine::setObjectOwnership(&m_native, QJSEngine::CppOwnership);
    const QJSValue make = m_engine.evaluate(runtimeText(), u"runtime.js"_s);
    const QJSValue resolvers = m_engine.evaluate(resolversText(), u"resolvers.js"_s);
    m_runtime = make.call({m_engine.newQObject(&m_native), m_engine.globalObject(), resolvers});
    if (m_runtime.isError())
        return problemOf(m_runtime);
    m_engine.registerModule(u"@aws-appsync/utils"_s, m_runtime.property(u"utils"_s));
    m_engine.registerModule(u"@aws-appsync/utils/dynamodb"_s, m_runtime.property(u"dynamodb"_s));
    m_module = std::make_unique<MemoryModule>(lowered.text);
    const QJSValue exports = m_engine.importModule(m_module->path());
    if (m_engine.hasError())
        return problemOf(m_engine.catchError());
    if (exports.isError())
        return problemOf(exports);
    const QJSValue refusal = m_runtime.property(u"accept"_s).call({exports});
    return refusal.isString() ? Problem{refusal.toString(), 1} : Problem{};
}

void Script::call(const QString &line)
{
    const int id = QJsonDocument::fromJson(line.toUtf8()).object().value(u"id"_s).toInt();
    m_native.startCall(id);
    const QJSValue result = m_runtime.property(u"call"_s).call({line});
    if (result.isError()) // of ours, or of the handler where no `catch` helps
        m_native.reply(id, m_runtime.property(u"failure"_s).call({line, result}).toString());
    m_native.waitForReply();
}

} // namespace AppSync::Handlers
