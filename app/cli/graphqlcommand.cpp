// SPDX-License-Identifier: Apache-2.0
#include "app/cli/graphqlcommand.h"

#include "app/core/jsontext.h"

#include <AppSync/GraphQlLinter>

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

QString nameForPeople(const GraphQlRequest &request)
{
    return request.name.isEmpty() ? AppSync::GraphQl::keyword(request.kind) : request.name;
}

QList<AppSync::GraphQl::LintRequest> forLinter(const QList<GraphQlRequest> &requests)
{
    QList<AppSync::GraphQl::LintRequest> result;
    for (const GraphQlRequest &request : requests)
        result.append(
            {request.parsed, request.name, QJsonDocument::fromJson(request.variables).object()});
    return result;
}

} // namespace

GraphQlCommand::GraphQlCommand(const GraphQlOptions &options, Session &session, Output &output,
                               Console &console, QObject *parent)
    : SessionCommand(session, parent)
    , m_options(options)
    , m_output(output)
    , m_console(console)
    , m_bounds(options.stream.bounds)
    , m_subscriptions(session, output, console)
{
}

void GraphQlCommand::start()
{
    warn();
    record(m_options.stream.save, m_console, [this] { begin(); });
}

void GraphQlCommand::begin()
{
    if (isFinishing())
        return;
    connect(&m_bounds, &Bounds::reached, this, &GraphQlCommand::onBoundReached);
    connect(&m_subscriptions, &LiveSubscriptions::live, this, [this] {
        m_bounds.start();
        proceed();
    });
    connect(&m_subscriptions, &LiveSubscriptions::gone, this, &GraphQlCommand::proceed);
    connect(&m_subscriptions, &LiveSubscriptions::lost, this, &GraphQlCommand::finish);
    if (m_options.hasSubscriptions())
        m_subscriptions.start(m_options.stream.control);
    proceed();
}

void GraphQlCommand::warn() const
{
    const auto findings = AppSync::GraphQl::lint(forLinter(m_options.requests), m_options.schema);
    for (const AppSync::GraphQl::LintFinding &finding : findings) {
        const QString name = finding.request < 0
            ? QString()
            : nameForPeople(m_options.requests[finding.request]) + u' ';
        m_console.warning(name + finding.toString());
    }
}

void GraphQlCommand::warnOfSizes(const AppSync::GraphQlResult &result) const
{
    const QByteArray data = result.dataJson();
    if (data.size() < AppSync::GraphQl::kEventWarnBytes)
        return;
    const auto fields = JsonText::members(data);
    for (const JsonText::Member &field : fields) {
        if (const auto finding = AppSync::GraphQl::lintEventSize(field.name, field.value.size()))
            m_console.warning(finding->toString());
    }
}

void GraphQlCommand::proceed()
{
    if (isFinishing() || m_isExecuting)
        return;
    while (m_next < m_options.requests.size()) {
        const GraphQlRequest &request = m_options.requests[m_next];
        if (!request.isSubscription() && !m_subscriptions.areAllLive())
            return;
        ++m_next;
        if (request.isSubscription()) {
            subscribe(request);
        } else {
            execute(request);
            return;
        }
    }
    if (m_subscriptions.isEmpty())
        finish(goodEnd());
}

void GraphQlCommand::onBoundReached()
{
    m_isBoundReached = true;
    if (!m_isExecuting)
        finish(goodEnd());
}

ExitCode GraphQlCommand::goodEnd() const
{
    return m_failure == ExitCode::Done ? m_subscriptions.refusal() : m_failure;
}

void GraphQlCommand::subscribe(const GraphQlRequest &request)
{
    auto *subscription = new AppSync::GraphQlSubscription(&session().graphQl());
    subscription->setActive(false);
    subscription->setClient(&session().graphQl());
    subscription->setDocument(request.document);
    subscription->setVariablesJson(request.variables);
    subscription->setOperationName(request.operationName());
    noteGapsOf(subscription);
    m_subscriptions.add(subscription, nameForPeople(request));
    connect(subscription, &AppSync::GraphQlSubscription::received, this,
            [this, name = request.name](const AppSync::GraphQlResult &result) {
                onReceived(name, result);
            });
    subscription->setActive(true);
}

void GraphQlCommand::execute(const GraphQlRequest &request)
{
    AppSync::GraphQlOptions options;
    options.operationName = request.operationName();
    options.check = m_options.check;
    m_isExecuting = true;
    AppSync::GraphQlReply *reply =
        session().graphQl().execute(request.document, request.variables, options);
    connect(reply, &AppSync::Reply::finished, this,
            [this, reply, &request] { onExecuted(request, *reply); });
}

void GraphQlCommand::onExecuted(const GraphQlRequest &request, const AppSync::GraphQlReply &reply)
{
    m_isExecuting = false;
    if (isFinishing())
        return;
    const QString &name = request.name;
    const AppSync::Error error = reply.error();
    const AppSync::GraphQlResult result = reply.result();
    if (!result.json().isEmpty())
        m_output.result(name, result);
    if (request.kind == AppSync::GraphQl::OperationKind::Mutation)
        warnOfSizes(result);
    if (error.isError()) {
        m_output.error(u"execute"_s, name, session().explained(error));
        if (m_failure == ExitCode::Done)
            m_failure = session().exitCodeOf(error);
    } else {
        noteErrors(result);
    }
    if (m_isBoundReached)
        finish(goodEnd());
    else
        proceed();
}

void GraphQlCommand::onReceived(const QString &name, const AppSync::GraphQlResult &result)
{
    if (isFinishing() || m_isBoundReached)
        return;
    m_subscriptions.flushGap();
    m_output.result(name, result);
    m_bounds.note();
}

void GraphQlCommand::noteErrors(const AppSync::GraphQlResult &result)
{
    if (m_failure == ExitCode::Done && !result.errors().isEmpty())
        m_failure = ExitCode::PartlyFailed;
}

void GraphQlCommand::conclude(ExitCode /*exitCode*/)
{
    m_subscriptions.flushGap();
    m_subscriptions.stop();
}

void GraphQlCommand::end(ExitCode exitCode)
{
    m_output.end(exitCode);
}

} // namespace Syncscope::Cli
