// SPDX-License-Identifier: Apache-2.0
#include "graphqlapi_p.h"

#include "../access/identities_p.h"
#include "../events/eventsapi_p.h"
#include "../http/httprequest_p.h"
#include "../http/httpresponse_p.h"
#include "../realm_p.h"
#include "graphqlsession_p.h"
#include "inputvalues_p.h"
#include "sampleresolvers_p.h"
#include "scriptedresolvers_p.h"

#include <QJsonDocument>
#include <QWebSocket>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

using namespace GraphQl;

namespace {

ServiceError malformed(const QString &message, const QString &reason = {})
{
    return {u"MalformedHttpRequestException"_s, message, 0, 400, reason};
}

ServiceError permissionDenied(const Caller &caller)
{
    ServiceError error =
        ServiceError::forbidden(u"%1 has no grant of appsync:GraphQL"_s.arg(caller.arn));
    error.message = u"Permission denied"_s;
    return error;
}

GraphQlError requestError(const QString &message, const QList<Position> &places = {})
{
    return {GraphQlError::Kind::Request, message, {}, places};
}

//! The only field that \a operation of the valid \a document selects at its root; null: there are more, or none.
const Selection *onlyField(const Document &document, const OperationDefinition &operation)
{
    const QList<Selection> *selections = &operation.selections;
    while (selections && selections->size() == 1) {
        const Selection &selection = selections->first();
        if (selection.kind == Selection::Kind::Field)
            return &selection;
        const FragmentDefinition *fragment = selection.kind == Selection::Kind::FragmentSpread
            ? document.fragment(selection.name.text)
            : nullptr;
        selections = selection.kind == Selection::Kind::InlineFragment ? &selection.selections
            : fragment                                                 ? &fragment->selections
                                                                       : nullptr;
    }
    return nullptr;
}

//! As they are told over WebSocket: without path, and of most the message alone.
QList<ServiceError> overSocket(const QList<GraphQlError> &errors)
{
    QList<ServiceError> list;
    for (const GraphQlError &error : errors)
        list.append({error.type, error.message, 0, 400, {}});
    return list;
}

} // namespace

//! What a request asks for.
struct GraphQlApi::Body {
    QString document; //!< null: the request holds none
    QString operationName;
    QJsonObject variables;
};

struct GraphQlApi::HttpCall {
    QString peer;
    Credentials credentials;
    Body body;
    std::function<void(const HttpResponse &)> answer;
};

struct GraphQlApi::Start {
    QPointer<GraphQlSession> session;
    QString id;
    Credentials credentials;
    Body body;
    std::function<void(const StartAnswer &)> answer;

    void refuse(const QList<ServiceError> &errors) const { answer({errors, 0}); }
};

GraphQlApi::GraphQlApi(EventsApi &host, const std::shared_ptr<const ExecutableSchema> &schema)
    : m_host(host)
    , m_schema(schema)
    , m_settings(host.options().graphQl)
    , m_documents(schema, m_settings.introspection)
    , m_subscriptions(host)
{
    auto scripted = std::make_unique<ScriptedResolvers>(host.options());
    connect(scripted.get(), &ScriptedResolvers::problem, this, &GraphQlApi::resolverProblem);
    connect(scripted.get(), &ScriptedResolvers::logged, this, &GraphQlApi::resolverLogged);
    m_resolvers.push_back(std::move(scripted));
    if (m_settings.schema.isEmpty() && m_settings.schemaFile.isEmpty())
        m_resolvers.push_back(std::make_unique<SampleResolvers>(host.realm().clock()));
}

GraphQlApi::~GraphQlApi() = default;

//! A document may stand alone, too, as the type application/graphql has it.
GraphQlApi::Body GraphQlApi::bodyOf(const QByteArray &json)
{
    const QJsonDocument parsed = QJsonDocument::fromJson(json);
    if (!parsed.isObject())
        return {QString::fromUtf8(json), {}, {}};
    const QJsonObject object = parsed.object();
    Body body{object.value("query"_L1).toString(), object.value("operationName"_L1).toString(), {}};
    const QJsonValue variables = object.value("variables"_L1);
    body.variables = variables.isString()
        ? QJsonDocument::fromJson(variables.toString().toUtf8()).object()
        : variables.toObject();
    return body;
}

// --- HTTP

void GraphQlApi::answer(const HttpRequest &request, const QString &peer,
                        const std::function<void(const HttpResponse &)> &answer)
{
    const auto call = std::make_shared<HttpCall>(
        HttpCall{peer, request.credentials(), bodyOf(request.body), answer});
    call->credentials.sourceIp = peer.section(u':', 0, -2);
    AuthCheck::Operation operation{AuthCheck::Operation::Kind::GraphQl,    {},    call->credentials,
                                   [body = request.body] { return body; }, false, request.query};
    operation.document = call->body.document;
    operation.operationName = call->body.operationName;
    operation.variables = call->body.variables;
    const bool isEmpty = request.body.trimmed().isEmpty();
    m_host.auth().check(operation, [this, call, isEmpty](const AuthCheck::Verdict &verdict) {
        if (verdict.refusal)
            refuse(call, *verdict.refusal);
        else if (isEmpty)
            refuse(call, malformed(u"Request body is empty."_s));
        else
            onAllowed(call, verdict.caller);
    });
}

void GraphQlApi::refuse(const HttpCallPointer &call, const ServiceError &error)
{
    m_host.report(u"GraphQL request"_s, call->peer, error.toString());
    ServiceError told = error;
    told.code = 0;
    call->answer(HttpResponse::problem(told, m_host.faults()));
}

void GraphQlApi::onAllowed(const HttpCallPointer &call, const Caller &caller)
{
    const CheckedDocument checked = m_documents.check(call->body.document);
    if (!checked.document)
        return refuse(call, malformed(u"Unable to parse GraphQL query."_s, checked.syntaxError));
    QList<GraphQlError> errors;
    const auto prepared = prepare(checked, call->body, &errors);
    if (!prepared) {
        m_host.report(u"GraphQL request"_s, call->peer, errors.first().message);
        return call->answer({200, graphQlAnswer("null", errors), {}});
    }
    if (prepared->operation->kind == OperationKind::Subscription)
        return refuse(
            call,
            ServiceError::badRequest(u"Subscriptions over MQTT is not supported."_s,
                                     u"a subscription needs a WebSocket at /graphql/realtime"_s));
    if (mayDoNothing(caller, {OperationKind::Query, OperationKind::Mutation}))
        return refuse(call, permissionDenied(caller));
    execute(call, caller, prepared);
}

void GraphQlApi::execute(const HttpCallPointer &call, const Caller &caller,
                         const std::shared_ptr<const PreparedOperation> &prepared)
{
    const auto request = std::make_shared<ResolverRequest>(
        ResolverRequest{caller, call->credentials, prepared->variables});
    auto *execution = new Execution(prepared, settings(request, accessOf(caller)), this);
    execution->start([=, this](const Execution::Result &result) {
        execution->deleteLater();
        call->answer({200, graphQlAnswer(result.data, result.errors), {}});
        publish(result, *request);
    });
}

//! What a mutation means for subscriptions.
void GraphQlApi::publish(const Execution::Result &result, const ResolverRequest &request)
{
    for (const auto &[mutation, value] : result.published)
        m_subscriptions.publish(m_schema->subscriptionsTo(mutation), value);
    for (const QJsonObject &one : request.invalidations)
        m_subscriptions.invalidate(one.value("subscriptionField"_L1).toString(),
                                   one.value("payload"_L1));
}

std::shared_ptr<const PreparedOperation>
GraphQlApi::prepare(const CheckedDocument &checked, const Body &body, QList<GraphQlError> *errors)
{
    *errors = checked.problems;
    if (!errors->isEmpty())
        return nullptr;
    const auto prepared = std::make_shared<PreparedOperation>();
    prepared->schema = m_schema;
    prepared->document = checked.document;
    prepared->operation = checked.document->operation(body.operationName);
    if (!prepared->operation) {
        errors->append(requestError(
            body.operationName.isEmpty()
                ? u"Must provide operation name if query contains multiple operations."_s
                : u"Unknown operation named '%1'."_s.arg(body.operationName)));
        return nullptr;
    }
    const int depth = Execution::depth(*checked.document, prepared->operation->selections);
    const int deepest =
        m_settings.queryDepthLimit > 0 ? m_settings.queryDepthLimit : Execution::kDeepest;
    if (depth > deepest)
        errors->append(requestError(u"Query depth limit of %1 exceeded."_s.arg(deepest)));
    QString problem;
    prepared->variables =
        InputValues(*m_schema).variables(*prepared->operation, body.variables, &problem);
    if (!problem.isEmpty())
        errors->append(requestError(problem, {prepared->operation->variables.first().position}));
    return errors->isEmpty() ? prepared : nullptr;
}

std::shared_ptr<const FieldAccess> GraphQlApi::accessOf(const Caller &caller) const
{
    return std::make_shared<FieldAccess>(*m_schema, m_settings, caller,
                                         m_host.realm().apiArn(m_host.apiId()));
}

//! Of an IAM identity without any grant for \a kinds. Single fields are refused in another way.
bool GraphQlApi::mayDoNothing(const Caller &caller, const QList<OperationKind> &kinds) const
{
    if (caller.mode != EmulatorOptions::AuthMode::Iam)
        return false;
    const auto access = accessOf(caller);
    return std::none_of(kinds.begin(), kinds.end(), [&](OperationKind kind) {
        const TypeDefinition *type = m_schema->root(kind);
        return type && access->hasGrant(*type);
    });
}

Execution::Settings GraphQlApi::settings(const std::shared_ptr<ResolverRequest> &request,
                                         const std::shared_ptr<const FieldAccess> &access)
{
    Execution::Settings settings;
    settings.resolve = [this, request](const Execution::Call &call,
                                       const Execution::Answer &answer) {
        return resolve(request, call, answer);
    };
    settings.access = access;
    settings.resolverLimit = m_settings.resolverCountLimit;
    return settings;
}

bool GraphQlApi::resolve(const std::shared_ptr<ResolverRequest> &request,
                         const Execution::Call &call, const Execution::Answer &answer)
{
    return std::any_of(m_resolvers.begin(), m_resolvers.end(), [&](const auto &resolvers) {
        return resolvers->resolve(request, call, answer);
    });
}

// --- WebSocket

void GraphQlApi::openSession(QWebSocket *socket, QTcpSocket *transport, quint64 number,
                             const HttpRequest &request)
{
    m_host.admit(new GraphQlSession(socket, transport, number, *this), request);
}

void GraphQlApi::connectClient(const Credentials &credentials,
                               const AuthCheck::Answer &answer) const
{
    AuthCheck::Operation operation{AuthCheck::Operation::Kind::GraphQlConnect, {}, credentials, [] {
                                       return QByteArray("{}");
                                   }};
    operation.credentials.path += "/connect";
    m_host.auth().check(operation, [this, answer](const AuthCheck::Verdict &verdict) {
        if (!verdict.refusal && mayDoNothing(verdict.caller, {OperationKind::Subscription})) {
            ServiceError error = permissionDenied(verdict.caller);
            error.code = 401;
            return answer({error});
        }
        answer(verdict);
    });
}

QString GraphQlApi::subscriptionField(const QString &data)
{
    const Body body = bodyOf(data.toUtf8());
    const CheckedDocument checked = m_documents.check(body.document);
    const OperationDefinition *operation = checked.document && checked.problems.isEmpty()
        ? checked.document->operation(body.operationName)
        : nullptr;
    const Selection *field = operation ? onlyField(*checked.document, *operation) : nullptr;
    return field ? field->name.text : QString();
}

void GraphQlApi::start(GraphQlSession *session, const QString &id, const StartRequest &request,
                       const std::function<void(const StartAnswer &)> &answer)
{
    const auto start = std::make_shared<Start>(
        Start{session, id, request.credentials, bodyOf(request.data.toUtf8()), answer});
    AuthCheck::Operation operation{AuthCheck::Operation::Kind::GraphQl,
                                   {},
                                   request.credentials,
                                   [data = request.data] { return data.toUtf8(); }};
    operation.document = start->body.document;
    operation.operationName = start->body.operationName;
    operation.variables = start->body.variables;
    m_host.auth().check(operation, [this, start](const AuthCheck::Verdict &verdict) {
        if (!start->session)
            return;
        if (verdict.refusal)
            return start->refuse({*verdict.refusal});
        onStartAllowed(start, verdict.caller);
    });
}

void GraphQlApi::onStartAllowed(const StartPointer &start, const Caller &caller)
{
    const CheckedDocument checked = m_documents.check(start->body.document);
    if (!checked.document)
        return start->refuse(
            {ServiceError::badRequest(u"Unable to parse GraphQL query."_s, checked.syntaxError)});
    const OperationDefinition *operation = checked.document->operation(start->body.operationName);
    if (operation && operation->kind != OperationKind::Subscription)
        return start->refuse(
            {{u"UnsupportedOperation"_s, u" not supported through the realtime channel"_s, 0, 400,
              u"only subscriptions are; send it with POST /graphql"_s}});
    QList<GraphQlError> errors;
    const auto prepared = prepare(checked, start->body, &errors);
    if (!prepared)
        return start->refuse(overSocket(errors));
    const Selection *selection = onlyField(*prepared->document, *prepared->operation);
    if (!selection)
        return start->refuse({ServiceError::badRequest(
            u"A subscription must select exactly one field of type Subscription."_s)});
    const FieldDefinition *field =
        m_schema->field(*m_schema->root(OperationKind::Subscription), selection->name.text);
    Subscriptions::Terms terms{field->name.text, selection->responseName().text, prepared,
                               start->body.document};
    QString problem;
    terms.arguments = InputValues(*m_schema).arguments(field->arguments, selection->arguments,
                                                       prepared->variables, &problem);
    if (!problem.isEmpty())
        return start->refuse({{{}, problem, 0, 400, {}}});
    terms.access = accessOf(caller);
    runStart(start, terms, caller);
}

//! Executes the subscription's own field: its resolver may refuse, or set a filter. Of its value nothing is sent.
void GraphQlApi::runStart(const StartPointer &start, const Subscriptions::Terms &terms,
                          const Caller &caller)
{
    const auto request = std::make_shared<ResolverRequest>(
        ResolverRequest{caller, start->credentials, terms.prepared->variables});
    const TypeDefinition &type = *m_schema->root(OperationKind::Subscription);
    const FieldDefinition &field = *m_schema->field(type, terms.field);
    if (!terms.access->allows(type, field))
        return start->refuse(
            {{u"Unauthorized"_s,
              u"Not Authorized to access %1 on type %2"_s.arg(terms.field, type.name.text),
              0,
              400,
              {}}});
    const QList<const Selection *> nodes{
        onlyField(*terms.prepared->document, *terms.prepared->operation)};
    const Execution::Call call{&type, &field, terms.arguments,
                               {},    &nodes, terms.prepared->document.get()};
    const bool isResolved = resolve(request, call, [=, this](const FieldAnswer &answer) {
        if (!start->session)
            return;
        QList<GraphQlError> errors = answer.appended;
        if (answer.error)
            errors.append(*answer.error);
        if (!errors.isEmpty())
            return start->refuse(overSocket(errors));
        finishStart(start, terms, *request);
    });
    if (!isResolved)
        finishStart(start, terms, *request);
}

void GraphQlApi::finishStart(const StartPointer &start, Subscriptions::Terms terms,
                             const ResolverRequest &request)
{
    QString problem;
    if (!request.filter.isUndefined())
        terms.filter = SubscriptionFilter::fromJson(request.filter, &problem);
    if (problem.isEmpty() && !request.invalidationFilter.isUndefined())
        terms.invalidation = SubscriptionFilter::fromJson(request.invalidationFilter, &problem);
    if (!problem.isEmpty())
        return start->refuse({{u"BadRequestException"_s, problem, 0, 400, {}}});
    const quint64 handle = m_subscriptions.add(start->session, start->id, terms);
    start->answer({{}, handle});
}

void GraphQlApi::stop(quint64 handle)
{
    m_subscriptions.stop(handle);
}

} // namespace AppSync::Emulation
