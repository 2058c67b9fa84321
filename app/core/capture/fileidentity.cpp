// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/fileidentity.h"

#include <QFile>

#ifdef Q_OS_UNIX
#    include <sys/stat.h>
#endif

namespace Syncscope {

FileIdentity FileIdentity::of(const QString &path)
{
    FileIdentity identity;
#ifdef Q_OS_UNIX
    struct stat info { };
    identity.m_isThere = ::stat(QFile::encodeName(path).constData(), &info) == 0;
    identity.m_device = quint64(info.st_dev);
    identity.m_number = quint64(info.st_ino);
#else
    identity.m_isThere = QFile::exists(path);
#endif
    return identity;
}

FileIdentity FileIdentity::of(const QFile &file)
{
    FileIdentity identity;
#ifdef Q_OS_UNIX
    struct stat info { };
    identity.m_isThere = ::fstat(file.handle(), &info) == 0;
    identity.m_device = quint64(info.st_dev);
    identity.m_number = quint64(info.st_ino);
#else
    identity.m_isThere = file.isOpen();
#endif
    return identity;
}

} // namespace Syncscope
