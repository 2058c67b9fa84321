// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturedframe.h"
#include "app/core/capture/captureformat.h"
#include "app/core/capture/fileidentity.h"

#include <QHash>

namespace Syncscope {

//! Writes frames into a capture file, in transactions of its caller, in the thread of its caller.
class CaptureWriter {
public:
    ~CaptureWriter();

    //! Makes \a path a capture, or goes on with the one that it is. False: problem() says why, of \a toldAs where that
    //! is given.
    bool open(const QString &path, const QString &toldAs = {});
    //! Ends it as one single file, unless somebody is reading it.
    void close();
    [[nodiscard]] bool isOpen() const { return m_database.isOpen(); }
    //! False: the file was removed or replaced since it was opened. What is written is seen by nobody.
    [[nodiscard]] bool isInPlace() const;

    //! All or nothing: what fails can be tried again.
    bool write(const QList<CapturedFrame> &frames);
    bool writeConnection(qint64 id, const QString &url, qint64 startedMs);
    //! What a note that was written says now; nothing happens if it is gone.
    bool amendNote(qint64 number, const QByteArray &json);
    //! A bookmark, also one without words; instead of the one that the frame has.
    bool writeMark(qint64 number, const QString &title, const QString &note);
    bool removeMark(qint64 number);
    //! Deletes the oldest while the file is larger than \a maximumBytes (0: any size), and those before
    //! \a oldestMs. Not more than some at a time; false if it failed.
    bool retain(qint64 maximumBytes, qint64 oldestMs);
    bool writeInfo(const QString &key, const QVariant &value);

    [[nodiscard]] qint64 lastNumber() const
    {
        return m_lastNumber;
    } //!< of the frames that are there
    [[nodiscard]] qint64 lastConnection() const { return m_lastConnection; }
    [[nodiscard]] qint64 dropped() const
    {
        return m_dropped;
    } //!< by retain(), in all of the file's life
    [[nodiscard]] qint64 bytes(); //!< that the file uses; what is free in it does not count
    [[nodiscard]] qint64 bytesOnDisk() const; //!< of the file and its log
    [[nodiscard]] Problem problem() const { return m_problem; }
    //! True if the last failure may be over soon.
    [[nodiscard]] bool isPassing() const;

private:
    bool prepare();
    bool insert(Statement &statement, const CapturedFrame &frame);
    qint64 originId(const CaptureOrigin &origin);
    bool fail();

    QString m_path;
    FileIdentity m_identity;
    Database m_database;
    Problem m_problem;
    QHash<QByteArray, qint64> m_origins; //!< by all that they hold
    QHash<QByteArray, qint64> m_newOrigins; //!< of the transaction
    qint64 m_lastOrigin = 0;
    qint64 m_lastNumber = 0;
    qint64 m_lastConnection = 0;
    qint64 m_dropped = 0;
};

} // namespace Syncscope
