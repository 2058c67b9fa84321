// SPDX-License-Identifier: Apache-2.0
#include "scriptedresolvers_p.h"

#include "../handlers/handlercontext_p.h"
#include "../handlers/namespacehandlers_p.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

using namespace GraphQl;

namespace {

using DataSource = EmulatorOptions::DataSource;

const DataSource *sourceOf(const EmulatorOptions &options, const QString &name)
{
    const auto found = std::find_if(options.dataSources.begin(), options.dataSources.end(),
                                    [&](const DataSource &source) { return source.name == name; });
    return found == options.dataSources.end() ? nullptr : &*found;
}

QString jsonText(const QJsonValue &value)
{
    QByteArray text;
    appendJson(text, value);
    return QString::fromUtf8(text);
}

void listSelections(const QList<Selection> &selections, const QString &prefix, QStringList *list)
{
    for (const Selection &selection : selections) {
        if (selection.kind == Selection::Kind::Field) {
            const QString path = prefix + selection.responseName().text;
            list->append(path);
            listSelections(selection.selections, path + u'/', list);
        } else {
            listSelections(selection.selections, prefix, list);
        }
    }
}

QJsonObject infoOf(const Execution::Call &call, const QJsonObject &variables)
{
    QStringList selections;
    for (const Selection *node : *call.nodes)
        listSelections(node->selections, {}, &selections);
    return {{u"fieldName"_s, call.field->name.text},
            {u"parentTypeName"_s, call.type->name.text},
            {u"variables"_s, variables},
            {u"selectionSetList"_s, QJsonArray::fromStringList(selections)}};
}

GraphQlError fieldError(const QJsonObject &json)
{
    GraphQlError error{GraphQlError::Kind::Field, json.value("message"_L1).toString()};
    error.type = json.value("type"_L1).toString();
    error.data = json.value("data"_L1);
    error.info = json.value("info"_L1);
    return error;
}

} // namespace

//! One field on its way.
struct ScriptedResolvers::Run {
    QString name; //!< `Type.field`
    QString type;
    QString field;
    std::shared_ptr<ResolverRequest> request;
    Execution::Answer answer;
    ScriptUnit *unit = nullptr;
    QString source; //!< the data source
};

ScriptedResolvers::ScriptedResolvers(const EmulatorOptions &options, QObject *parent)
    : QObject(parent), m_options(options), m_http(options.handlerDeadline)
{
    const auto &resolvers = options.graphQl.resolvers;
    QHash<QString, ScriptUnit *> byFile; // one process for a file, however many fields it answers
    for (auto it = resolvers.begin(); it != resolvers.end(); ++it) {
        ScriptUnit *unit = byFile.value(it->codeFile);
        if (!unit)
            unit = addUnit({it.key(), it->code, it->codeFile});
        if (!it->codeFile.isEmpty())
            byFile.insert(it->codeFile, unit);
        m_units.insert(it.key(), unit);
    }
    for (const DataSource &source : options.dataSources) {
        if (source.kind == DataSource::Kind::Function)
            m_functions.insert(source.name, addUnit({source.name, source.code, source.codeFile}));
        else if (source.kind == DataSource::Kind::Table)
            m_tables.try_emplace(source.name, source.partitionKey, source.sortKey);
    }
}

ScriptedResolvers::~ScriptedResolvers() = default;

QString ScriptedResolvers::problemOf(const EmulatorOptions &options, const ExecutableSchema &schema)
{
    const auto &resolvers = options.graphQl.resolvers;
    for (auto it = resolvers.begin(); it != resolvers.end(); ++it) {
        const TypeDefinition *type = schema.type(it.key().section(u'.', 0, 0));
        if (!type || !schema.field(*type, it.key().section(u'.', 1)))
            return u"The schema has no field %1 for a resolver"_s.arg(it.key());
        if (it->code.isEmpty() && it->codeFile.isEmpty())
            return u"The resolver of %1 has no code"_s.arg(it.key());
        if (!it->dataSource.isEmpty() && !sourceOf(options, it->dataSource))
            return u"The resolver of %1 names the data source \"%2\", which there is not"_s.arg(
                it.key(), it->dataSource);
    }
    return {};
}

ScriptUnit *ScriptedResolvers::addUnit(const ScriptUnit::Source &source)
{
    auto *unit = new ScriptUnit(source, NamespaceHandlers::settings(m_options), m_watcher, this);
    connect(unit, &ScriptUnit::problem, this, &ScriptedResolvers::problem);
    connect(unit, &ScriptUnit::logged, this, &ScriptedResolvers::logged);
    return unit;
}

bool ScriptedResolvers::resolve(const std::shared_ptr<ResolverRequest> &request,
                                const Execution::Call &call, const Execution::Answer &answer)
{
    const QString name = call.type->name.text + u'.' + call.field->name.text;
    ScriptUnit *unit = m_units.value(name);
    if (!unit)
        return false;
    const auto run = std::make_shared<Run>(Run{name, call.type->name.text, call.field->name.text,
                                               request, answer, unit,
                                               m_options.graphQl.resolvers.value(name).dataSource});
    const HandlerContext who{{}, false, request->caller, request->credentials};
    const QJsonObject before = who.toJson();
    const QJsonObject context{{u"arguments"_s, call.arguments},
                              {u"source"_s, call.source.isUndefined() ? QJsonValue() : call.source},
                              {u"identity"_s, before.value("identity"_L1)},
                              {u"request"_s, before.value("request"_L1)},
                              {u"info"_s, infoOf(call, request->variables)}};
    const QJsonObject message{
        {u"op"_s, u"resolve"_s}, {u"authType"_s, who.authType()}, {u"context"_s, context}};
    unit->call(message, [this, run](const QJsonObject &said) { onAnswer(run, said); });
    return true;
}

void ScriptedResolvers::onAnswer(const RunPointer &run, const QJsonObject &answer)
{
    if (answer.contains("ask"_L1))
        ask(run, answer.value("id"_L1).toInt(), answer.value("ask"_L1).toString());
    else
        finish(run, answer);
}

void ScriptedResolvers::ask(const RunPointer &run, int call, const QString &request)
{
    const DataSource *source = sourceOf(m_options, run->source);
    if (source && source->kind == DataSource::Kind::Http)
        return askHttp(run, call, *source, request);
    if (source && source->kind == DataSource::Kind::Function)
        return askFunction(run, call, source->name, request);
    const QJsonObject asked = QJsonDocument::fromJson(request.toUtf8()).object();
    if (!source) // NONE
        return resume(run, call, asked.value("payload"_L1), {});
    const MemoryTable::Answer answer = m_tables.at(source->name).ask(asked);
    QJsonObject error;
    if (!answer.errorType.isEmpty())
        error = {{u"message"_s, answer.message}, {u"type"_s, answer.errorType}};
    resume(run, call, answer.result, error);
}

void ScriptedResolvers::askHttp(const RunPointer &run, int call, const DataSource &source,
                                const QString &request)
{
    m_http.ask(source.endpoint, QJsonDocument::fromJson(request.toUtf8()).object(),
               [this, run, call](const HttpSource::Result &result) {
                   QJsonObject error;
                   if (!result.problem.isEmpty())
                       error = {{u"message"_s, result.problem}, {u"type"_s, u"HTTPRequestError"_s}};
                   resume(run, call, result.response, error);
               });
}

void ScriptedResolvers::askFunction(const RunPointer &run, int call, const QString &source,
                                    const QString &request)
{
    m_functions.value(source)->call(
        {{u"op"_s, u"invoke"_s}, {u"event"_s, request}, {u"isSource"_s, true}},
        [this, run, call](const QJsonObject &answer) {
            if (answer.contains("result"_L1)) {
                const QByteArray list = '[' + answer.value("result"_L1).toString().toUtf8() + ']';
                return resume(run, call, QJsonDocument::fromJson(list).array().at(0), {});
            }
            const QString message =
                answer.value(answer.contains("failed"_L1) ? "failed"_L1 : "message"_L1).toString();
            resume(run, call, {}, {{u"message"_s, message}, {u"type"_s, u"Lambda:Unhandled"_s}});
        });
}

void ScriptedResolvers::resume(const RunPointer &run, int call, const QJsonValue &result,
                               const QJsonObject &error)
{
    QJsonObject message{{u"op"_s, u"resume"_s}, {u"call"_s, call}, {u"result"_s, jsonText(result)}};
    if (!error.isEmpty())
        message.insert(u"error"_s, error);
    run->unit->call(message, [run](const QJsonObject &answer) { finish(run, answer); });
}

void ScriptedResolvers::finish(const RunPointer &run, const QJsonObject &answer)
{
    FieldAnswer result;
    const QJsonArray appended = answer.value("appended"_L1).toArray();
    for (const QJsonValue one : appended)
        result.appended.append(fieldError(one.toObject()));
    if (answer.value("stop"_L1) == "unauthorized"_L1) {
        result.error = fieldError(
            {{u"message"_s, u"Not Authorized to access %1 on type %2"_s.arg(run->field, run->type)},
             {u"type"_s, u"Unauthorized"_s}});
    } else if (answer.contains("stop"_L1)) {
        result.error = fieldError(answer);
    } else if (answer.contains("failed"_L1)) {
        // What it was is known to the developer by handlerProblem().
        const QJsonObject where{{u"errorType"_s, u"RUNTIME_ERROR"_s},
                                {u"value"_s, answer.value("failed"_L1)}};
        result.error = fieldError({{u"message"_s, u"Runtime Error"_s},
                                   {u"type"_s, u"Code"_s},
                                   {u"info"_s, QJsonObject{{u"codeErrors"_s, QJsonArray{where}}}}});
    } else {
        const QByteArray list = '[' + answer.value("result"_L1).toString().toUtf8() + ']';
        result.value = QJsonDocument::fromJson(list).array().at(0);
    }
    const QJsonObject said = answer.value("extensions"_L1).toObject();
    if (said.contains("filter"_L1))
        run->request->filter = said.value("filter"_L1);
    if (said.contains("invalidationFilter"_L1))
        run->request->invalidationFilter = said.value("invalidationFilter"_L1);
    const QJsonArray invalidations = said.value("invalidations"_L1).toArray();
    for (const QJsonValue one : invalidations)
        run->request->invalidations.append(one.toObject());
    run->answer(result);
}

} // namespace AppSync::Emulation
