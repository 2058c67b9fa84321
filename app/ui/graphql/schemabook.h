// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/graphql/schemamodel.h"
#include "app/ui/notice.h"

#include <AppSync/GraphQlReply>
#include <AppSync/GraphQlSchema>

#include <QFutureWatcher>
#include <QObject>
#include <QPointer>
#include <QtQml/qqml.h>

namespace AppSync {
class GraphQlClient;
}

namespace Syncscope {

//! The schema of an API: asked of it, or read from a file. It is taken apart on another thread.
class SchemaBook : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a draft")
    Q_PROPERTY(Syncscope::SchemaBook::State state READ state NOTIFY changed FINAL)
    //! Where it is from, and how much it is.
    Q_PROPERTY(QString sourceText READ sourceText NOTIFY changed FINAL)
    //! Why there is none, or why another could not be had.
    Q_PROPERTY(Syncscope::Notice notice READ notice NOTIFY changed FINAL)
    Q_PROPERTY(Syncscope::SchemaModel *model READ model CONSTANT FINAL)

public:
    enum class State { None, Loading, Ready };
    Q_ENUM(State)

    explicit SchemaBook(AppSync::GraphQlClient *client, QObject *parent = nullptr);
    ~SchemaBook() override;

    [[nodiscard]] State state() const;
    [[nodiscard]] QString sourceText() const { return m_sourceText; }
    [[nodiscard]] Notice notice() const { return m_notice; }
    [[nodiscard]] const AppSync::GraphQl::Schema &schema() const { return m_schema; }
    [[nodiscard]] SchemaModel *model() { return &m_model; }

    //! Asks the API.
    Q_INVOKABLE void load();
    //! Reads the schema definition language, or the answer to an introspection query.
    Q_INVOKABLE void loadFile(const QUrl &url);
    Q_INVOKABLE void dismissNotice();

Q_SIGNALS:
    void changed();
    void schemaChanged();

private:
    using Read = AppSync::GraphQl::SchemaResult;
    void onAnswered(const AppSync::GraphQlReply &reply);
    void read(const std::function<Read()> &work, const QString &source);
    void onRead();
    void fail(const AppSync::Error &error);

    QPointer<AppSync::GraphQlClient> m_client;
    QPointer<AppSync::GraphQlReply> m_reply;
    QFutureWatcher<Read> m_reading;
    AppSync::GraphQl::Schema m_schema;
    SchemaModel m_model;
    QString m_source; //!< of what is read right now
    QString m_sourceText;
    Notice m_notice;
};

} // namespace Syncscope
