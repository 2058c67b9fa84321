// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/import/draft.h"

#include <QJsonValue>

//! Values recognised by what they look like, where names are everybody's own: outputs of stacks, variables.
namespace Syncscope::Shapes {

//! Puts \a text, which is called \a name, where it belongs; most texts belong nowhere.
void take(const QString &name, const QString &text, Draft *draft);

//! All texts below \a value, each called by the names on the way to it.
void takeAll(const QString &name, const QJsonValue &value, Draft *draft);

} // namespace Syncscope::Shapes
