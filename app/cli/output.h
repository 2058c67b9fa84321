// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/findings.h"
#include "app/cli/messages.h"
#include "app/cli/outputformat.h"
#include "app/cli/outputstream.h"
#include "app/cli/prettyprinter.h"
#include "app/core/capture/capturefile.h"
#include "app/core/texttemplate.h"

namespace Syncscope::Cli {

class Console;

//! Puts messages on standard output in the format of `-o`, numbers them, and tells people of errors on
//! standard error.
class Output {
public:
    struct Options {
        OutputFormat format;
        TimeStyle timeStyle = TimeStyle::Default;
        bool nulTerminated = false; //!< -0
        bool colour = false;
        bool isTerminal = false; //!< what could move its cursor is shown as symbols
    };

    Output(OutputStream &stream, const Console &console, const Options &options);

    void event(const AppSync::Event &event);
    //! \a operation: its name, may be empty.
    void result(const QString &operation, const AppSync::GraphQlResult &result);
    void published(const Messages::Published &result);
    void request(const Messages::Request &request);
    void echo(const QString &channel, const AppSync::Echo &echo);
    void summary(const Messages::EchoSummary &summary);
    void step(const DoctorStep &step);
    void finding(const Finding &finding);
    void profile(const Messages::StoredProfile &stored);
    void removed(const QString &name, int secrets);
    void control(const AppSync::Frame &frame);
    //! A frame of a capture; \a side: of which one, where there are two.
    void captured(const CapturedFrame &frame, const QByteArray &side);
    void captureInfo(const QString &path, const CaptureFile::Summary &summary,
                     const QList<CaptureFile::Connection> &connections,
                     const QList<CaptureFile::Group> &groups);
    //! \a where: what was being done: `connect`, `subscribe`, `publish`, `execute`, `deliver`,
    //! `input`, `profile`. \a channel: or the name of the operation.
    void error(const QString &where, const QString &channel, const AppSync::Error &error);
    void gap(const QDateTime &from, const QDateTime &to, const QString &reason);
    //! The last message; everything after it is dropped. Counts the events and results that were written
    //! or came back.
    void end(ExitCode exitCode);

    [[nodiscard]] qint64 eventCount() const { return m_events; }

private:
    [[nodiscard]] bool isMachine() const;
    [[nodiscard]] bool is(OutputFormat::Kind kind) const { return m_options.format.kind == kind; }
    //! Numbers and stamps a message, and writes it as ndjson, json or by the template.
    void message(qint64 ms, const QByteArray &members, bool isData);
    void writeTemplate(const QByteArray &object);
    void write(const QByteArray &text);

    OutputStream &m_stream;
    const Console &m_console;
    const Options m_options;
    const PrettyPrinter m_pretty;
    const TextTemplate m_template;
    TimeWriter m_time;
    qint64 m_number = 0;
    qint64 m_events = 0;
    bool m_ended = false;
};

} // namespace Syncscope::Cli
