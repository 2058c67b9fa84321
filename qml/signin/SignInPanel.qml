// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// The token in use: whose it is, for whom, until when, and all that it says about itself.
FloatingPanel {
    id: root

    required property SignInStatus status

    objectName: "signInPanel"
    padding: 16
    rightPadding: 4 // the scroll bar stands in the margin
    contentHeight: layout.implicitHeight

    onOpened: {
        if (signOut.visible)
            signOut.forceActiveFocus(Qt.PopupFocusReason);
        else
            view.forceActiveFocus(Qt.PopupFocusReason);
    }

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
            spacing: 10

            RowLayout {
                spacing: 12

                PaneTitle {
                    Layout.fillWidth: true
                    text: qsTr("Signed in: %1").arg(root.status.mode)
                }
                AppButton {
                    id: signOut

                    objectName: "signOut"
                    visible: root.status.canSignOut
                    text: qsTr("Sign out")
                    tip: qsTr("End the session at the provider and forget it here")
                    onClicked: root.status.signOut()
                    Keys.onReturnPressed: clicked()
                    Keys.onEnterPressed: clicked()
                }
            }
            Segments {
                visible: root.status.ways.length > 1
                name: qsTr("Operation")
                options: root.status.ways
                current: root.status.current
                onChosen: index => root.status.current = index
            }
            Line {
                text: root.status.what
            }
            Line {
                objectName: "expiry"
                text: root.status.expiryText
                color: root.status.urgency === SignInStatus.None ? Theme.secondary
                    : root.status.urgency === SignInStatus.Over ? Theme.danger : Theme.warning
            }
            Line {
                visible: text
                text: root.status.message
                color: Theme.success
            }
            Repeater {
                model: root.status.warnings

                Line {
                    required property string modelData

                    text: "⚠ " + modelData
                    color: Theme.warning
                }
            }
            PairTable {
                Layout.fillWidth: true
                visible: root.status.facts.length > 0
                pairs: root.status.facts
            }
            PaneTitle {
                visible: root.status.claims.length > 0
                text: root.status.claimsTitle
            }
            PairTable {
                Layout.fillWidth: true
                objectName: "claims"
                visible: root.status.claims.length > 0
                mono: true
                pairs: root.status.claims
            }
            Remark {
                Layout.fillWidth: true
                visible: root.status.claims.length > 0
                text: qsTr("As the token says; its signature is for the server to check and is not shown.")
            }
        }
    }

    component Line: Text {
        Layout.fillWidth: true
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.fontSize
        color: Theme.text
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
