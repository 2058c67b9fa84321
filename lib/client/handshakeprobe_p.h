// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/httpanswer.h"
#include "../core/upgraderequest.h"

#include <QPointer>

QT_BEGIN_NAMESPACE
class QNetworkAccessManager;
class QNetworkReply;
QT_END_NAMESPACE

namespace AppSync {

//! Asks over plain HTTP what QWebSocket keeps to itself: the status line, the headers and the body with
//! which a server refuses an upgrade. The same request, once.
class HandshakeProbe : public QObject {
    Q_OBJECT

public:
    //! \a network is the caller's; null: one of its own.
    HandshakeProbe(QNetworkAccessManager *network, const UpgradeRequest &request,
                   const NetworkSettings &settings, QObject *parent);
    ~HandshakeProbe() override;

Q_SIGNALS:
    //! Once. Status 101: this time the server accepted. Invalid: it did not answer at all.
    void finished(const AppSync::HttpAnswer &answer);

private:
    void end();

    QPointer<QNetworkReply> m_reply;
    QByteArray m_body;
};

} // namespace AppSync
