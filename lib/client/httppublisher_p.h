// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "clientsettings_p.h"
#include "deadlines_p.h"
#include "frametap_p.h"
#include "publishoperation_p.h"

#include <QHash>

QT_BEGIN_NAMESPACE
class QNetworkAccessManager;
class QNetworkReply;
class QNetworkRequest;
QT_END_NAMESPACE

namespace AppSync {

//! Publishes by POST; needs no connection and opens none.
class HttpPublisher : public QObject {
    Q_OBJECT

public:
    HttpPublisher(const ClientSettings &settings, FrameTap &tap, QObject *parent);

    void setClock(Clock *clock) { m_deadlines.setClock(clock); }
    void publish(PublishOperation *operation);
    //! Ends every publish with \a error.
    void failPublishes(const Error &error);

private:
    struct Flight {
        QPointer<PublishOperation> operation;
        QPointer<QNetworkReply> answer;
    };

    void authorize(PublishOperation *operation);
    void post(PublishOperation *operation, const Headers &headers);
    [[nodiscard]] QNetworkRequest request(const Headers &headers) const;
    void onAnswer(PublishOperation *operation, QNetworkReply *answer);
    void refuse(PublishOperation *operation, const Error &error);
    void end(const QString &id, const Error &error);
    void onExpired(const QString &id);

    const ClientSettings &m_settings;
    FrameTap &m_tap;
    OperationDeadlines m_deadlines{this};
    QHash<QString, Flight> m_flights;
    QNetworkAccessManager *m_network = nullptr;
};

} // namespace AppSync
