// SPDX-License-Identifier: Apache-2.0
#include "app/ui/capture/captureview.h"

#include "app/ui/wording.h"

#include <QFileInfo>
#include <QLocale>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace Syncscope {

namespace {

QString shownTime(qint64 ms, const QString &format)
{
    return QDateTime::fromMSecsSinceEpoch(ms).toString(format);
}

} // namespace

CaptureView::CaptureView(const Source &source)
    : m_source(source), m_saver([this](const auto &take) { take(m_log.path()); })
{
    connect(&m_markWriter, &MarkWriter::finished, this, &CaptureView::onMarksTried);
}

std::unique_ptr<CaptureView> CaptureView::open(const Source &source, ReplayTargets *targets,
                                               Problem *problem)
{
    std::unique_ptr<CaptureView> view(new CaptureView(source));
    *problem = view->m_log.open(source.path,
                                source.comparison ? CaptureLog::Signs::Connections
                                                  : CaptureLog::Signs::Subscriptions);
    if (problem->isProblem())
        return nullptr;
    view->m_connections = view->m_log.connections().size();
    view->m_frames = std::make_unique<FrameModel>(&view->m_log);
    view->m_frames->columns()->remember(FrameColumns::Table::Captures);
    view->m_inspector = std::make_unique<FrameInspector>(&view->m_log, view->m_frames.get());
    view->m_indexer = std::make_unique<CaptureIndexer>(source.path);
    view->m_replay = std::make_unique<Replay>(source.path, view->m_frames->filter(), targets);
    const CaptureFile::Summary &summary = view->m_log.summary();
    view->m_statistics = std::make_unique<CaptureStatistics>(
        view->m_log.path(), summary.lastMs - summary.firstMs, view->m_frames->filter());
    view->m_frames->showAll();
    view->m_marks = std::make_unique<FrameMarks>(&view->m_log, view->m_frames.get(),
                                                 FrameMarks::Absent::NotInFile);
    view->m_copier = std::make_unique<RowCopier>(
        &view->m_log, view->m_frames.get(),
        [log = &view->m_log](qint64 number) { return log->snippetTarget(number); });
    view->m_marks->setMarks(view->m_log.marks());
    view->m_saver.setMarks([marks = view->m_marks.get()] { return marks->marks(); });
    view->m_markWriter.setPath(source.path);
    connect(view->m_marks.get(), &FrameMarks::changed, &view->m_markWriter, &MarkWriter::write);
    return view;
}

QString CaptureView::title() const
{
    return QFileInfo(m_source.shownPath).fileName();
}

QString CaptureView::comparisonText() const
{
    const CaptureComparison &comparison = *m_source.comparison;
    QStringList parts{comparison.both == 1
                          ? tr("1 entry is in both")
                          : tr("%1 entries are in both").arg(Wording::count(comparison.both))};
    if (!comparison.filter.isEmpty())
        parts += tr("compared by the filter %1").arg(comparison.filter);
    return parts.join(u" · "_s);
}

QStringList CaptureView::sides() const
{
    if (!m_source.comparison)
        return {};
    const CaptureComparison &comparison = *m_source.comparison;
    return {tr("%1 only in %2").arg(Wording::count(comparison.onlyLeft), comparison.left),
            tr("%1 only in %2").arg(Wording::count(comparison.onlyRight), comparison.right)};
}

QString CaptureView::emptyText() const
{
    if (!m_source.comparison)
        return {};
    return tr("%1 and %2 have the same events: nothing is in one of them only.")
        .arg(m_source.comparison->left, m_source.comparison->right);
}

QString CaptureView::factsText() const
{
    if (m_source.comparison)
        return comparisonText();
    const CaptureFile::Summary &summary = m_log.summary();
    QStringList parts{summary.frames == 1 ? tr("1 frame")
                                          : tr("%1 frames").arg(Wording::count(summary.frames)),
                      m_connections == 1 ? tr("1 connection")
                                         : tr("%1 connections").arg(Wording::count(m_connections)),
                      Wording::bytes(summary.fileBytes)};
    if (summary.frames > 0) {
        const bool isOneDay =
            shownTime(summary.firstMs, u"yyyyMMdd"_s) == shownTime(summary.lastMs, u"yyyyMMdd"_s);
        parts += tr("%1 to %2")
                     .arg(shownTime(summary.firstMs, u"yyyy-MM-dd HH:mm:ss"_s),
                          shownTime(summary.lastMs,
                                    isOneDay ? u"HH:mm:ss"_s : u"yyyy-MM-dd HH:mm:ss"_s));
    }
    if (summary.dropped > 0)
        parts += tr("%1 dropped").arg(Wording::count(summary.dropped));
    return parts.join(u" · "_s);
}

void CaptureView::onMarksTried()
{
    Problem problem = m_markWriter.problem();
    if (!problem.isProblem())
        return m_marks->setNotice({});
    problem.message = tr("The bookmark was not written into the file. %1").arg(problem.message);
    problem.nextStep = tr("It is here as long as the tab is open, and in a copy that you save.");
    m_marks->setNotice(Notice::fromError(problem.toError()));
}

void CaptureView::save(const QUrl &file, bool isRedacted)
{
    m_saver.save(file.toLocalFile(), m_frames->filter()->applied(), isRedacted);
}

} // namespace Syncscope
