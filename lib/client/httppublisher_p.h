// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "frametap_p.h"
#include "httptransport_p.h"
#include "publisher_p.h"

QT_BEGIN_NAMESPACE
class QNetworkReply;
QT_END_NAMESPACE

namespace AppSync {

//! Publishes by POST; needs no connection and opens none.
class HttpPublisher : public Publisher {
    Q_OBJECT

public:
    HttpPublisher(const ClientSettings &settings, FrameTap &tap, QObject *parent);

protected:
    void adapt(SignableRequest &request) const override;
    void send(PublishOperation *operation, const Headers &headers) override;
    void drop(const QString &id) override;

private:
    void onAnswer(PublishOperation *operation, QNetworkReply *answer);
    [[nodiscard]] static Error notOfAppSync(const PublishOperation &operation, int status,
                                            const QByteArray &body);

    FrameTap &m_tap;
    QHash<QString, QPointer<QNetworkReply>> m_answers;
    HttpTransport m_transport;
};

} // namespace AppSync
