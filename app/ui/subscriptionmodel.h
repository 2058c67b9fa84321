// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/texttemplate.h"
#include "app/ui/ratemeter.h"

#include <AppSync/ChannelSubscription>
#include <AppSync/Frame>
#include <AppSync/GraphQlSubscription>

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqml.h>

#include <memory>
#include <optional>
#include <vector>

namespace AppSync {
class Client;
}

namespace Syncscope {

class FrameLog;

//! The subscriptions of one session: state, count, rate, and a colour with a glyph that stays.
class SubscriptionModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a session")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    Q_PROPERTY(int liveCount READ liveCount NOTIFY summaryChanged FINAL)

public:
    enum Role {
        ChannelRole = Qt::UserRole + 1, //!< of GraphQL: the operation and what it filters for
        StateRole,
        StateTextRole,
        ProgressRole, //!< requested, acknowledged, first event: one line
        StoryRole, //!< the same with times, and why it ended: several lines
        ExpandedRole, //!< the story is shown in the list
        SlotRole,
        CountRole,
        CountTextRole,
        RateTextRole,
        ErrorRole,
        NextStepRole,
        DetailsRole, //!< of the error
        AccessibleNameRole,
    };
    Q_ENUM(Role)
    //! As people see it; the library's states say what is asked of the server.
    enum State { Off, Pending, Live, Refused };
    Q_ENUM(State)

    //! \a client: of Events or of GraphQL.
    explicit SubscriptionModel(AppSync::Client *client, QObject *parent = nullptr);
    ~SubscriptionModel() override;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return int(m_entries.size()); }
    [[nodiscard]] int liveCount() const;

    //! What fills in `{{sub}}` and `{{claim.NAME}}` in channels; nothing by default.
    void setClaims(const ClaimsSource &claims) { m_claims = claims; }
    //! What is wrong with \a text as the channel of a new subscription, in words; empty if nothing.
    Q_INVOKABLE [[nodiscard]] QString problemOf(const QString &text) const;
    //! Subscribes to the channel \a text; false if problemOf() has something to say.
    Q_INVOKABLE bool add(const QString &text);
    //! Subscribes to what \a document selects, with \a variables (JSON, empty: none); \a title says what it is.
    //! Several may be alike. False where the client is not one of GraphQL.
    bool addDocument(const QString &title, const QString &document, const QByteArray &variables);
    Q_INVOKABLE void remove(int row);
    Q_INVOKABLE void retry(int row);

    Q_INVOKABLE void toggleExpanded(int row);

    //! Looks at \a frame, the last one of \a log, and tells the log which subscription it is about.
    void attribute(FrameLog *log, const AppSync::Frame &frame);
    //! Once a second.
    void tickRates();

Q_SIGNALS:
    void countChanged();
    void summaryChanged();
    void received(const AppSync::Event &event, int slot);
    void resultReceived(const AppSync::GraphQlResult &result, const QString &title, int slot);
    void gapDetected(const AppSync::Gap &gap);

private:
    struct Entry {
        std::unique_ptr<AppSync::Subscription> subscription;
        QString title;
        int slot = 0;
        qint64 events = 0;
        bool countShown = true; //!< the count on the screen is up to date
        bool isExpanded = false;
        AppSync::Error trouble; //!< reported although it goes on: an event that was not delivered
        std::optional<AppSync::Frame> failure; //!< that the last error rests on
        std::optional<AppSync::Subscription::EndReason> endReason;
        QDateTime endedAt;
        RateMeter rate;
    };

    void append(std::unique_ptr<AppSync::Subscription> subscription, const QString &title);
    Entry *count(const AppSync::Subscription *subscription);
    void watch(AppSync::Subscription *subscription);
    void onStateChanged(AppSync::Subscription *subscription);
    void onTrouble(AppSync::Subscription *subscription, const AppSync::Error &error);
    void onEnded(AppSync::Subscription *subscription, AppSync::Subscription::EndReason reason);
    void refresh(const AppSync::Subscription *subscription);
    [[nodiscard]] int rowOf(const AppSync::Subscription *subscription) const;
    [[nodiscard]] int freeSlot() const;
    [[nodiscard]] static State stateOf(const Entry &entry);
    [[nodiscard]] static QString stateText(const Entry &entry);
    [[nodiscard]] static QString storyOf(const Entry &entry);
    [[nodiscard]] static AppSync::Error errorOf(const Entry &entry);

    QPointer<AppSync::Client> m_client;
    ClaimsSource m_claims;
    std::vector<Entry> m_entries;
};

} // namespace Syncscope
