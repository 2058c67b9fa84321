// SPDX-License-Identifier: Apache-2.0
#include "authcheck_p.h"

#include "../events/channelname_p.h"
#include "../realm_p.h"
#include "../signin/signedbody_p.h"
#include "sigv4check_p.h"

#include <QPointer>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace AppSync::Emulation {

namespace {

using Kind = AuthCheck::Operation::Kind;
using Mode = EmulatorOptions::AuthMode;

QString modeName(Mode mode)
{
    switch (mode) {
    case Mode::ApiKey:
        return u"API keys"_s;
    case Mode::Iam:
        return u"IAM signatures"_s;
    case Mode::UserPool:
        return u"tokens of a user pool"_s;
    case Mode::Oidc:
        return u"tokens of an OIDC provider"_s;
    case Mode::Lambda:
        return u"tokens of a Lambda authorizer"_s;
    }
    Q_UNREACHABLE();
}

QString actionName(Kind kind)
{
    switch (kind) {
    case Kind::Connect:
        return u"appsync:EventConnect"_s;
    case Kind::Subscribe:
        return u"appsync:EventSubscribe"_s;
    case Kind::Publish:
        return u"appsync:EventPublish"_s;
    case Kind::GraphQlConnect:
    case Kind::GraphQl:
        return u"appsync:GraphQL"_s;
    }
    Q_UNREACHABLE();
}

QString lambdaOperation(Kind kind)
{
    switch (kind) {
    case Kind::Connect:
        return u"EVENT_CONNECT"_s;
    case Kind::Subscribe:
        return u"EVENT_SUBSCRIBE"_s;
    case Kind::Publish:
        return u"EVENT_PUBLISH"_s;
    case Kind::GraphQlConnect:
    case Kind::GraphQl:
        return {};
    }
    Q_UNREACHABLE();
}

//! As users saw them: over WebSocket a bad signature is a BadRequestException, over HTTP it has a name.
ServiceError signatureError(const Sigv4Check::Verdict &verdict)
{
    using Fault = Sigv4Check::Fault;
    ServiceError error = ServiceError::badRequest(verdict.message);
    error.code = 400;
    error.httpStatus = 403;
    switch (verdict.fault) {
    case Fault::Incomplete:
        error.httpType = u"IncompleteSignatureException"_s;
        break;
    case Fault::WrongSignature:
        error.httpType = u"InvalidSignatureException"_s;
        break;
    case Fault::UnknownKey:
        error.type = u"UnrecognizedClientException"_s;
        break;
    case Fault::ExpiredToken:
        error.type = u"ExpiredTokenException"_s;
        break;
    }
    return error;
}

const QLatin1StringView kBearer("Bearer ");

} // namespace

QString Caller::user() const
{
    if (mode == Mode::Iam)
        return arn;
    for (const auto name : {"username"_L1, "cognito:username"_L1, "sub"_L1}) {
        if (const QString text = claims.value(name).toString(); !text.isEmpty())
            return text;
    }
    return {};
}

AuthCheck::AuthCheck(const Realm &realm, const EmulatorOptions &options, const QString &apiId)
    : m_realm(realm), m_options(options), m_apiId(apiId)
{
    update();
}

void AuthCheck::update()
{
    m_namespaces.clear();
    for (const EmulatorOptions::Namespace &nameSpace : m_options.namespaces)
        m_namespaces.insert(nameSpace.name, nameSpace);
}

bool AuthCheck::isInUse(Mode mode, bool forGraphQl) const
{
    if (forGraphQl)
        return m_options.graphQl.modes.contains(mode);
    return m_options.connectModes.contains(mode)
        || std::any_of(m_namespaces.begin(), m_namespaces.end(),
                       [&](const EmulatorOptions::Namespace &nameSpace) {
                           return nameSpace.publish.contains(mode)
                               || nameSpace.subscribe.contains(mode);
                       });
}

void AuthCheck::connect(const Credentials &credentials, const Answer &answer) const
{
    check({Kind::Connect, {}, credentials, SignedBody::connect}, answer);
}

void AuthCheck::check(const Operation &operation, const Answer &answer) const
{
    identify(
        operation,
        [this, kind = operation.kind, channel = operation.channel, answer](const Verdict &verdict) {
            answer(verdict.refusal ? verdict
                                   : Verdict{admit(kind, channel, verdict.caller), verdict.caller});
        });
}

AuthCheck::Refusal AuthCheck::admit(Operation::Kind kind, const QString &channel,
                                    const Caller &caller) const
{
    if (kind == Kind::Connect) {
        if (m_options.connectModes.contains(caller.mode))
            return std::nullopt;
        return ServiceError::notAuthorized(u"%1 may not connect"_s.arg(modeName(caller.mode)));
    }
    if (kind == Kind::GraphQlConnect || kind == Kind::GraphQl) {
        if (m_options.graphQl.modes.contains(caller.mode))
            return std::nullopt;
        return ServiceError::notAuthorized(
            u"%1 are not for the GraphQL API"_s.arg(modeName(caller.mode)));
    }
    const QString name = ChannelName::namespaceOf(channel);
    const auto nameSpace = m_namespaces.constFind(name);
    if (nameSpace == m_namespaces.constEnd())
        return ServiceError::forbidden(u"there is no namespace %1"_s.arg(name));
    const bool isPublish = kind == Kind::Publish;
    const QList<Mode> modes = isPublish ? nameSpace->publish : nameSpace->subscribe;
    if (caller.isOwn || modes.contains(caller.mode))
        return std::nullopt;
    return ServiceError::forbidden(u"namespace %1 does not let %2 %3"_s.arg(
        name, modeName(caller.mode), isPublish ? u"publish"_s : u"subscribe"_s));
}

//! There is no member that names the mode: it shows in the form of what was sent.
void AuthCheck::identify(const Operation &operation, const Answer &answer) const
{
    const Credentials &credentials = operation.credentials;
    if (credentials.isOwn)
        return answer({{}, {Mode::ApiKey, true}});
    const QString authorization = credentials.authorization();
    if (authorization.isEmpty())
        return answer(byApiKey(operation));
    if (authorization.startsWith(QLatin1StringView(Sigv4::kAlgorithm)))
        return answer(bySignature(operation));

    const bool isBearer = authorization.startsWith(kBearer, Qt::CaseInsensitive);
    const auto token =
        WebToken::parse(isBearer ? authorization.sliced(kBearer.size()) : authorization);
    const TokenCheck::Provider *provider = token ? m_realm.tokens().providerOf(*token) : nullptr;
    if (provider && isInUse(provider->kind, operation.isGraphQl())) {
        const QPointer<const QObject> life(&m_life); // and that of the provider
        return m_realm.tokens().prepare(*token, *provider, [=, this, token = *token] {
            if (life)
                answer(byToken(token, *provider));
        });
    }
    if (!isBearer && m_realm.lambda().isSet()
        && isInUse(Mode::Lambda, operation.isGraphQl()))
        return byLambda(operation, answer);
    if (token)
        return answer({ServiceError::notAuthorized(u"the token comes from another issuer"_s)});
    ServiceError error = ServiceError::notAuthorized(u"the token is not a JWT"_s);
    error.message = u"Unable to parse JWT token."_s;
    answer({error});
}

AuthCheck::Verdict AuthCheck::byApiKey(const Operation &operation) const
{
    const QString apiKey = operation.credentials.apiKey();
    if (apiKey.isEmpty()) {
        ServiceError error = ServiceError::notAuthorized(u"no credentials were sent"_s);
        if (operation.isGraphQl() && !operation.isFrame)
            error.message = u"Valid authorization header not provided."_s;
        return {error};
    }
    const QList<EmulatorOptions::ApiKey> &keys = m_options.apiKeys;
    const auto found =
        std::find_if(keys.begin(), keys.end(),
                     [&](const EmulatorOptions::ApiKey &key) { return key.id == apiKey; });
    if (found == keys.end())
        return {ServiceError::notAuthorized(u"the API key is wrong"_s)};
    if (found->expires.isValid() && found->expires <= m_realm.now()) {
        return {ServiceError::notAuthorized(u"the API key \"%1\" expired at %2"_s.arg(
            found->description, found->expires.toUTC().toString(Qt::ISODate)))};
    }
    return {{}, {Mode::ApiKey}};
}

AuthCheck::Verdict AuthCheck::bySignature(const Operation &operation) const
{
    SignedRequest request{"POST", operation.credentials.path, operation.query,
                          operation.credentials.headers, operation.body()};
    QByteArrayList otherBodies;
    if (const QByteArray escaped = SignedBody::htmlEscaped(request.body);
        operation.isFrame && !operation.isGraphQl() && escaped != request.body) {
        if (m_options.faults.htmlEscapedSignatures)
            request.body = escaped;
        else
            otherBodies.append(escaped);
    }
    const Sigv4Check::Terms terms{
        "appsync", {m_options.region.toUtf8()}, m_options.signatureWindow};
    const Sigv4Check check(m_realm.identities(), m_realm.clock());
    const Sigv4Check::Verdict verdict = check.verify(request, terms, otherBodies);
    if (!verdict.principal)
        return {signatureError(verdict)};

    if (const Refusal refusal = iamRefusal(operation, *verdict.principal))
        return {refusal};
    Caller caller{Mode::Iam};
    caller.arn = verdict.principal->arn;
    caller.userId = verdict.principal->userId;
    caller.cognito = verdict.principal->cognito;
    caller.principal = std::make_shared<Principal>(*verdict.principal);
    return {{}, caller};
}

AuthCheck::Refusal AuthCheck::iamRefusal(const Operation &operation,
                                         const Principal &principal) const
{
    if (operation.isGraphQl())
        return std::nullopt; // it is asked for each field
    QString resource = m_realm.apiArn(m_apiId);
    if (operation.kind != Kind::Connect)
        resource += u"/channelNamespace/"_s + ChannelName::namespaceOf(operation.channel);
    const QString action = actionName(operation.kind);
    if (principal.mayDo(action, resource))
        return std::nullopt;
    ServiceError error = ServiceError::forbidden(
        u"%1 may not %2 on %3"_s.arg(principal.arn, action, resource));
    if (operation.kind == Kind::Connect) // the only place where users saw a message
        error.message = u"Permission denied"_s;
    return error;
}

AuthCheck::Verdict AuthCheck::byToken(const WebToken &token,
                                      const TokenCheck::Provider &provider) const
{
    const TokenCheck::Verdict verdict = m_realm.tokens().verify(token, provider);
    if (verdict.isGood())
        return {{}, {provider.kind, false, verdict.claims}};
    ServiceError error = ServiceError::notAuthorized(verdict.problem);
    if (verdict.hasExpired)
        error.message = u"Token has expired."_s;
    return {error};
}

void AuthCheck::byLambda(const Operation &operation, const Answer &answer) const
{
    EmulatorOptions::LambdaRequest request;
    request.apiId = m_apiId;
    request.accountId = kAccountId;
    request.requestId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    request.authorizationToken = operation.credentials.authorization();
    request.operation = lambdaOperation(operation.kind);
    request.queryString = operation.document;
    request.operationName = operation.operationName;
    request.variables = operation.variables;
    if (operation.kind == Kind::Subscribe || operation.kind == Kind::Publish) {
        request.channelNamespaceName = ChannelName::namespaceOf(operation.channel);
        request.channel = u'/' + operation.channel;
    }
    for (const auto &[name, value] : operation.credentials.headers)
        request.requestHeaders.emplaceBack(QString::fromUtf8(name), QString::fromUtf8(value));
    const QPointer<const QObject> life(&m_life);
    m_realm.lambda().check(request, [life, answer](const LambdaCheck::Verdict &verdict) {
        if (!life)
            return;
        if (!verdict.problem.isEmpty())
            return answer({ServiceError::notAuthorized(verdict.problem)});
        Caller caller{Mode::Lambda};
        caller.handlerContext = verdict.handlerContext;
        caller.deniedFields = verdict.deniedFields;
        answer({{}, caller});
    });
}

} // namespace AppSync::Emulation
