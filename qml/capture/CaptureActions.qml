// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// What can be done with a capture as a whole: beside each other, or in a menu where there is no room.
Item {
    id: root

    required property CaptureView capture
    required property CaptureShelf captures
    property bool wide: true

    implicitWidth: root.wide ? row.implicitWidth : more.implicitWidth
    implicitHeight: Theme.controlHeight

    Row {
        id: row

        visible: root.wide
        spacing: 8

        ReplayButton {
            objectName: "replay"
        }
        CompareButton {
            objectName: "compare"
        }
        MergeButton {
            objectName: "merge"
        }
    }
    IconButton {
        id: more

        objectName: "captureActions"
        visible: !root.wide
        iconName: "more"
        tint: Theme.text
        tip: qsTr("Replay, compare, merge")
        onClicked: menu.open()
    }
    FloatingPanel {
        id: menu

        objectName: "captureMenu"
        x: root.width - width
        y: root.height + 2

        contentItem: Column {
            spacing: 8

            ReplayButton {
                objectName: "menuReplay"
                focus: true
            }
            CompareButton {
                objectName: "menuCompare"
            }
            MergeButton {
                objectName: "menuMerge"
            }
        }
    }
    ComparePopup {
        id: compare

        x: root.width - width
        y: root.height + 2
        captures: root.captures
    }
    MergePopup {
        id: merge

        x: root.width - width
        y: root.height + 2
        captures: root.captures
    }

    component ReplayButton: AppButton {
        iconName: "replay"
        text: qsTr("Replay…")
        tip: qsTr("Publish its events again")
        onClicked: {
            menu.close();
            root.capture.replay.shown = true;
        }
    }
    component CompareButton: AppButton {
        iconName: "compare"
        text: qsTr("Compare with…")
        tip: qsTr("Show what only one of two captures has")
        onClicked: {
            menu.close();
            compare.open();
        }
    }
    component MergeButton: AppButton {
        iconName: "merge"
        text: qsTr("Merge…")
        tip: qsTr("Put several captures into one, in the order of their times")
        onClicked: {
            menu.close();
            merge.open();
        }
    }
}
