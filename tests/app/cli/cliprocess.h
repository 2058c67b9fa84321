// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/Emulator>

#include <QProcess>
#include <QRegularExpression>

//! One run of syncscope-cli. The emulator of the test lives in the same thread, so that nothing here blocks
//! the event loop.
class CliProcess : public QObject {
    Q_OBJECT

public:
    explicit CliProcess(QObject *parent = nullptr);
    //! Kills what still runs.
    ~CliProcess() override;

    void setVariable(const QString &name, const QString &value);
    //! For HTTP over TLS under LeakSanitizer: Qt's HTTP thread may still be freeing what OpenSSL keeps for
    //! each thread when the program ends.
    void forgiveThreadsOfOpenSsl();
    //! Endpoint and API key of \a emulator in the environment.
    void useEmulator(const AppSync::Emulator &emulator);

    void start(const QStringList &arguments);
    //! Another program in the same environment, which has the path of ours in SYNCSCOPE_CLI.
    void startProgram(const QString &program, const QStringList &arguments);
    //! Starts and waits for the end; the exit code, or -1 if it crashed or did not end.
    int run(const QStringList &arguments);
    int run(const QStringList &arguments, const QByteArray &input);
    int waitForEnd();
    //! Waits until standard error (output) has \a text.
    bool waitForError(const QByteArray &text);
    bool waitForOutput(const QByteArray &text);

    void write(const QByteArray &input) { m_process.write(input); }
    void endInput() { m_process.closeWriteChannel(); }
    void signal(int number);
    QProcess &process() { return m_process; }

    [[nodiscard]] QByteArray output() const { return m_output; }
    [[nodiscard]] QByteArray errors() const { return m_errors; }
    //! The lines of standard output, times, identifiers and the emulator's address replaced by `T`, `ID`
    //! and `HOST`.
    [[nodiscard]] QList<QByteArray> lines() const;

private:
    //! Looks at \a where again and again.
    bool waitFor(const QByteArray &text, const QByteArray &where);

    QProcess m_process;
    QProcessEnvironment m_environment;
    QByteArray m_output;
    QByteArray m_errors;
};
