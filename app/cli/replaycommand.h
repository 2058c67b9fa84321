// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/filterflag.h"
#include "app/cli/output.h"
#include "app/cli/sessioncommand.h"
#include "app/core/replay/replayer.h"

namespace Syncscope::Cli {

//! What the flags and arguments of `replay` say.
class ReplayOptions {
public:
    QString file;
    ReplayPlan plan;
    QByteArray rewrite; //!< the text of --template; empty: none

    static std::optional<ReplayOptions> read(const CommandLine &line, Problem *problem);

private:
    bool readMap(const QStringList &texts, Problem *problem);
    bool readTemplate(const QString &text, Problem *problem);
};

//! `replay`: publishes the events of a capture again, at their times or faster.
class ReplayCommand : public SessionCommand {
    Q_OBJECT

public:
    ReplayCommand(const ReplayOptions &options, const QProcessEnvironment &environment,
                  Session &session, Output &output, Console &console, QObject *parent = nullptr);

    void start() override;

private:
    void check(const AppSync::JwtClaims &claims);
    void onChecked();
    [[nodiscard]] Problem checkTargets() const;
    void onAnswered(AppSync::PublishReply *reply);
    void onClosed(const AppSync::Error &error);
    void fail(const Problem &problem);
    void failToConnect(const AppSync::Error &error, ExitCode exitCode);
    void conclude(ExitCode exitCode) override;

    const ReplayOptions m_options;
    TemplateValues m_values;
    Output &m_output;
    Console &m_console;
    Replayer m_replayer;
    ExitCode m_failure = ExitCode::Done;
};

} // namespace Syncscope::Cli
