// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "awsenvironment.h"
#include "credentialssource.h"

#include <QList>

#include <memory>

namespace AppSync {

//! What a CredentialsChain found out about one of the sources that it knows.
class APPSYNC_EXPORT CredentialsAttempt {
    Q_GADGET
    Q_PROPERTY(QString source MEMBER source)
    Q_PROPERTY(AppSync::CredentialsAttempt::Outcome outcome MEMBER outcome)
    Q_PROPERTY(QString words MEMBER words)

public:
    //! What came of it.
    enum class Outcome {
        Absent, //!< it is not set up here
        Used, //!< the credentials come from there
        Failed, //!< it is set up, and gave none; the chain ends there
        NotAsked, //!< it did not come to that, or is switched off
    };
    Q_ENUM(Outcome)

    QString source; //!< "environment", "profile dev", …
    Outcome outcome = Outcome::NotAsked; //!< for programs
    QString words; //!< why, for people; no secret is in it

    friend bool operator==(const CredentialsAttempt &, const CredentialsAttempt &) = default;
};

//! The credentials that the AWS tools would use: of the variables AWS_ACCESS_KEY_ID and
//! AWS_SECRET_ACCESS_KEY, else of the profile, else of the container, else, if that is wanted, of the EC2
//! instance. A web identity token that the variables name goes before the profile unless that has a role.
//!
//! The first source that is set up is used, and if it fails, so does the chain: a broken file, a profile that
//! was named and does not exist, half a pair of variables, an SSO sign-in that has ended. Going on in silence
//! would sign as somebody else. Passed over are only those that are not set up at all: variables that are not
//! set, the profile `default` that nobody named and that does not exist, a profile without any credentials.
//! If profile() is set, the variables are not asked.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT CredentialsChain : public AppSync::CredentialsSource {
    Q_OBJECT
    Q_PROPERTY(QString profile READ profile WRITE setProfile NOTIFY profileChanged FINAL)
    Q_PROPERTY(bool allowProcesses READ allowsProcesses WRITE setAllowProcesses NOTIFY
                   allowProcessesChanged FINAL)
    Q_PROPERTY(
        bool useInstance READ usesInstance WRITE setUseInstance NOTIFY useInstanceChanged FINAL)
    Q_PROPERTY(QList<AppSync::CredentialsAttempt> report READ report NOTIFY reportChanged FINAL)
    Q_PROPERTY(QString region READ region NOTIFY profileChanged FINAL)

public:
    explicit CredentialsChain(QObject *parent = nullptr);
    ~CredentialsChain() override;

    //! A profile that is to be used instead of the variables. Empty by default: AWS_PROFILE,
    //! AWS_DEFAULT_PROFILE or `default`, whichever is first there, after the variables.
    [[nodiscard]] QString profile() const;
    void setProfile(const QString &profile); //!< who waits gets Error::Kind::Cancelled
    //! Whether a `credential_process` runs without asking a person first; false by default.
    [[nodiscard]] bool allowsProcesses() const;
    void setAllowProcesses(bool isAllowed); //!< likewise
    //! Whether the EC2 instance is asked in the end; false by default, as it costs time anywhere else.
    [[nodiscard]] bool usesInstance() const;
    void setUseInstance(bool isUsed); //!< likewise
    //! Variables, home folder, network, clock; AwsEnvironment::system() by default.
    void setEnvironment(const AwsEnvironment &environment);

    //! Which source is used and why the others are not, in their order; empty before the first request.
    [[nodiscard]] QList<CredentialsAttempt> report() const;

    CredentialsReply *credentials() override;
    bool invalidate() override;
    //! That of the source in use, once there is one.
    [[nodiscard]] QString displayName() const override;
    //! That of the profile, even where the credentials come from elsewhere.
    [[nodiscard]] QString region() const override;

Q_SIGNALS:
    void profileChanged();
    void allowProcessesChanged();
    void useInstanceChanged();
    void reportChanged();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace AppSync

Q_DECLARE_METATYPE(AppSync::CredentialsAttempt)
