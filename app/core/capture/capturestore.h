// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/captureredactor.h"
#include "app/core/problem.h"

#include <AppSync/Frame>

#include <QObject>

#include <chrono>
#include <memory>

namespace Syncscope {

class OperationMemory;

//! Records frames into a capture file while they come. A thread of its own writes; whoever appends never waits.
//! What was appended half a second ago survives the end of the program, whatever ends it.
class CaptureStore : public QObject {
    Q_OBJECT

public:
    struct Options {
        qint64 queueBytes =
            64'000'000; //!< that may wait to be written; what comes on top is counted
        qint64 maximumBytes = 0; //!< as of setRetention()
        std::chrono::milliseconds maximumAge{0};
        //! What the store of the same connections before this one knew; used in the thread that writes.
        std::shared_ptr<OperationMemory> operations;
    };
    //! What became of the frames; all counts are of this recording, if nothing else is said.
    struct Counts {
        qint64 appended = 0;
        qint64 stored = 0;
        qint64 waiting = 0; //!< in memory
        qint64 waitingBytes = 0;
        qint64 notStored =
            0; //!< lost to the file: too much waited, or it failed, or it was removed
        qint64 dropped = 0; //!< from the file, to keep its size or age; in all of its life
        qint64 fileBytes = 0; //!< on disk, with the log that belongs to the file
    };

    explicit CaptureStore(const Options &options, QObject *parent = nullptr);
    explicit CaptureStore(QObject *parent = nullptr) : CaptureStore(Options(), parent) { }
    //! Writes what waits, if the file can be written, and closes it. It waits for that.
    ~CaptureStore() override;

    //! Makes the file, or goes on with the capture that it is, if no other recording goes into it; once. opened()
    //! or failed() follows.
    void open(const QString &path);
    [[nodiscard]] QString path() const { return m_path; }
    //! Writes what waits and closes the file; closed() follows, after failed() if that could not be written.
    void close();

    //! A connection to this URL, of which no secret is kept; its number for append().
    qint64 addConnection(const QString &url);
    //! The frame's number within this recording, from 1; the file's is firstNumber() - 1 larger. Credentials
    //! are masked before it is queued.
    qint64 append(qint64 connection, const AppSync::Frame &frame);
    //! Something that happened to the connection: \a kind is gap or link, \a json an object that tells it.
    qint64 appendNote(qint64 connection, const QByteArray &kind, const QDateTime &at,
                      const QByteArray &json);
    //! A note that was appended says \a json from now on; \a number is append()'s.
    void amendNote(qint64 number, const QByteArray &json);
    //! What an operation subscribed to, where its subscribe frame was not appended.
    void noteSubscription(qint64 connection, const QString &operation, const QString &name);
    //! From now on the oldest frames go while the file is larger than \a maximumBytes (0: any size), and those
    //! that are older than \a maximumAge (0: any age).
    void setRetention(qint64 maximumBytes, std::chrono::milliseconds maximumAge);
    //! Bookmarks a frame by its number in the file, with words that may be empty.
    void mark(qint64 number, const QString &title, const QString &note);
    void unmark(qint64 number);
    //! For the store that goes on in another file, when this one is no more.
    [[nodiscard]] std::shared_ptr<OperationMemory> operations() const;
    //! Secrets that must not be stored outside of events.
    [[nodiscard]] CaptureRedactor &redactor() { return m_redactor; }

    //! Number in the file of the first frame of this recording; from opened() on.
    [[nodiscard]] qint64 firstNumber() const;
    [[nodiscard]] Counts counts() const;
    //! Why nothing is written at the moment; none: all is well.
    [[nodiscard]] Problem trouble() const;

Q_SIGNALS:
    void opened();
    //! The file cannot be used, now or any more: what waits and what is appended is not stored.
    void failed(const Syncscope::Problem &problem);
    //! trouble() changed: writing failed and is tried again, or it works again.
    void troubleChanged();
    //! Something was written; the counts changed.
    void progressed();
    void closed();

private:
    struct Item;
    class Worker;
    qint64 enqueue(Item &&item);

    CaptureRedactor m_redactor;
    QString m_path;
    qint64 m_appended = 0;
    qint64 m_connections = 0;
    std::unique_ptr<Worker> m_worker;
};

} // namespace Syncscope
