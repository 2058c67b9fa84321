// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/filterflag.h"
#include "app/cli/output.h"
#include "app/cli/sessioncommand.h"
#include "app/core/capture/capturefile.h"

#include <QElapsedTimer>
#include <QTimer>

namespace Syncscope::Cli {

//! What the flags and arguments of `replay` say.
class ReplayOptions {
public:
    QString file;
    QString to; //!< with a leading slash; empty: where each event was
    QList<QPair<QString, QString>> map; //!< old channel or pattern, new one
    double speed = 1; //!< 0: as fast as it goes
    Filter filter;

    static std::optional<ReplayOptions> read(const CommandLine &line, Problem *problem);
    //! Where an event of \a channel goes; empty: nothing tells.
    [[nodiscard]] QString target(const QString &channel) const;

private:
    bool readMap(const QStringList &texts, Problem *problem);
};

//! `replay`: publishes the events of a capture again, at their times or faster.
class ReplayCommand : public SessionCommand {
    Q_OBJECT

public:
    ReplayCommand(const ReplayOptions &options, Session &session, Output &output,
                  QObject *parent = nullptr);

    void start() override;

private:
    //! One event to be published.
    struct Event {
        qint64 atMs = 0;
        QString channel;
        QByteArray text;
    };
    bool fill();
    void pump();
    void send(const Event &event);
    void fail(const Problem &problem);
    void conclude(ExitCode exitCode) override;

    const ReplayOptions m_options;
    Output &m_output;
    CaptureFile m_file;
    QString m_kind; //!< what is replayed: what was delivered, or else what was published
    QList<Event> m_events; //!< read ahead
    qsizetype m_at = 0;
    qint64 m_next = 1; //!< number of the frame to read next
    qint64 m_firstMs = -1;
    QElapsedTimer m_clock;
    QTimer m_pace;
    int m_inFlight = 0;
    qint64 m_failed = 0;
    ExitCode m_failure = ExitCode::Done;
    bool m_isRead = false; //!< to the end
};

} // namespace Syncscope::Cli
