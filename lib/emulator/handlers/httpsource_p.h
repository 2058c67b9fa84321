// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QNetworkAccessManager>

#include <chrono>
#include <functional>

namespace AppSync::Emulation {

//! The HTTP data source of a request/response handler.
class HttpSource : public QObject {
    Q_OBJECT

public:
    explicit HttpSource(std::chrono::milliseconds deadline, QObject *parent = nullptr);

    //! What came back (`statusCode`, `headers`, `body`), or why nothing did.
    struct Result {
        QJsonObject response;
        QString problem = {};
    };
    //! Sends what a handler's `request` returned to \a endpoint. Redirects are not followed. \a answer is
    //! called once, later, unless this is gone by then.
    void ask(const QUrl &endpoint, const QJsonObject &request,
             const std::function<void(const Result &)> &answer);

private:
    QNetworkAccessManager m_network;
};

} // namespace AppSync::Emulation
