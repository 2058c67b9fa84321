// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// Forgets the traffic; asks before, where there is much to be lost.
IconButton {
    id: root

    required property int entries
    required property int bookmarks
    readonly property int many: 1000 // as much comes again in a minute or two
    signal wanted

    iconName: "clear"
    tip: qsTr("Clear the traffic")
    onClicked: root.bookmarks > 0 || root.entries > root.many ? question.open() : root.wanted()

    FloatingPanel {
        id: question

        objectName: "clearQuestion"
        x: root.width - width
        y: root.height + 2
        width: 320
        contentHeight: layout.implicitHeight
        onOpened: keep.forceActiveFocus(Qt.PopupFocusReason)

        Column {
            id: layout

            width: question.availableWidth
            spacing: 8

            Remark {
                width: parent.width
                color: Theme.text
                text: root.bookmarks === 0 ? qsTr("%L1 entries and their recording would be gone for good.").arg(root.entries)
                    : root.bookmarks === 1 ? qsTr("%L1 entries, their recording and a bookmark would be gone for good.").arg(root.entries)
                    : qsTr("%L1 entries, their recording and %L2 bookmarks would be gone for good.").arg(root.entries).arg(root.bookmarks)
            }
            Row {
                spacing: 8

                AppButton {
                    id: keep

                    objectName: "clearNot"
                    text: qsTr("Keep them")
                    onClicked: question.close()
                }
                AppButton {
                    objectName: "clearAnyway"
                    iconName: "clear"
                    text: qsTr("Clear")
                    onClicked: {
                        question.close();
                        root.wanted();
                    }
                }
            }
        }
    }
}
