// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/graphql/graphqlanalysis.h"
#include "app/ui/graphql/graphqlcompletion.h"
#include "app/ui/graphql/graphqlresultview.h"
#include "app/ui/graphql/operationmodel.h"
#include "app/ui/graphql/schemabook.h"

#include <QFutureWatcher>
#include <QTimer>

namespace Syncscope {

class SubscriptionModel;

//! What is written in the GraphQL editor: judged while it is typed, on another thread; run on demand; kept in files,
//! so that it is never lost. Queries and mutations go to results(), subscriptions to those of the session.
class GraphQlDraft : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to a session")
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged FINAL)
    //! The JSON text of the variables, for all operations of the document.
    Q_PROPERTY(QString variables READ variables WRITE setVariables NOTIFY variablesChanged FINAL)
    //! Where the cursor is in the text: the operation there is the one that runs.
    Q_PROPERTY(int cursor READ cursor WRITE setCursor NOTIFY cursorChanged FINAL)

    //! Values of the type AWSJSON in the variables, as `$name` or `$name.field`: JSON in a string.
    Q_PROPERTY(QStringList jsonNames READ jsonNames NOTIFY analysed FINAL)
    Q_PROPERTY(Syncscope::OperationModel *operations READ operations CONSTANT FINAL)
    Q_PROPERTY(Syncscope::GraphQlProblemModel *problems READ problems CONSTANT FINAL)
    Q_PROPERTY(
        Syncscope::GraphQlProblemModel *variableProblems READ variableProblems CONSTANT FINAL)
    Q_PROPERTY(Syncscope::CompletionModel *completions READ completions CONSTANT FINAL)
    Q_PROPERTY(Syncscope::SchemaBook *schema READ schema CONSTANT FINAL)
    Q_PROPERTY(Syncscope::GraphQlResultLog *results READ results CONSTANT FINAL)
    Q_PROPERTY(Syncscope::GraphQlResultView *resultView READ resultView CONSTANT FINAL)
    //! The text is grammatical, so that it can be laid out.
    Q_PROPERTY(bool canFormat READ canFormat NOTIFY analysed FINAL)
    //! What the operation at the cursor does: "query", "mutation", "subscription"; empty: there is none.
    Q_PROPERTY(QString currentKind READ currentKind NOTIFY currentChanged FINAL)
    Q_PROPERTY(QString currentName READ currentName NOTIFY currentChanged FINAL)
    //! Why nothing was run, or what an import brought; empty: nothing new.
    Q_PROPERTY(QString message READ message NOTIFY messageChanged FINAL)
    Q_PROPERTY(bool messageIsProblem READ messageIsProblem NOTIFY messageChanged FINAL)

public:
    //! Both outlive it.
    GraphQlDraft(AppSync::GraphQlClient *client, SubscriptionModel *subscriptions,
                 QObject *parent = nullptr);
    ~GraphQlDraft() override;

    [[nodiscard]] QString text() const { return m_text; }
    void setText(const QString &text);
    [[nodiscard]] QString variables() const { return m_variables; }
    void setVariables(const QString &variables);
    [[nodiscard]] int cursor() const { return m_cursor; }
    void setCursor(int cursor);

    [[nodiscard]] QStringList jsonNames() const;
    [[nodiscard]] OperationModel *operations() { return &m_operations; }
    [[nodiscard]] GraphQlProblemModel *problems() { return &m_problems; }
    [[nodiscard]] GraphQlProblemModel *variableProblems() { return &m_variableProblems; }
    [[nodiscard]] CompletionModel *completions() { return &m_completions; }
    [[nodiscard]] SchemaBook *schema() { return &m_schema; }
    [[nodiscard]] GraphQlResultLog *results() { return &m_results; }
    [[nodiscard]] GraphQlResultView *resultView() { return &m_resultView; }
    [[nodiscard]] bool canFormat() const { return !m_isBroken && !m_operations.isEmpty(); }
    [[nodiscard]] QString currentKind() const;
    [[nodiscard]] QString currentName() const;
    [[nodiscard]] QString message() const { return m_message; }
    [[nodiscard]] bool messageIsProblem() const { return m_messageIsProblem; }

    //! Reads what was kept under \a name, and keeps what is written there from now on; where nothing was kept it
    //! begins with the others. An empty \a folder: nothing is kept.
    void keepIn(const QString &folder, const QString &name, const QString &text = {},
                const QString &variables = {});
    //! A name for the drafts of the API at \a url.
    [[nodiscard]] static QString nameOf(const QUrl &url);

    //! Runs the operation at the cursor, or subscribes. What the schema has to say against it is no obstacle: the
    //! service decides.
    Q_INVOKABLE void run();
    //! Gives up waiting for queries and mutations.
    Q_INVOKABLE void stop();
    Q_INVOKABLE void format();
    Q_INVOKABLE void formatVariables();
    //! Fills completions() with what could stand at \a cursor.
    Q_INVOKABLE void complete(int cursor);
    //! Takes over the operations of a `.graphql` file, or of what Amplify generates.
    Q_INVOKABLE void importFile(const QUrl &url);
    Q_INVOKABLE void dismissMessage();

    //! The JSON inside of the string that jsonNames()[\a index] names; empty where there is none.
    Q_INVOKABLE [[nodiscard]] QString jsonText(int index) const;
    //! Puts it there as a string, character by character. False: the variables are no JSON, or lack the object
    //! that it belongs into.
    Q_INVOKABLE bool setJsonText(int index, const QString &text);
    //! Where \a json stops being JSON, in characters; -1: nowhere.
    Q_INVOKABLE [[nodiscard]] static int jsonProblemAt(const QString &json);

    //! Judges at once what is to be judged; for tests.
    void settle();

Q_SIGNALS:
    void textChanged();
    void variablesChanged();
    void cursorChanged();
    void analysed();
    void currentChanged();
    void messageChanged();
    //! A subscription was added: its results are in the traffic.
    void subscribed();
    //! A query or a mutation was sent: see results().
    void executed();
    //! A draft could not be kept, because of \a reason.
    void notKept(const QString &reason);

private:
    void judgeSoon();
    void judge();
    void onJudged();
    void apply(const GraphQlAnalysis &analysis);
    void say(const QString &message, bool isProblem);
    void runOperation(const AppSync::GraphQl::Document &document,
                      const AppSync::GraphQl::OperationDefinition &operation);
    void keep();
    [[nodiscard]] GraphQlQuestion question() const;
    [[nodiscard]] QString pathOf(const QString &extension) const;

    QPointer<AppSync::GraphQlClient> m_client;
    QPointer<SubscriptionModel> m_subscriptions;
    QString m_text;
    QString m_variables;
    int m_cursor = 0;
    bool m_isBroken = false;
    QList<QStringList> m_jsonPaths;
    OperationModel m_operations;
    GraphQlProblemModel m_problems;
    GraphQlProblemModel m_variableProblems;
    CompletionModel m_completions;
    SchemaBook m_schema;
    GraphQlResultLog m_results;
    GraphQlResultView m_resultView{&m_results};
    QTimer m_judgeTimer;
    QFutureWatcher<GraphQlAnalysis> m_judging;
    int m_asked = 0; //!< number of the latest question
    int m_judged = 0; //!< of the one that is judged right now
    QString m_folder;
    QString m_name;
    QTimer m_keepTimer;
    QString m_message;
    bool m_messageIsProblem = false;
};

} // namespace Syncscope
