// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/traffic/framecolumns.h"
#include "app/ui/traffic/framesource.h"

#include <QCache>
#include <QSet>
#include <QStringList>

namespace Syncscope {

//! The texts of the columns that are read from payloads and frames, for the rows that are looked at. What was read
//! last is remembered; large frames are read on a thread, and their rows told when that is done.
class FrameCells : public QObject {
    Q_OBJECT

public:
    //! All outlive it.
    FrameCells(const FrameSource *source, const FrameColumns *columns, QObject *parent = nullptr);

    //! In the order of FrameColumns::readColumns(); "…" in each while they are read.
    [[nodiscard]] QStringList texts(const FrameRecord &record);

    //! What stands at \a path in the events of \a frame, in one line: the first, and how many more there are; empty:
    //! nothing. Numbers as they are written, of strings the text.
    [[nodiscard]] static QString pathText(const CapturedFrame &frame, const JsonPath &path);

    static constexpr qsizetype kLongestText = 200;
    static constexpr qsizetype kLargeFrame = 200'000; //!< characters; over that a thread reads
    static constexpr int kRemembered = 1'000; //!< rows

Q_SIGNALS:
    void ready(qint64 number);

private:
    //! What a thread needs of a column.
    struct Reader {
        FrameColumn::Kind kind;
        JsonPath path;
    };
    [[nodiscard]] static QStringList read(const FrameRecord &record, const QList<Reader> &readers);
    void forget();
    void readAside(const FrameRecord &record);

    const FrameColumns *const m_columns;
    QList<Reader> m_readers;
    QCache<qint64, QStringList> m_texts{kRemembered}; //!< by the record's number
    QSet<qint64> m_inWork;
    int m_generation = 0; //!< of the columns
};

} // namespace Syncscope
