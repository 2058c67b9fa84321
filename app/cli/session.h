// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/cli/console.h"
#include "app/cli/exitcode.h"
#include "app/cli/globaloptions.h"
#include "app/cli/keychainreader.h"

#include <AppSync/EventsClient>

#include <map>
#include <memory>

namespace Syncscope::Cli {

//! The client that the global flags ask for, and what people want to know of its connection.
class Session : public QObject {
    Q_OBJECT

public:
    using Operation = CredentialResolver::Operation;

    Session(const GlobalOptions &options, const QProcessEnvironment &environment, Console &console,
            QObject *parent = nullptr);
    ~Session() override;

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
    [[nodiscard]] AppSync::EventsClient &client() { return *m_client; }
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
    bool readProfile(Problem *problem);
    bool applyTls(AppSync::NetworkSettings *settings, Problem *problem) const;
    void applyProxy(AppSync::NetworkSettings *settings) const;
    void watchConnection();
    void onOpened();

    const GlobalOptions m_options;
    const QProcessEnvironment m_environment;
    Console &m_console;
    KeychainReader m_keychain;
    std::optional<Profile> m_profile;
    QString m_endpointText;
    AppSync::Endpoint m_endpoint;
    std::unique_ptr<CredentialResolver> m_resolver;
    std::map<Operation, Credential> m_credentials;
    std::map<Operation, std::unique_ptr<AppSync::Authorizer>> m_authorizers;
    std::unique_ptr<AppSync::EventsClient> m_client; // goes before the authorizers it uses
    bool m_acknowledged = false;
    bool m_closing = false;
    AppSync::Error m_lastFailure;
};

} // namespace Syncscope::Cli
