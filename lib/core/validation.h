// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "error.h"

#include <QByteArray>
#include <QList>

//! The documented rules of AppSync Events that can be checked before anything is sent.
namespace AppSync::Validation {

//! Where a text stops being JSON.
struct JsonProblem {
    qsizetype offset = -1; //!< in bytes of the UTF-8 text; -1: no problem
    QString message; //!< for people

    [[nodiscard]] bool isProblem() const { return offset >= 0; } //!< the text is no JSON
};

//! One to five segments of 1–50 letters, digits and dashes, the first being the namespace.
[[nodiscard]] APPSYNC_EXPORT Error publishChannel(const QString &channel);
//! The same; the last segment may be `*`, but not the first.
[[nodiscard]] APPSYNC_EXPORT Error subscribeChannel(const QString &channel);
//! \a channel with one leading slash and without a trailing one.
[[nodiscard]] APPSYNC_EXPORT QString normalizedChannel(const QString &channel);
//! Any single JSON value by RFC 8259, to the letter and at any depth. Whether \a text is valid UTF-8 is not
//! asked here.
[[nodiscard]] APPSYNC_EXPORT JsonProblem json(const QByteArray &text);
//! One to five events, each JSON and within the size limits, all within the limit of one request.
[[nodiscard]] APPSYNC_EXPORT Error events(const QList<QByteArray> &events);

} // namespace AppSync::Validation
