// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/ui/session.h"

#include <AppSync/ApiKeyAuthorizer>
#include <AppSync/Emulator>

//! What the tests of GraphQL in the desktop share.
namespace GraphQlTest {

//! A schema with one of each kind of type.
inline AppSync::GraphQl::Schema schema()
{
    return AppSync::GraphQl::Schema::fromText(QStringLiteral(R"(
        "What is sold."
        type Product implements Node {
          id: ID!
          "In the language of the shop."
          name: String!
          price(currency: Currency = EUR, round: Boolean): Float
          old: Int @deprecated(reason: "Use price.")
          related(first: Int!): [Product!]!
        }
        interface Node { id: ID! }
        type Note { id: ID! meta: AWSJSON }
        union Found = Product | Note
        enum Currency { EUR "Of Japan" JPY }
        input NoteInput { id: ID! meta: AWSJSON inner: NoteInput tags: [String!] }
        type Query { product(id: ID!): Product search(text: String!, in: [Currency!]): [Found!]! }
        type Mutation { putNote(input: NoteInput!, meta: AWSJSON): Note }
        type Subscription { onNote(id: ID): Note }
    )"))
        .schema;
}

//! A session over the GraphQL of a local AppSync with the sample schema.
struct Api {
    Api()
    {
        emulator.listen(AppSync::Emulator::Options());
        session = std::make_unique<Syncscope::Session>(
            AppSync::Endpoint(emulator.graphQlUrl()),
            new AppSync::ApiKeyAuthorizer(emulator.apiKey()), QString());
    }
    [[nodiscard]] Syncscope::GraphQlDraft *draft() const { return session->graphQl(); }

    AppSync::Emulator emulator;
    std::unique_ptr<Syncscope::Session> session;
};

} // namespace GraphQlTest
