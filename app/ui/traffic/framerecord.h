// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/capturedframe.h"
#include "app/ui/linknote.h"

#include <AppSync/Event>
#include <AppSync/Frame>

#include <QStringList>

#include <memory>

namespace Syncscope {

//! One line of the traffic table: a frame and what the table says about it, or a note about the connection.
//! What costs something to find out is found out when it is asked for, once.
class FrameRecord {
    Q_GADGET

public:
    enum class Kind {
        Event, //!< a delivered event
        Publish, //!< events on their way out
        Answer, //!< the service accepted a publish
        Request, //!< a query or mutation of GraphQL on its way out
        Result, //!< its answer
        Control, //!< handshake, keep-alive, subscribe and its ack
        Failure, //!< an error of any operation, or a frame that nobody understands
        Link, //!< no frame: something that happened to the connection, see note()
    };
    Q_ENUM(Kind)

    explicit FrameRecord(const AppSync::Frame &frame);
    explicit FrameRecord(const LinkNote &note);

    qint64 number = 0; //!< position in the log, from 1
    AppSync::Frame frame; //!< empty in a note
    Kind kind = Kind::Control;
    QString
        channel; //!< concrete where it is known, else the subscribed pattern; the operation of GraphQL; may be empty
    int slot = -1; //!< colour and glyph of its subscription; -1: none

    [[nodiscard]] QDateTime at() const { return m_note ? m_note->at : frame.at; } //!< UTC
    //! Null in frames.
    [[nodiscard]] const LinkNote *note() const { return m_note.get(); }
    void setEvent(const AppSync::Event &event, int slot);
    //! Of GraphQL: the payload is in the frame as it is, and is taken out of it when asked for.
    void setResult(const QString &title, int slot);
    [[nodiscard]] bool isResult() const
    {
        return m_isResult || kind == Kind::Result;
    } //!< of GraphQL
    [[nodiscard]] bool isRoutine() const { return kind == Kind::Control || kind == Kind::Answer; }
    //! The events in the frame, each as it was on the wire; none in control frames.
    [[nodiscard]] QStringList payloads() const;
    //! One line for the table, without line breaks, at most kPreviewLength long.
    [[nodiscard]] const QString &preview() const;
    //! UTF-8 bytes of the events, or of the frame where it has none; 0 in notes.
    [[nodiscard]] qint64 bytes() const;
    //! As captures keep it, and filters see it.
    [[nodiscard]] CapturedFrame captured() const;
    //! What keeping this record costs, about.
    [[nodiscard]] qint64 memoryCost() const;

    static constexpr qsizetype kPreviewLength = 200;

private:
    void measure() const;
    [[nodiscard]] QString subscribed() const;

    AppSync::Event m_event;
    std::shared_ptr<const LinkNote> m_note; //!< rare, so frames pay for a pointer only
    bool m_isResult = false; //!< of a subscription of GraphQL
    QString m_summary; //!< of frames without events, and of requests
    mutable QString m_preview;
    mutable qint64 m_bytes = -1;
};

} // namespace Syncscope
