// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/evidence.h"
#include "app/ui/statistics/ledgermodel.h"

#include <AppSync/Error>
#include <AppSync/Reply>

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqml.h>
#include <QVariantList>

#include <deque>

namespace Syncscope {

//! What became of the last publishes, newest first: each with the verdict on every event.
class PublishLog : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the draft")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)

public:
    enum Role {
        SummaryRole = Qt::UserRole + 1,
        PlaceRole, //!< channel and transport
        ProgressRole, //!< sent and answered, with times
        OutcomeRole,
        NextStepRole,
        EventsRole, //!< a list of { index, accepted, text, seen }
        DetailsRole, //!< the answer as it was on the wire, and what the error says to programs
        ExpandedRole, //!< the details are shown in the list
        AccessibleNameRole,
    };
    Q_ENUM(Role)
    enum Outcome { Pending, Accepted, Partial, Failed };
    Q_ENUM(Outcome)

    explicit PublishLog(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;
    [[nodiscard]] int count() const { return int(m_entries.size()); }

    //! What knows where the events of later rows are seen again; null: nothing does.
    void setLedger(LedgerModel *ledger);
    //! Adds a row that follows \a reply to its end.
    void add(AppSync::PublishReply *reply, qsizetype events, const QString &transport);

    Q_INVOKABLE void toggleExpanded(int row);
    //! Looks whether \a frame is the answer to one of them, and keeps it.
    void onFrame(const AppSync::Frame &frame);

    static constexpr std::size_t kKept = 50;

Q_SIGNALS:
    void countChanged();
    //! The newest outcome in words, for the status line and for screen readers.
    void finished(const QString &outcome);

private:
    struct Entry {
        qint64 id = 0;
        QString channel;
        QString place;
        qsizetype sent = 0;
        Outcome outcome = Pending;
        QString summary;
        QString nextStep;
        QString operationId; //!< of its frames
        QPointer<LedgerModel> ledger;
        QDateTime askedAt;
        QDateTime sentAt;
        QDateTime answeredAt;
        double elapsedMs = 0; //!< from the call to the answer
        AppSync::Error error;
        Evidence answer;
        QVariantList events;
        bool isExpanded = false;
    };

    void finish(qint64 id, const AppSync::PublishReply &reply);
    void abandon(qint64 id);
    void noteSeen(const QString &operationId);
    static bool updateSeen(Entry *entry);
    void noteSent(qint64 id, const AppSync::PublishReply &reply);
    [[nodiscard]] static QString progressOf(const Entry &entry);
    [[nodiscard]] static QString detailsOf(const Entry &entry);
    [[nodiscard]] int rowOf(qint64 id) const;

    QPointer<LedgerModel> m_ledger;
    std::deque<Entry> m_entries;
    qint64 m_lastId = 0;
};

} // namespace Syncscope
