// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// Says when what is shown is not simply the whole payload, and offers the rest.
Rectangle {
    id: root

    required property FrameInspector inspector

    visible: root.inspector.remark
    implicitHeight: visible ? layout.implicitHeight + 12 : 0
    color: Theme.surface

    RowLayout {
        id: layout

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: 12
        anchors.rightMargin: 12
        spacing: 8

        Text {
            objectName: "remark"
            Layout.fillWidth: true
            text: root.inspector.remark
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            font.pixelSize: Theme.smallFontSize
            color: Theme.secondary
        }
        AppButton {
            objectName: "format"
            visible: root.inspector.canFormat
            iconName: "format"
            text: qsTr("Format")
            onClicked: root.inspector.view = FrameInspector.Pretty
        }
        AppButton {
            visible: root.inspector.truncated
            iconName: "copy"
            text: qsTr("Copy all")
            onClicked: root.inspector.copyView()
        }
    }
}
