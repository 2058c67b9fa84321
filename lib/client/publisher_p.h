// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clientsettings_p.h"
#include "deadlines_p.h"
#include "publishoperation_p.h"

#include <QHash>

namespace AppSync {

//! What both ways to publish share: the table of publishes under way, their deadlines, asking for
//! authorization, one more try with new credentials, and the one end of each.
class Publisher : public QObject, private PublishOwner {
    Q_OBJECT

public:
    Publisher(const ClientSettings &settings, QObject *parent);
    ~Publisher() override;

    void setClock(Clock *clock) { m_deadlines.setClock(clock); }
    void publish(PublishOperation *operation);
    [[nodiscard]] bool contains(const QString &id) const { return m_operations.contains(id); }
    [[nodiscard]] qsizetype count() const { return m_operations.size(); }
    //! How many have not been sent yet.
    [[nodiscard]] qsizetype waiting() const { return m_waiting; }
    //! The service refused \a id; perhaps it is tried once more with new credentials.
    void refuse(const QString &id, const Error &error);
    //! Ends every publish with \a error.
    void failAll(const Error &error);

Q_SIGNALS:
    void becameIdle();
    void waitingChanged();

protected:
    //! False while there is nobody to send to: the publish waits.
    [[nodiscard]] virtual bool canSend() const { return true; }
    virtual void adapt(SignableRequest &request) const { Q_UNUSED(request) }
    virtual void send(PublishOperation *operation, const Headers &headers) = 0;
    //! \a id has ended; drop what belongs to it.
    virtual void drop(const QString &id) { Q_UNUSED(id) }

    void authorize(PublishOperation *operation);
    void markSent(PublishOperation *operation);
    void succeed(const QString &id, const QList<PublishedEvent> &successful,
                 const QList<PublishedEvent> &failed);
    void end(const QString &id, const Error &error);
    void putBack(PublishOperation *operation);
    [[nodiscard]] PublishOperation *operation(const QString &id) const;
    [[nodiscard]] QList<QPointer<PublishOperation>> inOrderOfCalls() const;

    const ClientSettings &m_settings;

private:
    struct Entry {
        QPointer<PublishOperation> operation;
        quint64 number = 0; //!< order of the calls
        bool isWaiting = true;
    };

    void onAborted(PublishOperation *operation, const Error &cancelled) override;
    void onDestroyed(const QString &id) override;
    void authorizeSoon(PublishOperation *operation);
    void authorizeDue();
    void onExpired(const QString &id);
    void forget(const QString &id);
    void setWaiting(const QString &id, bool isWaiting);
    [[nodiscard]] Authorizer *authorizerOf(const PublishOperation &operation) const;

    OperationDeadlines m_deadlines{this};
    QHash<QString, Entry> m_operations;
    QList<QPointer<PublishOperation>> m_due; //!< to be authorized from the event loop, together
    quint64 m_calls = 0;
    qsizetype m_waiting = 0;
};

} // namespace AppSync
