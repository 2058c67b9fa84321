// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Authorizer>

#include <QSignalSpy>

//! The answer of an authorizer, waited for.
struct Answer {
    explicit Answer(AppSync::Authorizer &authorizer, const AppSync::SignableRequest &request = {})
        : Answer(authorizer.authorize(request))
    {
    }

    explicit Answer(AppSync::AuthReply *reply)
    {
        QObject::connect(reply, &AppSync::Reply::finished, reply, [this, reply] {
            headers = reply->headers();
            error = reply->error();
        });
        QSignalSpy finished(reply, &AppSync::Reply::finished);
        arrived = finished.wait();
    }

    //! The header of that name; null if there is none.
    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const auto &[other, value] : headers) {
            if (name.compare(other, Qt::CaseInsensitive) == 0)
                return value;
        }
        return {};
    }

    bool arrived = false;
    AppSync::Headers headers;
    AppSync::Error error;
};
