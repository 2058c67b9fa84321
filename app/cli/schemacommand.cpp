// SPDX-License-Identifier: Apache-2.0
#include "app/cli/schemacommand.h"

#include "app/core/jsontext.h"

#include <AppSync/GraphQlSchema>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

std::optional<SchemaOptions> SchemaOptions::read(const CommandLine &line, Problem *problem)
{
    SchemaOptions options;
    if (!line.positional().isEmpty()) {
        *problem = Problem::usage(u"schema takes no arguments, only flags."_s,
                                  u"See syncscope-cli schema --help."_s);
        return std::nullopt;
    }
    const QString format = line.has("format") ? line.value("format") : u"sdl"_s;
    if (format != u"sdl" && format != u"json") {
        *problem = Problem::usage(u"--format wants sdl or json, not \"%1\"."_s.arg(format));
        return std::nullopt;
    }
    options.format = format == u"json" ? Format::Json : Format::Sdl;
    return options;
}

SchemaCommand::SchemaCommand(const SchemaOptions &options, Session &session, OutputStream &stream,
                             Console &console, QObject *parent)
    : SessionCommand(session, parent), m_options(options), m_stream(stream), m_console(console)
{
}

void SchemaCommand::start()
{
    AppSync::GraphQlReply *reply = session().graphQl().introspect();
    connect(reply, &AppSync::Reply::finished, this, [this, reply] { onAnswered(*reply); });
}

void SchemaCommand::onAnswered(const AppSync::GraphQlReply &reply)
{
    if (isFinishing())
        return;
    if (reply.error().isError())
        return fail(reply.error());
    const AppSync::GraphQlResult result = reply.result();
    if (!result.errors().isEmpty())
        return fail(AppSync::Error::local(AppSync::Error::Kind::Refused,
                                          result.errors().first().toString(),
                                          u"Introspection may be switched off for this API: then "
                                          u"its schema is to be had from the "
                                          "control plane or its source files only."_s));
    if (m_options.format == SchemaOptions::Format::Json) {
        m_stream.write(JsonText::indented(result.dataJson()) + '\n');
        return finish(ExitCode::Done);
    }
    const auto [schema, errors] =
        AppSync::GraphQl::Schema::fromIntrospection(result.data().toObject());
    if (!errors.isEmpty())
        return fail(
            AppSync::Error::local(AppSync::Error::Kind::WrongType,
                                  u"The answer is no schema: %1"_s.arg(errors.first().toString()),
                                  u"--format json prints it as it is."_s));
    m_stream.write(schema.toText().toUtf8() + '\n');
    finish(ExitCode::Done);
}

void SchemaCommand::fail(const AppSync::Error &error)
{
    const AppSync::Error reason = session().explained(error);
    m_console.error(reason);
    finish(session().exitCodeOf(reason));
}

void SchemaCommand::conclude(ExitCode /*exitCode*/)
{
    m_stream.flush();
}

} // namespace Syncscope::Cli
