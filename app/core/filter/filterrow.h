// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArrayView>
#include <QStringList>

namespace Syncscope {

//! What a filter looks at: one event of a frame, or a frame without events. All texts are UTF-8, and belong to
//! somebody else; an empty one is missing.
class FilterRow {
public:
    //! In what shape the payload is.
    enum class Payload {
        None, //!< a frame without events: `event` and `data` are missing
        Event, //!< of Events: the event itself
        Result, //!< of GraphQL: an object with `data`, perhaps `errors`
    };

    QByteArrayView
        sub; //!< with a leading slash, perhaps a wildcard; of GraphQL the operation's name
    QByteArrayView channel; //!< where the concrete one is known
    QByteArrayView dir; //!< one of directions()
    QByteArrayView kind; //!< one of kinds()
    QByteArrayView type; //!< of the frame, as the protocol names it
    QByteArrayView result; //!< one of results()
    qint64 bytes = 0;
    qint64 timeMs = 0; //!< since 1970-01-01 UTC
    QByteArrayView text; //!< of the event, or of the frame where it has none
    Payload payload = Payload::None;
    bool isJson = false; //!< the text is valid JSON

    //! Where paths begin: the event, or `data` of a result; null: there is no such JSON.
    [[nodiscard]] QByteArrayView json() const;

    [[nodiscard]] static const QStringList &directions();
    [[nodiscard]] static const QStringList &kinds();
    [[nodiscard]] static const QStringList &results();
};

} // namespace Syncscope
