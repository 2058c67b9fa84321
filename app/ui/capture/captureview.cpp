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
    view->show();
    view->m_replay = std::make_unique<Replay>(source.path, view->m_frames->filter(), targets);
    return view;
}

void CaptureView::show()
{
    QList<Handshake::Opening> openings;
    for (const CaptureFile::Connection &connection : m_log.connections())
        openings.append({connection.url, QDateTime::fromMSecsSinceEpoch(connection.startedMs)});
    m_connections = openings.size();
    m_frames = std::make_unique<FrameModel>(&m_log);
    m_frames->columns()->remember(FrameColumns::Table::Captures);
    m_inspector = std::make_unique<FrameInspector>(&m_log, m_frames.get());
    m_inspector->handshake()->setOpenings(openings);
    const CaptureFile::Summary &summary = m_log.summary();
    m_indexer = std::make_unique<CaptureIndexer>(m_source.path, summary.created);
    m_statistics = std::make_unique<CaptureStatistics>(
        m_log.path(), summary.lastMs - summary.firstMs, m_frames->filter());
    m_frames->showAll();
    m_marks = std::make_unique<FrameMarks>(&m_log, m_frames.get(), FrameMarks::Absent::NotInFile);
    m_copier = std::make_unique<RowCopier>(
        &m_log, m_frames.get(), [this](qint64 number) { return m_log.snippetTarget(number); });
    m_marks->setMarks(m_log.marks());
    m_saver.setMarks([this] { return m_marks->marks(); });
    m_markWriter.setPath(m_source.path);
    connect(m_marks.get(), &FrameMarks::changed, &m_markWriter, &MarkWriter::write);
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
    if (summary.unreadable > 0)
        parts += tr("%1 unreadable").arg(Wording::count(summary.unreadable));
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
