// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

#include <QHash>
#include <QStringList>

#include <optional>

namespace Syncscope::Cli {

//! The command line taken apart: flags may stand before and behind the command.
//! (CLI11 was tried: it splits arguments that look like `[a,b]`, which events of JSON arrays do.)
class CommandLine {
public:
    enum class Command {
        None,
        Subscribe,
        Publish,
        GraphQl,
        Schema,
        Echo,
        Doctor,
        Profile,
        Auth,
        Emulator,
        Capture,
        Replay
    };

    //! \a arguments without the program's name.
    static std::optional<CommandLine> parse(const QStringList &arguments, Problem *problem);

    [[nodiscard]] Command command() const { return m_command; }
    [[nodiscard]] bool wantsHelp() const { return has("help"); }
    [[nodiscard]] bool wantsVersion() const { return has("version"); }

    [[nodiscard]] bool has(const char *flag) const;
    [[nodiscard]] QString
    value(const char *flag) const; //!< of the last one; empty if it is not there
    [[nodiscard]] QStringList values(const char *flag) const;
    //! The command's arguments.
    [[nodiscard]] QStringList positional() const { return m_positional; }

    //! Every flag of \a command in its long spelling, for tests of the help texts.
    [[nodiscard]] static QStringList flags(Command command);

private:
    Command m_command = Command::None;
    QStringList m_flags;
    QHash<QString, QStringList> m_values;
    QStringList m_positional;
};

} // namespace Syncscope::Cli
