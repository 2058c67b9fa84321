// SPDX-License-Identifier: Apache-2.0
#include "app/cli/program.h"

#include "app/cli/authcommand.h"
#include "app/cli/capturecommand.h"
#include "app/cli/doctorcommand.h"
#include "app/cli/echocommand.h"
#include "app/cli/emulatorcommand.h"
#include "app/cli/graphqlcommand.h"
#include "app/cli/help.h"
#include "app/cli/output.h"
#include "app/cli/platform.h"
#include "app/cli/profilecommand.h"
#include "app/cli/publishcommand.h"
#include "app/cli/replaycommand.h"
#include "app/cli/schemacommand.h"
#include "app/cli/session.h"
#include "app/cli/subscribecommand.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

namespace {

using Operation = Session::Operation;
using Service = AppSync::Endpoint::Service;

//! What one run of the program consists of.
class Program {
public:
    explicit Program(const QStringList &arguments)
        : m_arguments(arguments), m_environment(QProcessEnvironment::systemEnvironment())
    {
    }

    int run()
    {
        const auto line = CommandLine::parse(m_arguments, &m_problem);
        if (!line)
            return fail();
        if (line->wantsHelp() || line->wantsVersion())
            return print(line->wantsHelp() ? helpText(line->command())
                                           : "syncscope-cli " SYNCSCOPE_VERSION "\n");
        if (line->command() == CommandLine::Command::None) {
            const QByteArray text = shortHelpText();
            (void)Platform::write(Platform::Stream::Error, text.constData(), text.size());
            return int(ExitCode::Usage);
        }
        const auto globals = GlobalOptions::read(*line, m_environment, &m_problem);
        if (!globals)
            return fail();
        configureConsole(*globals);
        if (!prepare(*line, *globals))
            return fail();
        return execute();
    }

private:
    int fail()
    {
        m_console.error(m_problem);
        return int(exitCodeFor(m_problem));
    }

    int print(const QByteArray &text)
    {
        const auto result =
            Platform::write(Platform::Stream::Output, text.constData(), text.size());
        if (result != Platform::WriteResult::Failed)
            return int(ExitCode::Done);
        m_console.error(u"Cannot write the output: %1."_s.arg(qt_error_string()));
        return int(ExitCode::Other);
    }

    void configureConsole(const GlobalOptions &globals)
    {
        m_console.setLevel(globals.quiet         ? Console::Level::Quiet
                               : globals.verbose ? Console::Level::Verbose
                                                 : Console::Level::Normal);
        m_console.setColour(!globals.noColour && Platform::isTerminal(Platform::Stream::Error));
    }

    bool prepare(const CommandLine &line, const GlobalOptions &globals)
    {
        switch (line.command()) {
        case CommandLine::Command::Subscribe:
            return prepareSubscribe(line, globals);
        case CommandLine::Command::Publish:
            return preparePublish(line, globals);
        case CommandLine::Command::GraphQl:
            return prepareGraphQl(line, globals);
        case CommandLine::Command::Schema:
            return prepareSchema(line, globals);
        case CommandLine::Command::Echo:
            return prepareEcho(line, globals);
        case CommandLine::Command::Doctor:
            return prepareDoctor(line, globals);
        case CommandLine::Command::Profile:
            return prepareProfile(line, globals);
        case CommandLine::Command::Emulator:
            return prepareEmulator(line, globals);
        case CommandLine::Command::Auth:
            return prepareAuth(line, globals);
        case CommandLine::Command::Capture:
            return prepareCapture(line, globals);
        case CommandLine::Command::Replay:
            return prepareReplay(line, globals);
        case CommandLine::Command::None:
            break;
        }
        return false;
    }

    bool prepareSubscribe(const CommandLine &line, const GlobalOptions &globals)
    {
        const auto options = SubscribeOptions::read(line, globals.outputFormat(), &m_problem);
        if (!options)
            return false;
        makeSession(globals);
        if (!m_session->findEndpoint(&m_problem)
            || !m_session->findCredentials({Operation::Connect, Operation::Subscribe}, &m_problem)
            || !m_session->makeClient(&m_problem))
            return false;
        makeOutput(globals, options->stream.timeStyle, options->stream.nulTerminated);
        m_command = std::make_unique<SubscribeCommand>(*options, *m_session, *m_output, m_console);
        return true;
    }

    bool preparePublish(const CommandLine &line, const GlobalOptions &globals)
    {
        const auto options = PublishOptions::read(line, &m_problem);
        if (!options)
            return false;
        makeSession(globals);
        if (!m_session->findEndpoint(&m_problem))
            return false;
        QList<Operation> operations{Operation::Publish};
        if (!options->http)
            operations.append(Operation::Connect);
        const bool signedIn = m_session->findCredentials(operations, &m_problem);
        if (!signedIn && !options->dryRun)
            return false;
        if (!signedIn)
            m_console.warning(m_problem.message + u' ' + m_problem.nextStep);
        if (!options->dryRun && !m_session->makeClient(&m_problem))
            return false;
        makeOutput(globals, TimeStyle::Default, false);
        m_command = std::make_unique<PublishCommand>(*options, m_environment, *m_session, *m_output,
                                                     m_console);
        return true;
    }

    bool prepareGraphQl(const CommandLine &line, const GlobalOptions &globals)
    {
        const auto options = GraphQlOptions::read(line, globals.outputFormat(), &m_problem);
        if (!options)
            return false;
        makeSession(globals, Service::GraphQl);
        QList<Operation> operations;
        if (options->hasSubscriptions())
            operations.append({Operation::Connect, Operation::Subscribe});
        if (options->hasExecutions())
            operations.append(Operation::Execute);
        if (!m_session->findEndpoint(&m_problem)
            || !m_session->findCredentials(operations, &m_problem)
            || !m_session->makeClient(&m_problem))
            return false;
        makeOutput(globals, options->stream.timeStyle, options->stream.nulTerminated);
        m_command = std::make_unique<GraphQlCommand>(*options, *m_session, *m_output, m_console);
        return true;
    }

    bool prepareSchema(const CommandLine &line, const GlobalOptions &globals)
    {
        const auto options = SchemaOptions::read(line, &m_problem);
        if (!options)
            return false;
        makeSession(globals, Service::GraphQl);
        if (!m_session->findEndpoint(&m_problem)
            || !m_session->findCredentials({Operation::Execute}, &m_problem)
            || !m_session->makeClient(&m_problem))
            return false;
        m_command = std::make_unique<SchemaCommand>(*options, *m_session, m_stream, m_console);
        return true;
    }

    bool prepareEcho(const CommandLine &line, const GlobalOptions &globals)
    {
        const auto options = EchoOptions::read(line, globals.outputFormat(), &m_problem);
        if (!options)
            return false;
        makeSession(globals);
        if (!m_session->findEndpoint(&m_problem)
            || !m_session->findCredentials(
                {Operation::Connect, Operation::Subscribe, Operation::Publish}, &m_problem)
            || !m_session->makeClient(&m_problem))
            return false;
        makeOutput(globals, TimeStyle::Default, false);
        m_command = std::make_unique<EchoCommand>(*options, *m_session, *m_output, m_console);
        return true;
    }

    bool prepareDoctor(const CommandLine &line, const GlobalOptions &globals)
    {
        const auto options = DoctorOptions::read(line, globals.outputFormat(), &m_problem);
        if (!options)
            return false;
        makeSession(globals, std::nullopt);
        makeOutput(globals, TimeStyle::Default, false);
        auto command = std::make_unique<DoctorCommand>(*options, *m_session, *m_output, m_console);
        if (!command->prepare(&m_problem))
            return false;
        m_command = std::move(command);
        return true;
    }

    bool prepareAuth(const CommandLine &line, const GlobalOptions &globals)
    {
        const auto options = AuthOptions::read(line, globals, &m_problem);
        if (!options)
            return false;
        makeSession(globals);
        makeOutput(globals, TimeStyle::Default, false);
        auto command = std::make_unique<AuthCommand>(*options, globals.credentials, m_environment,
                                                     *m_session, *m_output, m_stream, m_console);
        if (!command->prepare(&m_problem))
            return false;
        m_command = std::move(command);
        return true;
    }

    bool prepareProfile(const CommandLine &line, const GlobalOptions &globals)
    {
        const auto options = ProfileOptions::read(line, globals, m_environment, &m_problem);
        if (!options)
            return false;
        for (const char *flag :
             {"profile", "ca-cert", "insecure", "proxy", "header", "retries", "no-reconnect"}) {
            if (line.has(flag))
                m_console.warning(u"--%1 is not kept in a profile"_s.arg(QLatin1StringView(flag)));
        }
        makeOutput(globals, TimeStyle::Default, false);
        m_command =
            std::make_unique<ProfileCommand>(*options, globals.timeout, *m_output, m_console);
        return true;
    }

    bool prepareEmulator(const CommandLine &line, const GlobalOptions &globals)
    {
        const auto options = EmulatorOptions::read(line, globals, &m_problem);
        if (!options)
            return false;
        for (const char *flag : {"endpoint", "realtime", "profile", "auth", "output", "trace"}) {
            if (line.has(flag))
                m_console.warning(
                    u"--%1 means nothing to the emulator"_s.arg(QLatin1StringView(flag)));
        }
        m_command = std::make_unique<EmulatorCommand>(*options, m_stream, m_console);
        return true;
    }

    bool prepareCapture(const CommandLine &line, const GlobalOptions &globals)
    {
        const auto options = CaptureOptions::read(line, &m_problem);
        if (!options)
            return false;
        makeOutput(globals, options->timeStyle, false);
        m_command = std::make_unique<CaptureCommand>(*options, *m_output, m_stream, m_console);
        return true;
    }

    bool prepareReplay(const CommandLine &line, const GlobalOptions &globals)
    {
        const auto options = ReplayOptions::read(line, &m_problem);
        if (!options)
            return false;
        makeSession(globals);
        if (!m_session->findEndpoint(&m_problem)
            || !m_session->findCredentials({Operation::Connect, Operation::Publish}, &m_problem)
            || !m_session->makeClient(&m_problem))
            return false;
        makeOutput(globals, TimeStyle::Default, false);
        m_command = std::make_unique<ReplayCommand>(*options, m_environment, *m_session, *m_output,
                                                    m_console);
        return true;
    }

    void makeSession(const GlobalOptions &globals, std::optional<Service> service = Service::Events)
    {
        m_session = std::make_unique<Session>(globals, m_environment, m_console, service);
    }

    void makeOutput(const GlobalOptions &globals, TimeStyle timeStyle, bool nulTerminated)
    {
        Output::Options options;
        options.format = globals.outputFormat();
        options.timeStyle = timeStyle;
        options.nulTerminated = nulTerminated;
        options.isTerminal = Platform::isTerminal(Platform::Stream::Output);
        options.colour = !globals.noColour && options.isTerminal;
        m_output = std::make_unique<Output>(m_stream, m_console, options);
    }

    int execute()
    {
        SignalWatcher watcher;
        Command *const command = m_command.get();
        QObject::connect(command, &Command::finished, command,
                         [](ExitCode code) { QCoreApplication::exit(int(code)); });
        QObject::connect(&watcher, &SignalWatcher::interrupted, command,
                         [command](int code) { command->interrupt(ExitCode(code)); });
        QObject::connect(&m_stream, &OutputStream::broken, command,
                         [command] { command->interrupt(ExitCode::Done); });
        QObject::connect(&m_stream, &OutputStream::failed, command,
                         [this, command](const QString &reason) {
                             m_console.error(u"Cannot write the output: %1."_s.arg(reason));
                             command->interrupt(ExitCode::Other);
                         });
        QMetaObject::invokeMethod(command, &Command::start, Qt::QueuedConnection);
        return QCoreApplication::exec();
    }

    const QStringList m_arguments;
    const QProcessEnvironment m_environment;
    Console m_console;
    OutputStream m_stream;
    Problem m_problem;
    std::unique_ptr<Session> m_session;
    std::unique_ptr<Output> m_output;
    std::unique_ptr<Command> m_command; // goes first: it uses all of the above
};

} // namespace

int run(const QStringList &arguments)
{
    return Program(arguments).run();
}

} // namespace Syncscope::Cli
