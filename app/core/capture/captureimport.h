// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/captureredactor.h"
#include "app/core/capture/capturewords.h"
#include "app/core/problem.h"

#include <QDateTime>

class QIODevice;

namespace Syncscope {

//! Makes captures of what others wrote: NDJSON and CSV of our own (also the lines that `subscribe` prints), and HAR
//! with the messages of WebSockets as browsers save them. Credentials are masked on the way. Lines that cannot be read
//! are left out, and counted: the last one of a program that was killed is cut.
class CaptureImport {
public:
    //! How much of how much is read, in bytes; false ends it.
    using Progress = std::function<bool(qint64 done, qint64 all)>;
    //! Takes one frame; false ends the reading.
    using Take = std::function<bool(const AppSync::Frame &frame, const CaptureImport &import)>;

    //! Makes \a target, which must not exist, of \a source.
    Problem run(const QString &source, CaptureFileType type, const QString &target,
                const Progress &progress = {});
    //! Shows each frame of \a source to \a take, for tests of the reading alone.
    Problem read(QIODevice *source, CaptureFileType type, const Take &take,
                 const Progress &progress = {});

    [[nodiscard]] qint64 frames() const { return m_frames; }
    //! Lines and messages that are no frames, such as the end of an output, or binary messages.
    [[nodiscard]] qint64 skipped() const { return m_skipped; }

    //! What was left out or is not as in the file, in sentences; empty: all is.
    [[nodiscard]] QStringList remarks() const;

    // Of the present frame:
    [[nodiscard]] QString url() const { return m_url; } //!< empty where the file does not tell it
    [[nodiscard]] qint64 connection() const { return m_connection; } //!< in the file
    [[nodiscard]] QByteArray sub() const { return m_sub; }
    [[nodiscard]] QByteArray note() const { return m_note; } //!< its kind; empty: a frame

    static constexpr qint64 kLongestLine = 64'000'000;

private:
    bool give(const AppSync::Frame &frame);
    Problem readLines(QIODevice *source);
    Problem readCsv(QIODevice *source);
    Problem readHar(const QByteArray &text);
    bool readLine(const QByteArray &line);
    bool readHarEntry(QByteArrayView entry);
    bool readHarMessage(QByteArrayView message);
    bool readHarRequest(QByteArrayView entry);
    [[nodiscard]] bool goesOn(qint64 done, qint64 all);
    //! Counts a line that cannot be read.
    void leaveOut(qint64 line, const QString &why);
    //! Why there is no frame, unless there is one.
    [[nodiscard]] Problem emptiness(const QString &nextStep) const;
    //! An ISO 8601 time, or that of the frame before if it is none.
    [[nodiscard]] QDateTime timeOf(const QByteArray &text);
    [[nodiscard]] QDateTime timeBefore();

    const Take *m_take = nullptr;
    const Progress *m_progress = nullptr;
    qint64 m_frames = 0;
    qint64 m_skipped = 0;
    bool m_isEnded = false;
    qint64 m_leftOut = 0; //!< lines
    QString m_firstLeftOut; //!< `line 3 is no JSON object`
    qint64 m_timesMissed = 0;
    QDateTime m_time = QDateTime::fromMSecsSinceEpoch(0, Qt::UTC); //!< of the frame before
    QString m_url;
    qint64 m_connection = 0;
    QByteArray m_sub;
    QByteArray m_note;
};

} // namespace Syncscope
