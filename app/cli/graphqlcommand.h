// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/graphqloptions.h"
#include "app/cli/livesubscriptions.h"

#include <AppSync/GraphQlClient>

namespace Syncscope::Cli {

//! `graphql`: carries out the operations of documents in their order, all on one client. Subscriptions go on
//! while what follows them is executed, which waits until they are live.
class GraphQlCommand : public Command {
    Q_OBJECT

public:
    GraphQlCommand(const GraphQlOptions &options, Session &session, Output &output,
                   Console &console, QObject *parent = nullptr);

    void start() override;
    void interrupt(ExitCode exitCode) override;

private:
    //! Begins whatever can begin now; ends the command if nothing is left.
    void proceed();
    //! A result that is on its way is awaited.
    void onBoundReached();
    [[nodiscard]] ExitCode goodEnd() const;
    void subscribe(const GraphQlRequest &request);
    void execute(const GraphQlRequest &request);
    void onExecuted(const QString &name, const AppSync::GraphQlReply &reply);
    void onReceived(const QString &name, const AppSync::GraphQlResult &result);
    //! What a result with errors makes of a good end.
    void noteErrors(const AppSync::GraphQlResult &result);
    void finish(ExitCode exitCode);

    const GraphQlOptions m_options;
    Session &m_session;
    Output &m_output;
    Bounds m_bounds;
    LiveSubscriptions m_subscriptions;
    qsizetype m_next = 0; //!< the request that begins next
    bool m_isExecuting = false;
    bool m_isBoundReached = false;
    ExitCode m_failure =
        ExitCode::Done; //!< what the first failed query or mutation makes of a good end
    bool m_finishing = false;
};

} // namespace Syncscope::Cli
