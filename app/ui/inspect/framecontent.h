// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/inspect/framenotes.h"
#include "app/ui/inspect/jsonindex.h"
#include "app/ui/inspect/payloaddiff.h"
#include "app/ui/traffic/framerecord.h"

#include <optional>

namespace Syncscope {

//! What a view of a frame is made of. It can take a while for a large one: make it on a thread then.
class FrameContent {
public:
    enum class Form {
        Tree, //!< JSON texts; the payload as text where it is no JSON
        Pretty,
        Raw,
        Bytes, //!< of the payload
        Diff, //!< against another frame
        Whole, //!< the frame as it was on the wire
    };

    QString text;
    bool isJson = true;
    bool isTooLong = false; //!< Pretty: laid out it would be far longer than it is
    QList<QByteArray> json; //!< Tree only
    QList<JsonIndex> indexes; //!< of those
    QByteArray bytes; //!< Bytes only
    QList<FrameNote> notes; //!< Whole only
    std::optional<PayloadDiff::Difference>
        difference; //!< Diff only; nothing where one of both is no JSON

    //! \a other is what Diff compares with.
    static FrameContent of(const FrameRecord &record, Form form,
                           const std::optional<FrameRecord> &other = {});
    //! The payloads, a line each, or the frame where there is none; what a note says.
    [[nodiscard]] static QString payloadOf(const FrameRecord &record);
};

} // namespace Syncscope
