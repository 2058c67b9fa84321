// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fetchedcredentials_p.h"

namespace AppSync {

//! The role of the container that this runs in, from the address that the variables name.
class ContainerCredentials : public FetchedCredentials {
    Q_OBJECT

public:
    ContainerCredentials(const AwsContext &context, QObject *parent);
    [[nodiscard]] QString displayName() const override;

    //! Whether the variables of \a environment name an address.
    static bool areIn(const AwsEnvironment &environment);

protected:
    void fetch() override;

private:
    void ask();
    void onAnswer(const HttpAnswer &answer, const Error &noAnswer);

    QUrl m_url;
    Headers m_headers;
    int m_attempt = 0;
    ClockTimer *m_nextAttempt;
};

} // namespace AppSync
