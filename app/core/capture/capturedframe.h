// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/filter/filter.h"

#include <AppSync/Frame>

#include <functional>
#include <memory>

namespace Syncscope {

//! How a frame of a capture holds its event.
enum class CaptureShape {
    Whole = 0, //!< no event: `head` is the whole text
    String =
        1, //!< one event, which stands in the frame as a JSON string: `payload` is what the string says
    Value = 2, //!< one result of GraphQL: `payload` is a JSON value within the frame
    Several = 3, //!< several events, or one that is written unusually: `head` is the whole text
};

//! What many frames of a capture have in common. Texts are UTF-8, empty where there is none.
class CaptureOrigin {
public:
    qint64 connection = 0;
    QByteArray dir;
    QByteArray transport; //!< websocket or http
    QByteArray kind;
    QByteArray type;
    QByteArray result;
    QByteArray operation; //!< of delivered events; others have their own
    QByteArray sub;
    QByteArray channel;
    CaptureShape shape = CaptureShape::Whole;
    bool isJson = false; //!< what filters look into is valid JSON
    QByteArray head; //!< in front of a delivered event
    QByteArray tail; //!< behind it

    friend bool operator==(const CaptureOrigin &, const CaptureOrigin &) = default;
};

//! \a ms, or the nearest time since 1970 that can be written with a year of four digits in every time zone. A capture
//! may say any number, and texts of other times are no ISO 8601.
[[nodiscard]] qint64 writableTime(qint64 ms);

//! One frame of a capture, or a note about the connection: all of it, so that its text comes out as it went in.
class CapturedFrame {
public:
    qint64 number = 0; //!< from 1, in the order of the wire
    std::shared_ptr<const CaptureOrigin> origin; //!< never null in a frame that was read
    qint64 atMs = 0; //!< since 1970-01-01 UTC; a writableTime()
    qint64 monotonicNs = 0; //!< only differences within one connection mean anything
    qint64 bytes = 0; //!< UTF-8 bytes of the events, or of the frame where it has none
    qint64 link = 0; //!< number of the frame that it answers; 0: none
    QByteArray ownOperation;
    QByteArray head;
    QByteArray payload;
    QByteArray tail;

    //! What \a frame is. \a sub: what its operation subscribed to, where it is known.
    static CapturedFrame fromFrame(const AppSync::Frame &frame, qint64 connection,
                                   const QByteArray &sub);
    //! Something that happened to the connection; \a kind is gap or link, \a json tells it.
    static CapturedFrame fromNote(const QByteArray &kind, qint64 atMs, qint64 connection,
                                  const QByteArray &json);

    [[nodiscard]] bool isNote() const;
    [[nodiscard]] const QByteArray &operation() const
    {
        return ownOperation.isEmpty() ? origin->operation : ownOperation;
    }
    //! As it was on the wire.
    [[nodiscard]] QByteArray text() const;
    //! The texts of its events; of a result the result itself; none of other frames.
    [[nodiscard]] QList<QByteArray> events() const;
    //! It matches for at least one of its events, or as a frame without events.
    [[nodiscard]] bool matches(const Filter &filter) const;
    //! What a filter looks at, once for each event, until \a visit is false. The row is valid meanwhile.
    void forEachRow(const std::function<bool(const FilterRow &)> &visit) const;
};

} // namespace Syncscope
