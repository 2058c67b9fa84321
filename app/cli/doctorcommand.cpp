// SPDX-License-Identifier: Apache-2.0
#include "app/cli/doctorcommand.h"

#include <AppSync/Validation>

#include <QMetaEnum>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Syncscope::Cli {

namespace {

constexpr auto kPatience = 2s;

} // namespace

std::optional<DoctorOptions> DoctorOptions::read(const CommandLine &line,
                                                 const OutputFormat &format, Problem *problem)
{
    DoctorOptions options;
    if (line.positional().size() > 1) {
        *problem = Problem::usage(u"doctor takes one channel at most."_s,
                                  u"For example: syncscope-cli doctor default/room"_s);
        return std::nullopt;
    }
    if (format.kind == OutputFormat::Kind::Raw) {
        *problem = Problem::usage(u"doctor prints findings, so -o raw cannot apply."_s);
        return std::nullopt;
    }
    if (!line.positional().isEmpty())
        options.channel = AppSync::Validation::normalizedChannel(line.positional().first());
    return options;
}

DoctorCommand::DoctorCommand(const DoctorOptions &options, Session &session, Output &output,
                             Console &console, QObject *parent)
    : Command(parent), m_options(options), m_session(session), m_output(output), m_console(console)
{
    m_silence.setSingleShot(true);
    connect(&m_silence, &QTimer::timeout, this, [this] {
        m_console.status(u"still waiting for the step %1"_s.arg(toText(m_current)));
    });
}

DoctorCommand::~DoctorCommand() = default;

bool DoctorCommand::prepare(Problem *problem)
{
    DoctorCase doctorCase;
    doctorCase.channel = m_options.channel;
    doctorCase.timeout = m_session.timeout().value_or(doctorCase.timeout);
    const bool found = m_session.findEndpoint(&m_endpointProblem);
    doctorCase.given = m_session.endpointText();
    doctorCase.endpoint = m_session.endpoint();
    if (found) {
        findCredentials(&doctorCase);
        if (!m_session.makeClient(problem))
            return false;
        doctorCase.client = &m_session.events();
    } else if (doctorCase.given.isEmpty()) { // none was named, or the profile with it is unusable
        *problem = m_endpointProblem;
        return false;
    }
    doctorCase.endpointProblem = m_endpointProblem.toError();
    m_doctor = std::make_unique<Doctor>(doctorCase);
    connect(m_doctor.get(), &Doctor::stepStarted, this, &DoctorCommand::onStepStarted);
    connect(m_doctor.get(), &Doctor::stepFinished, this, [this](const DoctorStep &step) {
        m_silence.stop();
        m_output.step(step);
    });
    connect(m_doctor.get(), &Doctor::finished, this, &DoctorCommand::onFinished);
    return true;
}

void DoctorCommand::findCredentials(DoctorCase *doctorCase)
{
    using Operation = Session::Operation;
    QList<Operation> operations{Operation::Connect};
    if (!m_options.channel.isEmpty())
        operations << Operation::Subscribe << Operation::Publish;
    if (!m_session.findCredentials(operations, &m_credentialProblem))
        doctorCase->credentialProblem = m_credentialProblem.toError();
    const auto names = QMetaEnum::fromType<Operation>();
    for (const Operation operation : operations) {
        const auto credential = m_session.credential(operation);
        if (!credential)
            continue;
        const QString mode = toText(credential->mode);
        doctorCase->credentials << DoctorStep::Fact{
            QString::fromLatin1(names.valueToKey(int(operation))).toLower(),
            {credential->mode == AuthMode::None ? mode
                                                : u"%1 from %2"_s.arg(mode, credential->source)}};
    }
}

void DoctorCommand::start()
{
    m_doctor->start();
}

void DoctorCommand::interrupt(ExitCode exitCode)
{
    finish(exitCode);
}

void DoctorCommand::onStepStarted(DoctorStep::Kind kind)
{
    m_current = kind;
    m_console.detail(u"step %1"_s.arg(toText(kind)));
    m_silence.start(kPatience);
}

void DoctorCommand::onFinished()
{
    const auto failure = m_doctor->firstFailure();
    if (failure) {
        m_console.status(
            u"The first step that failed is %1; begin there."_s.arg(toText(failure->kind)));
    } else if (m_options.channel.isEmpty()) {
        m_console.status(
            u"All is well so far. Name a channel to try subscribing and publishing."_s);
    } else {
        m_console.status(u"All is well."_s);
    }
    finish(verdict());
}

ExitCode DoctorCommand::verdict() const
{
    const auto failure = m_doctor->firstFailure();
    if (!failure)
        return ExitCode::Done;
    if (failure->kind == DoctorStep::Kind::Endpoint)
        return exitCodeFor(m_endpointProblem);
    if (failure->kind == DoctorStep::Kind::Credentials)
        return exitCodeFor(m_credentialProblem);
    if (m_session.isSignInRefused(failure->error))
        return ExitCode::Unauthorized;
    return exitCodeFor(failure->error, m_session.isAcknowledged());
}

void DoctorCommand::finish(ExitCode exitCode)
{
    if (m_finishing)
        return;
    m_finishing = true;
    m_silence.stop();
    if (m_doctor)
        m_doctor->cancel();
    m_output.end(exitCode);
    connect(
        &m_session, &Session::done, this, [this, exitCode] { Q_EMIT finished(exitCode); },
        Qt::SingleShotConnection);
    m_session.close();
}

} // namespace Syncscope::Cli
