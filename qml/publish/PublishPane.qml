// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

FocusScope {
    id: root

    required property PublishDraft draft
    property bool expanded: true
    readonly property int collapsedHeight: 44

    function takeFocus() {
        root.expanded = true;
        editor.textArea.forceActiveFocus(Qt.ShortcutFocusReason);
    }
    function takeChannelFocus() {
        channel.forceActiveFocus(Qt.ShortcutFocusReason);
        channel.selectAll();
    }

    Rectangle {
        anchors.fill: parent
        color: Theme.surface
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        RowLayout {
            Layout.leftMargin: 4
            Layout.rightMargin: 12
            Layout.preferredHeight: root.collapsedHeight
            spacing: 8

            IconButton {
                iconName: root.expanded ? "chevron-down" : "chevron-right"
                tip: root.expanded ? qsTr("Fold the composer") : qsTr("Unfold the composer")
                onClicked: root.expanded = !root.expanded
            }
            PaneTitle {
                text: qsTr("Publish")
            }
            Field {
                id: channel

                objectName: "publishChannel"
                Layout.fillWidth: true
                Layout.leftMargin: 8
                mono: true
                invalid: root.draft.channelProblem
                placeholderText: qsTr("namespace/channel")
                text: root.draft.channel
                onTextEdited: root.draft.channel = text
                onAccepted: root.takeFocus()
                Accessible.name: qsTr("Channel to publish to")
                Accessible.description: root.draft.channelProblem

                Tip {
                    visible: channel.hovered && !channel.activeFocus
                    text: qsTr("Channel to publish to")
                    shortcut: qsTr("Ctrl+L")
                }
            }
            Segments {
                name: qsTr("Send over")
                options: [qsTr("WebSocket"), qsTr("HTTP")]
                current: root.draft.via
                onChosen: index => root.draft.via = index
            }
            AppButton {
                objectName: "publish"
                primary: true
                enabled: root.draft.canSend
                text: qsTr("Publish")
                shortcut: qsTr("Ctrl+↵")
                tellsShortcut: true
                onClicked: root.draft.send()
            }
        }
        Hairline {
            Layout.fillWidth: true
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            visible: root.expanded
            spacing: 0

            ColumnLayout {
                Layout.fillWidth: true
                Layout.fillHeight: true
                spacing: 0

                Rectangle {
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    color: Theme.window

                    CodeArea {
                        id: editor

                        objectName: "draft"
                        anchors.fill: parent
                        name: qsTr("Event as JSON")
                        placeholderText: '{"text": "hello"}'
                        errorPosition: root.draft.problemPosition
                        onTextChanged: root.draft.text = text
                    }
                    FocusRing {
                        shown: editor.textArea.activeFocus
                        radius: 0
                    }
                }
                Hairline {
                    Layout.fillWidth: true
                }
                DraftVerdict {
                    Layout.fillWidth: true
                    draft: root.draft
                }
            }
            Hairline {
                Layout.fillHeight: true
                color: Theme.border
            }
            PublishResults {
                objectName: "publishResults"
                Layout.preferredWidth: Math.max(200, root.width * 0.36)
                Layout.fillHeight: true
                results: root.draft.results
            }
        }
    }

    Connections {
        target: root.draft

        // The draft changes by itself when it is formatted; typing must not move the cursor.
        function onChanged() {
            if (editor.text !== root.draft.text)
                editor.text = root.draft.text;
        }
    }
    Component.onCompleted: editor.text = root.draft.text
}
