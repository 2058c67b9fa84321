// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/commandline.h"

#include <QByteArray>
#include <QList>

#include <chrono>
#include <optional>

namespace Syncscope::Cli {

//! What the flags and arguments of `publish` say.
class PublishOptions {
public:
    QString channel; //!< with a leading slash
    QList<QByteArray> events; //!< of the arguments; empty: standard input
    bool http = false;
    int batch = 5;
    bool lines = false;
    std::optional<std::chrono::nanoseconds> perEvent; //!< --rate
    std::optional<std::chrono::milliseconds> every;
    std::optional<qint64> repeat = 1; //!< nothing: for ever
    bool isTemplate = false;
    bool dryRun = false;
    bool check = true;

    static std::optional<PublishOptions> read(const CommandLine &line, Problem *problem);

private:
    bool readEvents(const QStringList &arguments, Problem *problem);
    bool readPace(const CommandLine &line, Problem *problem);
    bool checkCombination(const CommandLine &line, Problem *problem) const;
};

} // namespace Syncscope::Cli
