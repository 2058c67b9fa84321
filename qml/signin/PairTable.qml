// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// Names and their values, which can be selected and copied.
Column {
    id: root

    required property var pairs
    property bool mono: false
    property real nameWidth: Math.min(150, root.width * 0.36)

    spacing: 0

    Repeater {
        model: root.pairs

        Item {
            id: row

            required property var modelData

            width: root.width
            height: Math.max(name.implicitHeight, value.implicitHeight) + 8

            Text {
                id: name

                y: 4
                width: root.nameWidth - 8
                text: row.modelData.name
                textFormat: Text.PlainText
                elide: Text.ElideRight
                font.family: root.mono ? Theme.monoFamily : Theme.uiFamily
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            TextEdit {
                id: value

                x: root.nameWidth
                y: 4
                width: root.width - x
                text: row.modelData.value
                textFormat: TextEdit.PlainText
                wrapMode: TextEdit.WrapAtWordBoundaryOrAnywhere
                readOnly: true
                selectByMouse: true
                font.family: root.mono ? Theme.monoFamily : Theme.uiFamily
                font.pixelSize: Theme.smallFontSize
                color: Theme.text
                selectionColor: Theme.accent
                selectedTextColor: Theme.onAccent
                Accessible.name: qsTr("%1: %2").arg(row.modelData.name).arg(row.modelData.value)
            }
            Hairline {
                anchors.bottom: parent.bottom
                width: parent.width
            }
        }
    }
}
