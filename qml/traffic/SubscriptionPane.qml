// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

FocusScope {
    id: root

    required property Session session
    readonly property SubscriptionModel subscriptions: root.session.subscriptions

    function takeFocus() {
        if (list.count > 0)
            list.forceActiveFocus(Qt.ShortcutFocusReason);
        else
            root.takeFieldFocus();
    }
    function takeFieldFocus() {
        field.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        PaneTitle {
            Layout.leftMargin: 12
            Layout.preferredHeight: 40
            verticalAlignment: Text.AlignVCenter
            text: qsTr("Subscriptions")
        }

        ColumnLayout {
            Layout.leftMargin: 12
            Layout.rightMargin: 12
            Layout.bottomMargin: 8
            spacing: 4

            RowLayout {
                spacing: 4

                Field {
                    id: field

                    readonly property string problem: text ? root.subscriptions.problemOf(text) : ""
                    property bool judged: false

                    objectName: "subscribeChannel"
                    Layout.fillWidth: true
                    mono: true
                    focus: true
                    invalid: judged && problem
                    placeholderText: qsTr("namespace/channel")
                    onTextEdited: judged = judged && text
                    onAccepted: root.subscribe()
                    onEditingFinished: judged = text.length > 0
                    Keys.onEscapePressed: event => {
                        event.accepted = text.length > 0;
                        clear();
                    }
                    Accessible.name: qsTr("Channel to subscribe to")
                    Accessible.description: problem
                }
                IconButton {
                    objectName: "subscribe"
                    iconName: "plus"
                    tip: qsTr("Subscribe")
                    shortcut: qsTr("Return")
                    tint: Theme.accent
                    enabled: field.text
                    onClicked: root.subscribe()
                }
            }
            Text {
                objectName: "subscribeProblem"
                Layout.fillWidth: true
                visible: field.judged && text
                text: field.problem
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.smallFontSize
                color: Theme.danger
            }
        }
        Hairline {
            Layout.fillWidth: true
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            SubscriptionList {
                id: list

                objectName: "subscriptions"
                anchors.fill: parent
                subscriptions: root.subscriptions
                onEmptied: root.takeFieldFocus()
            }
            EmptyState {
                anchors.fill: parent
                visible: list.count === 0
                icon: "list"
                text: qsTr("No subscriptions yet. Name a channel, or namespace/* for all channels of a namespace.")
                action: qsTr("Name a channel")
                onTriggered: root.takeFieldFocus()
            }
        }
    }

    function subscribe() {
        field.judged = true;
        if (root.subscriptions.add(field.text)) {
            field.clear();
            field.judged = false;
        }
    }
}
