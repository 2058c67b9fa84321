// SPDX-License-Identifier: Apache-2.0
#include "app/ui/formfield.h"

#include <AppSync/JwtClaims>

#include <QCoreApplication>
#include <QProcess>
#include <QRegularExpression>
#include <QTimeZone>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace Syncscope::FormFields {

namespace {

using Key = FormField::Key;
using Kind = FormField::Kind;
using Way = ProfileDraft::Way;

const QString kDateFormat = u"yyyy-MM-dd HH:mm"_s;

QString tr(const char *text)
{
    return QCoreApplication::translate("FormFields", text);
}

QString nameOfWay(Way way)
{
    switch (way) {
    case Way::Srp:
        return tr("User name and password");
    case Way::Password:
        return tr("User name and password, sent (no SRP)");
    case Way::Browser:
        return tr("In the browser");
    case Way::Given:
        return tr("A pasted token");
    case Way::Command:
        return tr("A command that prints the token");
    case Way::AwsChain:
        return tr("As the AWS tools do");
    case Way::AwsProfile:
        return tr("A profile of the AWS tools");
    case Way::AwsKeys:
        return tr("Access keys");
    case Way::IdentityPool:
        return tr("An identity pool, as a guest");
    case Way::Only:
        break;
    }
    return {};
}

QString joined(const QStringList &list)
{
    return list.join(u' ');
}

QStringList split(const QString &text)
{
    static const QRegularExpression blanks(u"[\\s,]+"_s);
    return text.split(blanks, Qt::SkipEmptyParts);
}

//! A command as one line, such that QProcess::splitCommand() reads it as it was.
QString commandLine(const QStringList &command)
{
    QStringList words;
    for (QString word : command) {
        const bool isPlain = !word.isEmpty() && !word.contains(u' ') && !word.contains(u'"');
        word.replace(u'"', u"\"\"\""_s);
        words += isPlain ? word : u'"' + word + u'"';
    }
    return words.join(u' ');
}

AppSync::JwtClaims::Mode claimsMode(AuthMode mode)
{
    using Mode = AppSync::JwtClaims::Mode;
    if (mode == AuthMode::Lambda)
        return Mode::Lambda;
    return mode == AuthMode::Oidc ? Mode::Oidc : Mode::UserPool;
}

//! Puts the lines of one mode together.
class Builder {
public:
    Builder(const ProfileDraft &draft, qint64 nowMs) : m_draft(draft), m_nowMs(nowMs) { }

    QList<FormField> build(AuthMode mode)
    {
        m_mode = mode;
        m_fields.clear();
        addWay();
        switch (mode) {
        case AuthMode::ApiKey:
            addApiKey();
            break;
        case AuthMode::UserPool:
            addUserPool();
            break;
        case AuthMode::Oidc:
            addOidc();
            break;
        case AuthMode::Lambda:
            addLambda();
            break;
        case AuthMode::Iam:
            addIam();
            break;
        case AuthMode::None:
            add(Key::Nothing, {}).help =
                tr("Nothing is sent to sign in. AppSync itself refuses that; proxies and servers "
                   "of your own may not.");
            m_fields.last().kind = Kind::Remark;
            break;
        }
        return m_fields;
    }

private:
    FormField &add(Key key, const QString &label, const QString &text = {},
                   const QString &hint = {})
    {
        FormField field;
        field.key = key;
        field.mode = m_mode;
        field.label = label;
        field.text =
            m_draft.texts.value(int(key), text); // a blank at the end is not lost while typing
        field.hint = hint;
        m_fields.append(field);
        return m_fields.last();
    }

    FormField &addSecret(Key key, const QString &label, const QString &hint = {})
    {
        FormField &field = add(key, label, {}, hint);
        field.kind = Kind::Secret;
        const SecretRole role = roleOf(m_draft, field);
        field.text = m_draft.secrets.value(role);
        const SecretReference kept = m_draft.profile.secret(role);
        field.isKept = kept.isSet() && field.text.isEmpty();
        if (field.isKept)
            field.hint = tr("kept: %1").arg(kept.toText());
        return field;
    }

    void addWay()
    {
        const QList<Way> ways = ProfileDraft::ways(m_mode);
        if (ways.size() < 2)
            return;
        FormField &field =
            add(Key::Way, m_mode == AuthMode::Iam ? tr("Credentials") : tr("Sign in"));
        field.kind = Kind::Choice;
        for (const Way way : ways)
            field.choices += nameOfWay(way);
        field.choice = int(ways.indexOf(m_draft.way(m_mode)));
    }

    void addApiKey()
    {
        addSecret(Key::ApiKey, tr("API key"), u"da2-…"_s);
        const QDateTime expiry = m_draft.profile.apiKeyExpiresAt;
        FormField &field = add(Key::ApiKeyExpiry, tr("Expires"),
                               expiry.isValid() ? expiry.toUTC().toString(kDateFormat) : QString(),
                               tr("optional, UTC: 2026-12-31"));
        if (!expiry.isValid() && !field.text.trimmed().isEmpty())
            field.warning = tr("That is no date. For example: 2026-12-31 18:00");
        else if (expiry.isValid() && expiry.toMSecsSinceEpoch() <= m_nowMs)
            field.warning = tr("That is over: AppSync refuses the key unless it was extended.");
    }

    void addUserPool()
    {
        const Way way = m_draft.way(AuthMode::UserPool);
        if (way == Way::Given)
            return addToken();
        FormField &pool = add(Key::UserPoolId, tr("User pool ID"), m_draft.profile.userPoolId,
                              u"eu-west-1_AbCd12345"_s);
        static const QRegularExpression form(u"^[a-z0-9-]+_[A-Za-z0-9]+$"_s);
        const QString id = m_draft.profile.userPoolId.trimmed();
        if (!id.isEmpty() && !form.match(id).hasMatch())
            pool.warning = tr("A user pool's ID is its region, an underscore and some letters.");
        if (way == Way::Browser)
            addDomain();
        addClient();
        if (way != Way::Browser)
            addUser();
        addTokenUse(Profile::TokenUse::Access);
    }

    void addDomain()
    {
        FormField &field = add(Key::Domain, tr("Sign-in domain"), m_draft.profile.domain,
                               u"example.auth.eu-west-1.amazoncognito.com"_s);
        field.help = tr("Of the user pool's own sign-in page.");
        addRedirects();
    }

    void addClient()
    {
        add(Key::ClientId, tr("Client ID"), m_draft.profile.clientId,
            tr("of the app client, not of the API"));
        addSecret(Key::ClientSecret, tr("Client secret"), tr("only if the client has one"));
    }

    void addUser()
    {
        add(Key::Username, tr("User name"), m_draft.profile.username, tr("asked for if empty"))
            .isMono = false;
        addSecret(Key::Password, tr("Password"), tr("asked for if empty"));
    }

    void addTokenUse(Profile::TokenUse standard)
    {
        FormField &field = add(Key::TokenUse, tr("Token to send"));
        field.kind = Kind::Choice;
        field.choices = {tr("ID token"), tr("Access token")};
        field.choice = m_draft.profile.tokenUse.value_or(standard) == Profile::TokenUse::Id ? 0 : 1;
    }

    void addRedirects()
    {
        FormField &field =
            add(Key::RedirectUris, tr("Redirect URI"), joined(m_draft.profile.redirectUris),
                u"http://localhost:53682/callback"_s);
        field.help = tr("As registered with the client; several are parted by blanks.");
    }

    void addOidc()
    {
        if (m_draft.way(AuthMode::Oidc) == Way::Given)
            return addToken();
        FormField &issuer =
            add(Key::Issuer, tr("Issuer"), m_draft.profile.issuer, u"https://login.example.com"_s);
        const QUrl url(m_draft.profile.issuer.trimmed(), QUrl::StrictMode);
        if (!url.isEmpty() && (url.scheme() != "https"_L1 || url.host().isEmpty())
            && url.host() != "localhost"_L1 && url.host() != "127.0.0.1"_L1)
            issuer.warning = tr("An issuer is a URL that begins with https://.");
        addClient();
        add(Key::Scopes, tr("Scopes"), joined(m_draft.profile.scopes),
            tr("what the provider offers"));
        addRedirects();
        addTokenUse(Profile::TokenUse::Id);
    }

    void addLambda()
    {
        if (m_draft.way(AuthMode::Lambda) == Way::Given) {
            addToken();
        } else {
            FormField &field =
                add(Key::TokenCommand, tr("Command"), commandLine(m_draft.profile.tokenCommand),
                    tr("/path/to/program --option"));
            field.help = tr("It is run, without a shell, whenever a token is needed. Its output is "
                            "the token.");
        }
        FormField &prefix = add(Key::TokenPrefix, tr("Prefix"), m_draft.profile.tokenPrefix,
                                tr("nothing, as a rule"));
        prefix.help = tr("Put in front of the token, as it stands here.");
    }

    void addToken()
    {
        FormField &field = addSecret(Key::Token, tr("Token"), u"eyJ…"_s);
        const QString token = field.text.trimmed();
        if (token.isEmpty())
            return;
        const AppSync::JwtClaims claims = AppSync::JwtClaims::fromToken(token);
        const QStringList warnings =
            claims.warnings(claimsMode(m_mode), m_nowMs,
                            m_mode == AuthMode::Oidc ? m_draft.profile.issuer : QString());
        field.warning = warnings.join(u'\n');
        if (claims.isValid() && claims.secondsLeft(m_nowMs) > 0)
            field.help = tr("Valid until %1 UTC. Nobody renews a pasted token.")
                             .arg(claims.expiresAt().toString(kDateFormat));
    }

    void addIam()
    {
        switch (m_draft.way(AuthMode::Iam)) {
        case Way::AwsProfile:
            add(Key::AwsProfile, tr("AWS profile"), m_draft.profile.awsProfile,
                tr("its name in ~/.aws/config"))
                .help = tr("Roles, SSO, credential processes and web identities work as they are "
                           "set up there.");
            break;
        case Way::AwsKeys:
            add(Key::AccessKeyId, tr("Access key ID"), m_draft.profile.accessKeyId, u"AKIA…"_s);
            addSecret(Key::SecretAccessKey, tr("Secret access key"));
            addSessionToken();
            break;
        case Way::IdentityPool:
            add(Key::IdentityPoolId, tr("Identity pool ID"), m_draft.profile.identityPoolId,
                u"eu-west-1:01234567-89ab-cdef-0123-456789abcdef"_s);
            break;
        default:
            add(Key::Nothing, {}).help =
                tr("Environment, AWS_PROFILE or the default profile with all that it may refer to, "
                   "then container and instance. The token view says which one was used.");
            m_fields.last().kind = Kind::Remark;
            break;
        }
    }

    void addSessionToken()
    {
        FormField &field =
            addSecret(Key::SessionToken, tr("Session token"), tr("of temporary keys (ASIA…)"));
        const bool isTemporary = m_draft.profile.accessKeyId.trimmed().startsWith(u"ASIA"_s);
        if (isTemporary && !m_draft.has(SecretRole::SessionToken))
            field.warning = tr("Temporary keys are worth nothing without their session token.");
    }

    const ProfileDraft &m_draft;
    const qint64 m_nowMs;
    AuthMode m_mode = AuthMode::None;
    QList<FormField> m_fields;
};

QString *textMember(ProfileDraft *draft, Key key)
{
    Profile &profile = draft->profile;
    switch (key) {
    case Key::UserPoolId:
        return &profile.userPoolId;
    case Key::ClientId:
        return &profile.clientId;
    case Key::Username:
        return &profile.username;
    case Key::Domain:
        return &profile.domain;
    case Key::Issuer:
        return &profile.issuer;
    case Key::TokenPrefix:
        return &profile.tokenPrefix;
    case Key::AwsProfile:
        return &profile.awsProfile;
    case Key::AccessKeyId:
        return &profile.accessKeyId;
    case Key::IdentityPoolId:
        return &profile.identityPoolId;
    default:
        return nullptr;
    }
}

} // namespace

QList<FormField> of(const ProfileDraft &draft, qint64 nowMs)
{
    Builder builder(draft, nowMs);
    QList<FormField> fields;
    for (const AuthMode mode : draft.modes())
        fields += builder.build(mode);
    return fields;
}

void setText(ProfileDraft *draft, const FormField &field, const QString &text)
{
    if (field.kind == Kind::Secret) {
        draft->secrets.insert(roleOf(*draft, field), text);
        return;
    }
    draft->texts.insert(int(field.key), text);
    if (QString *member = textMember(draft, field.key))
        *member = text;
    else if (field.key == Key::ApiKeyExpiry)
        draft->profile.apiKeyExpiresAt = readDate(text);
    else if (field.key == Key::Scopes)
        draft->profile.scopes = split(text);
    else if (field.key == Key::RedirectUris)
        draft->profile.redirectUris = split(text);
    else if (field.key == Key::TokenCommand)
        draft->profile.tokenCommand = QProcess::splitCommand(text);
}

void setChoice(ProfileDraft *draft, const FormField &field, int choice)
{
    if (choice < 0 || choice >= field.choices.size())
        return;
    if (field.key == Key::Way)
        draft->setWay(field.mode, ProfileDraft::ways(field.mode).at(choice));
    else if (field.key == Key::TokenUse)
        draft->profile.tokenUse = choice == 0 ? Profile::TokenUse::Id : Profile::TokenUse::Access;
}

void forget(ProfileDraft *draft, const FormField &field)
{
    if (field.kind != Kind::Secret)
        return;
    draft->secrets.remove(roleOf(*draft, field));
    draft->profile.secret(roleOf(*draft, field)) = {};
}

SecretRole roleOf(const ProfileDraft &draft, const FormField &field)
{
    switch (field.key) {
    case Key::ClientSecret:
        return SecretRole::ClientSecret;
    case Key::Password:
        return SecretRole::Password;
    case Key::SecretAccessKey:
        return SecretRole::SecretAccessKey;
    case Key::SessionToken:
        return SecretRole::SessionToken;
    default:
        return draft.givenRole(field.mode);
    }
}

QString nameOf(AuthMode mode)
{
    switch (mode) {
    case AuthMode::ApiKey:
        return tr("API key");
    case AuthMode::UserPool:
        return tr("User pool");
    case AuthMode::Oidc:
        return tr("OIDC");
    case AuthMode::Lambda:
        return tr("Lambda");
    case AuthMode::Iam:
        return tr("IAM");
    case AuthMode::None:
        break;
    }
    return tr("None");
}

QDateTime readDate(const QString &text)
{
    QString date = text.trimmed();
    date.replace(u'T', u' ');
    if (date.endsWith(u'Z'))
        date.chop(1);
    if (!date.contains(u' '))
        date += u" 00:00"_s;
    QDateTime moment = QDateTime::fromString(date, kDateFormat);
    if (!moment.isValid())
        moment = QDateTime::fromString(date, u"yyyy-MM-dd HH:mm:ss"_s);
    moment.setTimeSpec(Qt::UTC);
    return moment;
}

} // namespace Syncscope::FormFields
