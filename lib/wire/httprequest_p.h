// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/networksettings.h"

#include <QNetworkRequest>

namespace AppSync {

//! A request as all of ours go out: no HTTP/2, which has stalled on real servers and gains nothing for one
//! small request; no redirect, which would carry the credentials elsewhere; no cookies.
inline QNetworkRequest httpRequest(const QUrl &url, const NetworkSettings &settings)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setSslConfiguration(settings.tls);
    return request;
}

} // namespace AppSync
