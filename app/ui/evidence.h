// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Frame>
#include <AppSync/HttpAnswer>

#include <QString>

#include <optional>

namespace Syncscope {

//! What an error rests on, as it was on the wire.
class Evidence {
public:
    std::optional<AppSync::Frame> frame; //!< that the server sent
    AppSync::HttpAnswer answer; //!< to a refused upgrade

    //! For those who open the details: the frame, and status line, headers and body of the answer. What is
    //! cut says so; values of Set-Cookie are masked.
    [[nodiscard]] QString text() const;

    static constexpr qsizetype kShownLimit = 16'000; //!< characters of a frame or a body
};

} // namespace Syncscope
