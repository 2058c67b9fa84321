// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/capture/captureindexer.h"
#include "app/ui/capture/capturelog.h"
#include "app/ui/capture/capturesaver.h"
#include "app/ui/capture/markwriter.h"
#include "app/ui/capture/replay.h"
#include "app/ui/statistics/capturestatistics.h"
#include "app/ui/traffic/frameinspector.h"
#include "app/ui/traffic/framemarks.h"
#include "app/ui/traffic/framemodel.h"
#include "app/ui/traffic/rowcopier.h"

#include <QTemporaryDir>

namespace Syncscope {

//! That a capture is the difference of two others.
struct CaptureComparison {
    QString left; //!< their titles
    QString right;
    QString filter; //!< what both were looked through by; empty: all was compared
    qint64 both = 0; //!< frames that are in both
    qint64 onlyLeft = 0;
    qint64 onlyRight = 0;
};

//! A capture that is open: its rows, and the one that is inspected.
class CaptureView : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the shelf")
    Q_PROPERTY(QString title READ title CONSTANT FINAL)
    Q_PROPERTY(QString path READ path CONSTANT FINAL)
    //! How much of what is in it, from when to when.
    Q_PROPERTY(QString factsText READ factsText CONSTANT FINAL)
    //! Of a difference: what the signs of the rows mean, by slot; empty: it is none.
    Q_PROPERTY(QStringList sides READ sides CONSTANT FINAL)
    //! Why it holds nothing, where that is no fault.
    Q_PROPERTY(QString emptyText READ emptyText CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameModel *frames READ frames CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameInspector *inspector READ inspector CONSTANT FINAL)
    Q_PROPERTY(Syncscope::Statistics *statistics READ statistics CONSTANT FINAL)
    Q_PROPERTY(Syncscope::CaptureSaver *saver READ saver CONSTANT FINAL)
    Q_PROPERTY(Syncscope::CaptureIndexer *indexer READ indexer CONSTANT FINAL)
    Q_PROPERTY(Syncscope::Replay *replay READ replay CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameMarks *marks READ marks CONSTANT FINAL)
    Q_PROPERTY(Syncscope::RowCopier *copier READ copier CONSTANT FINAL)

public:
    //! What to open.
    struct Source {
        QString path;
        QString shownPath; //!< as the user knows it
        std::shared_ptr<QTemporaryDir> folder; //!< which may hold it, and goes with it
        std::optional<CaptureComparison> comparison = {};
    };

    //! Null with \a problem: it cannot be read. \a targets, which may be null, outlive it.
    static std::unique_ptr<CaptureView> open(const Source &source, ReplayTargets *targets,
                                             Problem *problem);

    [[nodiscard]] QString title() const;
    [[nodiscard]] QString path() const { return m_source.shownPath; }
    [[nodiscard]] const Source &source() const { return m_source; }
    [[nodiscard]] QString factsText() const;
    [[nodiscard]] QStringList sides() const;
    [[nodiscard]] QString emptyText() const;
    [[nodiscard]] FrameModel *frames() { return m_frames.get(); }
    [[nodiscard]] FrameInspector *inspector() { return m_inspector.get(); }
    [[nodiscard]] Statistics *statistics() { return m_statistics.get(); }
    [[nodiscard]] CaptureSaver *saver() { return &m_saver; }
    [[nodiscard]] CaptureIndexer *indexer() { return m_indexer.get(); }
    [[nodiscard]] Replay *replay() { return m_replay.get(); }
    [[nodiscard]] FrameMarks *marks() { return m_marks.get(); }
    [[nodiscard]] RowCopier *copier() { return m_copier.get(); }
    Q_INVOKABLE void save(const QUrl &file, bool isRedacted);

private:
    explicit CaptureView(const Source &source);
    void show();
    [[nodiscard]] QString comparisonText() const;
    void onMarksTried();

    const Source m_source;
    CaptureLog m_log;
    qint64 m_connections = 0;
    std::unique_ptr<FrameModel> m_frames;
    std::unique_ptr<FrameInspector> m_inspector;
    std::unique_ptr<CaptureIndexer> m_indexer;
    std::unique_ptr<CaptureStatistics> m_statistics;
    std::unique_ptr<FrameMarks> m_marks;
    std::unique_ptr<RowCopier> m_copier;
    CaptureSaver m_saver;
    std::unique_ptr<Replay> m_replay;
    MarkWriter m_markWriter;
};

} // namespace Syncscope
