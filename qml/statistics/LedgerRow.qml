// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// A published event: when and where, what the service said, where it was seen again.
Item {
    id: root

    required property int index
    required property string time
    required property string channel
    required property string preview
    required property int outcome
    required property string verdict
    required property string seen
    required property bool wasSeen
    required property string accessibleName
    required property bool current
    required property bool focused
    readonly property bool wide: width >= 760
    signal taken

    height: Theme.rowHeight

    Accessible.role: Accessible.ListItem
    Accessible.name: root.accessibleName
    Accessible.selected: root.current

    Rectangle {
        anchors.fill: parent
        color: root.current && root.focused ? Theme.selection : hover.hovered ? Theme.hover : "transparent"
    }
    FocusRing {
        shown: root.current && root.focused
        radius: 0
    }
    HoverHandler {
        id: hover
    }
    TapHandler {
        gesturePolicy: TapHandler.DragThreshold
        onTapped: root.taken()
    }
    Tip {
        visible: hover.hovered
        text: root.verdict ? root.verdict + "\n" + root.preview : root.preview
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: 12
        anchors.rightMargin: 16
        spacing: 10

        Icon {
            size: 14
            icon: root.outcome === LedgerModel.Accepted ? "check" : root.outcome === LedgerModel.Pending ? "send" : root.outcome === LedgerModel.Unknown ? "warning" : "error"
            color: root.outcome === LedgerModel.Accepted ? Theme.success : root.outcome === LedgerModel.Pending ? Theme.secondary : root.outcome === LedgerModel.Unknown ? Theme.warning : Theme.danger
        }
        Cell {
            text: root.time
            color: Theme.secondary
        }
        Cell {
            Layout.preferredWidth: root.width * 0.16
            text: root.channel
        }
        Cell {
            Layout.fillWidth: true
            Layout.preferredWidth: 1
            visible: root.wide
            text: root.preview
            color: Theme.secondary
        }
        Cell {
            Layout.fillWidth: true
            Layout.preferredWidth: root.wide ? 1.6 : 1
            text: root.outcome === LedgerModel.Refused ? root.verdict : root.seen
            font.family: Theme.uiFamily
            color: root.outcome === LedgerModel.Refused ? Theme.danger : root.wasSeen ? Theme.text : Theme.secondary
        }
    }

    component Cell: Text {
        textFormat: Text.PlainText
        elide: Text.ElideRight
        maximumLineCount: 1
        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
        color: Theme.text
    }
}
