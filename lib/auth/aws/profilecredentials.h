// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "awsenvironment.h"
#include "credentialssource.h"

#include <QStringList>

#include <memory>

namespace AppSync {

//! The credentials of one profile of the AWS tools, whatever they are there: keys, a role that another
//! profile takes, SSO, web identity, a command. Where a profile has several, the order is that of the tools:
//! role, web identity, SSO, keys of the credentials file, command, keys of the configuration file. A profile
//! that is wrong, or does not exist, is an error in words when credentials are asked for. The files are read
//! then, and once more after a failure and on invalidate().
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT ProfileCredentials : public AppSync::CredentialsSource {
    Q_OBJECT
    Q_PROPERTY(QString profile READ profile WRITE setProfile NOTIFY profileChanged FINAL)
    Q_PROPERTY(bool allowProcesses READ allowsProcesses WRITE setAllowProcesses NOTIFY
                   allowProcessesChanged FINAL)
    Q_PROPERTY(QString region READ region NOTIFY profileChanged FINAL)

public:
    explicit ProfileCredentials(QObject *parent = nullptr);
    //! Of \a profile, owned by \a parent.
    explicit ProfileCredentials(const QString &profile, QObject *parent = nullptr);
    ~ProfileCredentials() override;

    //! Its name. Empty by default: AWS_PROFILE, AWS_DEFAULT_PROFILE or `default`, whichever is first there.
    [[nodiscard]] QString profile() const;
    void setProfile(const QString &profile); //!< who waits gets Error::Kind::Cancelled
    //! Whether a `credential_process` runs without asking a person first; false by default.
    [[nodiscard]] bool allowsProcesses() const;
    void setAllowProcesses(bool isAllowed); //!< likewise
    //! Variables, home folder, network, clock; AwsEnvironment::system() by default.
    void setEnvironment(const AwsEnvironment &environment);

    //! The profiles that both files have, sorted. \a error, where wanted, says why there are none.
    static QStringList profileNames(const AwsEnvironment &environment = AwsEnvironment::system(),
                                    Error *error = nullptr);

    CredentialsReply *credentials() override;
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override;
    //! That of the profile.
    [[nodiscard]] QString region() const override;

Q_SIGNALS:
    void profileChanged();
    void allowProcessesChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace AppSync
