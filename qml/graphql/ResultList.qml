// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// The history of results. Arrows choose, Delete stops one that runs.
Control {
    id: root

    required property GraphQlResultLog results

    function choose(row: int) {
        root.results.current = Math.max(0, Math.min(view.count - 1, row));
        view.positionViewAtIndex(root.results.current, ListView.Contain);
    }

    enabled: view.count > 0
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Results")

    Keys.onUpPressed: root.choose(root.results.current - 1)
    Keys.onDownPressed: root.choose(root.results.current + 1)
    Keys.onDeletePressed: root.results.stop(root.results.current)

    ListView {
        id: view

        anchors.fill: parent
        model: root.results
        clip: true
        cacheBuffer: 0
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        delegate: Item {
            id: row

            required property int index
            required property string title
            required property int outcome
            required property string summary
            required property string time
            required property string accessibleName
            readonly property bool selected: root.results.current === row.index
            readonly property bool runs: row.outcome === GraphQlResultLog.Running

            width: view.width
            height: 46

            Accessible.role: Accessible.ListItem
            Accessible.name: row.accessibleName
            Accessible.selected: row.selected
            Accessible.onPressAction: root.choose(row.index)

            Rectangle {
                anchors.fill: parent
                color: row.selected ? Theme.selection : hover.hovered ? Theme.hover : "transparent"
            }
            Rectangle {
                visible: row.selected
                width: 3
                height: parent.height
                color: Theme.accent
            }
            FocusRing {
                shown: root.visualFocus && row.selected
                radius: 0
            }
            Icon {
                id: sign

                x: 12
                y: 8
                size: 14
                icon: row.outcome === GraphQlResultLog.Done ? "check" : row.runs ? "send"
                    : row.outcome === GraphQlResultLog.Partial ? "warning" : row.outcome === GraphQlResultLog.Stopped ? "stop" : "error"
                color: row.outcome === GraphQlResultLog.Done ? Theme.success : row.outcome === GraphQlResultLog.Partial ? Theme.warning
                    : row.outcome === GraphQlResultLog.Failed ? Theme.danger : Theme.secondary
            }
            Text {
                id: name

                anchors.left: sign.right
                anchors.leftMargin: 8
                anchors.right: row.runs ? halt.left : when.left
                anchors.rightMargin: 8
                y: 5
                text: row.title
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.pixelSize: Theme.fontSize
                color: Theme.text
            }
            Text {
                anchors.left: name.left
                anchors.right: parent.right
                anchors.rightMargin: 8
                anchors.top: name.bottom
                anchors.topMargin: 2
                text: row.summary
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            Text {
                id: when

                anchors.right: parent.right
                anchors.rightMargin: 12
                anchors.baseline: name.baseline
                visible: !row.runs
                text: row.time.slice(0, 8)
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            HoverHandler {
                id: hover
            }
            Tip {
                visible: hover.hovered
                text: row.accessibleName
            }
            TapHandler {
                onTapped: {
                    root.forceActiveFocus(Qt.MouseFocusReason);
                    root.choose(row.index);
                }
            }
            IconButton {
                id: halt

                anchors.right: parent.right
                anchors.rightMargin: 6
                y: 3
                visible: row.runs
                extent: 22
                focusPolicy: Qt.NoFocus
                iconName: "stop"
                tip: qsTr("Stop waiting")
                shortcut: qsTr("Del")
                onClicked: root.results.stop(row.index)
            }
        }
    }
}
