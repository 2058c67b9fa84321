// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/command.h"
#include "app/cli/findings.h"
#include "app/cli/output.h"
#include "app/cli/session.h"

namespace Syncscope::Cli {

//! What the arguments of `auth` say.
class AuthOptions {
public:
    enum class Action { Login, Logout, Status, Token };

    Action action = Action::Status;
    std::optional<AuthMode> mode; //!< --auth
    SignInFlags signIn;

    static std::optional<AuthOptions> read(const CommandLine &line, const GlobalOptions &globals,
                                           Problem *problem);
};

//! `auth`: signs in, signs out, tells how one is signed in, prints a token.
class AuthCommand : public Command {
    Q_OBJECT

public:
    AuthCommand(const AuthOptions &options, const CredentialFlags &flags,
                const QProcessEnvironment &environment, Session &session, Output &output,
                OutputStream &stream, Console &console, QObject *parent = nullptr);
    ~AuthCommand() override;

    //! Reads the profile. False: \a problem says why there is nothing to do.
    bool prepare(Problem *problem);
    void start() override;
    void interrupt(ExitCode exitCode) override;

private:
    [[nodiscard]] std::optional<AuthMode> chosenMode(Problem *problem) const;
    void login();
    void onLoggedIn(const AppSync::Error &error);
    void logout();
    void printToken();
    void status();
    void findWays();
    void nextWay();
    void examine(const Credential &credential, SignInFinding finding);
    void examineProfile(const Credential &credential, const SignInFinding &finding);
    void examineAws(const SignInFinding &finding);
    void tell(const SignInFinding &finding);
    void tellKeychain();
    [[nodiscard]] SignInFinding described(AuthMode mode) const;
    void fail(const AppSync::Error &error);
    [[nodiscard]] ExitCode exitCodeOf(const AppSync::Error &error) const;
    void finish(ExitCode exitCode);

    const AuthOptions m_options;
    const CredentialFlags m_flags;
    const QProcessEnvironment m_environment;
    Session &m_session;
    Output &m_output;
    OutputStream &m_stream;
    Console &m_console;
    SignIn *m_signIn = nullptr; //!< of the session
    AuthMode m_mode = AuthMode::None; //!< of login and token
    QList<QPair<Credential, SignInFinding>> m_ways; //!< that status still has to examine
    bool m_allUsable = true;
    bool m_finishing = false;
};

} // namespace Syncscope::Cli
