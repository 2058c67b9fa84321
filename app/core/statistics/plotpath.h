// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/jsonpath.h"

#include <QString>

#include <functional>

namespace Syncscope {

//! A place in events, written as in filters (`event.score`), whose numbers are drawn.
class PlotPath {
public:
    PlotPath() = default;
    explicit PlotPath(const QString &text);

    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] bool isEmpty() const { return m_text.isEmpty(); }
    //! Why it is none; empty: it is one, or nothing was written.
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] bool isUsable() const { return !isEmpty() && m_problem.isEmpty(); }
    //! The filter for frames that have something there.
    [[nodiscard]] QString filterText() const;

    //! Shows each number of \a payload, an event or (\a isResult) a result of GraphQL, rounded as a double is.
    //! Returns how many values there are none.
    int forEachNumber(QByteArrayView payload, bool isResult,
                      const std::function<void(double)> &visit) const;

private:
    QString m_text;
    QString m_problem;
    JsonPath m_path;
};

} // namespace Syncscope
