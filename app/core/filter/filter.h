// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/filterrow.h"

#include <QMetaType>
#include <QString>

#include <memory>

namespace Syncscope {

struct FilterExpression;

//! A filter of the language that resources/filter-language.md specifies, ready to be applied to rows. Copies
//! share the expression; it may be used in several threads, each with a copy of its own.
class Filter {
public:
    //! Why a text is no filter.
    struct Error {
        qsizetype offset = 0; //!< in the text, where the mistake begins
        qsizetype length = 0; //!< of what is wrong; 0 where something is missing
        QString message; //!< one sentence, perhaps with what to write instead

        [[nodiscard]] bool isError() const { return !message.isEmpty(); }
        //! Which character of \a text that is, from 1; one of two UTF-16 units is one.
        [[nodiscard]] qsizetype character(QStringView text) const;
    };

    //! Lets every row pass.
    Filter() = default;
    //! Texts over this length, or nested deeper than kDeepest, are refused.
    static constexpr qsizetype kLongest = 16'384;
    static constexpr int kDeepest = 100;
    explicit Filter(const QString &text);

    [[nodiscard]] QString text() const { return m_text; }
    //! None: the text is a filter.
    [[nodiscard]] const Error &error() const { return m_error; }
    [[nodiscard]] bool isValid() const { return !m_error.isError(); }
    //! True if every row passes: the text is empty.
    [[nodiscard]] bool isEmpty() const { return !m_expression; }
    //! False for every row if it is no filter.
    [[nodiscard]] bool matches(const FilterRow &row) const;
    //! How often a regular expression gave up in this copy, since it would have taken too long; such a row does
    //! not match it.
    [[nodiscard]] qint64 surrenders() const { return m_surrenders; }

    //! For what translates it; null: every row passes.
    [[nodiscard]] const FilterExpression *expression() const { return m_expression.get(); }

private:
    QString m_text;
    Error m_error;
    std::shared_ptr<const FilterExpression> m_expression;
    mutable qint64 m_surrenders = 0;
};

} // namespace Syncscope

Q_DECLARE_METATYPE(Syncscope::Filter)
