// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/clock.h"
#include "../../core/networksettings.h"

#include <QProcessEnvironment>

namespace AppSync {

//! What sources of AWS credentials find around them. system() is what programs want; tests and sandboxes make
//! their own, and then nothing outside of it is read.
class APPSYNC_EXPORT AwsEnvironment {
public:
    QProcessEnvironment variables; //!< `AWS_…`; commands of the configuration get all of them
    QString home; //!< the folder that `.aws` is in
    NetworkSettings network; //!< to reach the services of AWS
    Clock *clock = Clock::system(); //!< decides what has expired; not owned
    std::chrono::milliseconds requestTimeout{15'000}; //!< for one HTTP request
    std::chrono::milliseconds processTimeout{60'000}; //!< for one run of a command

    //! The variables and the home folder of this process.
    static AwsEnvironment system();

    //! The variable \a name; one that is empty counts as not set, as with other tools.
    [[nodiscard]] QString value(const QString &name) const;
    //! `AWS_CONFIG_FILE`, else `.aws/config` at home.
    [[nodiscard]] QString configFile() const;
    //! `AWS_SHARED_CREDENTIALS_FILE`, else `.aws/credentials` at home.
    [[nodiscard]] QString credentialsFile() const;
    //! \a path with a `~` at its front replaced by the home folder.
    [[nodiscard]] QString expanded(const QString &path) const;
};

} // namespace AppSync
