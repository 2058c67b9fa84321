// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/GraphQlAst>

#include <QJsonArray>
#include <QString>

namespace AppSync::Emulation {

//! An entry of `errors` in an answer of status 200. The service writes each kind with other members.
struct GraphQlError {
    enum class Kind {
        Request, //!< the request is wrong: path, locations, message
        Value, //!< a value that a field cannot have: path, locations of null, message
        Field, //!< a resolver or access to the field: all members
    };

    Kind kind = Kind::Request;
    QString message;
    QJsonArray path = {}; //!< names and indexes; of a Request null
    QList<GraphQl::Position> locations = {};
    QString type = {}; //!< of a Field
    QJsonValue data = {}; //!< of a Field
    QJsonValue info = {}; //!< of a Field

    //! As JSON, in the service's order of members.
    void appendTo(QByteArray &out) const;
    //! `/messages[0]/body`
    [[nodiscard]] static QString pathText(const QJsonArray &path);
};

//! `{"data":…,"errors":[…]}`, where \a data is JSON; no errors: without that member.
[[nodiscard]] QByteArray graphQlAnswer(const QByteArray &data, const QList<GraphQlError> &errors);
//! \a value as JSON text, compact.
void appendJson(QByteArray &out, const QJsonValue &value);

} // namespace AppSync::Emulation
