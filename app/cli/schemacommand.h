// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/commandline.h"
#include "app/cli/outputstream.h"
#include "app/cli/session.h"

#include <AppSync/GraphQlClient>

#include <optional>

namespace Syncscope::Cli {

//! What the flags of `schema` say.
class SchemaOptions {
public:
    enum class Format { Sdl, Json };

    Format format = Format::Sdl;

    static std::optional<SchemaOptions> read(const CommandLine &line, Problem *problem);
};

//! `schema`: asks an API for its schema, and prints it.
class SchemaCommand : public Command {
    Q_OBJECT

public:
    SchemaCommand(const SchemaOptions &options, Session &session, OutputStream &stream,
                  Console &console, QObject *parent = nullptr);

    void start() override;
    void interrupt(ExitCode exitCode) override;

private:
    void onAnswered(const AppSync::GraphQlReply &reply);
    void fail(const AppSync::Error &error);
    void finish(ExitCode exitCode);

    const SchemaOptions m_options;
    Session &m_session;
    OutputStream &m_stream;
    Console &m_console;
    bool m_finishing = false;
};

} // namespace Syncscope::Cli
