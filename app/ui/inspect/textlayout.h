// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringView>

#include <atomic>
#include <vector>

namespace Syncscope {

//! Where the rows of a text begin: its lines, and pieces of those that are too long. Knows of each row whether it begins
//! within a JSON string, so that one can be coloured without those in front of it.
class TextLayout {
public:
    TextLayout() = default;
    //! Rows of at most \a columns; none where \a isCancelled became true. Takes a time that depends on the length only.
    static TextLayout of(QStringView text, int columns,
                         const std::atomic_bool *isCancelled = nullptr);

    [[nodiscard]] int rows() const { return int(m_rows.size()); }
    [[nodiscard]] int longest() const { return m_longest; } //!< columns of the widest row
    [[nodiscard]] qsizetype begin(int row) const { return m_rows[std::size_t(row)].begin; }
    //! Behind the row's last character, without its line break. \a text must be the one that was laid out.
    [[nodiscard]] qsizetype end(int row, QStringView text) const;
    [[nodiscard]] bool isInString(int row) const { return m_rows[std::size_t(row)].isInString; }
    //! The row of a position; the last where it is behind the text.
    [[nodiscard]] int rowAt(qsizetype position) const;

    //! \a text with something to see for each character that shows nothing or moves others: as many units.
    [[nodiscard]] static QString shown(QStringView text);

    static constexpr int kTabColumns = 4;

private:
    struct Row {
        quint32 begin : 31;
        quint32 isInString : 1;
    };

    std::vector<Row> m_rows;
    int m_longest = 0;
};

} // namespace Syncscope
