// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/filterrow.h"

#include <QHash>
#include <QList>
#include <QString>

namespace Syncscope {

//! What was seen in rows, for completing a filter while it is typed. It remembers a bounded number of different
//! things, and looks into some payloads only.
class FilterVocabulary {
public:
    void note(const FilterRow &row);

    [[nodiscard]] QStringList channels() const
    {
        return m_channels;
    } //!< patterns and concrete ones
    [[nodiscard]] QStringList types() const { return m_types; }
    [[nodiscard]] QStringList paths() const
    {
        return m_paths;
    } //!< below event, as they are written

    static constexpr qsizetype kMost = 1'000;

private:
    void notePaths(QByteArrayView json, const QString &prefix, int depth);

    QStringList m_channels;
    QStringList m_types;
    QStringList m_paths;
    QHash<QString, qint64> m_seen; //!< the channel's rows whose payloads were looked into
};

//! One way to go on.
class FilterCompletion {
public:
    qsizetype begin = 0; //!< the text from here
    qsizetype end = 0; //!< to here is replaced
    QString text;

    friend bool operator==(const FilterCompletion &, const FilterCompletion &) = default;
};

//! What may stand at \a cursor of \a text, the likeliest first.
[[nodiscard]] QList<FilterCompletion> filterCompletions(const QString &text, qsizetype cursor,
                                                        const FilterVocabulary &vocabulary);

} // namespace Syncscope
