// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/graphqlresult.h"
#include "subscription.h"

namespace AppSync {

class GraphQlClient;

//! One GraphQL subscription: a document with one subscription operation, and its variables. Many share the
//! client's connection; each may have an authorizer of its own. The service ends one by an error (Failed) or
//! without (EndReason::Completed); the others go on.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT GraphQlSubscription : public AppSync::Subscription {
    Q_OBJECT
    Q_MOC_INCLUDE(<AppSync / GraphQlClient>)
    Q_PROPERTY(
        AppSync::GraphQlClient *client READ client WRITE setClient NOTIFY clientChanged FINAL)
    Q_PROPERTY(QString document READ document WRITE setDocument NOTIFY documentChanged FINAL)
    Q_PROPERTY(
        QJsonObject variables READ variables WRITE setVariables NOTIFY variablesChanged FINAL)
    Q_PROPERTY(QString variablesText READ variablesText WRITE setVariablesText NOTIFY
                   variablesChanged FINAL)
    Q_PROPERTY(QString operationName READ operationName WRITE setOperationName NOTIFY
                   operationNameChanged FINAL)

public:
    //! Inactive until it has a client and a document; then it subscribes by itself unless active is false.
    explicit GraphQlSubscription(QObject *parent = nullptr);
    ~GraphQlSubscription() override;

    //! Null by default and once the client is deleted. Not owned, though it may be the parent.
    [[nodiscard]] GraphQlClient *client() const;
    void setClient(GraphQlClient *client);
    //! Sent as it is. The service takes one subscription with one root field.
    [[nodiscard]] QString document() const { return m_document; }
    void setDocument(const QString &document);
    //! The JSON text of an object, sent byte for byte; empty by default: none are sent. A variable that is null
    //! filters for null, one that is left out does not filter.
    [[nodiscard]] QByteArray variablesJson() const { return m_variables; }
    void setVariablesJson(const QByteArray &json);
    //! variablesJson() as a string.
    [[nodiscard]] QString variablesText() const { return QString::fromUtf8(m_variables); }
    void setVariablesText(const QString &json) { setVariablesJson(json.toUtf8()); }
    //! variablesJson() parsed; a convenience that rounds integers above 2^53 and sorts keys.
    [[nodiscard]] QJsonObject variables() const;
    void setVariables(const QJsonObject &variables);
    //! Which operation of the document is meant, where it has several. Empty by default: not sent.
    [[nodiscard]] QString operationName() const { return m_operationName; }
    void setOperationName(const QString &name);

Q_SIGNALS:
    //! A result came, be it data, data with errors, or `data: null`. They come in the order of the wire.
    void received(const AppSync::GraphQlResult &result);
    void clientChanged();
    void documentChanged();
    void variablesChanged();
    void operationNameChanged();

protected:
    [[nodiscard]] QString topicName() const override;
    [[nodiscard]] Topic beginTopic() override;
    void deliver(const Delivery &delivery) override;

private:
    QString m_document;
    QByteArray m_variables;
    QString m_operationName;
};

} // namespace AppSync
