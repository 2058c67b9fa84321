// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/filterflag.h"
#include "app/cli/livesubscriptions.h"
#include "app/cli/output.h"
#include "app/cli/sessioncommand.h"
#include "app/cli/streamoptions.h"

#include <QStringList>

#include <optional>

namespace Syncscope::Cli {

//! What the flags of `subscribe` say.
class SubscribeOptions {
public:
    QStringList channels; //!< with a leading slash, each once
    StreamOptions stream;
    Filter filter; //!< of what is printed and counted

    static std::optional<SubscribeOptions> read(const CommandLine &line, const OutputFormat &format,
                                                Problem *problem);
};

//! `subscribe`: prints the events of some channels of one connection.
class SubscribeCommand : public SessionCommand {
    Q_OBJECT

public:
    SubscribeCommand(const SubscribeOptions &options, Session &session, Output &output,
                     Console &console, QObject *parent = nullptr);

    void start() override;

private:
    void begin();
    //! Fills \a claims into the channels, and subscribes to them.
    void subscribeWith(const AppSync::JwtClaims &claims, const AppSync::Error &error);
    void subscribe(const QString &channel);
    void onReceived(const AppSync::Event &event);
    void conclude(ExitCode exitCode) override;
    void end(ExitCode exitCode) override;

    const SubscribeOptions m_options;
    Output &m_output;
    Console &m_console;
    Bounds m_bounds;
    LiveSubscriptions m_subscriptions;
};

} // namespace Syncscope::Cli
