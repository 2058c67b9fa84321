// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "app/cli/exitcode.h"
#include "app/cli/globaloptions.h"
#include "app/cli/keychainreader.h"
#include "app/cli/prompter.h"
#include "app/core/signin.h"

#include <AppSync/EventsClient>
#include <AppSync/GraphQlClient>

#include <map>
#include <memory>

namespace Syncscope::Cli {

//! The client that the global flags ask for, and what people want to know of its connection.
class Session : public QObject {
    Q_OBJECT

public:
    using Operation = CredentialResolver::Operation;

    using Service = AppSync::Endpoint::Service;

    //! \a service: the one that the command is for; none: whichever the endpoint belongs to.
    Session(const GlobalOptions &options, const QProcessEnvironment &environment, Console &console,
            std::optional<Service> service = Service::Events, QObject *parent = nullptr);
    ~Session() override;

    //! Reads the profile that --profile names, or with \a orDefault else the one that is the default. False:
    //! \a problem says why; that there is none is no problem.
    bool findProfile(bool orDefault, Problem *problem);
    //! What beats the profile, beside the global flags. To be called before signIn().
    void setSignInFlags(const SignInFlags &flags) { m_signInFlags = flags; }
    //! Whether people may be asked; true by default. To be called before signIn().
    void setAsking(bool isAsking) { m_isAsking = isAsking; }
    //! The ways to sign in of the profile, made when they are first asked for. People are asked on the
    //! terminal. Null: \a problem says why. Needs the profile.
    SignIn *signIn(Problem *problem);
    [[nodiscard]] std::optional<Profile> profile() const { return m_profile; }
    [[nodiscard]] SecretStore &secrets() { return m_secrets; }
    //! True if the session of a sign-in is there for later runs of the program.
    [[nodiscard]] bool isSessionKept() const { return m_isSessionKept; }
    //! True for the failure of a source of tokens or credentials, whose error \a error is.
    [[nodiscard]] bool isSignInFailure(const AppSync::Error &error) const;
    //! True if signing in ended with \a error, or with a person who could not answer or did not want to.
    [[nodiscard]] bool isSignInRefused(const AppSync::Error &error) const
    {
        return m_prompter.hasRefused() || isSignInFailure(error);
    }
    //! Calls \a then, perhaps at once, with the claims of the token that \a operation uses, for which it signs in
    //! if need be; they are not valid where it uses none. Needs the client.
    void
    findClaims(Operation operation,
               const std::function<void(const AppSync::JwtClaims &, const AppSync::Error &)> &then);
    //! Calls \a then once no session is being written any more, or after a moment.
    void whenSettled(const std::function<void()> &then);

    //! Reads profile and endpoint. False: \a problem says why.
    bool findEndpoint(Problem *problem);
    //! Finds the credentials of \a operations and hides their secrets. Needs the endpoint.
    bool findCredentials(const QList<Operation> &operations, Problem *problem);
    //! Makes the client. Needs the credentials.
    bool makeClient(Problem *problem);

    //! The endpoint as it was given; empty before findEndpoint() found one.
    [[nodiscard]] QString endpointText() const { return m_endpointText; }
    [[nodiscard]] const AppSync::Endpoint &endpoint() const { return m_endpoint; }
    [[nodiscard]] std::optional<Credential> credential(Operation operation) const;
    //! What --timeout says.
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeout() const
    {
        return m_options.timeout;
    }
    [[nodiscard]] AppSync::Client &client() { return *m_client; }
    //! Of a session of that service.
    [[nodiscard]] AppSync::EventsClient &events() { return *m_events; }
    [[nodiscard]] AppSync::GraphQlClient &graphQl() { return *m_graphQl; }
    //! True once a connection was acknowledged.
    [[nodiscard]] bool isAcknowledged() const { return m_acknowledged; }
    //! True when the connection ended and will not come back by itself.
    [[nodiscard]] bool isLostForGood() const;
    //! \a error of an operation; or why the host cannot be reached, where that is what it waited for.
    [[nodiscard]] AppSync::Error explained(const AppSync::Error &error) const;
    //! The exit code that \a error of an operation means.
    [[nodiscard]] ExitCode exitCodeOf(const AppSync::Error &error) const;
    //! The exit code that \a error means when it ended the connection for good.
    [[nodiscard]] ExitCode exitCodeOfConnection(const AppSync::Error &error) const;

    //! Closes the connection, answers awaited for a moment; then done() follows.
    void close();

Q_SIGNALS:
    void done();

private:
    AppSync::Authorizer *authorizerFor(Operation operation, const Credential &credential,
                                       Problem *problem);
    void keepSession(const SecretReference &reference);
    [[nodiscard]] bool isSignInOfProfile(QString *why) const;
    void leave();
    bool networkSettings(AppSync::NetworkSettings *settings, Problem *problem) const;
    bool applyTls(AppSync::NetworkSettings *settings, Problem *problem) const;
    void applyProxy(AppSync::NetworkSettings *settings) const;
    void watchConnection();
    void onOpened();

    const GlobalOptions m_options;
    const QProcessEnvironment m_environment;
    Console &m_console;
    const std::optional<Service> m_service;
    std::optional<Profile> m_profile; //!< as its file has it
    QString m_profilePath; //!< of that file
    SignInFlags m_signInFlags;
    SecretStore m_secrets;
    Prompter m_prompter;
    KeychainReader m_keychain;
    std::unique_ptr<SignIn> m_signIn;
    bool m_isSessionKept = false;
    bool m_toldIam = false;
    bool m_isAsking = true;
    AppSync::Error m_signInError;
    QString m_endpointText;
    AppSync::Endpoint m_endpoint;
    std::unique_ptr<CredentialResolver> m_resolver;
    std::map<Operation, Credential> m_credentials;
    std::map<Operation, std::unique_ptr<AppSync::Authorizer>> m_authorizers;
    // They go before the authorizers they use; one of them is there.
    std::unique_ptr<AppSync::EventsClient> m_events;
    std::unique_ptr<AppSync::GraphQlClient> m_graphQl;
    AppSync::Client *m_client = nullptr; //!< that one
    bool m_acknowledged = false;
    bool m_closing = false;
    AppSync::Error m_lastFailure;
};

} // namespace Syncscope::Cli
