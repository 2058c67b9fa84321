// SPDX-License-Identifier: Apache-2.0
#include "app/core/capture/unfinishedfile.h"

#include <QFile>
#include <QFileInfo>

#include <filesystem>
#include <system_error>

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

bool UnfinishedFile::take()
{
    if (m_existing == Existing::Kept)
        return QFile::rename(m_work, m_path); // not if somebody made one meanwhile
    // In one step: there is always the old one or the new one.
    std::error_code error;
    std::filesystem::rename(QFileInfo(m_work).filesystemFilePath(),
                            QFileInfo(m_path).filesystemFilePath(), error);
    return !error;
}

Problem UnfinishedFile::finish()
{
    if (m_existing == Existing::Replaced && QFile::exists(m_path)) {
        QFile::setPermissions(m_work, QFile::permissions(m_path));
        // The log of the one before, if it was not closed, would be taken for that of this one.
        for (const QString &ending : {u"-wal"_s, u"-shm"_s})
            QFile::remove(m_path + ending);
    }
    return take() ? Problem()
                  : Problem::file(u"Cannot write %1."_s.arg(m_path), u"Choose another folder."_s);
}

Problem makingEnded(const QString &path)
{
    return Problem::file(u"It was ended; %1 was not written."_s.arg(path));
}

} // namespace Syncscope
