// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../http/httpresponse_p.h"
#include "apis_p.h"
#include "bearertoken_p.h"

#include <QJsonObject>

#include <variant>

namespace AppSync::Emulation {

//! What infrastructure scripts speak to: `/v2/apis`, their channel namespaces, and `/v1/apis/ID/apikeys`, as
//! the official SDK calls them. What is created works at once.
class ControlPlane {
public:
    explicit ControlPlane(Apis &apis) : m_apis(apis) { }

    //! \a refusal: why not, for the log; empty if it was done.
    HttpResponse handle(const HttpRequest &request, const BearerToken &token, QString *refusal);

private:
    //! An answer's body, or why there is none.
    using Result = std::variant<QJsonObject, ServiceError>;
    using Problem = std::optional<ServiceError>;

    struct Call {
        QByteArray method;
        QList<QByteArray> path; //!< its parts, decoded
        QByteArray query;
        QByteArray host;
        QJsonObject body;
    };

    [[nodiscard]] Problem authorize(const HttpRequest &request, const BearerToken &token,
                                    const Call &call) const;
    [[nodiscard]] static QString actionOf(const Call &call);
    [[nodiscard]] QString resourceOf(const Call &call) const;
    [[nodiscard]] Result dispatch(const Call &call);

    [[nodiscard]] Result apis(const Call &call);
    [[nodiscard]] Result oneApi(const Call &call, Apis::Record &record);
    [[nodiscard]] Result namespaces(const Call &call, Apis::Record &record);
    [[nodiscard]] Result oneNamespace(const Call &call, Apis::Record &record);
    [[nodiscard]] Problem setApi(Apis::Record &record, const QJsonObject &body);
    [[nodiscard]] Problem setNamespace(Apis::Record &record, const QString &name,
                                       const QJsonObject &body);
    void applyDefaults(Apis::Record &record);
    [[nodiscard]] QJsonObject toJson(const Apis::Record &record, const QByteArray &host) const;
    [[nodiscard]] QJsonObject toJson(const Apis::Record &record, const QString &nameSpace) const;
    [[nodiscard]] QJsonObject eventConfigOf(const Apis::Record &record) const;

    Apis &m_apis;
};

} // namespace AppSync::Emulation
