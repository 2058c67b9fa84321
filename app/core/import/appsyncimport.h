// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/core/import/draft.h"

#include <QJsonObject>

//! What `aws appsync get-api`, `get-graphql-api`, their `create-…` and `list-…` siblings and `list-api-keys`
//! print.
namespace Syncscope::AppSyncImport {

//! A draft for each API in there; none if it is something else.
[[nodiscard]] QList<Draft> read(const QJsonObject &object);

} // namespace Syncscope::AppSyncImport
