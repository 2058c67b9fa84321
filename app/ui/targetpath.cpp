// SPDX-License-Identifier: Apache-2.0
#include "app/ui/targetpath.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

//! The folder that was used last in this run of the program.
QString &usedFolder()
{
    static QString folder;
    return folder;
}

QString firstFolder()
{
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

} // namespace

void TargetPath::setText(const QString &text)
{
    m_text = text;
    Q_EMIT changed(); // also for the same text: what is on the disk may have changed
}

void TargetPath::setEndings(const QStringList &endings)
{
    m_endings = endings;
    Q_EMIT changed();
}

QString TargetPath::path() const
{
    QString path = m_text.trimmed();
    if (path.isEmpty())
        return {};
    if (path.startsWith("file:"_L1))
        path = QUrl(path).toLocalFile();
    else if (path == u"~" || path.startsWith("~/"_L1))
        path = QDir::homePath() + path.sliced(1);
    path = QDir::cleanPath(
        QDir(usedFolder().isEmpty() ? firstFolder() : usedFolder()).absoluteFilePath(path));
    const bool isFolder = QFileInfo(path).isDir();
    if (!isFolder && QFileInfo(path).suffix().isEmpty() && !m_endings.isEmpty())
        path += u'.' + m_endings.first();
    return path;
}

QUrl TargetPath::url() const
{
    return m_text.trimmed().isEmpty() || !problem().isEmpty() ? QUrl()
                                                              : QUrl::fromLocalFile(path());
}

QString TargetPath::problem() const
{
    if (m_text.trimmed().isEmpty())
        return {};
    const QFileInfo file(path());
    const QFileInfo folder(file.path());
    if (file.isDir())
        return tr("%1 is a folder: add a name.").arg(QDir::toNativeSeparators(file.filePath()));
    if (!folder.isDir())
        return tr("There is no folder %1.").arg(QDir::toNativeSeparators(folder.filePath()));
    if (file.exists() ? !file.isWritable() : !folder.isWritable())
        return tr("%1 cannot be written: choose another place.")
            .arg(QDir::toNativeSeparators((file.exists() ? file : folder).filePath()));
    const bool isKnown = m_endings.isEmpty()
        || std::any_of(m_endings.begin(), m_endings.end(), [&](const QString &ending) {
                             return file.suffix().compare(ending, Qt::CaseInsensitive) == 0;
                         });
    return isKnown ? QString() : tr("End its name with .%1.").arg(m_endings.join(tr(", .")));
}

bool TargetPath::exists() const
{
    return url().isValid() && QFileInfo::exists(path());
}

QUrl TargetPath::folder() const
{
    const QFileInfo folder(QFileInfo(path()).path());
    return QUrl::fromLocalFile(folder.isDir() && !m_text.isEmpty() ? folder.filePath()
                                                                   : firstFolder());
}

void TargetPath::suggest(const QString &name)
{
    QString base = name;
    for (QChar &c : base) {
        if (!c.isLetterOrNumber() && c != u'-' && c != u'_' && c != u'.')
            c = u'-';
    }
    const QString stamp = QDateTime::currentDateTime().toString(u"yyyyMMdd-HHmmss"_s);
    const QString ending = m_endings.isEmpty() ? QString() : u'.' + m_endings.first();
    const QDir folder(usedFolder().isEmpty() ? firstFolder() : usedFolder());
    setText(QDir::toNativeSeparators(folder.filePath(base + u'-' + stamp + ending)));
}

void TargetPath::moveTo(const QUrl &folder)
{
    if (folder.isLocalFile())
        setText(QDir::toNativeSeparators(
            QDir(folder.toLocalFile()).filePath(QFileInfo(path()).fileName())));
}

void TargetPath::use()
{
    usedFolder() = QFileInfo(path()).path();
}

} // namespace Syncscope
