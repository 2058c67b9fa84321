// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// What a sign-in asks: a password, a code, a choice, a page to be opened, a yes. Enter answers, Esc cancels.
FloatingPanel {
    id: root

    required property InteractionQueue interactions
    readonly property bool isPage: root.interactions.kind === InteractionQueue.OpenUrl

    objectName: "interaction"
    parent: Overlay.overlay
    x: Math.round((parent.width - width) / 2)
    y: Math.max(16, Math.round((parent.height - height) / 3))
    width: Math.min(440, parent.width - 32)
    height: Math.min(implicitHeight, parent.height - 32)
    padding: 20
    contentHeight: layout.implicitHeight
    modal: true
    closePolicy: Popup.NoAutoClose
    visible: root.interactions.isShown

    onOpened: root.settleFocus()

    function settleFocus() {
        const first = fields.count > 0 ? fields.itemAt(0) as InteractionField : null;
        if (first)
            first.takeFocus();
        else
            (root.isPage ? openPage : answer).forceActiveFocus(Qt.PopupFocusReason);
    }
    function accept() {
        if (root.isPage)
            root.interactions.openUrl();
        else
            root.interactions.answer();
    }

    Connections {
        target: root.interactions

        // The next question may follow at once, in the same window.
        function onChanged() {
            if (root.opened && root.interactions.isShown)
                root.settleFocus();
        }
    }

    Flickable {
        anchors.fill: parent
        contentHeight: layout.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        Keys.onEscapePressed: root.interactions.cancel()
        Keys.onReturnPressed: root.accept()
        Keys.onEnterPressed: root.accept()

        ColumnLayout {
            id: layout

            width: root.availableWidth
            spacing: 12

            RowLayout {
                spacing: 8

                Icon {
                    icon: "key"
                    color: Theme.accent
                }
                PaneTitle {
                    Layout.fillWidth: true
                    objectName: "interactionTitle"
                    text: root.interactions.title
                    font.pixelSize: 15
                }
                Remark {
                    objectName: "interactionDeadline"
                    text: root.interactions.deadlineText
                    wrapMode: Text.NoWrap
                }
            }
            Text {
                Layout.fillWidth: true
                text: root.interactions.message
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSize
                lineHeight: 1.2
                color: Theme.text
                Accessible.role: Accessible.StaticText
                Accessible.name: text
            }
            NoticeBar {
                Layout.fillWidth: true
                objectName: "interactionProblem"
                framed: true
                message: root.interactions.problem
            }
            UserCode {
                Layout.fillWidth: true
                visible: root.interactions.userCode
                code: root.interactions.userCode
            }
            Repeater {
                id: fields

                model: root.interactions.fields

                InteractionField {
                    Layout.fillWidth: true
                    interactions: root.interactions
                }
            }
            PageLink {
                Layout.fillWidth: true
                visible: root.interactions.url
                interactions: root.interactions
            }
            RowLayout {
                Layout.topMargin: 4
                spacing: 8

                Remark {
                    Layout.fillWidth: true
                    text: root.interactions.waiting > 0 ? qsTr("%n more question(s) after this", "", root.interactions.waiting) : ""
                }
                AppButton {
                    objectName: "interactionCancel"
                    text: qsTr("Cancel")
                    shortcut: qsTr("Esc")
                    tellsShortcut: true
                    onClicked: root.interactions.cancel()
                    Keys.onReturnPressed: clicked()
                    Keys.onEnterPressed: clicked()
                }
                AppButton {
                    id: openPage

                    objectName: "interactionOpen"
                    visible: root.isPage
                    enabled: root.interactions.url
                    primary: !root.interactions.isOpened
                    text: root.interactions.isOpened ? qsTr("Open again") : qsTr("Open the browser")
                    onClicked: root.interactions.openUrl()
                    Keys.onReturnPressed: clicked()
                    Keys.onEnterPressed: clicked()
                }
                AppButton {
                    id: answer

                    objectName: "interactionAnswer"
                    visible: !root.isPage
                    primary: true
                    enabled: root.interactions.canAnswer
                    text: root.interactions.kind === InteractionQueue.Confirm ? qsTr("Yes") : qsTr("Continue")
                    onClicked: root.interactions.answer()
                    Keys.onReturnPressed: clicked()
                    Keys.onEnterPressed: clicked()
                }
            }
        }
    }
}
