// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/import/importresult.h"

namespace Syncscope {

//! Makes profiles of a file of configuration, or of a pasted URL. What it is, is recognised by its content:
//! `amplify_outputs.json`, `aws-exports.js` and other code with a configuration in it, which is read and never
//! run, `amplifyconfiguration.json`, outputs of CDK, CloudFormation and SAM, what `aws appsync get-api` and
//! `get-graphql-api` print, `.env`, or any JSON that has such things in it.
//!
//! \a fileName is for messages and names; empty: the text was pasted. Errors tell line and column, and never
//! repeat what may be a secret.
[[nodiscard]] ImportResult importConfiguration(const QByteArray &text, const QString &fileName);

} // namespace Syncscope
