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

//! The value that \a text is, which may be no object or array.
QJsonValue jsonValue(const QString &text)
{
    return QJsonDocument::fromJson('[' + text.toUtf8() + ']').array().at(0);
}

//! The paths of all fields below some selections, those of fragments as well.
class SelectionSet {
public:
    explicit SelectionSet(const Document &document) : m_document(document) { }

    void add(const QList<Selection> &selections, const QString &prefix = {})
    {
        for (const Selection &selection : selections) {
            if (m_paths.size() >= kMostPaths)
                return;
            addOne(selection, prefix);
        }
    }
    [[nodiscard]] QStringList paths() const { return m_paths; }

private:
    //! Fragments that spread others twice can tell of more paths than memory has room for.
    static constexpr qsizetype kMostPaths = 10'000;

    void addOne(const Selection &selection, const QString &prefix)
    {
        if (selection.kind == Selection::Kind::InlineFragment)
            return add(selection.selections, prefix);
        if (selection.kind == Selection::Kind::FragmentSpread) {
            const FragmentDefinition *fragment = m_document.fragment(selection.name.text);
            if (fragment && isNew(prefix + u"..."_s + selection.name.text))
                add(fragment->selections, prefix);
            return;
        }
        const QString path = prefix + selection.responseName().text;
        if (isNew(path))
            m_paths.append(path);
        add(selection.selections, path + u'/');
    }
    bool isNew(const QString &path)
    {
        const qsizetype before = m_seen.size();
        m_seen.insert(path);
        return m_seen.size() > before;
    }

    const Document &m_document;
    QSet<QString> m_seen;
    QStringList m_paths;
};

QJsonObject infoOf(const Execution::Call &call, const QJsonObject &variables)
{
    SelectionSet selections(*call.document);
    for (const Selection *node : *call.nodes)
        selections.add(node->selections);
    return {{u"fieldName"_s, call.field->name.text},
            {u"parentTypeName"_s, call.type->name.text},
            {u"variables"_s, variables},
            {u"selectionSetList"_s, QJsonArray::fromStringList(selections.paths())}};
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
    QJsonObject message; //!< with the context
    std::function<void(const QJsonObject &)> done; //!< takes the last answer
    QList<GraphQlError> appended;

    // Of a pipeline
    bool isPipeline = false;
    qsizetype next = 0; //!< the function that comes next
    int call = 0; //!< of the resolver itself, which waits for them
    QJsonValue result; //!< of the one before
    QJsonObject stash;
};

ScriptedResolvers::ScriptedResolvers(const EmulatorOptions &options, QObject *parent)
    : QObject(parent), m_options(options), m_http(options.handlerDeadline)
{
    const auto &resolvers = options.graphQl.resolvers;
    QHash<QString, ScriptUnit *> byFile;
    for (auto it = resolvers.begin(); it != resolvers.end(); ++it) {
        m_units.insert(it.key(), sharedUnit({it.key(), it->code, it->codeFile}, &byFile));
        for (const EmulatorOptions::Function &function : it->functions) {
            QList<ScriptUnit *> &units = m_pipelines[it.key()];
            const QString name = u"%1, function %2"_s.arg(it.key()).arg(units.size() + 1);
            units += sharedUnit({name, function.code, function.codeFile}, &byFile);
        }
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
        QStringList sources{it->dataSource};
        for (const EmulatorOptions::Function &function : it->functions) {
            if (function.code.isEmpty() && function.codeFile.isEmpty())
                return u"A function of the resolver of %1 has no code"_s.arg(it.key());
            sources += function.dataSource;
        }
        if (!it->functions.isEmpty() && !it->dataSource.isEmpty())
            return u"The resolver of %1 has functions, so only they have data sources"_s.arg(
                it.key());
        for (const QString &source : std::as_const(sources)) {
            if (!source.isEmpty() && !sourceOf(options, source))
                return u"The resolver of %1 names the data source \"%2\", which there is not"_s.arg(
                    it.key(), source);
        }
    }
    return {};
}

ScriptUnit *ScriptedResolvers::sharedUnit(const ScriptUnit::Source &source,
                                          QHash<QString, ScriptUnit *> *byFile)
{
    ScriptUnit *unit = byFile->value(source.codeFile);
    if (!unit)
        unit = addUnit(source);
    if (!source.codeFile.isEmpty())
        byFile->insert(source.codeFile, unit);
    return unit;
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
    const auto run = std::make_shared<Run>();
    run->name = name;
    run->type = call.type->name.text;
    run->field = call.field->name.text;
    run->request = request;
    run->answer = answer;
    run->unit = unit;
    run->source = m_options.graphQl.resolvers.value(name).dataSource;
    run->isPipeline = m_pipelines.contains(name);
    const HandlerContext who{{}, false, request->caller, request->credentials};
    const QJsonObject before = who.toJson();
    const QJsonObject context{{u"arguments"_s, call.arguments},
                              {u"source"_s, call.source.isUndefined() ? QJsonValue() : call.source},
                              {u"identity"_s, before.value("identity"_L1)},
                              {u"request"_s, before.value("request"_L1)},
                              {u"info"_s, infoOf(call, request->variables)}};
    run->message = {{u"op"_s, u"resolve"_s},
                    {u"authType"_s, who.authType()},
                    {u"isPipeline"_s, run->isPipeline},
                    {u"context"_s, context}};
    run->done = [run = run.get()](const QJsonObject &said) { finish(*run, said); };
    begin(run);
    return true;
}

void ScriptedResolvers::begin(const RunPointer &run)
{
    run->unit->call(run->message, [this, run](const QJsonObject &said) { onAnswer(run, said); });
}

void ScriptedResolvers::onAnswer(const RunPointer &run, const QJsonObject &answer)
{
    if (!answer.contains("ask"_L1))
        return run->done(answer);
    const int call = answer.value("id"_L1).toInt();
    const QString request = answer.value("ask"_L1).toString();
    if (!run->isPipeline)
        return ask(run, call, request);
    run->call = call;
    run->result = jsonValue(request);
    run->stash = answer.value("stash"_L1).toObject();
    nextFunction(run);
}

void ScriptedResolvers::nextFunction(const RunPointer &run)
{
    const QList<ScriptUnit *> units = m_pipelines.value(run->name);
    if (run->next == units.size())
        return resume(run, run->call, run->result, {});
    const auto function = std::make_shared<Run>();
    function->request = run->request;
    function->unit = units.at(run->next);
    function->source =
        m_options.graphQl.resolvers.value(run->name).functions.at(run->next).dataSource;
    function->message = run->message;
    QJsonObject context = run->message.value("context"_L1).toObject();
    context.insert(u"prev"_s, QJsonObject{{u"result"_s, run->result}});
    context.insert(u"stash"_s, run->stash);
    function->message.insert(u"context"_s, context);
    function->done = [this, run](const QJsonObject &said) { onFunctionDone(run, said); };
    ++run->next;
    begin(function);
}

void ScriptedResolvers::onFunctionDone(const RunPointer &run, const QJsonObject &answer)
{
    if (answer.contains("stop"_L1) || answer.contains("failed"_L1)) {
        run->unit->call({{u"op"_s, u"forget"_s}, {u"call"_s, run->call}},
                        [](const QJsonObject &) {});
        return finish(*run, answer);
    }
    note(*run, answer);
    run->result = jsonValue(answer.value("result"_L1).toString());
    run->stash = answer.value("stash"_L1).toObject();
    nextFunction(run);
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
                return resume(run, call, jsonValue(answer.value("result"_L1).toString()), {});
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
    if (run->isPipeline)
        message.insert(u"stash"_s, run->stash);
    run->unit->call(message, [run](const QJsonObject &answer) { run->done(answer); });
}

void ScriptedResolvers::note(Run &run, const QJsonObject &answer)
{
    const QJsonArray appended = answer.value("appended"_L1).toArray();
    for (const QJsonValue one : appended)
        run.appended.append(fieldError(one.toObject()));
    const QJsonObject said = answer.value("extensions"_L1).toObject();
    if (said.contains("filter"_L1))
        run.request->filter = said.value("filter"_L1);
    if (said.contains("invalidationFilter"_L1))
        run.request->invalidationFilter = said.value("invalidationFilter"_L1);
    const QJsonArray invalidations = said.value("invalidations"_L1).toArray();
    for (const QJsonValue one : invalidations)
        run.request->invalidations.append(one.toObject());
}

void ScriptedResolvers::finish(Run &run, const QJsonObject &answer)
{
    note(run, answer);
    FieldAnswer result;
    result.appended = run.appended;
    if (answer.value("stop"_L1) == "unauthorized"_L1) {
        result.error = fieldError(
            {{u"message"_s, u"Not Authorized to access %1 on type %2"_s.arg(run.field, run.type)},
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
        result.value = jsonValue(answer.value("result"_L1).toString());
    }
    run.answer(result);
}

} // namespace AppSync::Emulation
