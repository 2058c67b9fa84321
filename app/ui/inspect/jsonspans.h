// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringView>

#include <functional>

namespace Syncscope {

//! Where a member or element stands in a text; both ends count from the text's beginning.
struct JsonSpan {
    QString name; //!< of the member; empty in arrays
    qsizetype nameBegin = 0; //!< of the value where there is no name
    qsizetype begin = 0; //!< of the value
    qsizetype end = 0;

    [[nodiscard]] QStringView in(QStringView text) const { return text.sliced(begin, end - begin); }
};

//! Shows each member or element of the object or array of \a text between \a begin and \a end to \a visit. What is no
//! JSON ends it.
void forEachJsonSpan(QStringView text, qsizetype begin, qsizetype end,
                     const std::function<void(const JsonSpan &)> &visit);

} // namespace Syncscope
