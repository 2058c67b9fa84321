// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/database.h"

#include <QByteArrayList>

#include <optional>

namespace Syncscope {

//! The full-text index of a capture: a file of its own beside it, which tells in which frames a text may be. It is
//! made when somebody asks for it (indexCapture()), since it takes about as much room as the capture and a hundred
//! times the time of one search.
class CaptureIndex {
public:
    //! Where the index of the capture \a path is.
    [[nodiscard]] static QString pathOf(const QString &path);

    //! False: the capture \a path, which was begun at \a created, has none that can be used. That is no fault:
    //! then frames are read.
    bool open(const QString &path, const QString &created);
    [[nodiscard]] bool isOpen() const { return m_database.isOpen(); }
    //! The numbers that it covers; a recording goes on behind them.
    [[nodiscard]] qint64 first() const { return m_first; }
    [[nodiscard]] qint64 last() const { return m_last; }

    //! Whether it can look up one of \a texts: they have three characters or more.
    [[nodiscard]] static bool knows(const QByteArrayList &texts);
    //! At most \a limit numbers of frames from \a from to \a to, the smallest or else the largest, in that order:
    //! among them is each frame that has all of \a texts. Nothing: it cannot be read.
    [[nodiscard]] std::optional<QList<qint64>> find(const QByteArrayList &texts, qint64 from,
                                                    qint64 to, bool isUp, int limit);

private:
    friend class CaptureIndexWriter;
    Database m_database;
    qint64 m_first = 0;
    qint64 m_last = -1;
};

//! Writes an index, in one transaction.
class CaptureIndexWriter {
public:
    //! A file that is there is replaced. False: problem() says why.
    bool open(const QString &file, const QString &toldAs);
    //! \a text: all that filters see of the frame.
    bool add(qint64 number, const QByteArray &text);
    //! For the capture that was begun at \a created, of which the frames from \a first to \a last were added.
    bool finish(const QString &created, qint64 first, qint64 last);
    [[nodiscard]] Problem problem() const { return m_database.error(); }

private:
    Database m_database;
    std::unique_ptr<Statement> m_insert;
};

} // namespace Syncscope
