// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/bounds.h"
#include "app/cli/command.h"
#include "app/cli/output.h"
#include "app/cli/session.h"

#include <AppSync/Gap>

#include <QStringList>

#include <optional>

namespace Syncscope::Cli {

//! What the flags of `subscribe` say.
class SubscribeOptions {
public:
    QStringList channels; //!< with a leading slash, each once
    Bounds::Limits bounds;
    TimeStyle timeStyle = TimeStyle::Default;
    bool control = false;
    bool nulTerminated = false;

    static std::optional<SubscribeOptions> read(const CommandLine &line, const OutputFormat &format,
                                                Problem *problem);
};

//! `subscribe`: prints the events of some channels of one connection.
class SubscribeCommand : public Command {
    Q_OBJECT

public:
    SubscribeCommand(const SubscribeOptions &options, Session &session, Output &output,
                     Console &console, QObject *parent = nullptr);
    ~SubscribeCommand() override;

    void start() override;
    void interrupt(ExitCode exitCode) override;

private:
    //! Fills \a claims into the channels, and subscribes to them.
    void subscribeWith(const AppSync::JwtClaims &claims, const AppSync::Error &error);
    void subscribe(const QString &channel);
    void onPatienceEnded();
    void onStateChanged(AppSync::ChannelSubscription *subscription);
    void onReceived(const AppSync::Event &event);
    void onError(AppSync::ChannelSubscription *subscription, const AppSync::Error &error);
    void onFrame(const AppSync::Frame &frame);
    void onClosed(const AppSync::Error &error);
    void refuse(AppSync::ChannelSubscription *subscription, const AppSync::Error &error);
    void onGap(const AppSync::Gap &gap);
    [[nodiscard]] bool areAllLive() const;
    //! Prints the gap of the last loss: one line for all channels.
    void flushGap();
    //! With -v: when the subscription was requested, acknowledged, and gave its first event.
    void tellProgress(const AppSync::ChannelSubscription &subscription) const;
    void finish(ExitCode exitCode);

    const SubscribeOptions m_options;
    Session &m_session;
    Output &m_output;
    Console &m_console;
    Bounds m_bounds;
    std::optional<AppSync::Gap> m_gap; //!< waits for the other channels, but never for an event
    QList<AppSync::ChannelSubscription *> m_subscriptions; //!< those that were not refused
    QTimer m_patience; //!< --timeout, while there is no connection yet
    ExitCode m_refusal = ExitCode::Done; //!< what the first refused channel makes of a good end
    bool m_finishing = false;
};

} // namespace Syncscope::Cli
