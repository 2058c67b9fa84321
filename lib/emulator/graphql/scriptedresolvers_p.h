// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../handlers/httpsource_p.h"
#include "../handlers/scriptunit_p.h"
#include "memorytable_p.h"
#include "resolver_p.h"

namespace AppSync::Emulation {

//! Resolvers in JavaScript, and the data sources that they ask.
class ScriptedResolvers : public QObject, public ResolverSet {
    Q_OBJECT

public:
    explicit ScriptedResolvers(const EmulatorOptions &options, QObject *parent = nullptr);
    ~ScriptedResolvers() override;

    //! What is wrong with the resolvers of \a options for \a schema; empty: nothing.
    [[nodiscard]] static QString problemOf(const EmulatorOptions &options,
                                           const ExecutableSchema &schema);

    bool resolve(const std::shared_ptr<ResolverRequest> &request, const Execution::Call &call,
                 const Execution::Answer &answer) override;

Q_SIGNALS:
    //! See Emulator.
    void problem(const QString &name, const QString &file, int line, const QString &message);
    void logged(const QString &name, const QString &level, const QString &text);

private:
    struct Run;
    using RunPointer = std::shared_ptr<Run>;

    ScriptUnit *addUnit(const ScriptUnit::Source &source);
    //! One process for a file, however many fields and functions it serves.
    ScriptUnit *sharedUnit(const ScriptUnit::Source &source, QHash<QString, ScriptUnit *> *byFile);
    void begin(const RunPointer &run);
    //! Runs the next function of the pipeline \a run, or its response.
    void nextFunction(const RunPointer &run);
    void onFunctionDone(const RunPointer &run, const QJsonObject &answer);
    void onAnswer(const RunPointer &run, const QJsonObject &answer);
    void ask(const RunPointer &run, int call, const QString &request);
    void askHttp(const RunPointer &run, int call, const EmulatorOptions::DataSource &source,
                 const QString &request);
    void askFunction(const RunPointer &run, int call, const QString &source,
                     const QString &request);
    void resume(const RunPointer &run, int call, const QJsonValue &result,
                const QJsonObject &error);
    //! What \a answer says beside its result.
    static void note(Run &run, const QJsonObject &answer);
    static void finish(Run &run, const QJsonObject &answer);

    const EmulatorOptions &m_options;
    CodeWatcher m_watcher;
    HttpSource m_http;
    QHash<QString, ScriptUnit *> m_units; //!< by `Type.field`
    QHash<QString, QList<ScriptUnit *>> m_pipelines; //!< their functions, likewise
    QHash<QString, ScriptUnit *> m_functions; //!< by data source
    std::map<QString, MemoryTable> m_tables; //!< by data source
};

} // namespace AppSync::Emulation
