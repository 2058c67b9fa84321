// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/clock.h"
#include "tokensource.h"

#include <chrono>
#include <memory>

namespace AppSync {

//! Tokens that a program prints: its standard output without the white space around it. The program is run
//! without a shell, with the environment of this process and nothing on its standard input, and has to end
//! with 0 within timeout(). A JWT is kept until a minute before it expires, anything else for cacheTime();
//! those who ask meanwhile wait for the same run. Errors tell the program's name and its standard error, never
//! its arguments or its output.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT CommandTokenSource : public AppSync::TokenSource {
    Q_OBJECT
    Q_PROPERTY(QStringList command READ command WRITE setCommand NOTIFY commandChanged FINAL)
    Q_PROPERTY(
        QString commandLine READ commandLine WRITE setCommandLine NOTIFY commandChanged FINAL)
    Q_PROPERTY(
        int cacheSeconds READ cacheSeconds WRITE setCacheSeconds NOTIFY cacheSecondsChanged FINAL)

public:
    explicit CommandTokenSource(QObject *parent = nullptr);
    ~CommandTokenSource() override; //!< a program that still runs is killed

    //! The program, by path or by a name of PATH, and its arguments; it goes before commandLine(). Empty by
    //! default. Arguments can be seen by other programs of the machine: put no secret there.
    [[nodiscard]] QStringList command() const { return m_command; }
    void setCommand(const QStringList &command); //!< used from the next request on
    //! The same as one line, split into words as a POSIX shell does it, on Windows by the rules there.
    //! Nothing is expanded. Empty by default; a line with an open quote fails as Error::Kind::InvalidInput.
    [[nodiscard]] QString commandLine() const { return m_commandLine; }
    void setCommandLine(const QString &line); //!< used from the next request on

    //! How long a token is given again that does not say itself when it expires. 0, the default: never, the
    //! program runs for every request.
    [[nodiscard]] std::chrono::seconds cacheTime() const { return m_cacheTime; }
    void setCacheTime(std::chrono::seconds time); //!< used from the next token on
    [[nodiscard]] int cacheSeconds() const
    {
        return int(m_cacheTime.count());
    } //!< cacheTime(), for QML
    void setCacheSeconds(int seconds) { setCacheTime(std::chrono::seconds(seconds)); }
    //! How long the program may take, one minute by default; then it is killed.
    [[nodiscard]] std::chrono::milliseconds timeout() const { return m_timeout; }
    void setTimeout(std::chrono::milliseconds timeout) { m_timeout = timeout; } //!< of the next run
    //! Decides what has expired; not owned. The system's by default.
    void setClock(Clock *clock);

    TokenReply *token(const SignableRequest &request) override;
    //! The next request runs the program again.
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override;

Q_SIGNALS:
    void commandChanged();
    void cacheSecondsChanged();

private:
    struct Cache;
    void run();
    void onOutput(const QByteArray &output);
    void onCommandChanged();
    //! The command as it is to be run; empty if there is none or the line cannot be split.
    [[nodiscard]] QStringList words() const;

    QStringList m_command;
    QString m_commandLine;
    std::chrono::seconds m_cacheTime{0};
    std::chrono::milliseconds m_timeout{60'000};
    Clock *m_clock = Clock::system();
    std::unique_ptr<Cache> m_cache;
};

} // namespace AppSync
