// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/output.h"
#include "app/cli/session.h"
#include "app/core/doctor/doctor.h"

#include <QTimer>

namespace Syncscope::Cli {

//! What the arguments of `doctor` say.
class DoctorOptions {
public:
    QString channel; //!< with a leading slash; empty: none

    static std::optional<DoctorOptions> read(const CommandLine &line, const OutputFormat &format,
                                             Problem *problem);
};

//! `doctor`: prints each step of a Doctor as it ends.
class DoctorCommand : public Command {
    Q_OBJECT

public:
    DoctorCommand(const DoctorOptions &options, Session &session, Output &output, Console &console,
                  QObject *parent = nullptr);
    ~DoctorCommand() override;

    //! Finds endpoint and credentials; that there are none is a step's failure. False: \a problem says
    //! why there is nothing to examine.
    bool prepare(Problem *problem);
    void start() override;
    void interrupt(ExitCode exitCode) override;

private:
    void findCredentials(DoctorCase *doctorCase);
    void onStepStarted(DoctorStep::Kind kind);
    void onFinished();
    [[nodiscard]] ExitCode verdict() const;
    void finish(ExitCode exitCode);

    const DoctorOptions m_options;
    Session &m_session;
    Output &m_output;
    Console &m_console;
    Problem m_endpointProblem;
    Problem m_credentialProblem;
    std::unique_ptr<Doctor> m_doctor;
    QTimer m_silence; //!< says what a long step waits for
    DoctorStep::Kind m_current = DoctorStep::Kind::Endpoint;
    bool m_finishing = false;
};

} // namespace Syncscope::Cli
