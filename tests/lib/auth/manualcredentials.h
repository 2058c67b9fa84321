// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/CredentialsSource>

#include <QPointer>

//! Says nothing until told to; counts how often it was asked and told to forget.
class ManualCredentials : public AppSync::CredentialsSource {
    Q_OBJECT

public:
    using CredentialsSource::CredentialsSource;

    AppSync::CredentialsReply *credentials() override
    {
        ++asked;
        last = new AppSync::CredentialsReply(this);
        return last;
    }
    bool invalidate() override
    {
        ++invalidations;
        return canRenew;
    }
    [[nodiscard]] QString region() const override { return ownRegion; }
    [[nodiscard]] QString displayName() const override { return QStringLiteral("manual"); }

    QPointer<AppSync::CredentialsReply> last;
    QString ownRegion;
    int asked = 0;
    int invalidations = 0;
    bool canRenew = false;
};
