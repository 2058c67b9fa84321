// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

FocusScope {
    id: root

    required property Session session
    readonly property FrameModel frames: root.session.frames
    signal subscribeWanted
    signal publishWanted
    signal inspectWanted

    function takeFocus() {
        list.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    TrafficColumns {
        id: columns
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        PaneBar {
            Layout.fillWidth: true
            title: qsTr("Traffic")
            leading: [
                AppButton {
                    anchors.verticalCenter: parent?.verticalCenter
                    objectName: "pause"
                    iconName: root.frames.following ? "pause" : "follow"
                    text: root.frames.following ? qsTr("Pause") : qsTr("Follow")
                    tip: root.frames.following ? qsTr("Hold the view; recording goes on") : qsTr("Show the newest rows as they arrive")
                    shortcut: root.frames.following ? qsTr("Space") : qsTr("End")
                    onClicked: root.frames.toggleFollow()
                },
                Chip {
                    anchors.verticalCenter: parent?.verticalCenter
                    objectName: "control"
                    text: qsTr("Control frames")
                    tip: qsTr("Keep-alives, acknowledgements and the handshake")
                    checked: root.frames.showControl
                    onToggled: root.frames.showControl = checked
                }
            ]

            Text {
                anchors.verticalCenter: parent.verticalCenter
                visible: !root.frames.following && root.width > 480
                text: qsTr("Held · %L1 waiting").arg(root.frames.waiting)
                font.pixelSize: Theme.smallFontSize
                color: Theme.warning
            }
            Text {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.width > 400
                text: root.frames.count === 1 ? qsTr("1 row") : qsTr("%L1 rows").arg(root.frames.count)
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                iconName: "clear"
                tip: qsTr("Clear the traffic")
                enabled: root.frames.count > 0 || root.frames.waiting > 0
                onClicked: root.session.clearTraffic()
            }
        }
        TrafficHeader {
            Layout.fillWidth: true
            columns: columns
        }
        Item {
            Layout.fillWidth: true
            Layout.fillHeight: true

            TrafficList {
                id: list

                objectName: "traffic"
                anchors.fill: parent
                focus: true
                frames: root.frames
                columns: columns
                onCopyWanted: root.session.inspector.copyPayload()
                onInspectWanted: root.inspectWanted()
            }
            TrafficEmpty {
                anchors.fill: parent
                visible: root.frames.count === 0
                session: root.session
                onSubscribeWanted: root.subscribeWanted()
                onPublishWanted: root.publishWanted()
            }
            WaitingPill {
                anchors.bottom: parent.bottom
                anchors.bottomMargin: 12
                anchors.right: parent.right
                anchors.rightMargin: 24
                frames: root.frames
            }
        }
    }
}
