// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/output.h"
#include "app/cli/sessioncommand.h"
#include "app/core/doctor/doctor.h"

#include <QTimer>

namespace Syncscope::Cli {

//! What the arguments of `doctor` say.
class DoctorOptions {
public:
    QString what; //!< the argument: a channel of Events, or a subscription of GraphQL; empty: none

    static std::optional<DoctorOptions> read(const CommandLine &line, const OutputFormat &format,
                                             Problem *problem);
};

//! `doctor`: prints each step of a Doctor as it ends.
class DoctorCommand : public SessionCommand {
    Q_OBJECT

public:
    DoctorCommand(const DoctorOptions &options, Session &session, Output &output, Console &console,
                  QObject *parent = nullptr);
    ~DoctorCommand() override;

    //! Finds endpoint and credentials; that there are none is a step's failure. False: \a problem says
    //! why there is nothing to examine.
    bool prepare(Problem *problem);
    void start() override;

private:
    //! Puts the argument in its place. False: \a problem says why it has none.
    bool readArgument(DoctorCase *doctorCase, Problem *problem) const;
    void findCredentials(DoctorCase *doctorCase);
    [[nodiscard]] bool isGraphQl() const;
    void onStepStarted(DoctorStep::Kind kind);
    void onFinished();
    [[nodiscard]] ExitCode verdict() const;
    void conclude(ExitCode exitCode) override;

    const DoctorOptions m_options;
    Output &m_output;
    Console &m_console;
    Problem m_endpointProblem;
    Problem m_credentialProblem;
    std::unique_ptr<Doctor> m_doctor;
    QTimer m_silence; //!< says what a long step waits for
    DoctorStep::Kind m_current = DoctorStep::Kind::Endpoint;
};

} // namespace Syncscope::Cli
