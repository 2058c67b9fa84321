// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "handlercontext_p.h"
#include "httpsource_p.h"
#include "scriptunit_p.h"

#include <QSet>

#include <memory>

namespace AppSync::Emulation {

//! What a handler made of one event. An event of which nothing is said was dropped.
struct HandledEvent {
    qsizetype index = 0; //!< of the event that was published
    QString text =
        {}; //!< what subscribers get; unchanged to the letter unless the handler changed it
    QString error = {}; //!< not null: for its publisher, and nobody gets it
};

//! What a handler made of an operation.
struct HandlerOutcome {
    std::optional<ServiceError> error = {}; //!< it is refused
    QList<HandledEvent> events = {}; //!< in the handler's order
};

//! The namespaces' own code: `onPublish` and `onSubscribe`, and the data sources that they ask.
class NamespaceHandlers : public QObject {
    Q_OBJECT

public:
    explicit NamespaceHandlers(const EmulatorOptions &options, QObject *parent = nullptr);
    ~NamespaceHandlers() override;

    //! Takes over what the options' namespaces say by now.
    void update();

    [[nodiscard]] bool handles(const QString &nameSpace) const
    {
        return m_units.contains(nameSpace) && !m_off.contains(nameSpace);
    }
    //! Runs \a code for \a nameSpace from now on; an empty one: none.
    void setCode(const QString &nameSpace, const QString &code);

    struct Event {
        QString id; //!< unique among those of a publish
        QString text;
    };
    using Answer = std::function<void(const HandlerOutcome &)>;
    //! Calls \a answer once, later, unless this is gone by then. The namespace must be one that handles().
    void run(const HandlerContext &context, const QList<Event> &events, const Answer &answer);

    [[nodiscard]] static HandlerProcess::Settings settings(const EmulatorOptions &options);

Q_SIGNALS:
    //! See Emulator.
    void problem(const QString &name, const QString &file, int line, const QString &message);
    void logged(const QString &name, const QString &level, const QString &text);

private:
    struct Run;
    using RunPointer = std::shared_ptr<Run>;

    ScriptUnit *addUnit(const ScriptUnit::Source &source);
    void onAnswer(const RunPointer &run, const QJsonObject &answer);
    void ask(const RunPointer &run, int call, const QString &request);
    void askHttp(const RunPointer &run, int call, const QUrl &endpoint, const QString &request);
    void askFunction(const RunPointer &run, int call, const QString &source,
                     const QString &request);
    void resume(const RunPointer &run, int call, const QString &result, const QJsonObject &error);
    void finish(const RunPointer &run, const QJsonObject &answer);
    [[nodiscard]] HandlerOutcome outcome(const Run &run, const QJsonObject &answer) const;

    const EmulatorOptions &m_options;
    CodeWatcher m_watcher;
    HttpSource m_http;
    QHash<QString, ScriptUnit *> m_units; //!< by namespace
    QSet<QString> m_off; //!< namespaces whose code was taken away
    QHash<QString, std::pair<QString, QString>> m_code; //!< of each of them: code and file
    QHash<QString, ScriptUnit *> m_functions; //!< by data source
};

} // namespace AppSync::Emulation
