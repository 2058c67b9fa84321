// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/graphqloptions.h"
#include "app/cli/livesubscriptions.h"
#include "app/cli/sessioncommand.h"

#include <AppSync/GraphQlClient>

namespace Syncscope::Cli {

//! `graphql`: carries out the operations of documents in their order, all on one client. Subscriptions go on
//! while what follows them is executed, which waits until they are live.
class GraphQlCommand : public SessionCommand {
    Q_OBJECT

public:
    GraphQlCommand(const GraphQlOptions &options, Session &session, Output &output,
                   Console &console, QObject *parent = nullptr);

    void start() override;

private:
    void begin();
    //! Tells what the service will not tell.
    void warn() const;
    //! Likewise, of a mutation's result.
    void warnOfSizes(const AppSync::GraphQlResult &result) const;
    //! Begins whatever can begin now; ends the command if nothing is left.
    void proceed();
    //! A result that is on its way is awaited.
    void onBoundReached();
    [[nodiscard]] ExitCode goodEnd() const;
    void subscribe(const GraphQlRequest &request);
    void execute(const GraphQlRequest &request);
    void onExecuted(const GraphQlRequest &request, const AppSync::GraphQlReply &reply);
    void onReceived(const QString &name, const AppSync::GraphQlResult &result);
    //! What a result with errors makes of a good end.
    void noteErrors(const AppSync::GraphQlResult &result);
    void conclude(ExitCode exitCode) override;
    void end(ExitCode exitCode) override;

    const GraphQlOptions m_options;
    Output &m_output;
    Console &m_console;
    Bounds m_bounds;
    LiveSubscriptions m_subscriptions;
    qsizetype m_next = 0; //!< the request that begins next
    bool m_isExecuting = false;
    bool m_isBoundReached = false;
    ExitCode m_failure =
        ExitCode::Done; //!< what the first failed query or mutation makes of a good end
};

} // namespace Syncscope::Cli
