// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../serviceerror_p.h"

#include <QByteArray>
#include <QList>
#include <QPair>

namespace AppSync {
class FaultPlan;
}

namespace AppSync::Emulation {

struct HttpResponse {
    int status = 200;
    QByteArray body;
    QList<QPair<QByteArray, QByteArray>> headers; //!< beyond those that every answer has
    QByteArray contentType = "application/json;charset=UTF-8";

    void addHeader(const QByteArray &name, const QByteArray &value)
    {
        headers.emplaceBack(name, value);
    }
    //! What is written on the wire.
    [[nodiscard]] QByteArray encode(bool keepAlive, bool withBody) const;

    //! An error in the service's form: `{"errors":[{"errorType":…,"message":…}]}`.
    static HttpResponse problem(const ServiceError &error, const FaultPlan &faults);
};

} // namespace AppSync::Emulation
