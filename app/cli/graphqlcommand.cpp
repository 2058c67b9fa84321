// SPDX-License-Identifier: Apache-2.0
#include "app/cli/graphqlcommand.h"

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

QString nameForPeople(const GraphQlRequest &request)
{
    return request.name.isEmpty() ? AppSync::GraphQl::keyword(request.kind) : request.name;
}

} // namespace

GraphQlCommand::GraphQlCommand(const GraphQlOptions &options, Session &session, Output &output,
                               Console &console, QObject *parent)
    : Command(parent)
    , m_options(options)
    , m_session(session)
    , m_output(output)
    , m_bounds(options.bounds)
    , m_subscriptions(session, output, console)
{
}

void GraphQlCommand::start()
{
    connect(&m_bounds, &Bounds::reached, this, &GraphQlCommand::onBoundReached);
    connect(&m_subscriptions, &LiveSubscriptions::live, this, [this] {
        m_bounds.start();
        proceed();
    });
    connect(&m_subscriptions, &LiveSubscriptions::gone, this, &GraphQlCommand::proceed);
    connect(&m_subscriptions, &LiveSubscriptions::lost, this, &GraphQlCommand::finish);
    if (m_options.hasSubscriptions())
        m_subscriptions.start(m_options.control);
    proceed();
}

void GraphQlCommand::interrupt(ExitCode exitCode)
{
    finish(exitCode);
}

void GraphQlCommand::proceed()
{
    if (m_finishing || m_isExecuting)
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
    auto *subscription = new AppSync::GraphQlSubscription(&m_session.graphQl());
    subscription->setActive(false);
    subscription->setClient(&m_session.graphQl());
    subscription->setDocument(request.document);
    subscription->setVariablesJson(request.variables);
    subscription->setOperationName(request.operationName());
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
        m_session.graphQl().execute(request.document, request.variables, options);
    connect(reply, &AppSync::Reply::finished, this,
            [this, reply, name = request.name] { onExecuted(name, *reply); });
}

void GraphQlCommand::onExecuted(const QString &name, const AppSync::GraphQlReply &reply)
{
    m_isExecuting = false;
    if (m_finishing)
        return;
    const AppSync::Error error = reply.error();
    const AppSync::GraphQlResult result = reply.result();
    if (!result.json().isEmpty())
        m_output.result(name, result);
    if (error.isError()) {
        m_output.error(u"execute"_s, name, m_session.explained(error));
        if (m_failure == ExitCode::Done)
            m_failure = m_session.exitCodeOf(error);
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
    if (m_finishing || m_isBoundReached)
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

void GraphQlCommand::finish(ExitCode exitCode)
{
    if (m_finishing)
        return;
    m_finishing = true;
    m_subscriptions.flushGap();
    m_subscriptions.stop();
    m_output.end(exitCode);
    connect(
        &m_session, &Session::done, this, [this, exitCode] { Q_EMIT finished(exitCode); },
        Qt::SingleShotConnection);
    m_session.close();
}

} // namespace Syncscope::Cli
