// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scenario_p.h"

namespace AppSync::Emulation {

//! Reads one element of a scenario's `actors`.
namespace ActorReader {

//! The actor, or as many as it has copies. \a problem says what is wrong, with the path of the member.
[[nodiscard]] QList<ScenarioActor> read(const QJsonObject &object, qsizetype index,
                                        QString *problem);

} // namespace ActorReader

} // namespace AppSync::Emulation
