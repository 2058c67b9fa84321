// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../../core/error.h"
#include "../../core/httpanswer.h"
#include "awscredentials.h"

#include <QList>

//! The words of the security token service, which gives the credentials of roles.
namespace AppSync::Sts {

using Parameters = QList<QPair<QString, QString>>;

//! The body of a request; parameters without a value are left out.
QByteArray form(const QString &action, const Parameters &parameters);
//! The headers that belong to it.
Headers headers();

//! The name under which the role's doings are recorded, where the configuration has none.
QString sessionName(const QDateTime &now);

//! What the service said.
struct Answer {
    AwsCredentials credentials; //!< valid unless there is an error
    Error error;

    //! \a what failed, where it did.
    static Answer of(const HttpAnswer &answer, const QString &what);
};

} // namespace AppSync::Sts
