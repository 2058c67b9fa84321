// SPDX-License-Identifier: Apache-2.0
// Publishes with headers of its own making: an authorizer that is a function.
import QtQml
import AppSync

QtObject {
    id: root

    required property string endpoint
    required property string apiKey

    readonly property EventsClient events: EventsClient {
        endpoint: root.endpoint
        authorizer: SigningFunction {
            call: request => ({ "x-api-key": root.apiKey })
        }
    }

    Component.onCompleted: {
        const reply = events.publish("/default/news", { hello: "world" });
        reply.finished.connect(() => {
            console.info(reply.error.isError ? reply.error.message : "accepted");
            Qt.exit(reply.error.isError ? 1 : 0);
        });
    }
}
