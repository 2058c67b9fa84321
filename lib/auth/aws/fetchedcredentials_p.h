// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../sharedanswer_p.h"
#include "awscontext_p.h"
#include "credentialssource.h"

#include <QVariantMap>

#include <functional>

namespace AppSync {

//! A source that has to fetch its credentials: once for all who ask, and again five minutes before they
//! expire. A subclass writes fetch(), which ends in exactly one succeed() or fail(), sooner or later.
class FetchedCredentials : public CredentialsSource {
    Q_OBJECT

public:
    CredentialsReply *credentials() final;
    bool invalidate() override;
    //! Nobody needs it any more: those who wait get Error::Kind::Cancelled, and it deletes itself.
    void retire();

protected:
    FetchedCredentials(const AwsContext &context, QObject *parent);

    virtual void fetch() = 0;
    //! Credentials that lack something or have expired are an error. \a skew: how far the clock of this
    //! computer is ahead of the one that says when they expire.
    void succeed(AwsCredentials credentials, std::chrono::milliseconds skew = {});
    void fail(const Error &error);
    //! Goes on with the credentials of \a source, or fails as it does.
    void take(CredentialsSource *source, const std::function<void(const AwsCredentials &)> &goOn);
    //! Shows \a interaction and goes on with the answer, or fails where there is none in time. Fails at once,
    //! as nobody can be asked, where nobody listens.
    void ask(Interaction *interaction, const std::function<void(const QVariantMap &)> &goOn);
    void setWaitingForPerson(bool isWaiting) { m_answer.setWaitingForPerson(isWaiting); }
    //! Goes on with the answer to a request, or fails where there is none.
    void send(const QByteArray &verb, const QUrl &url, const Headers &headers,
              const QByteArray &body, const std::function<void(const HttpAnswer &)> &goOn);

    [[nodiscard]] const AwsContext &context() const { return m_context; }

private:
    AwsContext m_context;
    SharedAnswer<CredentialsReply, AwsCredentials> m_answer;
};

} // namespace AppSync
