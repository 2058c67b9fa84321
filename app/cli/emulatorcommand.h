// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/globaloptions.h"

#include <AppSync/Emulator>

#include <QTemporaryFile>

namespace Syncscope::Cli {

class Console;
class OutputStream;

//! What the flags of `emulator` say, and the files they name.
class EmulatorOptions {
public:
    AppSync::Emulator::Options emulator;
    QString scenario;
    double scenarioSpeed = 1;
    QString config; //!< its path, for messages
    bool hasOwnToken = false; //!< the control token was made here

    static std::optional<EmulatorOptions> read(const CommandLine &line,
                                               const GlobalOptions &globals, Problem *problem);

private:
    bool readControl(Problem *problem);
    bool readListening(const CommandLine &line, Problem *problem);
    bool readTls(const CommandLine &line, Problem *problem);
    bool readHandlers(const QString &folder, Problem *problem);
    bool readScenario(const CommandLine &line, Problem *problem);
    bool readBehaviour(const CommandLine &line, Problem *problem);
};

//! `emulator`: the local AppSync until it is told to end.
class EmulatorCommand : public Command {
    Q_OBJECT

public:
    EmulatorCommand(const EmulatorOptions &options, OutputStream &stream, Console &console,
                    QObject *parent = nullptr);
    ~EmulatorCommand() override;

    void start() override;
    //! A signal is how it normally ends: the exit code is 0.
    void interrupt(ExitCode exitCode) override;

private:
    [[nodiscard]] ExitCode listen();
    //! Where clients find the certificate; empty without TLS.
    [[nodiscard]] QString certificateFile();
    [[nodiscard]] QByteArray readyLine(const QString &certificateFile) const;
    [[nodiscard]] QByteArray cognito() const;
    [[nodiscard]] QByteArray control() const;

    const EmulatorOptions m_options;
    OutputStream &m_stream;
    Console &m_console;
    AppSync::Emulator m_emulator;
    std::unique_ptr<QTemporaryFile> m_certificate; //!< removed with this object
};

} // namespace Syncscope::Cli
