// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/doctor/doctorstep.h"

#include <AppSync/Endpoint>
#include <AppSync/NetworkSettings>

#include <QElapsedTimer>
#include <QHostInfo>
#include <QNetworkAccessManager>
#include <QSet>
#include <QSslSocket>
#include <QTimer>

namespace Syncscope {

//! What lies below AppSync: names, TCP and TLS to the realtime host, and an HTTP answer of the HTTP host.
//! One at a time, in this order; each ends with finished() within the timeout.
class NetworkCheck : public QObject {
    Q_OBJECT

public:
    NetworkCheck(const AppSync::Endpoint &endpoint, const AppSync::NetworkSettings &settings,
                 std::chrono::milliseconds timeout, QObject *parent = nullptr);

    //! Why there is no name to look up; empty if there is one.
    [[nodiscard]] QString nothingToResolve() const;
    void resolve();
    //! Whether a connection to the host of \a url (or to the proxy) can be tried.
    [[nodiscard]] bool isResolved(const QUrl &url) const;
    void connectTcp();
    //! On the connection of connectTcp().
    void startTls();
    void requestHttp();

Q_SIGNALS:
    void finished(const Syncscope::DoctorStep &step);

private:
    void begin(void (NetworkCheck::*onTimeout)());
    void finish(const DoctorStep &step);
    [[nodiscard]] std::chrono::nanoseconds elapsed() const;
    [[nodiscard]] QNetworkProxy proxyFor(const QUrl &url) const;
    //! The host that this machine has to know an address of: the proxy's, if there is one.
    [[nodiscard]] QString firstHop(const QUrl &url) const;
    [[nodiscard]] QStringList namesToResolve() const;

    void onResolved(const QHostInfo &info);
    void onResolveTimeout();
    void onTcpConnected();
    void onTcpFailed();
    void onTcpTimeout();
    void onEncrypted();
    void onTlsFailed();
    void onTlsTimeout();
    [[nodiscard]] QList<DoctorStep::Fact> tlsFacts() const;
    void onHttpAnswer(QNetworkReply *reply);
    void onHttpTimeout();

    const AppSync::Endpoint m_endpoint;
    const AppSync::NetworkSettings m_settings;
    const std::chrono::milliseconds m_timeout;
    QTimer m_deadline;
    QElapsedTimer m_clock;
    QSet<int> m_lookups;
    QSet<QString> m_unresolved;
    QList<DoctorStep::Fact> m_addresses;
    AppSync::Error m_lookupError;
    QSslSocket m_socket;
    QNetworkAccessManager m_network;
};

} // namespace Syncscope
