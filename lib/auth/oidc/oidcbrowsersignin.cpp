// SPDX-License-Identifier: Apache-2.0
#include "../interactivesource.h"
#include "../loopbackredirect_p.h"
#include "../pkce_p.h"
#include "oidcerror_p.h"
#include "oidcsignin_p.h"

using namespace Qt::StringLiterals;

namespace AppSync {

void OidcBrowserSignIn::start()
{
    if (api()->provider().authorization.isEmpty()) {
        fail(Error::local(Error::Kind::InvalidInput,
                          tr("%1 offers no sign-in in a browser.").arg(options().provider),
                          tr("Sign in with a code, or paste a token.")));
        return;
    }
    m_state = randomText(16);
    m_nonce = randomText(16);
    m_redirect = new LoopbackRedirect(m_state, api()->clock(), this);
    if (const Error error = m_redirect->listen(options().redirectUris); error.isError()) {
        fail(error);
        return;
    }
    connect(m_redirect, &LoopbackRedirect::finished, this, &OidcBrowserSignIn::onRedirect);
    ask(authorizeUrl(),
        tr("Sign in on the page of %1 that opens in your browser.").arg(options().provider), {},
        InteractiveSource::kPatience,
        tr("If the browser showed an error instead of a sign-in, such as redirect_mismatch: "
           "register "
           "%1 with the provider, to the letter, and check client id and scopes.")
            .arg(m_redirect->uri()));
}

void OidcBrowserSignIn::cleanUp()
{
    if (m_redirect)
        m_redirect->close();
}

QUrl OidcBrowserSignIn::authorizeUrl()
{
    const Pkce pkce = Pkce::create();
    m_verifier = pkce.verifier;
    OidcApi::Form form{{u"response_type"_s, u"code"_s},
                       {u"client_id"_s, api()->clientId()},
                       {u"redirect_uri"_s, m_redirect->uri()},
                       {u"state"_s, m_state},
                       {u"nonce"_s, m_nonce},
                       {u"code_challenge"_s, pkce.challenge},
                       {u"code_challenge_method"_s, u"S256"_s}};
    if (!options().scope.isEmpty())
        form.append({u"scope"_s, options().scope});
    return OidcApi::withQuery(api()->provider().authorization,
                              OidcApi::merged(form, options().parameters));
}

void OidcBrowserSignIn::onRedirect(const Redirect &redirect, const Error &error)
{
    const QString issuer = api()->provider().issuer;
    if (error.isError()) {
        fail(error);
    } else if (!redirect.error.isEmpty()) {
        fail(OidcError::described(redirect.error, redirect.errorDescription));
    } else if (!redirect.issuer.isEmpty() && !issuer.isEmpty() && redirect.issuer != issuer) {
        // RFC 9207: a provider that mixes us up with another one must not get the other one's code.
        fail(Error::local(Error::Kind::Receiving,
                          tr("The browser came back from another provider: %1 instead of %2.")
                              .arg(redirect.issuer, issuer),
                          tr("Sign in again, and use the page that opens then.")));
    } else {
        endWaiting();
        api()->grant({{u"grant_type"_s, u"authorization_code"_s},
                      {u"code"_s, redirect.code},
                      {u"redirect_uri"_s, m_redirect->uri()},
                      {u"code_verifier"_s, m_verifier}},
                     this, [this](const OidcGrant &grant, const Error &refusal) {
                         if (refusal.isError())
                             fail(refusal);
                         else
                             succeed(grant, m_nonce);
                     });
    }
}

} // namespace AppSync
