// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "executableschema_p.h"
#include "fieldaccess_p.h"
#include "graphqlerror_p.h"
#include "introspection_p.h"

#include <QHash>
#include <QJsonObject>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <deque>
#include <map>
#include <memory>
#include <vector>

namespace AppSync::Emulation {

//! A document that was found good, with what is needed to execute one operation of it. Positions and names in
//! it are good as long as this lives.
struct PreparedOperation {
    std::shared_ptr<const ExecutableSchema> schema;
    std::shared_ptr<const GraphQl::Document> document;
    const GraphQl::OperationDefinition *operation = nullptr; //!< in the document
    QJsonObject variables; //!< coerced
};

//! What the code or table behind a field answered.
struct FieldAnswer {
    QJsonValue value = {};
    std::optional<GraphQlError> error = {}; //!< without path and locations; the value is null then
    QList<GraphQlError> appended = {}; //!< beside the value
};

//! Executes one operation as the specification says: field by field, those of a mutation one after the other.
//! It works in slices, so that an answer of many megabytes delays nobody.
class Execution : public QObject {
    Q_OBJECT

public:
    //! A field that a resolver is to answer.
    struct Call {
        const GraphQl::TypeDefinition *type = nullptr; //!< that the field is of
        const GraphQl::FieldDefinition *field = nullptr;
        QJsonObject arguments;
        QJsonValue source; //!< the value of the object
        const QList<const GraphQl::Selection *> *nodes = nullptr; //!< where it was selected
        const GraphQl::Document *document = nullptr; //!< that holds the nodes
    };
    using Answer = std::function<void(const FieldAnswer &)>;
    struct Settings {
        //! Whether the field has a resolver; then it calls its argument once, now or later.
        std::function<bool(const Call &, const Answer &)> resolve = {};
        std::shared_ptr<const FieldAccess> access = {}; //!< null: everything is allowed
        QJsonObject rootValue = {}; //!< of which root fields without a resolver are members
        int resolverLimit = 10'000;
        bool isSliced = true; //!< false: without resolvers, it is done when start() returns
        std::chrono::milliseconds deadline{30'000};
    };

    struct Result {
        QByteArray data; //!< JSON
        QList<GraphQlError> errors;
        //! Mutations: name of each root field and its value, with members called as their fields are and with
        //! `__typename`; only of those that have no error and are not null.
        QList<std::pair<QString, QJsonValue>> published = {};
    };

    Execution(const std::shared_ptr<const PreparedOperation> &prepared, Settings settings,
              QObject *parent = nullptr);
    ~Execution() override;

    //! Calls \a done once, unless this is gone by then: now, or later where something takes its time.
    void start(const std::function<void(const Result &)> &done);
    static constexpr int kDeepest = 500; //!< what is deeper must not be executed
    //! How many fields are inside each other, fragments included; more than kDeepest: at least so many.
    [[nodiscard]] static int depth(const GraphQl::Document &document,
                                   const QList<GraphQl::Selection> &selections);

private:
    struct Group;
    struct Node;
    struct Task {
        Node *node = nullptr;
        QJsonValue source; //!< of the object that the node is a field of
    };
    using Groups = std::vector<std::unique_ptr<Group>>;
    //! Groups on their way, and what tells which are there.
    struct Collected {
        Groups groups;
        QHash<QString, Group *> byName;
        QSet<QString> fragments;
    };

    void work();
    void run(const Task &task);
    void onAnswer(Node *node, const FieldAnswer &answer);
    void complete(Node *node, const GraphQl::TypeReference &type, const QJsonValue &value);
    void completeList(Node *node, const GraphQl::TypeReference &type, const QJsonValue &value);
    void completeNamed(Node *node, const GraphQl::TypeReference &type, const QJsonValue &value);
    void completeObject(Node *node, const GraphQl::TypeDefinition &type, const QJsonValue &value);
    [[nodiscard]] const GraphQl::TypeDefinition *concreteType(const GraphQl::TypeDefinition &type,
                                                              const QJsonValue &value) const;
    void setNull(Node *node, const GraphQl::TypeReference &type, const QJsonValue &value);
    void propagate(Node *node);
    void fail(const Node *node, GraphQlError error);
    void failValue(Node *node, const QString &message);
    [[nodiscard]] bool takeNodes(qsizetype count);
    [[nodiscard]] const Groups &groupsOf(const Group &group, const GraphQl::TypeDefinition &type);
    void collect(const QList<GraphQl::Selection> &selections, const GraphQl::TypeDefinition &type,
                 Collected *collected);
    void addField(const GraphQl::Selection &selection, const GraphQl::TypeDefinition &type,
                  Collected *collected);
    [[nodiscard]] bool isIncluded(const QList<GraphQl::Directive> &directives) const;
    [[nodiscard]] bool applies(const QString &condition, const GraphQl::TypeDefinition &type) const;
    void finish();
    void abort(const QString &message, const QString &type);
    [[nodiscard]] QJsonArray pathOf(const Node *node) const;
    void write(QByteArray &out, const Node &node) const;
    [[nodiscard]] QJsonValue published(const Node &node) const;

    const std::shared_ptr<const PreparedOperation> m_prepared;
    const ExecutableSchema &m_schema;
    const Settings m_settings;
    Introspection m_introspection;
    std::function<void(const Result &)> m_done;
    std::unique_ptr<Group> m_rootGroup;
    std::unique_ptr<Node> m_root;
    std::map<std::pair<const Group *, const GraphQl::TypeDefinition *>, Groups> m_groups;
    std::deque<Task> m_tasks;
    std::deque<Task> m_mutations; //!< root fields whose turn has not come
    QList<GraphQlError> m_errors;
    QTimer m_deadline;
    QTimer m_next; //!< the slice
    qsizetype m_nodes = 0;
    int m_resolvers = 0;
    int m_waiting = 0; //!< for answers
    bool m_isWorking = false;
    bool m_isFinished = false;
};

} // namespace AppSync::Emulation
