// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/error.h"
#include "../core/httpanswer.h"

#include <QPointer>

#include <chrono>

QT_BEGIN_NAMESPACE
class QNetworkAccessManager;
class QNetworkReply;
QT_END_NAMESPACE

namespace AppSync {

//! How sign-in requests reach their servers. Whoever makes the sources may give a manager of its own.
struct HttpAccess {
    NetworkSettings settings;
    QPointer<QNetworkAccessManager> manager; //!< null: one for each call
    std::chrono::milliseconds timeout{15'000}; //!< for one whole request
};

//! One HTTP request of a sign-in, as ours go out: no redirects, no cookies, no HTTP/2, a deadline, a bound on
//! the answer. It ends with exactly one finished(), from the event loop, and deletes itself; deleting it
//! before that cancels the request. Bodies and headers appear in no log.
class HttpCall : public QObject {
    Q_OBJECT

public:
    static HttpCall *get(const QUrl &url, const Headers &headers, const HttpAccess &access,
                         QObject *parent);
    static HttpCall *post(const QUrl &url, const Headers &headers, const QByteArray &body,
                          const HttpAccess &access, QObject *parent);
    static HttpCall *send(const QByteArray &verb, const QUrl &url, const Headers &headers,
                          const QByteArray &body, const HttpAccess &access, QObject *parent);
    ~HttpCall() override;

Q_SIGNALS:
    //! \a error only where there was no answer at all; any HTTP status is an answer.
    void finished(const AppSync::HttpAnswer &answer, const AppSync::Error &error);

private:
    explicit HttpCall(QObject *parent) : QObject(parent) { }
    void onFinished();

    QPointer<QNetworkReply> m_reply; // a manager of others may take it along
    QByteArray m_body;
    bool m_isTooLarge = false;
};

} // namespace AppSync
