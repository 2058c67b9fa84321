// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/evidence.h"

#include <AppSync/GraphQlReply>

#include <QAbstractListModel>
#include <QPointer>
#include <QtQml/qqml.h>

#include <deque>
#include <optional>

namespace Syncscope {

//! What became of the queries and mutations of a session, newest first. Over its limits the oldest are dropped.
class GraphQlResultLog : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a draft")
    Q_PROPERTY(int count READ count NOTIFY countChanged FINAL)
    Q_PROPERTY(int running READ running NOTIFY runningChanged FINAL)
    //! Row of the one that is shown; -1: none.
    Q_PROPERTY(int current READ current WRITE setCurrent NOTIFY currentChanged FINAL)
    //! How many were dropped, in words; empty: none.
    Q_PROPERTY(QString droppedText READ droppedText NOTIFY countChanged FINAL)

public:
    enum Role {
        TitleRole = Qt::UserRole + 1, //!< kind and name of the operation
        OutcomeRole,
        SummaryRole, //!< the status, in a line
        TimeRole, //!< when it was asked for
        AccessibleNameRole,
    };
    Q_ENUM(Role)
    enum Outcome {
        Running,
        Done,
        Partial, //!< data, and errors of single fields
        Failed, //!< no data
        Stopped, //!< by the user
    };
    Q_ENUM(Outcome)

    //! One execution.
    class Entry {
    public:
        qint64 id = 0;
        QString title;
        QString document; //!< as it was sent
        QByteArray variables; //!< likewise
        QDateTime askedAt; //!< UTC
        QPointer<AppSync::GraphQlReply> reply; //!< while it runs
        Outcome outcome = Running;
        AppSync::Error error;
        QList<AppSync::GraphQlError> errors;
        QByteArray answer; //!< the whole response, byte for byte; empty: none of GraphQL
        QByteArray data; //!< of the answer
        int httpStatus = 0;
        QString requestId;
        qint64 elapsedMs = 0;
        QString operationId; //!< of its frames
        Evidence evidence; //!< the answer as it was on the wire, where it is none of GraphQL

        [[nodiscard]] qint64 bytes() const;
        //! The status in a line.
        [[nodiscard]] QString summary() const;
    };

    explicit GraphQlResultLog(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    [[nodiscard]] int count() const { return int(m_entries.size()); }
    [[nodiscard]] int running() const;
    [[nodiscard]] int current() const { return rowOf(m_current); }
    void setCurrent(int row);
    [[nodiscard]] QString droppedText() const;
    [[nodiscard]] const Entry &entry(int row) const { return m_entries[std::size_t(row)]; }

    //! Adds a row that follows \a reply to its end, and shows it.
    void add(AppSync::GraphQlReply *reply, const QString &title, const QString &document,
             const QByteArray &variables);
    //! Gives up waiting for this one; whether it is carried out is then unknown.
    Q_INVOKABLE void stop(int row);
    //! All that run.
    Q_INVOKABLE void stopAll();
    //! Forgets what has ended.
    Q_INVOKABLE void clear();
    //! Looks whether \a frame is the answer to one that runs, and keeps it as evidence.
    void onFrame(const AppSync::Frame &frame);

    static constexpr std::size_t kKept = 200;
    static constexpr qint64 kByteBudget = 64'000'000;

Q_SIGNALS:
    void countChanged();
    void runningChanged();
    void currentChanged();
    //! The newest outcome in words, for the status line and for screen readers.
    void finished(const QString &outcome);

private:
    void onFinished(qint64 id, const AppSync::GraphQlReply &reply);
    void abandon(qint64 id);
    void trim();
    [[nodiscard]] int rowOf(qint64 id) const;

    std::deque<Entry> m_entries;
    qint64 m_lastId = 0;
    qint64 m_current = 0;
    qint64 m_dropped = 0;
};

} // namespace Syncscope
