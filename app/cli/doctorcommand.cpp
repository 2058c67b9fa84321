// SPDX-License-Identifier: Apache-2.0
#include "app/cli/doctorcommand.h"

#include "app/cli/inputfile.h"

#include <AppSync/GraphQlParser>
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
        *problem = Problem::usage(u"doctor takes one channel or one subscription at most."_s,
                                  u"For example: syncscope-cli doctor default/room"_s);
        return std::nullopt;
    }
    if (format.kind == OutputFormat::Kind::Raw) {
        *problem = Problem::usage(u"doctor prints findings, so -o raw cannot apply."_s);
        return std::nullopt;
    }
    options.what = line.positional().value(0);
    return options;
}

DoctorCommand::DoctorCommand(const DoctorOptions &options, Session &session, Output &output,
                             Console &console, QObject *parent)
    : SessionCommand(session, parent), m_options(options), m_output(output), m_console(console)
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
    doctorCase.timeout = session().timeout().value_or(doctorCase.timeout);
    const bool found = session().findEndpoint(&m_endpointProblem);
    doctorCase.given = session().endpointText();
    doctorCase.endpoint = session().endpoint();
    if (found) {
        if (!readArgument(&doctorCase, problem))
            return false;
        findCredentials(&doctorCase);
        if (!session().makeClient(problem))
            return false;
        doctorCase.client = &session().client();
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

bool DoctorCommand::isGraphQl() const
{
    return session().endpoint().service() == AppSync::Endpoint::Service::GraphQl;
}

bool DoctorCommand::readArgument(DoctorCase *doctorCase, Problem *problem) const
{
    if (!isGraphQl()) {
        if (!m_options.what.isEmpty())
            doctorCase->channel = AppSync::Validation::normalizedChannel(m_options.what);
        return true;
    }
    QString text = m_options.what;
    if (text.startsWith(u'@')) {
        const auto bytes = readInput(text.sliced(1), kLargestDocument, problem);
        if (!bytes)
            return false;
        text = QString::fromUtf8(*bytes);
    }
    if (text.isEmpty())
        return true;
    const auto [document, error] = AppSync::GraphQl::parse(text);
    const AppSync::GraphQl::OperationDefinition *operation = document.operation({});
    if (operation && operation->kind == AppSync::GraphQl::OperationKind::Subscription) {
        doctorCase->subscription = text;
        return true;
    }
    *problem = Problem::usage(
        error ? u"That is no subscription of a GraphQL API: %1"_s.arg(error->toString())
              : u"Of a GraphQL API doctor tries one subscription."_s,
        u"For example: syncscope-cli doctor 'subscription { onMessage { id } }'"_s);
    return false;
}

void DoctorCommand::findCredentials(DoctorCase *doctorCase)
{
    using Operation = Session::Operation;
    QList<Operation> operations{Operation::Connect};
    if (isGraphQl())
        operations << Operation::Execute;
    if (!m_options.what.isEmpty())
        operations << Operation::Subscribe;
    if (!m_options.what.isEmpty() && !isGraphQl())
        operations << Operation::Publish;
    if (!session().findCredentials(operations, &m_credentialProblem))
        doctorCase->credentialProblem = m_credentialProblem.toError();
    const auto names = QMetaEnum::fromType<Operation>();
    for (const Operation operation : operations) {
        const auto credential = session().credential(operation);
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
    } else if (m_options.what.isEmpty()) {
        m_console.status(
            isGraphQl()
                ? u"All is well so far. Give a subscription to try one."_s
                : u"All is well so far. Name a channel to try subscribing and publishing."_s);
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
    if (session().isSignInRefused(failure->error))
        return ExitCode::Unauthorized;
    return exitCodeFor(failure->error, session().isAcknowledged());
}

void DoctorCommand::conclude(ExitCode exitCode)
{
    m_silence.stop();
    if (m_doctor)
        m_doctor->cancel();
    m_output.end(exitCode);
}

} // namespace Syncscope::Cli
