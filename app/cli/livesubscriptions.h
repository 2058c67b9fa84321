// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/output.h"
#include "app/cli/session.h"

#include <AppSync/Gap>
#include <AppSync/Subscription>

#include <QTimer>

#include <optional>

namespace Syncscope::Cli {

//! The subscriptions of a command on one connection, and what they have in common: how long a connection may
//! take, one gap for all of them, what is said of each, and what its end makes of the program's exit code.
class LiveSubscriptions : public QObject {
    Q_OBJECT

public:
    LiveSubscriptions(Session &session, Output &output, Console &console,
                      QObject *parent = nullptr);

    //! From here on a connection has to come within --timeout.
    void start(bool showsControlFrames);
    //! \a name: what people call it.
    void add(AppSync::Subscription *subscription, const QString &name);
    //! To be called before an event is printed: a gap stands before what came after it.
    void flushGap();
    //! Every one that was not refused is live; also true if there is none.
    [[nodiscard]] bool areAllLive() const;
    [[nodiscard]] bool isEmpty() const { return m_subscriptions.isEmpty(); }
    //! What the first refused one makes of a good end.
    [[nodiscard]] ExitCode refusal() const { return m_refusal; }
    //! Nothing further is said.
    void stop() { m_stopped = true; }

Q_SIGNALS:
    //! One was acknowledged.
    void live();
    //! One is gone: refused, or ended by the service.
    void gone();
    //! There will be no connection any more; what it was has been told.
    void lost(Syncscope::Cli::ExitCode exitCode);

private:
    void onPatienceEnded();
    void onStateChanged(AppSync::Subscription *subscription);
    void onError(AppSync::Subscription *subscription, const AppSync::Error &error);
    void onEnded(AppSync::Subscription *subscription, AppSync::Subscription::EndReason reason);
    void onFrame(const AppSync::Frame &frame);
    void onClosed(const AppSync::Error &error);
    void onGap(const AppSync::Gap &gap);
    void remove(AppSync::Subscription *subscription);
    //! With -v: when the subscription was requested, acknowledged, and gave its first event.
    void tellProgress(const AppSync::Subscription &subscription) const;
    [[nodiscard]] QString nameOf(const AppSync::Subscription &subscription) const;

    Session &m_session;
    Output &m_output;
    Console &m_console;
    std::optional<AppSync::Gap>
        m_gap; //!< waits for the other subscriptions, but never for an event
    QList<AppSync::Subscription *> m_subscriptions; //!< those that were not refused
    QTimer m_patience; //!< --timeout, while there is no connection yet
    ExitCode m_refusal = ExitCode::Done;
    bool m_stopped = false;
};

} // namespace Syncscope::Cli
