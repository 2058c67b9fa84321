// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// One of a few: a row of joined buttons. Arrow keys move within, Tab leaves.
FocusScope {
    id: root

    required property var options // texts
    required property int current
    property string name
    property string tip
    signal chosen(int index)

    implicitWidth: row.implicitWidth + 4
    implicitHeight: Theme.controlHeight

    Accessible.role: Accessible.PageTabList
    Accessible.name: root.name

    Keys.onLeftPressed: if (root.current > 0) root.chosen(root.current - 1)
    Keys.onRightPressed: if (root.current < root.options.length - 1) root.chosen(root.current + 1)

    Rectangle {
        anchors.fill: parent
        radius: Theme.controlRadius
        color: Theme.surface
        border.color: Theme.border
    }

    Row {
        id: row

        x: 2
        height: parent.height

        Repeater {
            model: root.options

            AbstractButton {
                id: segment

                required property string modelData
                required property int index

                readonly property bool isCurrent: index === root.current

                y: 2
                implicitHeight: root.height - 4
                implicitWidth: implicitContentWidth + 20
                text: modelData
                focus: isCurrent
                focusPolicy: isCurrent ? Qt.StrongFocus : Qt.ClickFocus
                hoverEnabled: true

                Accessible.role: Accessible.RadioButton
                Accessible.name: text
                Accessible.checkable: true
                Accessible.checked: isCurrent
                Accessible.onPressAction: root.chosen(index)

                onClicked: root.chosen(index)

                contentItem: Text {
                    text: segment.text
                    font.pixelSize: Theme.smallFontSize
                    color: !segment.enabled ? Theme.disabled : segment.isCurrent ? Theme.text : Theme.secondary
                    horizontalAlignment: Text.AlignHCenter
                    verticalAlignment: Text.AlignVCenter
                }
                background: Rectangle {
                    radius: Theme.controlRadius - 1
                    color: segment.isCurrent ? Theme.raised : segment.hovered ? Theme.hover : "transparent"
                    border.width: segment.isCurrent ? 1 : 0
                    border.color: Theme.border

                    FocusRing {
                        inset: -2
                        shown: segment.visualFocus
                    }
                }
            }
        }
    }

    HoverHandler {
        id: hover
    }

    Tip {
        visible: root.tip && hover.hovered
        text: root.tip
    }
}
