// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../core/clock.h"
#include "aws/credentialssource.h"
#include "sigv4/requestsignature.h"
#include "sigv4/signaturehelp.h"

#include <QPointer>

#include <chrono>
#include <functional>

namespace AppSync {

//! IAM mode: signs each request with AWS Signature Version 4. The credentials come from source(), which is
//! asked for every request; or a function of the caller's does all the work. Where neither is set, or the
//! region is not known, operations fail as Error::Kind::InvalidInput, and nothing is sent.
// The base in full: qmltyperegistrar 6.4 does not find it otherwise.
class APPSYNC_EXPORT IamAuthorizer : public AppSync::Authorizer {
    Q_OBJECT
    Q_PROPERTY(
        AppSync::CredentialsSource *source READ source WRITE setSource NOTIFY sourceChanged FINAL)
    Q_PROPERTY(QString region READ region WRITE setRegion NOTIFY regionChanged FINAL)
    Q_PROPERTY(QString service READ service WRITE setService NOTIFY serviceChanged FINAL)
    Q_PROPERTY(double clockOffset READ clockOffsetSeconds WRITE setClockOffsetSeconds NOTIFY
                   clockOffsetChanged FINAL)

public:
    //! Gets the request and answers with all headers to be sent (`host` and `Authorization` among them), at
    //! once or later. A later answer keeps the reply in a QPointer: it may be gone by then.
    using Function = std::function<void(const SignableRequest &request, AuthReply *reply)>;

    explicit IamAuthorizer(QObject *parent = nullptr);
    //! With \a source, which is not owned; owned by \a parent.
    explicit IamAuthorizer(CredentialsSource *source, QObject *parent = nullptr);
    //! With \a function, owned by \a parent.
    explicit IamAuthorizer(Function function, QObject *parent = nullptr);

    //! Where the AWS credentials come from; null by default. Not owned: one source may serve many authorizers.
    [[nodiscard]] CredentialsSource *source() const;
    void setSource(CredentialsSource *source); //!< used from the next request on
    //! Signs instead of this class, which then needs no source; none by default. Called for every request.
    void setFunction(Function function);
    //! The region of the API. Empty by default: signingRegion() says where it is taken from then.
    [[nodiscard]] QString region() const { return m_region; }
    void setRegion(const QString &region); //!< used from the next request on
    //! What the signature is for: `appsync` by default.
    [[nodiscard]] QString service() const { return m_service; }
    void setService(const QString &service); //!< used from the next request on
    //! What the server's time is ahead of this computer's; zero by default. For a clock that cannot be set:
    //! the service refuses signatures that are some minutes off.
    [[nodiscard]] std::chrono::milliseconds clockOffset() const { return m_clockOffset; }
    void setClockOffset(std::chrono::milliseconds offset); //!< used from the next request on
    //! clockOffset() in seconds, for QML.
    [[nodiscard]] double clockOffsetSeconds() const;
    void setClockOffsetSeconds(double seconds); //!< likewise
    //! The clock that dates come from; the system's by default. Not owned.
    void setClock(Clock *clock) { m_clock = clock; }

    //! The region that a request to an endpoint in \a endpointRegion (empty: it does not tell) is signed for:
    //! the first that is known of region(), \a endpointRegion, AWS_REGION, AWS_DEFAULT_REGION and the region
    //! of source().
    Q_INVOKABLE AppSync::SigningRegion signingRegion(const QString &endpointRegion = {}) const;
    //! What was signed last; invalid before the first request and where a function signs.
    Q_INVOKABLE AppSync::RequestSignature lastSignature() const { return m_signatures.value(0); }
    //! What was signed lately, newest first, sixteen at most.
    Q_INVOKABLE QList<AppSync::RequestSignature> recentSignatures() const { return m_signatures; }
    //! What \a serverText, the server's words about a refused signature, says about recentSignatures().
    //! \a serverTime, where known, is the `Date` of the answer.
    Q_INVOKABLE AppSync::SignatureHelp explain(const QString &serverText,
                                               const QDateTime &serverTime = {}) const;

    //! True if \a error says that the region of an API is not known: setRegion() helps, and nobody was asked.
    [[nodiscard]] static bool isRegionMissing(const Error &error);

    AuthReply *authorize(const SignableRequest &request) override;
    bool invalidate() override;
    [[nodiscard]] QString displayName() const override;

Q_SIGNALS:
    void sourceChanged();
    void regionChanged();
    void serviceChanged();
    void clockOffsetChanged();
    //! The service refused what a function gave last: what it has cached is of no use any more.
    void refused();

private:
    void sign(AuthReply *reply, const SignableRequest &request, const AwsCredentials &credentials);

    QPointer<CredentialsSource> m_source;
    Function m_function;
    QString m_region;
    QString m_service;
    std::chrono::milliseconds m_clockOffset{0};
    Clock *m_clock = Clock::system();
    QList<RequestSignature> m_signatures;
};

} // namespace AppSync
