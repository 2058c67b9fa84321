// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/filter.h"

#include <QVariantList>

namespace Syncscope {

//! A filter as a condition of SQL over the tables of a capture (`frame f JOIN origin o`), with its values to be
//! bound. What it lets pass holds every frame that matches: what is inside of payloads is left to
//! Filter::matches(), since reading a payload costs less than SQLite's functions for JSON, which would also
//! round numbers and refuse a file for one event that is no JSON.
class FilterSql {
public:
    explicit FilterSql(const Filter &filter);

    QString where; //!< never empty
    QVariantList values; //!< for the question marks of where
    bool isExact = true; //!< it lets pass nothing else: there is nothing to refine
};

} // namespace Syncscope
