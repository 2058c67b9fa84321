// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/error.h"

#include <QByteArray>

//! What queries, mutations and subscriptions have in common before they are sent.
namespace AppSync::GraphQlRequest {

//! Why the request cannot be sent at all; none where the server may judge it.
Error problem(const QString &document, const QByteArray &variables);
//! Whether \a document surely holds a subscription and nothing else: over HTTP the service answers such a one with
//! nothing that tells.
bool isSubscription(const QString &document);
//! The body of the request. Variables of white space are none.
QByteArray body(const QString &document, const QByteArray &variables, const QString &operationName);
//! What to call it in a sentence: \a operationName, else the first name that \a document seems to give, of the
//! operation or of its first field. Empty where there is none.
QString nameForPeople(const QString &document, const QString &operationName);

} // namespace AppSync::GraphQlRequest
