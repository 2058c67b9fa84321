// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/theme.h"

#include <QSize>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace Syncscope {

//! What the command line asks for. `--help` and `--version` answer and end the program.
struct Options {
    QString
        endpoint; //!< stands in the connection form; credentials have no place on a command line
    bool sandbox = false;
    QString screenshotFile;
    std::optional<std::chrono::milliseconds> quitAfter;
    std::optional<Theme::Mode> themeMode;
    std::optional<QSize> size;
    QString problem; //!< what is wrong with the command line, in words

    static Options read(const QStringList &arguments);
};

} // namespace Syncscope
