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

CaptureView::CaptureView(const QString &shownPath)
    : m_shownPath(shownPath), m_saver([this](const auto &take) { take(m_log.path()); })
{
}

std::unique_ptr<CaptureView> CaptureView::open(const QString &path, const QString &shownPath,
                                               std::unique_ptr<QTemporaryDir> folder,
                                               Problem *problem)
{
    std::unique_ptr<CaptureView> view(new CaptureView(shownPath));
    view->m_folder = std::move(folder);
    *problem = view->m_log.open(path);
    if (problem->isProblem())
        return nullptr;
    view->m_connections = view->m_log.connections().size();
    view->m_frames = std::make_unique<FrameModel>(&view->m_log);
    view->m_frames->columns()->remember(FrameColumns::Table::Captures);
    view->m_inspector = std::make_unique<FrameInspector>(&view->m_log, view->m_frames.get());
    view->m_indexer = std::make_unique<CaptureIndexer>(path);
    view->m_frames->showAll();
    return view;
}

QString CaptureView::title() const
{
    return QFileInfo(m_shownPath).fileName();
}

QString CaptureView::factsText() const
{
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

void CaptureView::save(const QUrl &file, bool isRedacted)
{
    m_saver.save(file.toLocalFile(), m_frames->filter()->applied(), isRedacted);
}

} // namespace Syncscope
