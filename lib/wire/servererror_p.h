// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/error.h"

#include <QJsonValue>

namespace AppSync::ServerError {

//! One entry of `errors`, in any of the forms seen: an object, a text, or something else.
Error fromEntry(const QJsonValue &entry);
//! `errors` as an array, as a single object, or missing. Never empty.
QList<Error> fromErrors(const QJsonValue &errors);
//! The answer to an HTTP request that was not 2xx.
Error fromHttp(int status, const QByteArray &body, const QByteArray &errorTypeHeader);

//! `UnauthorizedException` of `com.amazonaws.deepdish.graphql.auth#UnauthorizedException` and the like: older
//! services name the class, some a URL behind.
QString plainType(const QString &type);

//! What the user can do about \a error; empty where nothing is known.
QString advice(const Error &error);

//! Completes \a error for people: \a what was refused ("The subscription to /a/b") becomes its sentence,
//! and the next step is the advice for the server's words.
Error described(Error error, const QString &what);

} // namespace AppSync::ServerError
