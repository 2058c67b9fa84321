// SPDX-License-Identifier: Apache-2.0
// Subscribes to the messages of a room, sends one there, prints what arrives, ends. The schema is the sample of
// the local AppSync.
import QtQml
import AppSync

QtObject {
    id: root

    required property string endpoint
    required property string apiKey

    readonly property GraphQlClient api: GraphQlClient {
        endpoint: root.endpoint
        authorizer: ApiKeyAuthorizer {
            key: root.apiKey
        }
    }

    readonly property GraphQlSubscription messages: GraphQlSubscription {
        client: root.api
        document: "subscription On($room: String) { onMessage(room: $room) { id room body } }"
        variables: ({ room: "lobby" })
        onReceived: result => {
            console.info(result.data.onMessage.room, result.data.onMessage.body);
            Qt.quit();
        }
        onErrorOccurred: error => {
            console.warn(error.message, error.nextStep);
            Qt.exit(1);
        }
        onStateChanged: {
            if (state === GraphQlSubscription.State.Subscribed)
                root.send("hello");
        }
    }

    function send(body: string) {
        const reply = api.execute(
            "mutation Send($body: String!) { sendMessage(room: \"lobby\", body: $body) { id room body } }",
            { body: body });
        reply.finished.connect(() => reply.errors.forEach(error => console.warn(error.message)));
    }
}
