// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/httpanswer.h"
#include "../httpcall_p.h"
#include "awsconfig_p.h"

#include <QUrl>

#include <memory>
#include <set>

namespace AppSync {

//! What the sources of AWS credentials that belong together share: what is around them, what the files say,
//! and whose settings of region, endpoints and certificates hold.
class AwsContext {
public:
    AwsEnvironment environment;
    AwsConfig config;
    AwsProfile profile; //!< empty: none
    bool areProcessesAllowed = false; //!< without asking a person first
    //! The commands that a person has said yes to; survives a new reading of the files.
    std::shared_ptr<std::set<QString>> confirmedCommands = std::make_shared<std::set<QString>>();

    //! The same for another profile.
    [[nodiscard]] AwsContext with(const AwsProfile &other) const;

    //! `AWS_REGION`, `AWS_DEFAULT_REGION`, that of the profile, in this order; may be empty.
    [[nodiscard]] QString region() const;
    //! Where \a service (`sts`, `sso`, `sso-oidc`, `cognito-identity`) answers in \a region: as told by
    //! `AWS_ENDPOINT_URL_…`, `AWS_ENDPOINT_URL`, or the profile's services and endpoint_url, else the public
    //! one. Without a trailing slash.
    [[nodiscard]] QUrl endpoint(const QString &service, const QString &region) const;
    //! How to get there; \a error where the certificates that are named cannot be read.
    [[nodiscard]] HttpAccess access(Error *error) const;
    [[nodiscard]] Clock *clock() const { return environment.clock; }
    [[nodiscard]] QDateTime now() const;
};

//! A time as services, tools and people write it, in UTC; invalid if it is none. Without a zone it is UTC.
QDateTime awsTime(const QString &text);

//! How far the clock of this computer is ahead of that of the server of \a answer; zero if it does not say.
std::chrono::milliseconds clockSkew(const HttpAnswer &answer, const Clock &clock);
//! A sentence about the clock of this computer where \a skew is more than AWS bears; else empty.
QString clockAdvice(std::chrono::milliseconds skew);

//! \a text of somebody else for people: one line, bounded, without what looks like a key or a token.
QString harmless(const QString &text);

} // namespace AppSync
