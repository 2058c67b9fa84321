// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/ChannelSubscription>
#include <AppSync/Client>
#include <AppSync/CognitoTokenSource>
#include <AppSync/CommandTokenSource>
#include <AppSync/Connection>
#include <AppSync/CredentialsChain>
#include <AppSync/Echo>
#include <AppSync/EnvironmentAuthorizer>
#include <AppSync/EventsClient>
#include <AppSync/GraphQlClient>
#include <AppSync/GraphQlSubscription>
#include <AppSync/IamAuthorizer>
#include <AppSync/IdentityPoolCredentials>
#include <AppSync/Interaction>
#include <AppSync/JwtClaims>
#include <AppSync/OidcTokenSource>
#include <AppSync/ProfileCredentials>
#include <AppSync/StaticCredentials>
#include <AppSync/Subscription>
#include <AppSync/TokenAuthorizer>

// qqmlregistration.h alone does not compile QML_FOREIGN in Qt 6.4.
#include <QtQml/qqml.h>

//! One entry for each type that QML sees; nothing else belongs here.
namespace AppSyncQml {

struct Client {
    Q_GADGET
    QML_FOREIGN(AppSync::Client)
    QML_NAMED_ELEMENT(Client)
    QML_UNCREATABLE("Use EventsClient or GraphQlClient.")
};

struct Subscription {
    Q_GADGET
    QML_FOREIGN(AppSync::Subscription)
    QML_NAMED_ELEMENT(Subscription)
    QML_UNCREATABLE("Use ChannelSubscription or GraphQlSubscription.")
};

struct EventsClient {
    Q_GADGET
    QML_FOREIGN(AppSync::EventsClient)
    QML_NAMED_ELEMENT(EventsClient)
};

struct ChannelSubscription {
    Q_GADGET
    QML_FOREIGN(AppSync::ChannelSubscription)
    QML_NAMED_ELEMENT(ChannelSubscription)
};

struct GraphQlClient {
    Q_GADGET
    QML_FOREIGN(AppSync::GraphQlClient)
    QML_NAMED_ELEMENT(GraphQlClient)
};

struct GraphQlSubscription {
    Q_GADGET
    QML_FOREIGN(AppSync::GraphQlSubscription)
    QML_NAMED_ELEMENT(GraphQlSubscription)
};

struct GraphQlReply {
    Q_GADGET
    QML_FOREIGN(AppSync::GraphQlReply)
    QML_NAMED_ELEMENT(GraphQlReply)
    QML_UNCREATABLE("Replies are returned by operations.")
};

struct GraphQlResult {
    Q_GADGET
    QML_FOREIGN(AppSync::GraphQlResult)
    QML_VALUE_TYPE(appSyncGraphQlResult)
};

struct GraphQlError {
    Q_GADGET
    QML_FOREIGN(AppSync::GraphQlError)
    QML_VALUE_TYPE(appSyncGraphQlError)
};

struct ApiKeyAuthorizer {
    Q_GADGET
    QML_FOREIGN(AppSync::ApiKeyAuthorizer)
    QML_NAMED_ELEMENT(ApiKeyAuthorizer)
};

struct TokenAuthorizer {
    Q_GADGET
    QML_FOREIGN(AppSync::TokenAuthorizer)
    QML_NAMED_ELEMENT(TokenAuthorizer)
};

struct TokenSource {
    Q_GADGET
    QML_FOREIGN(AppSync::TokenSource)
    QML_NAMED_ELEMENT(TokenSource)
    QML_UNCREATABLE("Use one of the sources that derive from it.")
};

struct CommandTokenSource {
    Q_GADGET
    QML_FOREIGN(AppSync::CommandTokenSource)
    QML_NAMED_ELEMENT(CommandTokenSource)
};

struct CognitoTokenSource {
    Q_GADGET
    QML_FOREIGN(AppSync::CognitoTokenSource)
    QML_NAMED_ELEMENT(CognitoTokenSource)
};

struct JwtClaim {
    Q_GADGET
    QML_FOREIGN(AppSync::JwtClaim)
    QML_VALUE_TYPE(appSyncJwtClaim)
};

struct JwtClaims {
    Q_GADGET
    QML_FOREIGN(AppSync::JwtClaims)
    QML_VALUE_TYPE(appSyncJwtClaims)
};

struct Interaction {
    Q_GADGET
    QML_FOREIGN(AppSync::Interaction)
    QML_NAMED_ELEMENT(Interaction)
    QML_UNCREATABLE("Sources make them.")
};

struct InteractionField {
    Q_GADGET
    QML_FOREIGN(AppSync::InteractionField)
    QML_VALUE_TYPE(appSyncInteractionField)
};

struct OidcTokenSource {
    Q_GADGET
    QML_FOREIGN(AppSync::OidcTokenSource)
    QML_NAMED_ELEMENT(OidcTokenSource)
};

struct Authorizer {
    Q_GADGET
    QML_FOREIGN(AppSync::Authorizer)
    QML_NAMED_ELEMENT(Authorizer)
    QML_UNCREATABLE("Use ApiKeyAuthorizer, TokenAuthorizer, IamAuthorizer or SigningFunction, or "
                    "subclass it in C++.")
};

struct IamAuthorizer {
    Q_GADGET
    QML_FOREIGN(AppSync::IamAuthorizer)
    QML_NAMED_ELEMENT(IamAuthorizer)
};

struct InteractiveSource {
    Q_GADGET
    QML_FOREIGN(AppSync::InteractiveSource)
    QML_NAMED_ELEMENT(InteractiveSource)
    QML_UNCREATABLE("Use a source of tokens or of credentials.")
};

struct CredentialsSource {
    Q_GADGET
    QML_FOREIGN(AppSync::CredentialsSource)
    QML_NAMED_ELEMENT(CredentialsSource)
    QML_UNCREATABLE("Use one of the sources, CredentialsFunction, or subclass it in C++.")
};

struct StaticCredentials {
    Q_GADGET
    QML_FOREIGN(AppSync::StaticCredentials)
    QML_NAMED_ELEMENT(StaticCredentials)
};

struct SignableRequest {
    Q_GADGET
    QML_FOREIGN(AppSync::SignableRequest)
    QML_VALUE_TYPE(appSyncSignableRequest)
};

//! The enumerations of the value type above.
namespace SignableRequestEnums {
Q_NAMESPACE
QML_FOREIGN_NAMESPACE(AppSync::SignableRequest)
QML_NAMED_ELEMENT(SignableRequest)
} // namespace SignableRequestEnums

struct RequestSignature {
    Q_GADGET
    QML_FOREIGN(AppSync::RequestSignature)
    QML_VALUE_TYPE(appSyncRequestSignature)
};

struct SigningRegion {
    Q_GADGET
    QML_FOREIGN(AppSync::SigningRegion)
    QML_VALUE_TYPE(appSyncSigningRegion)
};

struct SignatureHelp {
    Q_GADGET
    QML_FOREIGN(AppSync::SignatureHelp)
    QML_VALUE_TYPE(appSyncSignatureHelp)
};

struct SignatureLine {
    Q_GADGET
    QML_FOREIGN(AppSync::SignatureLine)
    QML_VALUE_TYPE(appSyncSignatureLine)
};

struct SignatureCause {
    Q_GADGET
    QML_FOREIGN(AppSync::SignatureCause)
    QML_VALUE_TYPE(appSyncSignatureCause)
};

struct ProfileCredentials {
    Q_GADGET
    QML_FOREIGN(AppSync::ProfileCredentials)
    QML_NAMED_ELEMENT(ProfileCredentials)
};

struct EnvironmentAuthorizer {
    Q_GADGET
    QML_FOREIGN(AppSync::EnvironmentAuthorizer)
    QML_NAMED_ELEMENT(EnvironmentAuthorizer)
};

struct CredentialsChain {
    Q_GADGET
    QML_FOREIGN(AppSync::CredentialsChain)
    QML_NAMED_ELEMENT(CredentialsChain)
};

struct CredentialsAttempt {
    Q_GADGET
    QML_FOREIGN(AppSync::CredentialsAttempt)
    QML_VALUE_TYPE(appSyncCredentialsAttempt)
};

struct IdentityPoolCredentials {
    Q_GADGET
    QML_FOREIGN(AppSync::IdentityPoolCredentials)
    QML_NAMED_ELEMENT(IdentityPoolCredentials)
};

struct Connection {
    Q_GADGET
    QML_FOREIGN(AppSync::Connection)
    QML_NAMED_ELEMENT(Connection)
    QML_UNCREATABLE("A client has its connection.")
};

struct Reply {
    Q_GADGET
    QML_FOREIGN(AppSync::Reply)
    QML_NAMED_ELEMENT(Reply)
    QML_UNCREATABLE("Replies are returned by operations.")
};

struct PublishReply {
    Q_GADGET
    QML_FOREIGN(AppSync::PublishReply)
    QML_NAMED_ELEMENT(PublishReply)
    QML_UNCREATABLE("Replies are returned by operations.")
};

struct Error {
    Q_GADGET
    QML_FOREIGN(AppSync::Error)
    QML_VALUE_TYPE(appSyncError)
};

struct Event {
    Q_GADGET
    QML_FOREIGN(AppSync::Event)
    QML_VALUE_TYPE(appSyncEvent)
};

struct Gap {
    Q_GADGET
    QML_FOREIGN(AppSync::Gap)
    QML_VALUE_TYPE(appSyncGap)
};

struct HttpAnswer {
    Q_GADGET
    QML_FOREIGN(AppSync::HttpAnswer)
    QML_VALUE_TYPE(appSyncHttpAnswer)
};

struct UpgradeRequest {
    Q_GADGET
    QML_FOREIGN(AppSync::UpgradeRequest)
    QML_VALUE_TYPE(appSyncUpgradeRequest)
};

struct UpgradeReply {
    Q_GADGET
    QML_FOREIGN(AppSync::UpgradeReply)
    QML_NAMED_ELEMENT(UpgradeReply)
    QML_UNCREATABLE("Replies are returned by operations.")
};

struct Echo {
    Q_GADGET
    QML_FOREIGN(AppSync::Echo)
    QML_VALUE_TYPE(appSyncEcho)
};

struct EchoReply {
    Q_GADGET
    QML_FOREIGN(AppSync::EchoReply)
    QML_NAMED_ELEMENT(EchoReply)
    QML_UNCREATABLE("Replies are returned by operations.")
};

struct LogEntry {
    Q_GADGET
    QML_FOREIGN(AppSync::LogEntry)
    QML_VALUE_TYPE(appSyncLogEntry)
};

struct Frame {
    Q_GADGET
    QML_FOREIGN(AppSync::Frame)
    QML_VALUE_TYPE(appSyncFrame)
};

struct PublishedEvent {
    Q_GADGET
    QML_FOREIGN(AppSync::PublishedEvent)
    QML_VALUE_TYPE(appSyncPublishedEvent)
};

} // namespace AppSyncQml
