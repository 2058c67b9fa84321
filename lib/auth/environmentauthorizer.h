// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "aws/awsenvironment.h"

#include "../core/authorizer.h"

namespace AppSync {

class CredentialsChain;
class IamAuthorizer;

//! Authorizes with what the environment of the process says, as `syncscope-cli` does where nothing else is
//! given: the variable SYNCSCOPE_API_KEY is an API key; else SYNCSCOPE_TOKEN a token of a user pool, OIDC
//! provider or Lambda authorizer; else requests are signed with the credentials that the AWS tools would use
//! (CredentialsChain). The variables are read once, when it is made.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT EnvironmentAuthorizer : public AppSync::Authorizer {
    Q_OBJECT
    Q_PROPERTY(AppSync::EnvironmentAuthorizer::Mode mode READ mode CONSTANT FINAL)
    Q_PROPERTY(QString source READ source NOTIFY sourceChanged FINAL)
    Q_PROPERTY(QString region READ region WRITE setRegion NOTIFY regionChanged FINAL)
    Q_PROPERTY(AppSync::CredentialsChain *chain READ chain CONSTANT FINAL)

public:
    //! What the environment has.
    enum class Mode {
        ApiKey, //!< SYNCSCOPE_API_KEY
        Token, //!< SYNCSCOPE_TOKEN
        Iam, //!< neither
    };
    Q_ENUM(Mode)

    //! Of the environment of this process, owned by \a parent.
    explicit EnvironmentAuthorizer(QObject *parent = nullptr);
    //! Of \a environment, which also says how to reach AWS; owned by \a parent.
    explicit EnvironmentAuthorizer(const AwsEnvironment &environment, QObject *parent = nullptr);

    [[nodiscard]] Mode mode() const { return m_mode; } //!< stays as it is
    //! What is used, for people: the variable's name, or the source of AWS credentials that was chosen, which
    //! is known after the first request.
    [[nodiscard]] QString source() const;
    //! The region that requests are signed for; see IamAuthorizer::region(). Of no use in other modes.
    [[nodiscard]] QString region() const;
    void setRegion(const QString &region); //!< used from the next request on
    //! Where AWS credentials come from: asks by interactionRequired(), tells by report() why each source was
    //! used or not. Null in other modes.
    [[nodiscard]] CredentialsChain *chain() const { return m_chain; }

    AuthReply *authorize(const SignableRequest &request) override;
    [[nodiscard]] std::optional<Headers> headersAtHand(const SignableRequest &request) override;
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override;

Q_SIGNALS:
    void sourceChanged();
    void regionChanged();

private:
    Mode m_mode = Mode::Iam;
    Authorizer *m_chosen = nullptr; // a child, like the other two
    IamAuthorizer *m_iam = nullptr;
    CredentialsChain *m_chain = nullptr;
};

} // namespace AppSync
