// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// Says when what is shown is not simply the whole payload, and offers the rest.
Rectangle {
    id: root

    required property FrameInspector inspector

    visible: root.inspector.remark
    implicitHeight: visible ? Math.max(text.implicitHeight, format.visible ? format.height : 0) + 12 : 0
    color: Theme.surface

    Text {
        id: text

        objectName: "remark"
        anchors.left: parent.left
        anchors.leftMargin: 12
        anchors.right: format.left
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        text: root.inspector.remark
        textFormat: Text.PlainText
        wrapMode: Text.Wrap
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
    AppButton {
        id: format

        objectName: "format"
        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        visible: root.inspector.canFormat
        width: visible ? implicitWidth : 0
        iconName: "format"
        text: qsTr("Format")
        onClicked: root.inspector.view = FrameInspector.Pretty
    }
}
