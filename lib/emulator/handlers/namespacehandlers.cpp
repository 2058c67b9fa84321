// SPDX-License-Identifier: Apache-2.0
#include "namespacehandlers_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

//! A handler that is broken, or whose `util.error` names no type. The service has these names and words for
//! its own troubles; what it calls those of a handler is not documented.
ServiceError processingError(bool isPublish, const QString &reason)
{
    return isPublish
        ? ServiceError{u"MessageProcessingError"_s, u"There was an error processing the message"_s,
                       0, 403, reason}
        : ServiceError{u"SubscriptionProcessingError"_s,
                       u"There was an error processing the operation"_s, 0, 403, reason};
}

ServiceError refusal(bool isPublish, const QJsonObject &answer)
{
    if (answer.value("stop"_L1) == "unauthorized"_L1) {
        ServiceError error = ServiceError::notAuthorized(u"util.unauthorized() of the handler"_s);
        if (!isPublish)
            error.type = u"Unauthorized"_s;
        return error;
    }
    ServiceError error = processingError(isPublish, u"util.error() of the handler"_s);
    error.message = answer.value("message"_L1).toString();
    if (const QString type = answer.value("type"_L1).toString(); !type.isEmpty())
        error.type = type;
    return error;
}

} // namespace

//! One operation on its way.
struct NamespaceHandlers::Run {
    HandlerContext context;
    QList<Event> events;
    Answer answer;
    ScriptUnit *unit = nullptr;
    QString source; //!< the data source of its handler
};

HandlerProcess::Settings NamespaceHandlers::settings(const EmulatorOptions &options)
{
    return {options.handlerProgram, options.handlerDeadline, options.handlerMemory};
}

NamespaceHandlers::NamespaceHandlers(const EmulatorOptions &options, QObject *parent)
    : QObject(parent), m_options(options), m_http(options.handlerDeadline)
{
    update();
    for (const EmulatorOptions::DataSource &source : options.dataSources) {
        if (source.kind == EmulatorOptions::DataSource::Kind::Function)
            m_functions.insert(source.name, addUnit({source.name, source.code, source.codeFile}));
    }
}

NamespaceHandlers::~NamespaceHandlers() = default;

void NamespaceHandlers::update()
{
    QHash<QString, std::pair<QString, QString>> wanted;
    for (const EmulatorOptions::Namespace &nameSpace : m_options.namespaces) {
        if (nameSpace.hasCode())
            wanted.insert(nameSpace.name, {nameSpace.code, nameSpace.codeFile});
    }
    if (wanted == m_code)
        return;
    for (auto it = m_code.cbegin(); it != m_code.cend(); ++it) {
        const QString &name = it.key();
        if (wanted.contains(name) && wanted.value(name) == it.value())
            continue;
        m_units.take(name)->retire();
    }
    for (auto it = wanted.cbegin(); it != wanted.cend(); ++it) {
        if (!m_units.contains(it.key()))
            m_units.insert(it.key(), addUnit({it.key(), it->first, it->second}));
    }
    m_code = wanted;
}

ScriptUnit *NamespaceHandlers::addUnit(const ScriptUnit::Source &source)
{
    auto *unit = new ScriptUnit(source, settings(m_options), m_watcher, this);
    connect(unit, &ScriptUnit::problem, this, &NamespaceHandlers::problem);
    connect(unit, &ScriptUnit::logged, this, &NamespaceHandlers::logged);
    return unit;
}

void NamespaceHandlers::setCode(const QString &nameSpace, const QString &code)
{
    if (code.isEmpty()) {
        m_off.insert(nameSpace);
        return;
    }
    m_off.remove(nameSpace);
    if (ScriptUnit *unit = m_units.value(nameSpace))
        unit->setCode(code);
    else
        m_units.insert(nameSpace, addUnit({nameSpace, code, {}}));
}

void NamespaceHandlers::run(const HandlerContext &context, const QList<Event> &events,
                            const Answer &answer)
{
    const QString name = context.nameSpace();
    const auto run = std::make_shared<Run>(Run{context, events, answer, m_units.value(name), {}});
    for (const EmulatorOptions::Namespace &nameSpace : m_options.namespaces) {
        if (nameSpace.name == name)
            run->source = context.isPublish ? nameSpace.publishSource : nameSpace.subscribeSource;
    }
    QJsonArray list;
    for (const Event &event : events)
        list.append(QJsonObject{{u"id"_s, event.id}, {u"text"_s, event.text}});
    const QJsonObject message{{u"op"_s, context.isPublish ? u"publish"_s : u"subscribe"_s},
                              {u"authType"_s, context.authType()},
                              {u"context"_s, context.toJson()},
                              {u"events"_s, list}};
    run->unit->call(message, [this, run](const QJsonObject &result) { onAnswer(run, result); });
}

void NamespaceHandlers::onAnswer(const RunPointer &run, const QJsonObject &answer)
{
    if (answer.contains("ask"_L1))
        ask(run, answer.value("id"_L1).toInt(), answer.value("ask"_L1).toString());
    else
        finish(run, answer);
}

void NamespaceHandlers::ask(const RunPointer &run, int call, const QString &request)
{
    for (const EmulatorOptions::DataSource &source : m_options.dataSources) {
        if (source.name != run->source)
            continue;
        if (source.kind == EmulatorOptions::DataSource::Kind::Http)
            return askHttp(run, call, source.endpoint, request);
        return askFunction(run, call, source.name, request);
    }
    const QString why = run->source.isEmpty()
        ? u"The handler has request and response, but the namespace names no data source for it"_s
        : u"There is no data source \"%1\""_s.arg(run->source);
    Q_EMIT problem(run->context.nameSpace(), run->unit->file(), 0, why);
    run->unit->call({{u"op"_s, u"forget"_s}, {u"call"_s, call}}, [](const QJsonObject &) {});
    finish(run, {{u"failed"_s, why}});
}

void NamespaceHandlers::askHttp(const RunPointer &run, int call, const QUrl &endpoint,
                                const QString &request)
{
    m_http.ask(endpoint, QJsonDocument::fromJson(request.toUtf8()).object(),
               [this, run, call](const HttpSource::Result &result) {
                   if (result.problem.isEmpty())
                       return resume(run, call,
                                     QString::fromUtf8(QJsonDocument(result.response).toJson()),
                                     {});
                   resume(run, call, {},
                          {{u"message"_s, result.problem}, {u"type"_s, u"HTTPRequestError"_s}});
               });
}

void NamespaceHandlers::askFunction(const RunPointer &run, int call, const QString &source,
                                    const QString &request)
{
    m_functions.value(source)->call(
        {{u"op"_s, u"invoke"_s}, {u"event"_s, request}, {u"isSource"_s, true}},
        [this, run, call](const QJsonObject &answer) {
            if (answer.contains("result"_L1))
                return resume(run, call, answer.value("result"_L1).toString(), {});
            const QString message =
                answer.value(answer.contains("failed"_L1) ? "failed"_L1 : "message"_L1).toString();
            resume(run, call, {}, {{u"message"_s, message}, {u"type"_s, u"Lambda:Unhandled"_s}});
        });
}

void NamespaceHandlers::resume(const RunPointer &run, int call, const QString &result,
                               const QJsonObject &error)
{
    QJsonObject message{{u"op"_s, u"resume"_s}, {u"call"_s, call}};
    if (error.isEmpty())
        message.insert(u"result"_s, result);
    else
        message.insert(u"error"_s, error);
    run->unit->call(message, [this, run](const QJsonObject &answer) { finish(run, answer); });
}

void NamespaceHandlers::finish(const RunPointer &run, const QJsonObject &answer)
{
    const QJsonArray appended = answer.value("appended"_L1).toArray();
    for (const QJsonValue &message : appended)
        Q_EMIT logged(run->context.nameSpace(), u"error"_s, message.toString());
    const HandlerOutcome result = outcome(*run, answer);
    run->answer(result);
}

HandlerOutcome NamespaceHandlers::outcome(const Run &run, const QJsonObject &answer) const
{
    const bool isPublish = run.context.isPublish;
    if (answer.contains("stop"_L1))
        return {refusal(isPublish, answer)};
    if (answer.contains("failed"_L1))
        return {processingError(isPublish, answer.value("failed"_L1).toString())};

    HandlerOutcome result;
    QSet<qsizetype> seen;
    const QJsonArray events = answer.value("events"_L1).toArray();
    for (const QJsonValue &value : events) {
        const QJsonObject event = value.toObject();
        const QString id = event.value("id"_L1).toString();
        const auto original = std::find_if(run.events.begin(), run.events.end(),
                                           [&](const Event &one) { return one.id == id; });
        const qsizetype index = original - run.events.begin();
        if (original == run.events.end() || seen.contains(index)) {
            return {processingError(isPublish,
                                    original == run.events.end()
                                        ? u"the handler returned an event of an unknown id"_s
                                        : u"the handler returned an event twice"_s)};
        }
        seen.insert(index);
        HandledEvent handled{index};
        if (event.contains("error"_L1))
            handled.error = event.value("error"_L1).toString(u""_s);
        else
            handled.text = event.value("payload"_L1).toString(original->text);
        result.events.append(handled);
    }
    return result;
}

} // namespace AppSync::Emulation
