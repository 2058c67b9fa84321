// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/captureshelf.h"

#include "app/ui/capture/capturemaking.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace Syncscope {

CaptureShelf::CaptureShelf(ReplayTargets *targets, QObject *parent)
    : QAbstractListModel(parent), m_targets(targets)
{
    connect(&m_job, &CaptureJob::finished, this, [this](const Problem &problem, bool wasCancelled) {
        const auto done = std::exchange(m_done, {});
        if (!problem.isProblem())
            return done();
        if (!wasCancelled)
            setProblem(problem);
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
        add({path, path, nullptr});
    else
        import(path);
}

bool CaptureShelf::run(const QString &text, const CaptureJob::Work &work,
                       const std::function<void()> &done)
{
    if (m_job.isRunning()) {
        setProblem(Problem::file(tr("This is still going on: %1.").arg(m_jobText),
                                 tr("Wait for it, or end it.")));
        return false;
    }
    setNotice({});
    m_jobText = text;
    m_done = done;
    Q_EMIT jobTextChanged();
    m_job.start(work);
    return true;
}

void CaptureShelf::import(const QString &path)
{
    auto folder = std::make_shared<QTemporaryDir>();
    const Source made{folder->filePath(u"capture.ssc"_s), path, folder};
    const auto remarks = std::make_shared<QStringList>();
    run(
        tr("Reading %1").arg(QFileInfo(path).fileName()),
        [made, remarks](const CaptureJob::Progress &progress) {
            return importCapture(made.shownPath, made.path, progress, remarks.get());
        },
        [this, made, remarks] {
            add(made);
            if (remarks->isEmpty())
                return;
            Notice notice;
            notice.message =
                tr("Not all of %1 could be read.").arg(QFileInfo(made.shownPath).fileName());
            notice.nextStep = remarks->join(u' ');
            setNotice(notice);
        });
}

CaptureShelf::Source CaptureShelf::sourceOf(const QUrl &file)
{
    return {file.toLocalFile(), file.toLocalFile(), nullptr};
}

void CaptureShelf::compare(int row)
{
    if (const CaptureView *other = view(row))
        compareShownWith(other->source());
}

void CaptureShelf::compareWith(const QUrl &file)
{
    compareShownWith(sourceOf(file));
}

void CaptureShelf::compareShownWith(const Source &other)
{
    CaptureView *const one = shown();
    if (!one)
        return;
    const auto folder = std::make_shared<QTemporaryDir>();
    const auto comparison = std::make_shared<CaptureComparison>();
    comparison->left = one->title();
    comparison->right = QFileInfo(other.shownPath).fileName();
    const Filter filter = one->frames()->filter()->applied();
    comparison->filter = filter.text();
    const QString title = tr("%1 ↔ %2").arg(comparison->left, comparison->right);
    const Source made{folder->filePath(u"difference.ssc"_s), title, folder};
    run(
        tr("Comparing %1 with %2").arg(comparison->left, comparison->right),
        [left = one->source(), other, filter, made,
         comparison](const CaptureJob::Progress &progress) {
            return makeDifference(left, other, filter, made.path, comparison.get(), progress);
        },
        [this, made, comparison] {
            Source source = made;
            source.comparison = *comparison;
            add(source);
        });
}

void CaptureShelf::merge(const QList<int> &rows, const QList<QUrl> &files, const QUrl &target)
{
    QList<Source> sources;
    for (const int row : rows) {
        if (const CaptureView *one = view(row))
            sources.append(one->source());
    }
    for (const QUrl &file : files)
        sources.append(sourceOf(file));
    const QString path = target.toLocalFile();
    for (int row = 0; row < count(); ++row) {
        if (QFileInfo(view(row)->path()) == QFileInfo(path))
            return setProblem(Problem::file(tr("%1 is open.").arg(QFileInfo(path).fileName()),
                                            tr("Choose another name, or close its tab.")));
    }
    run(
        tr("Merging %1 captures into %2").arg(sources.size()).arg(QFileInfo(path).fileName()),
        [sources, path](const CaptureJob::Progress &progress) {
            return makeMerged(sources, path, progress);
        },
        [this, target] { open(target); });
}

void CaptureShelf::add(const Source &source)
{
    Problem problem;
    auto made = CaptureView::open(source, m_targets, &problem);
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
