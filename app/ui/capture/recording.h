// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturemarks.h"
#include "app/core/capture/capturestore.h"
#include "app/ui/traffic/framelog.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace Syncscope {

//! Keeps all that a log gets in a capture file, so that memory needs to hold the newest only. The file is removed
//! in the end: what shall stay is saved by copying from it.
class Recording : public QObject {
    Q_OBJECT

public:
    //! Begins with the next record, in a new file of \a folder that only the user can read. \a log outlives it.
    Recording(FrameLog *log, const QString &url, const QString &folder, QObject *parent = nullptr);
    ~Recording() override;

    //! Empty: it could not be made, and problem() says why.
    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] CaptureStore::Counts counts() const;
    //! Why nothing is written at the moment; traffic goes on in memory.
    [[nodiscard]] Problem problem() const;
    //! Calls \a done once all that the log has handed on is in the file, or as much as can be written.
    void settle(const std::function<void()> &done);
    //! As of CaptureStore.
    void setRetention(qint64 maximumBytes, std::chrono::milliseconds maximumAge);
    //! Of a record, by its number in the log.
    void keepMark(const CaptureMarkChange &change);
    //! Another file, in which nothing older is.
    void startAnew();

    //! Removes what programs that have crashed left behind in \a folder, older than a week.
    static void tidy(const QString &folder);

Q_SIGNALS:
    void problemChanged();

private:
    void onAppended(qint64 first, qint64 count);
    void onAmended(qint64 number);
    void discard();
    void onProgress();

    FrameLog *const m_log;
    const QString m_url;
    const QString m_folder;
    qint64 m_maximumBytes = 0;
    std::chrono::milliseconds m_maximumAge{0};
    QString m_path;
    std::unique_ptr<CaptureStore> m_store;
    qint64 m_connection = 0;
    std::optional<qint64> m_first; //!< number in the log of the first record of the file
    Problem m_failure;
    QList<std::function<void()>> m_waiting; //!< for settle()
};

} // namespace Syncscope
