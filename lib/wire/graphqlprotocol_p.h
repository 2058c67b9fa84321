// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "protocol_p.h"

namespace AppSync {

//! The words of AppSync's GraphQL subscriptions.
const Protocol &graphQlProtocol();

namespace GraphQlWire {

//! `{"query":"…","variables":{…},"operationName":"…"}`: the body of a request over HTTP, and the text that a
//! subscription carries. \a variables are the JSON text of an object and go out as they are; they and \a
//! operationName are left out where they are empty.
QByteArray body(QByteArrayView document, const QByteArray &variables, const QString &operationName);

} // namespace GraphQlWire

} // namespace AppSync
