// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/unfinishedfile.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace Syncscope {

UnfinishedFile::UnfinishedFile(const QString &path, Existing existing)
    : m_path(path), m_work(path + u".part"_s), m_existing(existing)
{
    if (existing == Existing::Kept && QFile::exists(path))
        m_problem = Problem::file(u"%1 exists already."_s.arg(path), u"Choose another name."_s);
    removeWork(); // what a crash may have left
}

UnfinishedFile::~UnfinishedFile()
{
    removeWork();
}

void UnfinishedFile::removeWork()
{
    for (const QString &ending : {QString(), u"-wal"_s, u"-shm"_s, u"-journal"_s})
        QFile::remove(m_work + ending);
}

Problem UnfinishedFile::finish()
{
    if (m_existing == Existing::Replaced && QFile::exists(m_path)) {
        QFile::setPermissions(m_work, QFile::permissions(m_path));
        QFile::remove(m_path);
    }
    return QFile::rename(m_work, m_path)
        ? Problem()
        : Problem::file(u"Cannot write %1."_s.arg(m_path), u"Choose another folder."_s);
}

Problem makingEnded(const QString &path)
{
    return Problem::file(u"It was ended; %1 was not written."_s.arg(path));
}

} // namespace Syncscope
