// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound
import QtQml
import AppSync

QtObject {
    id: root

    required property string endpoint
    required property string apiKey

    readonly property EventsClient events: EventsClient {
        endpoint: root.endpoint
        authorizer: ApiKeyAuthorizer {
            key: root.apiKey
        }
    }

    readonly property ChannelSubscription news: ChannelSubscription {
        client: root.events
        channel: "/default/news"
        onReceived: event => Qt.exit(event.text === '{"hello":"world"}' ? 0 : 1)
        onErrorOccurred: error => {
            console.warn(error.message, error.nextStep);
            Qt.exit(1);
        }
        onStateChanged: {
            if (state !== ChannelSubscription.State.Subscribed)
                return;
            const reply = root.events.publish("/default/news", { hello: "world" });
            reply.finished.connect(() => console.info("accepted:", reply.successful.length));
        }
    }
}
