// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/commandline.h"
#include "app/cli/outputstream.h"
#include "app/cli/sessioncommand.h"

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
class SchemaCommand : public SessionCommand {
    Q_OBJECT

public:
    SchemaCommand(const SchemaOptions &options, Session &session, OutputStream &stream,
                  Console &console, QObject *parent = nullptr);

    void start() override;

private:
    void onAnswered(const AppSync::GraphQlReply &reply);
    void fail(const AppSync::Error &error);
    void conclude(ExitCode exitCode) override;

    const SchemaOptions m_options;
    OutputStream &m_stream;
    Console &m_console;
};

} // namespace Syncscope::Cli
