// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/eventsource.h"
#include "app/cli/output.h"
#include "app/cli/publishoptions.h"
#include "app/cli/sessioncommand.h"

#include <QElapsedTimer>
#include <QTimer>

namespace Syncscope::Cli {

//! `publish`: sends the events of a source, some requests in flight at a time, and reports each answer.
class PublishCommand : public SessionCommand {
    Q_OBJECT

public:
    //! \a session has a client unless it is a dry run.
    PublishCommand(const PublishOptions &options, const QProcessEnvironment &environment,
                   Session &session, Output &output, Console &console, QObject *parent = nullptr);
    ~PublishCommand() override;

    void start() override;

private:
    //! Goes on once the claims are known that the channel or events may name.
    void startWith(const AppSync::JwtClaims &claims);
    //! What the service would refuse whatever the events hold.
    [[nodiscard]] AppSync::Error checkRequest() const;
    //! Nothing if the arguments cannot be templates.
    std::unique_ptr<EventSource> makeSource(Problem *problem) const;
    void fail(const Problem &problem);
    //! Sends what may be sent now, or arranges to be called again.
    void pump();
    //! How many requests may be unanswered so that the service still gets them in their order.
    [[nodiscard]] int window() const;
    [[nodiscard]] bool mayStart();
    void process(const QList<QByteArray> &events);
    void send(const QList<QByteArray> &events);
    void describe(const QList<QByteArray> &events);
    void onAnswer(AppSync::PublishReply *reply);
    //! With -v: when it was sent and answered, and the verdict on each event.
    void tellAnswer(const AppSync::PublishReply &reply) const;
    void noteFailure(const QString &where, const AppSync::Error &error);
    [[nodiscard]] ExitCode verdict() const;
    void conclude(ExitCode exitCode) override;

    PublishOptions m_options;
    TemplateValues m_values;
    Output &m_output;
    Console &m_console;
    std::unique_ptr<EventSource> m_source;
    QTimer m_pace;
    QElapsedTimer m_clock;
    std::chrono::nanoseconds m_nextAt{0};
    int m_inFlight = 0;
    bool m_anySuccess = false;
    bool m_anyEventFailed = false;
    ExitCode m_failure = ExitCode::Done; //!< of the first request that failed as a whole
    bool m_stopped = false; //!< no further requests
};

} // namespace Syncscope::Cli
