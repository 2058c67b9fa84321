// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "fetchedcredentials_p.h"
#include "sts_p.h"

namespace AppSync {

//! A role that other credentials are allowed to take. Where it wants a code of a device (MFA), a person is
//! asked for it each time.
class AssumeRoleCredentials : public FetchedCredentials {
    Q_OBJECT

public:
    //! The role of the profile of \a context; \a source gives the credentials that take it, and is owned.
    AssumeRoleCredentials(const AwsContext &context, FetchedCredentials *source, QObject *parent);
    [[nodiscard]] QString displayName() const override;

protected:
    void fetch() override;

private:
    void start();
    void askForCode();
    void assume(const QString &code);
    void onAnswer(const HttpAnswer &answer);
    //! Whether \a error was mended, and the request made once more.
    bool hasTriedAgain(const Error &error, const HttpAnswer &answer);
    [[nodiscard]] Error described(Error error, const HttpAnswer &answer) const;
    [[nodiscard]] QString setting(const QString &key) const;

    FetchedCredentials *m_source;
    AwsCredentials m_sourceCredentials;
    QString m_code;
    QString m_problem; //!< with the code that was entered before
    int m_codesAsked = 0;
    bool m_isRenewed = false; //!< the source has been asked for others already
    //! How far the clock of this computer is ahead of that of the service, once that matters.
    std::chrono::milliseconds m_skew{0};
};

} // namespace AppSync
