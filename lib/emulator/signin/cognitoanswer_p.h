// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonObject>
#include <QString>

namespace AppSync::Emulation {

//! What an operation of Cognito ends with.
struct CognitoAnswer {
    QJsonObject body;
    QString error = {}; //!< `__type`; empty: it succeeded
    QString message = {};

    [[nodiscard]] bool isGood() const { return error.isEmpty(); }

    static CognitoAnswer failure(const QString &error, const QString &message)
    {
        return {{}, error, message};
    }
    static CognitoAnswer notAuthorized(const QString &message)
    {
        return failure(QStringLiteral("NotAuthorizedException"), message);
    }
    static CognitoAnswer invalidParameter(const QString &message)
    {
        return failure(QStringLiteral("InvalidParameterException"), message);
    }
    static CognitoAnswer missing(const QString &parameter)
    {
        return invalidParameter(QStringLiteral("Missing required parameter ") + parameter);
    }
};

} // namespace AppSync::Emulation
