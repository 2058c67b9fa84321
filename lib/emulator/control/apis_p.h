// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../events/eventsapi_p.h"

#include <QMap>

#include <vector>

namespace AppSync::Emulation {

class GraphQlApi;

//! All Event APIs of an emulator: the one that its options describe, which is always there, and those that
//! the control plane created. A created one works under its own host name, `ID.appsync-api.localhost`, and
//! under the path `/apis/ID`; the first one under every other name.
class Apis : public QObject {
    Q_OBJECT

public:
    //! What the control plane knows of a namespace and the API itself needs not.
    struct NamespaceRecord {
        QMap<QString, QString> tags;
        QDateTime created;
        QDateTime modified;
        bool usesDefaultPublish = false; //!< the API's modes, not its own
        bool usesDefaultSubscribe = false;
    };

    //! What the control plane knows of an API, beside what the API needs.
    struct Record {
        QString name;
        QString ownerContact;
        QMap<QString, QString> tags;
        QDateTime created;
        QJsonObject eventConfig; //!< as it was set
        QMap<QString, NamespaceRecord> namespaces; //!< by name
        std::unique_ptr<EventsApi> api;
    };

    Apis(const EmulatorOptions &options, Realm &realm, QObject *parent);
    ~Apis() override;

    [[nodiscard]] EventsApi &first() const { return *m_records.front()->api; }
    //! What the first one is for GraphQL; the others are for Events only.
    [[nodiscard]] GraphQlApi &graphQl() const { return *m_graphQl; }
    void setGraphQl(std::unique_ptr<GraphQlApi> api);
    [[nodiscard]] Realm &realm() const { return m_realm; }
    //! All, oldest first. Good until add() and remove().
    [[nodiscard]] QList<Record *> all() const;
    [[nodiscard]] Record *find(const QString &apiId) const;
    //! An API without namespaces, with the settings of the first one otherwise.
    Record &add(const QString &name);
    //! Ends it and its connections; not for the first one.
    void remove(const QString &apiId);

    //! Which API a request is for, by its Host header and its path, from which `/apis/ID` is removed. Null:
    //! one that there is not.
    [[nodiscard]] EventsApi *resolve(HttpRequest &request) const;
    //! Where clients that came by the Host header \a host find the API \a apiId.
    [[nodiscard]] static QString domain(const QString &apiId, bool isRealtime,
                                        const QByteArray &host);

Q_SIGNALS:
    void added(AppSync::Emulation::EventsApi *api);
    void removed(const QString &apiId);

private:
    const EmulatorOptions m_options;
    Realm &m_realm;
    std::vector<std::unique_ptr<Record>> m_records; //!< the first one is always there
    std::unique_ptr<GraphQlApi> m_graphQl;
};

} // namespace AppSync::Emulation
