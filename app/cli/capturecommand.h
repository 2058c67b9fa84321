// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/filterflag.h"
#include "app/cli/output.h"
#include "app/core/capture/capturefile.h"
#include "app/core/capture/capturewords.h"

namespace Syncscope::Cli {

//! What the flags and arguments of `capture` say.
class CaptureOptions {
public:
    enum class Action { Info, Cat, Filter, Redact, Convert, Diff, Merge, Index };

    Action action = Action::Info;
    QStringList files; //!< that are read
    QString target; //!< that is made; empty: none
    CaptureFileType targetType = CaptureFileType::Capture;
    QStringList names; //!< --mask
    Filter filter;
    TimeStyle timeStyle = TimeStyle::Default;

    static std::optional<CaptureOptions> read(const CommandLine &line, Problem *problem);

private:
    //! \a name: of the action.
    bool readFiles(const QString &name, const QStringList &arguments, Problem *problem);
};

//! `capture`: looks into recorded traffic, and makes other files of it. It works in one go, and looks between the
//! stretches whether it shall end.
class CaptureCommand : public Command {
    Q_OBJECT

public:
    CaptureCommand(const CaptureOptions &options, Output &output, OutputStream &stream,
                   Console &console, QObject *parent = nullptr);

    void start() override;
    void interrupt(ExitCode exitCode) override;

private:
    [[nodiscard]] Problem run();
    Problem info();
    Problem cat();
    Problem convert();
    Problem diff();
    Problem index();
    bool open(CaptureFile &file, const QString &path, Problem *problem) const;
    void warnOfUnreadable(CaptureFile &file) const;
    [[nodiscard]] bool goesOn(qint64 done, qint64 all);
    void finish(ExitCode exitCode);

    const CaptureOptions m_options;
    Output &m_output;
    OutputStream &m_stream;
    Console &m_console;
    ExitCode m_exit = ExitCode::Done;
    bool m_isEnded = false;
    bool m_finishing = false;
};

} // namespace Syncscope::Cli
