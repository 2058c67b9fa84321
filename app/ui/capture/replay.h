// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/replay/replayer.h"
#include "app/ui/capture/replaychannels.h"
#include "app/ui/capture/replaytargets.h"
#include "app/ui/notice.h"
#include "app/ui/ratemeter.h"
#include "app/ui/traffic/framefilter.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

namespace Syncscope {

//! Publishes what a table of a capture shows once more: where, how fast, rewritten how; and how far it has come.
class Replay : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a capture")
    Q_PROPERTY(Syncscope::Replay::Phase phase READ phase NOTIFY phaseChanged FINAL)
    //! The pane is open; opening it looks for what there is to be replayed.
    Q_PROPERTY(bool shown READ isShown WRITE setShown NOTIFY shownChanged FINAL)

    Q_PROPERTY(
        Syncscope::Replay::Target target READ target WRITE setTarget NOTIFY planChanged FINAL)
    //! The Events API that is open beside the sandbox; empty: there is none.
    Q_PROPERTY(QString sessionTitle READ sessionTitle NOTIFY planChanged FINAL)
    //! Where the target is, and what choosing it means.
    Q_PROPERTY(QString targetText READ targetText NOTIFY planChanged FINAL)
    //! All go to channel() instead of where channels() says.
    Q_PROPERTY(bool oneChannel READ isOneChannel WRITE setOneChannel NOTIFY planChanged FINAL)
    Q_PROPERTY(QString channel READ channel WRITE setChannel NOTIFY planChanged FINAL)
    Q_PROPERTY(QString channelProblem READ channelProblem NOTIFY planChanged FINAL)
    Q_PROPERTY(Syncscope::ReplayChannels *channels READ channels CONSTANT FINAL)
    //! Index in speeds.
    Q_PROPERTY(int speed READ speed WRITE setSpeed NOTIFY planChanged FINAL)
    Q_PROPERTY(QStringList speeds READ speeds CONSTANT FINAL)
    //! How long it takes.
    Q_PROPERTY(QString durationText READ durationText NOTIFY planChanged FINAL)
    //! How many events there are, and why not more.
    Q_PROPERTY(QString amountText READ amountText NOTIFY planChanged FINAL)
    Q_PROPERTY(QString rewriting READ rewriting WRITE setRewriting NOTIFY planChanged FINAL)
    Q_PROPERTY(QString rewritingProblem READ rewritingProblem NOTIFY planChanged FINAL)
    //! Where in the template the mistake is, in characters; -1: nowhere.
    Q_PROPERTY(int rewritingPosition READ rewritingPosition NOTIFY planChanged FINAL)
    //! The first event as it would go out.
    Q_PROPERTY(QString preview READ preview NOTIFY planChanged FINAL)
    //! Why it cannot start, in words; empty: it can.
    Q_PROPERTY(QString obstacle READ obstacle NOTIFY planChanged FINAL)
    //! There is nothing that could be replayed, whatever is chosen.
    Q_PROPERTY(Syncscope::Notice refusal READ refusal NOTIFY planChanged FINAL)
    //! What is about to happen, where.
    Q_PROPERTY(QString question READ question NOTIFY phaseChanged FINAL)
    Q_PROPERTY(QString questionText READ questionText NOTIFY phaseChanged FINAL)

    //! 0 to 1.
    Q_PROPERTY(double progress READ progress NOTIFY progressed FINAL)
    Q_PROPERTY(QString progressText READ progressText NOTIFY progressed FINAL)
    //! What comes next, and when; or what is waited for.
    Q_PROPERTY(QString nextText READ nextText NOTIFY progressed FINAL)
    //! What the service refused, in its words, each with how often.
    Q_PROPERTY(QStringList failures READ failures NOTIFY progressed FINAL)
    //! How the last one ended; empty: none did.
    Q_PROPERTY(QString summary READ summary NOTIFY progressed FINAL)
    //! All is published.
    Q_PROPERTY(bool succeeded READ hasSucceeded NOTIFY progressed FINAL)

public:
    enum Phase { Editing, Checking, Confirming, Running, Paused, Waiting };
    Q_ENUM(Phase)
    enum Target { ToSandbox, ToSession };
    Q_ENUM(Target)

    //! Of the capture \a path, as far as \a filter lets it through. \a targets may be null: there are none. All
    //! outlive this.
    Replay(const QString &path, const FrameFilter *filter, ReplayTargets *targets,
           QObject *parent = nullptr);

    [[nodiscard]] Phase phase() const;
    [[nodiscard]] bool isShown() const { return m_isShown; }
    void setShown(bool shown);
    [[nodiscard]] Target target() const { return m_target; }
    void setTarget(Target target);
    [[nodiscard]] QString sessionTitle() const;
    [[nodiscard]] QString targetText() const;
    [[nodiscard]] bool isOneChannel() const { return m_isOneChannel; }
    void setOneChannel(bool one);
    [[nodiscard]] QString channel() const { return m_channel; }
    void setChannel(const QString &channel);
    [[nodiscard]] QString channelProblem() const;
    [[nodiscard]] ReplayChannels *channels() { return &m_channels; }
    [[nodiscard]] int speed() const { return m_speed; }
    void setSpeed(int speed);
    [[nodiscard]] static QStringList speeds();
    [[nodiscard]] QString durationText() const;
    [[nodiscard]] QString amountText() const;
    [[nodiscard]] QString rewriting() const { return m_rewriting; }
    void setRewriting(const QString &text);
    [[nodiscard]] QString rewritingProblem() const;
    [[nodiscard]] int rewritingPosition() const { return m_rewritingPosition; }
    [[nodiscard]] QString preview() const { return m_preview; }
    [[nodiscard]] QString obstacle() const;
    [[nodiscard]] Notice refusal() const;
    [[nodiscard]] QString question() const;
    [[nodiscard]] QString questionText() const;

    [[nodiscard]] double progress() const;
    [[nodiscard]] QString progressText() const;
    [[nodiscard]] QString nextText() const;
    [[nodiscard]] QStringList failures() const;
    [[nodiscard]] QString summary() const;
    [[nodiscard]] bool hasSucceeded() const;
    [[nodiscard]] const Replayer &replayer() const { return m_replayer; }

    //! Checks every event; then it asks, or starts where the target is the sandbox.
    Q_INVOKABLE void begin();
    //! The answer to question() is yes.
    Q_INVOKABLE void confirm();
    Q_INVOKABLE void pause();
    Q_INVOKABLE void resume();
    //! Nothing more is sent; also takes back begin().
    Q_INVOKABLE void stop();

Q_SIGNALS:
    void phaseChanged();
    void shownChanged();
    void planChanged();
    void progressed();

private:
    void look();
    void judge();
    [[nodiscard]] Session *session() const; //!< the one that is open, if it is no sandbox
    [[nodiscard]] Session *targetSession() const; //!< as far as it is open
    [[nodiscard]] TemplateValues values() const;
    [[nodiscard]] ReplayPlan plan() const;
    [[nodiscard]] double factor() const;
    void onTargetsChanged();
    void onChecked();
    void start();
    void onAnswered(AppSync::PublishReply *reply);
    void onFinished(const Problem &problem);
    void tellSoon();

    const QString m_path;
    const FrameFilter *const m_filter;
    ReplayTargets *const m_targets;
    bool m_isShown = false;
    Target m_target = ToSandbox;
    bool m_isOneChannel = false;
    QString m_channel;
    ReplayChannels m_channels;
    int m_speed = 3; // as it was
    QString m_rewriting;
    Problem m_rewritingProblem;
    int m_rewritingPosition = -1;
    QString m_preview;
    std::optional<ReplayTemplate> m_rewrite;

    std::unique_ptr<ReplayReader> m_looking; //!< null: the survey is up to date
    QString m_lookedThrough; //!< the filter of that survey
    ReplaySurvey m_survey;
    Replayer m_replayer;
    double m_checked = 0; //!< how far, 0 to 1
    QPointer<Session> m_going; //!< what it goes over
    QString m_goingTitle;
    QStringList m_failureTexts; //!< in the order of their first
    QHash<QString, qint64> m_failureCounts;
    RateMeter m_rate;
    QElapsedTimer m_since;
    QTimer m_soon; //!< so that progress is told as often as a person sees it
    QTimer m_ticker;
    bool m_hasEnded = false;
    Problem m_end; //!< why it ended before its end
    qint64 m_tookMs = 0;
};

} // namespace Syncscope
