// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/filter.h"

#include <QByteArrayList>

namespace Syncscope {

//! The texts that each row which \a filter lets pass has in its `text`, as they are written there: what an index
//! of texts can look up. There may be none.
[[nodiscard]] QByteArrayList textsInEveryMatch(const Filter &filter);

} // namespace Syncscope
