// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/error.h"
#include "../../core/httpanswer.h"
#include "awscredentials.h"

#include <QJsonObject>

//! What the services that give credentials answer.
namespace AppSync::AwsAnswer {

//! The body as a JSON object; empty if it is none.
QJsonObject json(const HttpAnswer &answer);

//! The answer \a answer, which was not 200, of a service that speaks JSON. \a what failed: a sentence.
Error error(const HttpAnswer &answer, const QString &what);
//! The same for a service that has said its \a type and \a words otherwise.
Error error(int status, const QString &type, const QString &words, const QString &what);

//! An answer of \a whom that was 200, and yet says nothing that can be used.
Error unusable(const QString &whom);

//! Credentials in the form of containers and instance metadata; invalid where something is missing.
AwsCredentials metadataCredentials(const QJsonObject &object);

} // namespace AppSync::AwsAnswer
