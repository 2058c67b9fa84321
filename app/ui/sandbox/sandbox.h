// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/notice.h"
#include "app/ui/sandbox/handlereditor.h"
#include "app/ui/sandbox/sandboxclientmodel.h"
#include "app/ui/sandbox/sandboxcountermodel.h"
#include "app/ui/sandbox/sandboxfaultmodel.h"

#include <AppSync/Emulator>
#include <AppSync/Endpoint>

#include <QtQml/qqml.h>
#include <QVariantList>

namespace Syncscope {

//! The local AppSync inside the program. Loopback only.
class Sandbox : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Belongs to the workspace")
    Q_PROPERTY(bool running READ isRunning NOTIFY runningChanged FINAL)
    Q_PROPERTY(Syncscope::Notice problem READ problem NOTIFY problemChanged FINAL)
    //! Where it listens, as `host:port`.
    Q_PROPERTY(QString addressText READ addressText NOTIFY runningChanged FINAL)
    //! What other programs need: objects with `name` and `value`.
    Q_PROPERTY(QVariantList facts READ facts NOTIFY runningChanged FINAL)
    Q_PROPERTY(QStringList scenarios READ scenarios CONSTANT FINAL)
    //! Index in scenarios of the one that plays, or played last.
    Q_PROPERTY(int scenario READ scenario NOTIFY scenarioChanged FINAL)
    Q_PROPERTY(QString scenarioText READ scenarioText NOTIFY scenarioChanged FINAL)
    Q_PROPERTY(bool playing READ isPlaying NOTIFY scenarioChanged FINAL)
    //! How many times as fast as its file says; 0.1 to 100.
    Q_PROPERTY(double speed READ speed WRITE setSpeed NOTIFY speedChanged FINAL)
    //! What was refused lately, a line for each.
    Q_PROPERTY(QString journal READ journal NOTIFY journalChanged FINAL)
    Q_PROPERTY(Syncscope::SandboxClientModel *clients READ clients CONSTANT FINAL)
    Q_PROPERTY(Syncscope::SandboxCounterModel *counters READ counters CONSTANT FINAL)
    Q_PROPERTY(Syncscope::SandboxFaultModel *faults READ faults CONSTANT FINAL)
    Q_PROPERTY(Syncscope::HandlerEditor *handlers READ handlers CONSTANT FINAL)

public:
    //! \a handlersFolder: where handlers are kept; empty: nowhere.
    explicit Sandbox(const QString &handlersFolder, QObject *parent = nullptr);
    ~Sandbox() override;

    [[nodiscard]] bool isRunning() const { return m_emulator.isListening(); }
    [[nodiscard]] Notice problem() const { return m_problem; }
    [[nodiscard]] AppSync::Endpoint endpoint() const;
    [[nodiscard]] AppSync::Endpoint graphQlEndpoint() const;
    [[nodiscard]] QString apiKey() const { return m_emulator.apiKey(); }
    [[nodiscard]] QString addressText() const;
    [[nodiscard]] QVariantList facts() const;
    [[nodiscard]] static QStringList scenarios();
    [[nodiscard]] int scenario() const;
    [[nodiscard]] QString scenarioText() const;
    [[nodiscard]] bool isPlaying() const { return m_emulator.isPlaying(); }
    [[nodiscard]] double speed() const { return m_emulator.scenarioSpeed(); }
    void setSpeed(double speed);
    [[nodiscard]] QString journal() const { return m_journal.join(u'\n'); }
    [[nodiscard]] SandboxClientModel *clients() { return &m_clients; }
    [[nodiscard]] SandboxCounterModel *counters() { return &m_counters; }
    [[nodiscard]] SandboxFaultModel *faults() { return &m_faults; }
    [[nodiscard]] HandlerEditor *handlers() { return &m_handlers; }

    //! Listens, at the address it had before if that is free, and plays; does nothing while it runs.
    //! False: problem() says why not.
    Q_INVOKABLE bool start();
    Q_INVOKABLE void stop();
    //! From its beginning.
    Q_INVOKABLE void play(int scenario);
    Q_INVOKABLE void pause();
    Q_INVOKABLE void dropConnections();
    Q_INVOKABLE void clearJournal();
    //! Puts lines of an `.env` file for other programs on the clipboard.
    Q_INVOKABLE void copyEnvironment() const;
    [[nodiscard]] QString environmentText() const;
    //! What the demo publishes to.
    [[nodiscard]] static QString demoChannel();
    //! Operations of the schema that it has without a file, to begin with.
    [[nodiscard]] static QString sampleDocument();
    [[nodiscard]] static QString sampleVariables();

Q_SIGNALS:
    void runningChanged();
    void problemChanged();
    void scenarioChanged();
    void speedChanged();
    void journalChanged();

private:
    [[nodiscard]] bool listen();
    void setProblem(const Notice &problem);
    void note(const QString &line);

    AppSync::Emulator m_emulator;
    SandboxClientModel m_clients{&m_emulator};
    SandboxCounterModel m_counters{&m_emulator};
    SandboxFaultModel m_faults{&m_emulator};
    HandlerEditor m_handlers;
    Notice m_problem;
    QString m_scenario = QStringLiteral("demo"); //!< its name
    quint16 m_port = 0; //!< of the last time that it ran
    QStringList m_journal;
};

} // namespace Syncscope
