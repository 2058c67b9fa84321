// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/filter.h"

#include <QList>

namespace Syncscope {

//! One word or sign of a filter.
struct FilterToken {
    enum class Kind { End, Name, Number, String, Sign };

    Kind kind = Kind::End;
    qsizetype begin = 0;
    qsizetype end = 0;
    QString text; //!< as it is written; of a string what it stands for

    [[nodiscard]] bool is(QStringView sign) const { return kind == Kind::Sign && text == sign; }
};

//! The words and signs of \a text, an End behind them; or \a error says why it has none.
[[nodiscard]] QList<FilterToken> filterTokens(const QString &text, Filter::Error *error);

//! \a text as it is written in a filter, with its quotes.
[[nodiscard]] QString filterQuoted(const QString &text);
//! The step of a path to the member \a name: `.name`, or `."with space"`.
[[nodiscard]] QString filterMember(const QString &name);

} // namespace Syncscope
