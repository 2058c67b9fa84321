// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/recordinglock.h"

#include "app/core/capture/fileidentity.h"

#include <QFile>
#include <QFileInfo>
#include <QLockFile>

#ifdef Q_OS_UNIX
#    include <cerrno>
#    include <sys/file.h>
#endif

using namespace Qt::StringLiterals;

namespace Syncscope {

RecordingLock::RecordingLock() = default;

RecordingLock::~RecordingLock()
{
    release();
}

QString RecordingLock::pathOf(const QString &capturePath)
{
    const QString real = QFileInfo(capturePath).canonicalFilePath(); // empty: there is none yet
    return (real.isEmpty() ? capturePath : real) + u"-lock"_s;
}

#ifdef Q_OS_UNIX

// Not by what a file says: the number of a process that is gone soon belongs to another one, in containers above all.
bool RecordingLock::take(const QString &capturePath)
{
    release();
    for (;;) {
        auto file = std::make_unique<QFile>(pathOf(capturePath));
        if (!file->open(QIODevice::ReadWrite, QFile::ReadOwner | QFile::WriteOwner))
            return true;
        if (::flock(file->handle(), LOCK_EX | LOCK_NB) != 0) {
            if (errno == EWOULDBLOCK)
                return false;
            file->remove(); // a file system without locks
            return true;
        }
        if (FileIdentity::of(*file) != FileIdentity::of(file->fileName()))
            continue; // the recording that ended between opening and locking it has removed it
        m_file = std::move(file);
        return true;
    }
}

void RecordingLock::release()
{
    if (!m_file)
        return;
    // Before it is unlocked, so that nobody locks what is about to go.
    QFile::remove(m_file->fileName());
    m_file.reset();
}

#else

bool RecordingLock::take(const QString &capturePath)
{
    release();
    auto lock = std::make_unique<QLockFile>(pathOf(capturePath));
    lock->setStaleLockTime(0); // a recording may take days
    if (!lock->tryLock())
        return lock->error() != QLockFile::LockFailedError;
    m_lockFile = std::move(lock);
    return true;
}

void RecordingLock::release()
{
    m_lockFile.reset();
}

#endif

} // namespace Syncscope
