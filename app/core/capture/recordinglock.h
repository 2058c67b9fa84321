// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <memory>

class QFile;
class QLockFile;

namespace Syncscope {

//! Sees to it that one recording only goes into a capture: two would give their frames the same numbers. Readers,
//! and programs that write bookmarks, are not concerned. It ends with the program, whatever ends that.
class RecordingLock {
public:
    RecordingLock();
    ~RecordingLock();
    RecordingLock(const RecordingLock &) = delete;
    RecordingLock &operator=(const RecordingLock &) = delete;

    //! False: another recording has it, of this program or another. Where nobody can lock, it is true: the folder
    //! may be one that cannot be written, which opening the capture tells better.
    [[nodiscard]] bool take(const QString &capturePath);
    //! Removes the file of the lock.
    void release();

    //! FILE-lock, beside the file itself also where \a capturePath is a link to it.
    [[nodiscard]] static QString pathOf(const QString &capturePath);

private:
    std::unique_ptr<QFile> m_file; // Unix: the system's lock of it is what counts
    std::unique_ptr<QLockFile> m_lockFile; // elsewhere
};

} // namespace Syncscope
