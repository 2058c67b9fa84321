// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/commandline.h"
#include "app/cli/outputformat.h"
#include "app/core/credentials.h"

#include <AppSync/NetworkSettings>

#include <QUrl>

#include <chrono>

namespace Syncscope::Cli {

//! What the flags that all commands share say, together with the environment's defaults for them.
class GlobalOptions {
public:
    QString profile;
    QString endpoint;
    QString realtime;
    QString region;
    CredentialFlags credentials;
    std::optional<OutputFormat> format; //!< unset: pretty on a terminal, else ndjson
    bool quiet = false;
    bool verbose = false;
    bool trace = false;
    bool noColour = false;
    bool opensPages = false; //!< --open: pages to sign in at
    std::optional<std::chrono::milliseconds> timeout;
    int retries = 5;
    bool reconnect = true;
    QString caCertificate;
    bool insecure = false;
    QUrl proxy;
    AppSync::Headers headers;

    static std::optional<GlobalOptions>
    read(const CommandLine &line, const QProcessEnvironment &environment, Problem *problem);

    //! The format that holds in the end.
    [[nodiscard]] OutputFormat outputFormat() const;

private:
    bool readCredentials(const CommandLine &line, Problem *problem);
    bool readOutput(const CommandLine &line, Problem *problem);
    bool readNetwork(const CommandLine &line, const QProcessEnvironment &environment,
                     Problem *problem);
};

//! A whole number of at least \a least, for any command's flag.
[[nodiscard]] std::optional<qint64> readNumber(const CommandLine &line, const char *flag,
                                               qint64 least, qint64 most, Problem *problem);
//! Leaves \a duration alone without the flag; false: it is none.
[[nodiscard]] bool readDuration(const CommandLine &line, const char *flag,
                                std::optional<std::chrono::milliseconds> *duration,
                                Problem *problem);

} // namespace Syncscope::Cli
