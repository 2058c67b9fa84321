// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fetchedcredentials_p.h"

namespace AppSync {

//! A role that is given for a token in a file, as in Kubernetes.
class WebIdentityCredentials : public FetchedCredentials {
    Q_OBJECT

public:
    struct Settings {
        QString tokenFile;
        QString role; //!< its ARN
        QString sessionName; //!< empty: one of ours
        QString origin; //!< where this stands, for people

        //! Of the variables; \a error where they are incomplete.
        static Settings of(const AwsEnvironment &environment, Error *error);
        //! Of \a profile, likewise.
        static Settings of(const AwsProfile &profile, Error *error);
    };

    WebIdentityCredentials(const AwsContext &context, const Settings &settings, QObject *parent);
    [[nodiscard]] QString displayName() const override;

    //! Whether the variables of \a environment name a token.
    static bool areIn(const AwsEnvironment &environment);
    //! Whether \a profile does.
    static bool areIn(const AwsProfile &profile);

protected:
    void fetch() override;

private:
    void onAnswer(const HttpAnswer &answer);

    Settings m_settings;
};

} // namespace AppSync
