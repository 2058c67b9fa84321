// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/problem.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace Syncscope::Cli {

//! What `-o` says.
class OutputFormat {
public:
    enum class Kind {
        NdJson, //!< one line a message
        Json, //!< the same messages as one array
        Pretty, //!< for people
        Raw, //!< payloads only, their exact bytes
        Template, //!< a text with `{{path}}` into the message
    };

    Kind kind = Kind::NdJson;
    QByteArray templateText;

    static std::optional<OutputFormat> parse(const QString &text, Problem *problem);
};

//! What `--ts` says.
enum class TimeStyle {
    Default, //!< local in pretty, UTC in the others
    None,
    Local,
    Utc,
    Delta, //!< seconds since the message before
};

[[nodiscard]] std::optional<TimeStyle> parseTimeStyle(const QString &text, Problem *problem);

//! Writes times; remembers the one before for `delta`.
class TimeWriter {
public:
    explicit TimeWriter(TimeStyle style = TimeStyle::Default) : m_style(style) { }

    //! The value of `t`: a string literal, or null.
    [[nodiscard]] QByteArray json(qint64 ms);
    //! For people; empty with TimeStyle::None.
    [[nodiscard]] QByteArray pretty(qint64 ms);

private:
    [[nodiscard]] QByteArray utc(qint64 ms);
    [[nodiscard]] QByteArray delta(qint64 ms);

    TimeStyle m_style;
    qint64 m_previousMs = 0;
    qint64 m_second = -1; //!< which m_secondText stands for: formatting a date is slow
    QByteArray m_secondText;
};

//! `2026-11-22T14:02:11.240Z`
[[nodiscard]] QByteArray utcText(qint64 ms);

} // namespace Syncscope::Cli
