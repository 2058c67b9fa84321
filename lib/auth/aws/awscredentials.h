// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_export.h>

#include <QDateTime>
#include <QMetaType>
#include <QObject>
#include <QString>

namespace AppSync {

//! What AWS requests are signed with. Lives in memory only; it has no text form, so that none can be logged.
class APPSYNC_EXPORT AwsCredentials {
    Q_GADGET
    Q_PROPERTY(QString accessKeyId MEMBER accessKeyId)
    Q_PROPERTY(QDateTime expiresAt MEMBER expiresAt)
    Q_PROPERTY(QString source MEMBER source)
    Q_PROPERTY(bool isValid READ isValid)

public:
    QString accessKeyId; //!< `AKIA…`, `ASIA…`; not secret
    QString secretAccessKey; //!< never shown
    QString sessionToken; //!< of temporary credentials; empty otherwise
    QDateTime expiresAt; //!< UTC; invalid: they do not expire, or nobody said when
    QString source; //!< where they come from, for people: `environment`, `profile dev (SSO)`, …

    //! There is a key to sign with; whether AWS knows it is another question.
    [[nodiscard]] bool isValid() const
    {
        return !accessKeyId.isEmpty() && !secretAccessKey.isEmpty();
    }

    friend bool operator==(const AwsCredentials &, const AwsCredentials &) = default;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::AwsCredentials)
