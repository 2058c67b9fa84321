// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/captureshelf.h"

#include "app/core/capture/captureimport.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Syncscope {

CaptureShelf::CaptureShelf(QObject *parent) : QAbstractListModel(parent)
{
    connect(&m_job, &CaptureJob::finished, this, [this](const Problem &problem, bool wasCancelled) {
        std::unique_ptr<QTemporaryDir> folder = std::move(m_folder);
        if (problem.isProblem() && !wasCancelled)
            setProblem(problem);
        if (problem.isProblem() || wasCancelled)
            return;
        const QString made = folder->filePath(u"capture.ssc"_s);
        add(made, m_importing, std::move(folder));
    });
}

CaptureShelf::~CaptureShelf() = default;

int CaptureShelf::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant CaptureShelf::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const CaptureView &shown = *m_views[std::size_t(index.row())];
    switch (Role(role)) {
    case TitleRole:
        return shown.title();
    case PathRole:
        return shown.path();
    }
    return {};
}

QHash<int, QByteArray> CaptureShelf::roleNames() const
{
    return {{TitleRole, "title"}, {PathRole, "path"}};
}

void CaptureShelf::setCurrent(int row)
{
    row = view(row) ? row : -1;
    if (m_current == row)
        return;
    m_current = row;
    Q_EMIT currentChanged();
}

bool CaptureShelf::isCapture(const QUrl &file)
{
    return captureFileType(file.toLocalFile()).has_value();
}

void CaptureShelf::open(const QUrl &file)
{
    const QString path = file.toLocalFile();
    setNotice({});
    for (int row = 0; row < count(); ++row) {
        if (view(row)->path() == path) {
            setCurrent(row);
            return Q_EMIT opened();
        }
    }
    const auto type = captureFileType(path);
    if (!type)
        return setProblem(
            Problem::file(tr("%1 is no file of traffic.").arg(QFileInfo(path).fileName()),
                          tr("Open a capture (.ssc), or NDJSON, CSV or HAR.")));
    if (*type == CaptureFileType::Capture)
        add(path, path, nullptr);
    else
        import(path);
}

void CaptureShelf::import(const QString &path)
{
    if (m_job.isRunning())
        return setProblem(Problem::file(tr("%1 is still being read.").arg(m_importing),
                                        tr("Wait for it, or end it.")));
    m_importing = path;
    m_folder = std::make_unique<QTemporaryDir>();
    m_job.start([path, target = m_folder->filePath(u"capture.ssc"_s),
                 type = *captureFileType(path)](const CaptureJob::Progress &progress) {
        return CaptureImport().run(path, type, target, progress);
    });
}

void CaptureShelf::add(const QString &path, const QString &shownPath,
                       std::unique_ptr<QTemporaryDir> folder)
{
    Problem problem;
    auto made = CaptureView::open(path, shownPath, std::move(folder), &problem);
    if (!made)
        return setProblem(problem);
    beginInsertRows({}, count(), count());
    m_views.push_back(std::move(made));
    endInsertRows();
    Q_EMIT countChanged();
    setCurrent(count() - 1);
    Q_EMIT opened();
}

void CaptureShelf::close(int row)
{
    if (!view(row))
        return;
    const int next = row < m_current || m_current == count() - 1 ? m_current - 1 : m_current;
    beginRemoveRows({}, row, row);
    // QML's page of it ends with the next turn of the event loop.
    m_views[std::size_t(row)].release()->deleteLater();
    m_views.erase(m_views.begin() + row);
    endRemoveRows();
    Q_EMIT countChanged();
    m_current = view(next) ? next : -1;
    Q_EMIT currentChanged();
}

void CaptureShelf::dismiss()
{
    setNotice({});
}

void CaptureShelf::setProblem(const Problem &problem)
{
    setNotice(Notice::fromError(problem.toError()));
}

void CaptureShelf::setNotice(const Notice &notice)
{
    if (m_notice == notice)
        return;
    m_notice = notice;
    Q_EMIT noticeChanged();
}

} // namespace Syncscope
