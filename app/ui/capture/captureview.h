// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/capture/captureindexer.h"
#include "app/ui/capture/capturelog.h"
#include "app/ui/capture/capturesaver.h"
#include "app/ui/traffic/frameinspector.h"
#include "app/ui/traffic/framemodel.h"

#include <QTemporaryDir>

namespace Syncscope {

//! A capture that is open: its rows, and the one that is inspected.
class CaptureView : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the shelf")
    Q_PROPERTY(QString title READ title CONSTANT FINAL)
    Q_PROPERTY(QString path READ path CONSTANT FINAL)
    //! How much of what is in it, from when to when.
    Q_PROPERTY(QString factsText READ factsText CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameModel *frames READ frames CONSTANT FINAL)
    Q_PROPERTY(Syncscope::FrameInspector *inspector READ inspector CONSTANT FINAL)
    Q_PROPERTY(Syncscope::CaptureSaver *saver READ saver CONSTANT FINAL)
    Q_PROPERTY(Syncscope::CaptureIndexer *indexer READ indexer CONSTANT FINAL)

public:
    //! Of the file \a path, which the user knows as \a shownPath. \a folder, which may hold it, goes with this.
    //! Null with \a problem: it cannot be read.
    static std::unique_ptr<CaptureView> open(const QString &path, const QString &shownPath,
                                             std::unique_ptr<QTemporaryDir> folder,
                                             Problem *problem);

    [[nodiscard]] QString title() const;
    [[nodiscard]] QString path() const { return m_shownPath; }
    [[nodiscard]] QString factsText() const;
    [[nodiscard]] FrameModel *frames() { return m_frames.get(); }
    [[nodiscard]] FrameInspector *inspector() { return m_inspector.get(); }
    [[nodiscard]] CaptureSaver *saver() { return &m_saver; }
    [[nodiscard]] CaptureIndexer *indexer() { return m_indexer.get(); }
    Q_INVOKABLE void save(const QUrl &file, bool isRedacted);

private:
    explicit CaptureView(const QString &shownPath);

    const QString m_shownPath;
    std::unique_ptr<QTemporaryDir> m_folder;
    CaptureLog m_log;
    qint64 m_connections = 0;
    std::unique_ptr<FrameModel> m_frames;
    std::unique_ptr<FrameInspector> m_inspector;
    std::unique_ptr<CaptureIndexer> m_indexer;
    CaptureSaver m_saver;
};

} // namespace Syncscope
