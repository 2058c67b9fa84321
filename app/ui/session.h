// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/capture/capturesaver.h"
#include "app/ui/capture/recording.h"
#include "app/ui/capture/retention.h"
#include "app/ui/graphql/graphqldraft.h"
#include "app/ui/linkhistory.h"
#include "app/ui/linkstatus.h"
#include "app/ui/notice.h"
#include "app/ui/ratemeter.h"
#include "app/ui/signinstatus.h"
#include "app/ui/statistics/livestatistics.h"
#include "app/ui/subscriptionmodel.h"
#include "app/ui/traffic/frameinspector.h"
#include "app/ui/traffic/framelog.h"
#include "app/ui/traffic/framemarks.h"
#include "app/ui/traffic/framemodel.h"
#include "app/ui/traffic/rowcopier.h"

#include <AppSync/EventsClient>
#include <AppSync/GraphQlClient>

#include <QHash>
#include <QObject>
#include <QTimer>
#include <QtQml/qqml.h>

#include <memory>

namespace Syncscope {

//! One service of an API that is open: its client, and the models that show what happens on it.
class Session : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the workspace")
    Q_PROPERTY(QString title READ title CONSTANT FINAL)
    //! Where the connection goes, and how it is authorized.
    Q_PROPERTY(QString addressText READ addressText CONSTANT FINAL)
    Q_PROPERTY(Syncscope::Session::Service service READ service CONSTANT FINAL)
    Q_PROPERTY(Syncscope::Session::Link link READ link NOTIFY linkChanged FINAL)
    Q_PROPERTY(QString linkText READ linkText NOTIFY linkTextChanged FINAL)
    Q_PROPERTY(Syncscope::Notice notice READ notice NOTIFY noticeChanged FINAL)

    Q_PROPERTY(QString keepAliveText READ keepAliveText NOTIFY ticked FINAL)
    Q_PROPERTY(QString rateText READ rateText NOTIFY ticked FINAL)
    Q_PROPERTY(QString keptText READ keptText NOTIFY ticked FINAL)
    //! Of the budget of memory, from 0 to 1.
    Q_PROPERTY(double keptShare READ keptShare NOTIFY ticked FINAL)
    Q_PROPERTY(QString droppedText READ droppedText NOTIFY ticked FINAL)
    //! What became of all that came, a sentence each.
    Q_PROPERTY(QStringList keepingTexts READ keepingTexts NOTIFY ticked FINAL)
    Q_PROPERTY(bool hasDropped READ hasDropped NOTIFY ticked FINAL)
    //! How much is on disk, or why nothing is; empty: it is not recorded.
    Q_PROPERTY(QString recordingText READ recordingText NOTIFY ticked FINAL)
    Q_PROPERTY(bool recordingFails READ recordingFails NOTIFY ticked FINAL)
    //! Why the table is empty, in words.
    Q_PROPERTY(QString silenceText READ silenceText NOTIFY ticked FINAL)

    Q_PROPERTY(Syncscope::FrameModel *frames READ frames CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameInspector *inspector READ inspector CONSTANT FINAL)
    Q_PROPERTY(Syncscope::Statistics *statistics READ statistics CONSTANT FINAL)
    Q_PROPERTY(Syncscope::LinkStatus *status READ status CONSTANT FINAL)
    Q_PROPERTY(Syncscope::SubscriptionModel *subscriptions READ subscriptions CONSTANT FINAL)
    Q_PROPERTY(Syncscope::SignInStatus *signIn READ signIn CONSTANT FINAL)
    Q_PROPERTY(Syncscope::CaptureSaver *saver READ saver CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameMarks *marks READ marks CONSTANT FINAL)
    Q_PROPERTY(Syncscope::RowCopier *copier READ copier CONSTANT FINAL)
    //! Null where the service is not GraphQL.
    Q_PROPERTY(Syncscope::GraphQlDraft *graphQl READ graphQl CONSTANT FINAL)

public:
    enum class Link {
        Offline, //!< closed by the user, or not opened yet
        Connecting,
        Live,
        Waiting, //!< for the next attempt
        Failed, //!< given up
    };
    Q_ENUM(Link)
    //! As of AppSync::Endpoint.
    enum class Service { Events, GraphQl };
    Q_ENUM(Service)

    //! \a authorizer becomes the session's. An empty \a title: the endpoint's host.
    Session(const AppSync::Endpoint &endpoint, AppSync::Authorizer *authorizer,
            const QString &title, QObject *parent = nullptr);
    //! With \a access, which may have an authorizer for each operation.
    Session(const AppSync::Endpoint &endpoint, std::unique_ptr<Access> access, const QString &title,
            QObject *parent = nullptr);
    ~Session() override;

    [[nodiscard]] QString title() const { return m_title; }
    [[nodiscard]] QString addressText() const;
    [[nodiscard]] Service service() const;
    [[nodiscard]] Link link() const;
    [[nodiscard]] QString linkText() const;
    [[nodiscard]] Notice notice() const { return m_notice; }
    [[nodiscard]] QString keepAliveText() const;
    [[nodiscard]] QString rateText() const;
    [[nodiscard]] QString keptText() const;
    [[nodiscard]] double keptShare() const;
    [[nodiscard]] QString droppedText() const;
    [[nodiscard]] QStringList keepingTexts() const;
    [[nodiscard]] bool hasDropped() const { return m_log.dropped() > 0; }
    [[nodiscard]] QString recordingText() const;
    [[nodiscard]] bool recordingFails() const;
    [[nodiscard]] QString silenceText() const;

    [[nodiscard]] FrameLog *log() { return &m_log; }
    [[nodiscard]] FrameModel *frames() { return &m_frames; }
    [[nodiscard]] FrameInspector *inspector() { return &m_inspector; }
    [[nodiscard]] Statistics *statistics() { return &m_statistics; }
    [[nodiscard]] LinkStatus *status() { return &m_status; }
    [[nodiscard]] SubscriptionModel *subscriptions() { return m_subscriptions.get(); }
    [[nodiscard]] SignInStatus *signIn() { return &m_signIn; }
    [[nodiscard]] CaptureSaver *saver() { return &m_saver; }
    [[nodiscard]] FrameMarks *marks() { return &m_marks; }
    [[nodiscard]] RowCopier *copier() { return &m_copier; }
    [[nodiscard]] GraphQlDraft *graphQl() const { return m_graphQl.get(); }
    //! Null where the service is GraphQL.
    [[nodiscard]] AppSync::EventsClient *client() const;

    //! Of the token that \a operation shows; lives no longer than this.
    [[nodiscard]] ClaimsSource claimsOf(ProfileDraft::Operation operation) const;

    //! Keeps all traffic in a file of \a folder as long as the session lives: memory holds the newest only.
    void record(const QString &folder);
    //! How much memory and recording keep, from now on.
    void setRetention(const Retention &retention);
    //! Saves what the filter of the table lets through.
    Q_INVOKABLE void save(const QUrl &file, bool isRedacted);
    //! Connects, or connects again at once.
    Q_INVOKABLE void open();
    //! Gives up the present connection and opens another.
    Q_INVOKABLE void reconnect();
    Q_INVOKABLE void close();
    Q_INVOKABLE void clearTraffic();
    Q_INVOKABLE void dismissNotice();

Q_SIGNALS:
    void linkChanged();
    void linkTextChanged();
    void noticeChanged();
    void ticked();

private:
    Session(const AppSync::Endpoint &endpoint, std::unique_ptr<Access> access,
            AppSync::Authorizer *authorizer, const QString &title, QObject *parent);
    void onFrame(const AppSync::Frame &frame);
    void attribute(const AppSync::Frame &frame);
    void onStateChanged();
    void onConnectionFailed(const AppSync::Error &error);
    void onErrorOccurred(const AppSync::Error &error);
    void onSubscriptionsChanged();
    void onTick();
    [[nodiscard]] SnippetTarget snippetTarget() const;
    void setNotice(const Notice &notice);

    QString m_title;
    std::unique_ptr<Access> m_access; //!< outlives the client; null: the authorizer is our own
    std::unique_ptr<AppSync::Client> m_client;
    SignInStatus m_signIn;
    FrameLog m_log;
    FrameModel m_frames;
    FrameInspector m_inspector;
    LiveStatistics m_statistics;
    FrameMarks m_marks;
    RowCopier m_copier;
    std::unique_ptr<Recording> m_recording; //!< null: not recorded
    CaptureSaver m_saver;
    LinkHistory m_history;
    LinkStatus m_status;
    std::unique_ptr<SubscriptionModel> m_subscriptions;
    std::unique_ptr<GraphQlDraft> m_graphQl;
    RateMeter m_rate;
    QHash<QString, QString>
        m_asked; //!< channels of publishes, and names of requests, by id, until they are answered
    QTimer m_ticker;
    Notice m_notice;
    //! That an error which is reported right now rests on.
    std::optional<AppSync::Frame> m_failureFrame;
    QDateTime m_quietSince; //!< since when something is subscribed and the table could fill
};

} // namespace Syncscope
