// SPDX-License-Identifier: Apache-2.0
#include "app/cli/emulatorcommand.h"

#include "app/cli/console.h"
#include "app/cli/outputstream.h"
#include "app/core/jsontext.h"

#include <AppSync/EmulatorConfig>

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace Syncscope::Cli {

using AppSync::Emulator;

namespace {

constexpr quint16 kDefaultPort = 8787;
constexpr qsizetype kControlTokenBytes = 16;

std::optional<QByteArray> readFile(const QString &path, const QString &what, Problem *problem)
{
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        return file.readAll();
    *problem = Problem::file(u"Cannot read the %1 %2: %3."_s.arg(what, path, file.errorString()));
    return std::nullopt;
}

QByteArray urlText(const QUrl &url)
{
    return JsonText::quoted(url.toString());
}

} // namespace

std::optional<EmulatorOptions> EmulatorOptions::read(const CommandLine &line,
                                                     const GlobalOptions &globals, Problem *problem)
{
    if (!line.positional().isEmpty()) {
        *problem = Problem::usage(u"emulator takes no arguments, only flags."_s,
                                  u"See syncscope-cli emulator --help."_s);
        return std::nullopt;
    }
    EmulatorOptions options;
    options.emulator.port = kDefaultPort;
    if (line.has("config")) {
        options.config = line.value("config");
        const auto text = readFile(options.config, u"configuration"_s, problem);
        if (!text)
            return std::nullopt;
        const auto wrong = AppSync::EmulatorConfig::read(options.config, *text, &options.emulator);
        if (wrong) {
            *problem = Problem::file(wrong->toString());
            return std::nullopt;
        }
    }
    if (!globals.region.isEmpty())
        options.emulator.region = globals.region;
    if (line.has("handlers") && !options.readHandlers(line.value("handlers"), problem))
        return std::nullopt;
    if (line.has("schema")) {
        if (!readFile(line.value("schema"), u"schema"_s, problem))
            return std::nullopt;
        options.emulator.graphQl.schemaFile = line.value("schema");
    }
    if (line.has("control") && !options.readControl(problem))
        return std::nullopt;
    if (options.readListening(line, problem) && options.readTls(line, problem)
        && options.readScenario(line, problem) && options.readBehaviour(line, problem))
        return options;
    return std::nullopt;
}

bool EmulatorOptions::readControl(Problem *problem)
{
    const QByteArray given = qgetenv("SYNCSCOPE_CONTROL_TOKEN");
    hasOwnToken = given.isEmpty();
    emulator.controlToken = hasOwnToken ? Emulator::makeControlToken() : QString::fromUtf8(given);
    if (hasOwnToken || given.size() >= kControlTokenBytes)
        return true;
    *problem =
        Problem::usage(u"SYNCSCOPE_CONTROL_TOKEN is too short to be safe."_s,
                       u"Give it %1 characters at least, or unset it to have a token made."_s.arg(
                           kControlTokenBytes));
    return false;
}

bool EmulatorOptions::readListening(const CommandLine &line, Problem *problem)
{
    if (line.has("port")) {
        const auto port = readNumber(line, "port", 0, 65535, problem);
        if (!port)
            return false;
        emulator.port = quint16(*port);
    }
    emulator.hostNames += line.values("host-name");
    if (!line.has("host"))
        return true;
    const QString host = line.value("host");
    emulator.host =
        host == u"localhost" ? QHostAddress(QHostAddress::LocalHost) : QHostAddress(host);
    if (!emulator.host.isNull())
        return true;
    *problem = Problem::usage(u"--host wants an IP address or localhost, not \"%1\"."_s.arg(host));
    return false;
}

bool EmulatorOptions::readTls(const CommandLine &line, Problem *problem)
{
    if (line.has("tls-cert"))
        emulator.tlsCertFile = line.value("tls-cert");
    if (line.has("tls-key"))
        emulator.tlsKeyFile = line.value("tls-key");
    emulator.tls = emulator.tls || line.has("tls") || line.has("tls-cert");
    if (line.has("tls-cert") != line.has("tls-key")) {
        *problem =
            Problem::usage(u"--tls-cert and --tls-key belong together."_s,
                           u"With --tls alone, a certificate for localhost is made at start."_s);
        return false;
    }
    for (const QString &path : {emulator.tlsCertFile, emulator.tlsKeyFile}) {
        if (!path.isEmpty() && !readFile(path, u"TLS file"_s, problem))
            return false;
    }
    return true;
}

//! Code of namespaces: the files NAMESPACE.js of \a folder.
bool EmulatorOptions::readHandlers(const QString &folder, Problem *problem)
{
    const QFileInfoList files =
        QDir(folder).entryInfoList({u"*.js"_s}, QDir::Files | QDir::Readable, QDir::Name);
    if (files.isEmpty()) {
        *problem = Problem::file(u"There are no handlers NAMESPACE.js in %1."_s.arg(folder));
        return false;
    }
    QList<Emulator::Namespace> &all = emulator.namespaces;
    if (all.isEmpty())
        all = AppSync::EmulatorOptions::defaultNamespaces();
    for (const QFileInfo &file : files) {
        const QString name = file.completeBaseName();
        auto found = std::find_if(all.begin(), all.end(),
                                  [&](const auto &nameSpace) { return nameSpace.name == name; });
        if (found == all.end())
            found = all.insert(all.end(), {name});
        found->codeFile = file.absoluteFilePath();
    }
    return true;
}

bool EmulatorOptions::readScenario(const CommandLine &line, Problem *problem)
{
    // Played here, since a bad one is told in another way than a taken port.
    scenario = std::exchange(emulator.scenario, {});
    if (line.has("scenario"))
        scenario = line.value("scenario");
    if (line.has("seed")) {
        const auto seed = readNumber(line, "seed", 0, std::numeric_limits<quint32>::max(), problem);
        if (!seed)
            return false;
        emulator.seed = quint32(*seed);
    }
    if (!line.has("scenario-speed"))
        return true;
    bool isNumber = false;
    scenarioSpeed = line.value("scenario-speed").toDouble(&isNumber);
    if (isNumber && scenarioSpeed >= 0.1 && scenarioSpeed <= 100)
        return true;
    *problem = Problem::usage(u"--scenario-speed wants a number from 0.1 to 100, not \"%1\"."_s.arg(
        line.value("scenario-speed")));
    return false;
}

bool EmulatorOptions::readBehaviour(const CommandLine &line, Problem *problem)
{
    if (line.has("limits")) {
        const QString limits = line.value("limits");
        if (limits != u"relaxed" && limits != u"aws") {
            *problem = Problem::usage(u"--limits wants relaxed or aws, not \"%1\"."_s.arg(limits));
            return false;
        }
        emulator.limits = limits == u"aws" ? Emulator::Limits::aws() : Emulator::Limits::relaxed();
    }
    if (!line.has("faults"))
        return true;
    const auto text = readFile(line.value("faults"), u"faults"_s, problem);
    if (!text)
        return false;
    QString reason;
    const auto faults = AppSync::FaultPlan::fromJson(*text, &reason);
    if (faults)
        emulator.faults = *faults;
    else
        *problem = Problem::file(u"%1: %2"_s.arg(line.value("faults"), reason));
    return faults.has_value();
}

EmulatorCommand::EmulatorCommand(const EmulatorOptions &options, OutputStream &stream,
                                 Console &console, QObject *parent)
    : Command(parent), m_options(options), m_stream(stream), m_console(console)
{
    connect(&m_emulator, &Emulator::closed, this, [this] { Q_EMIT finished(ExitCode::Done); });
    connect(&m_emulator, &Emulator::refused, this,
            [this](const QString &line) { m_console.status(line); });
    connect(
        &m_emulator, &Emulator::handlerProblem, this,
        [this](const QString &nameSpace, const QString &file, int line, const QString &message) {
            const QString place = line > 0 ? u"%1:%2"_s.arg(file).arg(line) : file;
            m_console.warning(
                u"JavaScript of %1, %2: %3"_s.arg(nameSpace, place, printable(message)));
        });
    connect(&m_emulator, &Emulator::handlerLogged, this,
            [this](const QString &nameSpace, const QString &level, const QString &text) {
                m_console.status(u"%1: %2: %3"_s.arg(nameSpace, level, printable(text)));
            });
    connect(&m_emulator, &Emulator::codeSent, this,
            [this](const QString &username, const QString &medium, const QString &destination,
                   const QString &code) {
                m_console.status(
                    u"code for %1 by %2 to %3: %4"_s.arg(username, medium, destination, code));
            });
}

EmulatorCommand::~EmulatorCommand() = default;

void EmulatorCommand::start()
{
    const ExitCode failure = listen();
    if (failure != ExitCode::Done) {
        Q_EMIT finished(failure);
        return;
    }
    const QString certificate = certificateFile();
    if (certificate.isEmpty() && m_options.emulator.tls) {
        m_console.error(u"Cannot write the certificate into %1."_s.arg(QDir::tempPath()),
                        u"Make the folder writable, or set TMPDIR to another one."_s);
        Q_EMIT finished(ExitCode::BadFile);
        return;
    }
    m_stream.write(readyLine(certificate));
    m_stream.flush();
    m_console.detail(u"namespaces: %1"_s.arg(m_emulator.namespaces().join(u", ")));
}

ExitCode EmulatorCommand::listen()
{
    const Emulator::Options &options = m_options.emulator;
    if (!m_emulator.listen(options)) {
        const bool taken = m_emulator.isPortTaken();
        m_console.error(m_emulator.problem(),
                        taken ? u"Choose another one with --port, or --port 0 for any free one."_s
                              : QString());
        if (taken)
            return ExitCode::Unreachable;
        const bool hasFile =
            !options.tlsCertFile.isEmpty() || !options.graphQl.schemaFile.isEmpty();
        return hasFile ? ExitCode::BadFile : ExitCode::Other;
    }
    m_emulator.setScenarioSpeed(m_options.scenarioSpeed);
    if (!m_options.scenario.isEmpty() && !m_emulator.playScenario(m_options.scenario)) {
        m_console.error(m_emulator.problem());
        const bool isFile =
            m_options.scenario.contains(u'/') || QFileInfo::exists(m_options.scenario);
        return isFile ? ExitCode::BadFile : ExitCode::Usage;
    }
    if (!options.host.isLoopback()) {
        m_console.warning(
            u"the emulator listens on %1: others in your network can reach it with the key of "
            "the ready line"_s.arg(options.host.toString()));
    }
    return ExitCode::Done;
}

QString EmulatorCommand::certificateFile()
{
    if (!m_options.emulator.tls)
        return {};
    if (!m_options.emulator.tlsCertFile.isEmpty())
        return QFileInfo(m_options.emulator.tlsCertFile).absoluteFilePath();
    m_certificate = std::make_unique<QTemporaryFile>(QDir::tempPath() + u"/syncscope-XXXXXX.pem"_s);
    const QByteArray pem = m_emulator.caCertificate();
    if (!m_certificate->open() || m_certificate->write(pem) != pem.size()
        || !m_certificate->flush())
        return {};
    return m_certificate->fileName();
}

QByteArray EmulatorCommand::readyLine(const QString &certificateFile) const
{
    return R"({"v":1,"kind":"ready","http":)" + urlText(m_emulator.httpUrl()) + ",\"realtime\":"
        + urlText(m_emulator.realtimeUrl()) + ",\"graphql\":" + urlText(m_emulator.graphQlUrl())
        + ",\"graphqlRealtime\":" + urlText(m_emulator.graphQlRealtimeUrl())
        + ",\"apiKey\":" + JsonText::quoted(m_emulator.apiKey())
        + ",\"token\":" + JsonText::quoted(m_emulator.token())
        + ",\"region\":" + JsonText::quoted(m_emulator.region()) + ",\"caCert\":"
        + (certificateFile.isEmpty() ? QByteArray("null") : JsonText::quoted(certificateFile))
        + ",\"accessKeyId\":" + JsonText::quoted(m_emulator.accessKeyId())
        + ",\"secretAccessKey\":" + JsonText::quoted(m_emulator.secretAccessKey())
        + ",\"cognito\":" + cognito() + control() + "}\n";
}

//! What a program needs to control the emulator, if it may. A token that was given is not repeated.
QByteArray EmulatorCommand::control() const
{
    if (m_emulator.controlToken().isEmpty())
        return {};
    return ",\"control\":" + urlText(m_emulator.controlUrl()) + ",\"controlToken\":"
        + (m_options.hasOwnToken ? JsonText::quoted(m_emulator.controlToken())
                                 : QByteArray("null"));
}

//! What a program needs to sign in here.
QByteArray EmulatorCommand::cognito() const
{
    return "{\"endpoint\":" + urlText(m_emulator.serviceUrl())
        + ",\"userPoolId\":" + JsonText::quoted(m_emulator.userPoolId())
        + ",\"clientId\":" + JsonText::quoted(m_emulator.userPoolClientId())
        + ",\"username\":" + JsonText::quoted(m_emulator.username())
        + ",\"password\":" + JsonText::quoted(m_emulator.password())
        + ",\"identityPoolId\":" + JsonText::quoted(m_emulator.identityPoolId()) + '}';
}

void EmulatorCommand::interrupt(ExitCode)
{
    m_emulator.shutDown();
}

} // namespace Syncscope::Cli
