// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fetchedcredentials_p.h"

namespace AppSync {

//! Credentials that are written down somewhere: nothing is to be fetched, only looked at.
class KnownCredentials : public FetchedCredentials {
    Q_OBJECT

public:
    KnownCredentials(const AwsCredentials &credentials, const AwsContext &context, QObject *parent);
    [[nodiscard]] QString displayName() const override;
    bool invalidate() override;

    //! Whether the variables of \a environment have a key.
    static bool areIn(const AwsEnvironment &environment);
    //! Of the variables; \a error where they are incomplete.
    static AwsCredentials of(const AwsEnvironment &environment, Error *error);
    //! Of one section of a file of \a profile; \a error where they are incomplete.
    static AwsCredentials of(const IniSection &section, const QString &profile, Error *error);

protected:
    void fetch() override;

private:
    AwsCredentials m_credentials;
};

} // namespace AppSync
