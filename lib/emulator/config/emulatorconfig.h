// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/appsync_emulator_export.h>

#include "../emulatoroptions.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace AppSync {

//! Reads a configuration file of the emulator: JSON in the spelling of AppSync's control plane, with an object
//! `emulator` for what AWS does not have. `resources/emulator/README.md` tells its members, and
//! `emulator.schema.json` beside it is their schema.
class APPSYNC_EMULATOR_EXPORT EmulatorConfig {
public:
    //! What is wrong, and where.
    struct Problem {
        QString file; //!< as it was named to read()
        int line = 1; //!< from 1
        QString reason; //!< without a full stop. Never a secret

        //! `FILE:LINE: REASON.`
        [[nodiscard]] QString toString() const;
    };

    //! Reads \a text of the file \a name into \a options, whose other members stay as they are. Paths in it
    //! start at the file's folder; the key sets and fault plans that it names are read too. Without a
    //! problem: done; else \a options are untouched.
    [[nodiscard]] static std::optional<Problem> read(const QString &name, const QByteArray &text,
                                                     EmulatorOptions *options);
};

} // namespace AppSync
