// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// What one looks at when something seems wrong: liveness, rate, loss, memory.
Rectangle {
    id: root

    required property Session session
    property string message
    signal linkWanted
    signal keptWanted

    function say(text: string) {
        root.message = text;
        fade.restart();
    }

    implicitHeight: 28
    color: Theme.surface

    Timer {
        id: fade

        interval: 4000
        onTriggered: root.message = ""
    }
    Hairline {
        anchors.left: parent.left
        anchors.right: parent.right
        color: Theme.border
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 6
        anchors.rightMargin: 12
        spacing: 16

        LinkButton {
            id: link

            objectName: "linkButton"
            visible: root.session !== null
            session: root.session
            onClicked: root.linkWanted()
        }
        Status {
            text: root.session ? root.session.keepAliveText : ""
        }
        Status {
            text: root.session ? root.session.rateText : ""
        }
        Status {
            text: root.session ? root.session.droppedText : ""
            color: root.session && root.session.hasDropped ? Theme.warning : Theme.secondary
        }
        KeptButton {
            objectName: "keptButton"
            visible: root.session !== null
            session: root.session
            onClicked: root.keptWanted()
        }
        Status {
            objectName: "recording"
            visible: text
            Layout.maximumWidth: root.width * 0.3
            elide: Text.ElideRight
            text: root.session ? root.session.recordingText : ""
            color: root.session && root.session.recordingFails ? Theme.warning : Theme.secondary
        }
        Item {
            Layout.fillWidth: true
        }
    }
    // In front of the rest where the window is narrow: it goes soon.
    Rectangle {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.topMargin: 1
        anchors.bottom: parent.bottom
        width: Math.min(said.implicitWidth + 28, root.width - link.width - 12)
        visible: root.message
        color: root.color

        Status {
            id: said

            objectName: "statusMessage"
            anchors.fill: parent
            anchors.leftMargin: 16
            anchors.rightMargin: 12
            verticalAlignment: Text.AlignVCenter
            horizontalAlignment: Text.AlignRight
            elide: Text.ElideRight
            text: root.message
            color: Theme.text
            Accessible.role: Accessible.AlertMessage
        }
    }

    component Status: Text {
        textFormat: Text.PlainText
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
        Accessible.role: Accessible.StaticText
        Accessible.name: text
    }
}
