// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "error.h"

#include <QDateTime>
#include <QJsonObject>
#include <QObject>

#include <chrono>

namespace AppSync {

//! The answer to one operation: done, Error::Kind::Timeout, Error::Kind::Cancelled or another error.
//! finished() comes exactly once, never before control is back in the event loop; afterwards the reply
//! deletes itself, and what the server says later is dropped. Read its results in the slot, or keep copies.
//! Owned by whoever gave it; use it from the thread it lives in.
class APPSYNC_EXPORT Reply : public QObject {
    Q_OBJECT
    Q_PROPERTY(bool isFinished READ isFinished NOTIFY finished FINAL)
    Q_PROPERTY(AppSync::Error error READ error NOTIFY finished FINAL)
    Q_PROPERTY(double elapsedMs READ elapsedMs NOTIFY finished FINAL)

public:
    [[nodiscard]] bool isFinished() const { return m_finished; } //!< from finished() on
    //! Meaningful once finished. A publish of which only some events failed is no error.
    [[nodiscard]] Error error() const { return m_error; }
    //! From the call to the answer.
    [[nodiscard]] std::chrono::nanoseconds elapsed() const { return m_elapsed; }
    [[nodiscard]] double elapsedMs() const; //!< elapsed() in milliseconds, for QML
    //! Ends the operation as Cancelled, unless it has ended. What was sent already may still be carried out.
    Q_INVOKABLE void abort();

Q_SIGNALS:
    void finished(); //!< exactly once; read the results here

protected:
    explicit Reply(QObject *parent);
    //! Ends the reply; a second call is ignored. The signal is delivered by the event loop.
    void finish(const Error &error = {});
    void setElapsed(std::chrono::nanoseconds elapsed) { m_elapsed = elapsed; } //!< before finish()
    //! Stops the work behind the reply and finishes it with \a cancelled, or with more than that says.
    virtual void stop(const Error &cancelled) { finish(cancelled); }

private:
    Error m_error;
    std::chrono::nanoseconds m_elapsed{0};
    bool m_ended = false;
    bool m_finished = false;
};

//! A reply that may have to wait for a person: for a code, a password, a browser. Deadlines of whatever needs
//! the answer stand still meanwhile; how long a person has is the affair of the source that asks.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT InteractiveReply : public AppSync::Reply {
    Q_OBJECT
    Q_PROPERTY(
        bool isWaitingForPerson READ isWaitingForPerson NOTIFY isWaitingForPersonChanged FINAL)

public:
    [[nodiscard]] bool isWaitingForPerson() const
    {
        return m_isWaitingForPerson;
    } //!< false by default
    //! For whoever makes the reply; finishing it ends the waiting by itself.
    void setWaitingForPerson(bool isWaiting);
    //! Waits for a person whenever \a other does, on whose answer this one depends.
    void follow(InteractiveReply *other);

Q_SIGNALS:
    void isWaitingForPersonChanged();

protected:
    using Reply::Reply;

private:
    bool m_isWaitingForPerson = false;
};

//! The verdict on one event of a publish.
class APPSYNC_EXPORT PublishedEvent {
    Q_GADGET
    Q_PROPERTY(int index MEMBER index)
    Q_PROPERTY(QString identifier MEMBER identifier)
    Q_PROPERTY(QString code MEMBER code)
    Q_PROPERTY(QString message MEMBER message)

public:
    int index = 0; //!< position in the publish, from 0
    QString identifier; //!< the service's id for its logs
    QString code; //!< of a failed event, as text whether the service sent a number or a string
    QString message; //!< of a failed event
    //! The service's whole entry, unknown members included.
    [[nodiscard]] QJsonObject raw() const;
    void setRaw(const QJsonObject &entry)
    {
        m_raw = entry;
    } //!< for the library: where there is more

    friend bool operator==(const PublishedEvent &, const PublishedEvent &) = default;

private:
    QJsonObject m_raw; //!< empty: the entry has index and identifier, nothing else
};

//! The answer to a publish: some events may have succeeded while others failed.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT PublishReply : public AppSync::Reply {
    Q_OBJECT
    Q_PROPERTY(QList<AppSync::PublishedEvent> successful READ successful NOTIFY finished FINAL)
    Q_PROPERTY(QList<AppSync::PublishedEvent> failed READ failed NOTIFY finished FINAL)
    Q_PROPERTY(QString channel READ channel CONSTANT FINAL)
    Q_PROPERTY(QString operationId READ operationId CONSTANT FINAL)
    Q_PROPERTY(QDateTime sentAt READ sentAt NOTIFY sent FINAL)
    Q_PROPERTY(QDateTime answeredAt READ answeredAt NOTIFY finished FINAL)

public:
    //! The events that were accepted, as the server lists them.
    [[nodiscard]] QList<PublishedEvent> successful() const { return m_successful; }
    //! The events that were not, likewise.
    [[nodiscard]] QList<PublishedEvent> failed() const { return m_failed; }
    [[nodiscard]] QString channel() const { return m_channel; } //!< with a leading slash
    //! The id of its frames; Frame::id of the tap.
    [[nodiscard]] QString operationId() const { return m_operationId; }
    //! When it left, UTC; invalid while it waits for a connection or for credentials.
    [[nodiscard]] QDateTime sentAt() const;
    //! When the server's answer came, UTC; invalid if there was none.
    [[nodiscard]] QDateTime answeredAt() const;

Q_SIGNALS:
    //! The publish is on its way; again after a retry with new credentials.
    void sent();

protected:
    //! For the library: whoever carries out a publish fills in the members before finish().
    PublishReply(const QString &channel, const QString &operationId, QObject *parent);

    QList<PublishedEvent> m_successful; //!< what successful() returns
    QList<PublishedEvent> m_failed; //!< what failed() returns
    qint64 m_sentAtMs = 0; //!< milliseconds since 1970-01-01 UTC, 0: not yet
    qint64 m_answeredAtMs = 0; //!< likewise

private:
    QString m_channel;
    QString m_operationId;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::PublishedEvent)
