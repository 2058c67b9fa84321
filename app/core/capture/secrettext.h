// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/capture/masking.h"
#include "app/core/capture/secretnames.h"

namespace Syncscope {

//! JSON Web Tokens, API keys of AppSync, AWS access keys and bearer tokens, wherever in \a text they stand.
void collectTokens(QByteArrayView text, QList<Masking::Change> *changes);

//! What a text that is no JSON, or none any more, says of secrets: values behind a name and `=` or `:`, as in
//! `password=x`, `?token=x` or `{"token":"x`; and user and password of URLs.
void collectAssigned(QByteArrayView text, SecretNames *names, QList<Masking::Change> *changes);

} // namespace Syncscope
