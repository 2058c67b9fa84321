// SPDX-License-Identifier: Apache-2.0
#include "app/core/import/amplifyimport.h"

#include "app/core/import/shapes.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace Syncscope::AmplifyImport {

namespace {

QJsonObject at(const QJsonObject &object, std::initializer_list<QLatin1StringView> path)
{
    QJsonObject result = object;
    for (const QLatin1StringView key : path)
        result = result.value(key).toObject();
    return result;
}

QString text(const QJsonObject &object, QLatin1StringView key)
{
    const QString value = object.value(key).toString();
    return isNothing(value) ? QString() : value.trimmed();
}

//! An array of texts, or one text with commas.
QStringList texts(const QJsonValue &value)
{
    QStringList result;
    for (const QJsonValue &element : value.toArray())
        result.append(element.toString().trimmed());
    if (value.isString())
        result = value.toString().split(u',');
    for (QString &each : result)
        each = each.trimmed();
    result.removeIf([](const QString &each) { return isNothing(each); });
    return result;
}

void put(QString *to, const QString &value)
{
    if (to->isEmpty())
        *to = value;
}

void readApi(const QJsonObject &object, QLatin1StringView url, QLatin1StringView region,
             QLatin1StringView mode, QLatin1StringView key, Draft::Api *api)
{
    api->setUrl(text(object, url), text(object, region));
    if (const auto known = authModeOfService(text(object, mode)))
        api->auth = known;
    put(&api->apiKey, text(object, key));
}

void readOauth(const QJsonObject &oauth, QLatin1StringView scopes, QLatin1StringView redirects,
               Draft *draft)
{
    draft->setDomain(text(oauth, "domain"_L1));
    if (draft->profile.scopes.isEmpty())
        draft->profile.scopes = texts(oauth.value(scopes));
    if (draft->profile.redirectUris.isEmpty())
        draft->profile.redirectUris = texts(oauth.value(redirects));
}

//! What version 6 keeps under Auth.Cognito, and version 5 under Auth.
void readResourceAuth(const QJsonObject &auth, Draft *draft)
{
    Profile &p = draft->profile;
    put(&p.region, text(auth, "region"_L1));
    draft->setUserPool(text(auth, "userPoolId"_L1));
    put(&p.clientId, text(auth, "userPoolClientId"_L1));
    put(&p.clientId, text(auth, "userPoolWebClientId"_L1));
    put(&p.identityPoolId, text(auth, "identityPoolId"_L1));
    readOauth(at(auth, {"loginWith"_L1, "oauth"_L1}), "scopes"_L1, "redirectSignIn"_L1, draft);
    readOauth(at(auth, {"oauth"_L1}), "scope"_L1, "redirectSignIn"_L1, draft);
}

//! The first member, by preference "Default".
QJsonObject standard(const QJsonObject &object)
{
    if (object.contains("Default"_L1))
        return object.value("Default"_L1).toObject();
    return object.isEmpty() ? QJsonObject() : object.begin().value().toObject();
}

Draft readNativeAuth(const QJsonObject &plugin)
{
    Draft draft({});
    Profile &p = draft.profile;
    const QJsonObject pool = standard(at(plugin, {"CognitoUserPool"_L1}));
    draft.setUserPool(text(pool, "PoolId"_L1));
    put(&p.region, text(pool, "Region"_L1));
    put(&p.clientId, text(pool, "AppClientId"_L1));
    draft.setSecret(SecretRole::ClientSecret, text(pool, "AppClientSecret"_L1));
    const QJsonObject identity =
        standard(at(plugin, {"CredentialsProvider"_L1, "CognitoIdentity"_L1}));
    put(&p.identityPoolId, text(identity, "PoolId"_L1));
    put(&p.region, text(identity, "Region"_L1));
    const QJsonObject oauth = at(standard(at(plugin, {"Auth"_L1})), {"OAuth"_L1});
    draft.setDomain(text(oauth, "WebDomain"_L1));
    put(&p.clientId, text(oauth, "AppClientId"_L1));
    draft.setSecret(SecretRole::ClientSecret, text(oauth, "AppClientSecret"_L1));
    p.scopes = texts(oauth.value("Scopes"_L1));
    p.redirectUris = texts(oauth.value("SignInRedirectURI"_L1));
    return draft;
}

bool isOneOf(const QJsonObject &object, std::initializer_list<QLatin1StringView> keys)
{
    return std::any_of(keys.begin(), keys.end(),
                       [&](QLatin1StringView key) { return object.contains(key); });
}

} // namespace

bool isOutputs(const QJsonObject &object)
{
    return object.value("version"_L1).isString()
        && isOneOf(object,
                   {"auth"_L1, "data"_L1, "custom"_L1, "storage"_L1, "geo"_L1, "notifications"_L1,
                    "analytics"_L1});
}

Draft readOutputs(const QJsonObject &object)
{
    Draft draft(u"amplify"_s);
    Profile &p = draft.profile;
    const QJsonObject auth = at(object, {"auth"_L1});
    draft.setUserPool(text(auth, "user_pool_id"_L1));
    p.clientId = text(auth, "user_pool_client_id"_L1);
    p.identityPoolId = text(auth, "identity_pool_id"_L1);
    readOauth(at(auth, {"oauth"_L1}), "scopes"_L1, "redirect_sign_in_uri"_L1, &draft);

    const QJsonObject custom = at(object, {"custom"_L1});
    readApi(at(custom, {"events"_L1}), "url"_L1, "aws_region"_L1, "default_authorization_type"_L1,
            "api_key"_L1, &draft.events);
    readApi(at(object, {"data"_L1}), "url"_L1, "aws_region"_L1, "default_authorization_type"_L1,
            "api_key"_L1, &draft.graphql);
    // Not everybody puts an Events API where the client looks for it.
    if (!draft.events.isThere())
        Shapes::takeAll(u"custom"_s, custom, &draft);
    for (const QJsonObject &each : {at(object, {"data"_L1}), at(custom, {"events"_L1}), auth})
        put(&p.region, text(each, "aws_region"_L1));
    return draft;
}

bool isExports(const QJsonObject &object)
{
    return isOneOf(object,
                   {"aws_project_region"_L1, "aws_appsync_graphqlEndpoint"_L1,
                    "aws_user_pools_id"_L1, "aws_cognito_identity_pool_id"_L1});
}

bool isResources(const QJsonObject &object)
{
    const QJsonObject api = at(object, {"API"_L1});
    const QJsonObject auth = at(object, {"Auth"_L1});
    return isOneOf(api, {"GraphQL"_L1, "Events"_L1, "graphql_endpoint"_L1})
        || isOneOf(auth, {"Cognito"_L1, "userPoolId"_L1, "identityPoolId"_L1});
}

Draft readExports(const QJsonObject &object)
{
    Draft draft(u"amplify"_s);
    Profile &p = draft.profile;
    readApi(object, "aws_appsync_graphqlEndpoint"_L1, "aws_appsync_region"_L1,
            "aws_appsync_authenticationType"_L1, "aws_appsync_apiKey"_L1, &draft.graphql);
    draft.setUserPool(text(object, "aws_user_pools_id"_L1));
    p.clientId = text(object, "aws_user_pools_web_client_id"_L1);
    p.identityPoolId = text(object, "aws_cognito_identity_pool_id"_L1);
    readOauth(at(object, {"oauth"_L1}), "scope"_L1, "redirectSignIn"_L1, &draft);

    readApi(at(object, {"API"_L1, "GraphQL"_L1}), "endpoint"_L1, "region"_L1, "defaultAuthMode"_L1,
            "apiKey"_L1, &draft.graphql);
    readApi(at(object, {"API"_L1, "Events"_L1}), "endpoint"_L1, "region"_L1, "defaultAuthMode"_L1,
            "apiKey"_L1, &draft.events);
    readApi(at(object, {"API"_L1}), "graphql_endpoint"_L1, "region"_L1, "defaultAuthMode"_L1,
            "apiKey"_L1, &draft.graphql);
    readResourceAuth(at(object, {"Auth"_L1, "Cognito"_L1}), &draft);
    readResourceAuth(at(object, {"Auth"_L1}), &draft);
    for (const QLatin1StringView key :
         {"aws_appsync_region"_L1, "aws_project_region"_L1, "aws_cognito_region"_L1})
        put(&p.region, text(object, key));
    return draft;
}

bool isNative(const QJsonObject &object)
{
    return !at(object, {"api"_L1, "plugins"_L1}).isEmpty()
        || !at(object, {"auth"_L1, "plugins"_L1}).isEmpty();
}

QList<Draft> readNative(const QJsonObject &object)
{
    const QJsonObject plugin = at(object, {"auth"_L1, "plugins"_L1, "awsCognitoAuthPlugin"_L1});
    const Draft auth = readNativeAuth(plugin);
    QList<Draft> drafts;
    const QJsonObject apis = at(object, {"api"_L1, "plugins"_L1, "awsAPIPlugin"_L1});
    for (auto it = apis.begin(); it != apis.end(); ++it) {
        const QJsonObject api = it.value().toObject();
        if (text(api, "endpointType"_L1).compare("REST"_L1, Qt::CaseInsensitive) == 0)
            continue;
        Draft draft(it.key());
        readApi(api, "endpoint"_L1, "region"_L1, "authorizationType"_L1, "apiKey"_L1,
                &draft.graphql);
        put(&draft.profile.region, text(api, "region"_L1));
        drafts.append(draft);
    }
    const QJsonObject appSync = at(plugin, {"AppSync"_L1});
    if (drafts.isEmpty() && !appSync.isEmpty()) {
        Draft draft(u"amplify"_s);
        readApi(standard(appSync), "ApiUrl"_L1, "Region"_L1, "AuthMode"_L1, "ApiKey"_L1,
                &draft.graphql);
        drafts.append(draft);
    }
    if (drafts.isEmpty())
        drafts.append(Draft(u"amplify"_s));
    for (Draft &draft : drafts)
        draft.complete(auth);
    return drafts;
}

} // namespace Syncscope::AmplifyImport
