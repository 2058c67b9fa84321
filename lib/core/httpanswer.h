// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "networksettings.h"

#include <QMetaType>
#include <QObject>
#include <QString>

namespace AppSync {

//! An HTTP answer as it came: what a server said instead of accepting a WebSocket.
class APPSYNC_EXPORT HttpAnswer {
    Q_GADGET
    Q_PROPERTY(int status MEMBER status)
    Q_PROPERTY(QString reason MEMBER reason)
    Q_PROPERTY(QByteArray body MEMBER body)
    Q_PROPERTY(bool isValid READ isValid)

public:
    int status = 0; //!< 0: there was no answer
    QString reason; //!< of the status line
    Headers headers; //!< in the order in which they came
    QByteArray body; //!< at most its first 64 KiB

    [[nodiscard]] bool isValid() const { return status != 0; } //!< there was an answer
    //! The value of the first header \a name (any case), empty if there is none.
    [[nodiscard]] QByteArray header(const QByteArray &name) const
    {
        for (const auto &[key, value] : headers) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        }
        return {};
    }

    friend bool operator==(const HttpAnswer &, const HttpAnswer &) = default;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::HttpAnswer)
