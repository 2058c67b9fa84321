// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// A capture that is being made, or why one could not be made or opened.
Column {
    id: root

    required property CaptureShelf captures

    Item {
        objectName: "opening"
        visible: root.captures.job.running
        width: parent.width
        height: visible ? 36 : 0

        Remark {
            anchors.left: parent.left
            anchors.leftMargin: 12
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: stop.left
            anchors.rightMargin: 12
            wrapMode: Text.NoWrap
            elide: Text.ElideMiddle
            text: qsTr("%1, %2 %").arg(root.captures.jobText).arg(Math.round(root.captures.job.progress * 100))
        }
        AppButton {
            id: stop

            objectName: "stopOpening"
            anchors.right: parent.right
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            iconName: "stop"
            text: qsTr("Stop")
            onClicked: root.captures.job.cancel()
        }
    }
    NoticeBar {
        objectName: "openNotice"
        width: parent.width
        message: root.captures.notice.message
        serverMessage: root.captures.notice.serverMessage
        nextStep: root.captures.notice.nextStep
        dismissable: true
        onDismissed: root.captures.dismiss()
    }
}
