// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/filterexpression.h"
#include "app/core/filter/filterlexer.h"

#include <optional>

namespace Syncscope {

//! The expression of \a text, which is not blank; or \a error says where it is wrong and why.
[[nodiscard]] std::optional<FilterExpression> parseFilter(const QString &text,
                                                          Filter::Error *error);

//! The way into an event that \a text writes, such as `event.player.name`; or \a error says why it writes none.
[[nodiscard]] std::optional<JsonPath> parseFilterPath(const QString &text, Filter::Error *error);

//! The names of fields, as they are written.
[[nodiscard]] const QStringList &filterFieldNames();

} // namespace Syncscope
