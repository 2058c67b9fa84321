// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// Where the connection stands: how far it came, since when, why, and what comes next.
FloatingPanel {
    id: root

    required property Session session
    readonly property LinkStatus status: root.session.status

    objectName: "linkPanel"
    padding: 16
    rightPadding: 4 // the scroll bar stands in the margin

    onOpened: {
        root.status.describe();
        (tryNow.visible ? tryNow : requestToggle).forceActiveFocus(Qt.PopupFocusReason);
    }

    contentHeight: layout.implicitHeight

    Flickable {
        id: view

        anchors.fill: parent
        contentHeight: layout.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        Keys.onUpPressed: view.flick(0, 600)
        Keys.onDownPressed: view.flick(0, -600)

        ColumnLayout {
            id: layout

            width: view.width - 12
            spacing: 12

            RowLayout {
                spacing: 12

                PaneTitle {
                    Layout.fillWidth: true
                    text: qsTr("Connection")
                }
                Text {
                    objectName: "nextAttempt"
                    visible: text
                    text: root.status.nextText
                    font.pixelSize: Theme.fontSize
                    color: Theme.warning
                }
                AppButton {
                    id: tryNow

                    objectName: "tryNow"
                    visible: root.status.canTryNow
                    iconName: "retry"
                    text: qsTr("Try now")
                    onClicked: root.session.open()
                }
            }
            LinkStages {
                Layout.fillWidth: true
                stages: root.status.stages
            }
            Text {
                objectName: "linkSentence"
                Layout.fillWidth: true
                text: root.status.sentence
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSize
                color: Theme.text
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            LinkFailure {
                Layout.fillWidth: true
                visible: !notice.isEmpty
                title: qsTr("It began with")
                notice: root.status.cause
            }
            LinkFailure {
                Layout.fillWidth: true
                visible: !notice.isEmpty
                title: root.status.cause.isEmpty ? qsTr("Why") : qsTr("What failed last")
                notice: root.status.latest
            }
            AppButton {
                id: requestToggle

                property bool shown: false

                objectName: "requestToggle"
                iconName: shown ? "chevron-down" : "chevron-right"
                text: qsTr("Upgrade request")
                tip: qsTr("The request that opens the WebSocket, credentials masked")
                onClicked: shown = !shown
            }
            DetailsBox {
                Layout.fillWidth: true
                visible: requestToggle.shown
                maximumHeight: 140
                name: qsTr("Upgrade request, credentials masked")
                text: root.status.request
            }
        }
    }
}
