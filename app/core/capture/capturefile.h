// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturedframe.h"
#include "app/core/capture/captureformat.h"
#include "app/core/capture/captureindex.h"
#include "app/core/capture/capturemarks.h"

#include <QHash>

namespace Syncscope {

//! Reads a capture, also one that is being recorded. It belongs to the thread that made it.
class CaptureFile {
public:
    struct Summary {
        qint64 frames = 0;
        qint64 events = 0; //!< frames with events, in both directions
        qint64 first = 0; //!< number; 0: there are none
        qint64 last = 0;
        qint64 firstMs = 0;
        qint64 lastMs = 0;
        qint64 bytes = 0; //!< of events and other frames
        qint64 fileBytes = 0;
        qint64 dropped = 0; //!< to keep size or age
        qint64 unreadable = 0; //!< not among frames: as of unreadable()
        qint64 marks = 0;
        QString created;
    };
    struct Connection {
        qint64 id = 0;
        QString url;
        qint64 startedMs = 0;
    };
    //! One kind of frames and how many there are.
    struct Group {
        QString dir;
        QString kind;
        QString sub;
        qint64 frames = 0;
        qint64 bytes = 0;
    };
    enum class Order { OldestFirst, NewestFirst };
    //! Which frames, and in which order.
    struct Range {
        qint64 from = 1; //!< numbers, inclusive
        qint64 to = std::numeric_limits<qint64>::max();
        Order order = Order::OldestFirst;
    };
    //! False ends the reading.
    using Visit = std::function<bool(const CapturedFrame &)>;
    //! Told after each stretch of numbers how many of how many are behind; false ends the reading.
    using Progress = std::function<bool(qint64 done, qint64 all)>;

    CaptureFile() = default;

    //! False: problem() says why.
    bool open(const QString &path);
    [[nodiscard]] QString path() const { return m_path; }
    //! Why the last call failed; none if it did not.
    [[nodiscard]] Problem problem() const { return m_problem; }

    [[nodiscard]] Summary summary();
    //! Frames with numbers that no capture of ours has, below 1 or too large to count on from: read() leaves them out.
    [[nodiscard]] qint64 unreadable();
    [[nodiscard]] QString created(); //!< when it was begun, UTC
    [[nodiscard]] QList<Connection> connections();
    [[nodiscard]] QList<CaptureMark> marks();
    [[nodiscard]] QList<Group> groups();
    //! Nothing if there is no frame of this number, or it cannot be read.
    [[nodiscard]] std::optional<CapturedFrame> frame(qint64 number);
    //! At most \a limit frames of the range, by their keys, so that a page costs the same wherever it is.
    [[nodiscard]] QList<CapturedFrame> page(const Range &range, qsizetype limit);
    //! Shows every frame that matches. False: it failed; ending it early is no failure. Of a damaged file the
    //! frames in front of the damage are shown before.
    bool read(const Filter &filter, const Range &range, const Visit &visit,
              const Progress &progress = {});
    //! How many match; -1 if it failed or was ended.
    [[nodiscard]] qint64 count(const Filter &filter, const Progress &progress = {});
    //! Number of the last event before the frame \a number, from \a first on, that came on the same channel; 0: none.
    [[nodiscard]] qint64 eventBefore(qint64 number, qint64 first);
    //! The newest number there is now; a recording goes on.
    [[nodiscard]] qint64 lastNumber();

private:
    enum class Outcome { GoOn, Ended, Failed };
    struct Reading;
    Outcome readPart(Reading &reading, qint64 from, qint64 to);
    Outcome readFound(Reading &reading, qint64 from, qint64 to);
    Outcome readNumbers(Reading &reading, qint64 from, qint64 to);
    [[nodiscard]] std::optional<qint64> jumped(const Reading &reading, qint64 number, qint64 end);
    [[nodiscard]] bool hasIndexFor(const QByteArrayList &texts);
    std::shared_ptr<const CaptureOrigin> origin(qint64 id);
    bool fail();

    QString m_path;
    Database m_database;
    Problem m_problem;
    QHash<qint64, std::shared_ptr<const CaptureOrigin>> m_origins;
    CaptureIndex m_index;
};

} // namespace Syncscope
