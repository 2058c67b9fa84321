// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Authorizer>

#include <QPointer>

//! Says nothing until told to; counts how often it was asked and told to forget.
class ManualAuthorizer : public AppSync::Authorizer {
    Q_OBJECT

public:
    AppSync::AuthReply *authorize(const AppSync::SignableRequest &request) override
    {
        requests << request;
        last = new AppSync::AuthReply(this);
        last->setWaitingForPerson(waitsAtOnce);
        if (answersAtOnce)
            last->succeed({{QByteArrayLiteral("x-api-key"), QByteArrayLiteral("da2-k")}});
        return last;
    }
    bool invalidate() override
    {
        ++invalidations;
        return canRenew;
    }
    [[nodiscard]] QString displayName() const override { return QStringLiteral("manual"); }

    QList<AppSync::SignableRequest> requests;
    QPointer<AppSync::AuthReply> last;
    int invalidations = 0;
    bool answersAtOnce = true;
    bool waitsAtOnce = false;
    bool canRenew = false;
};
