// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// What stands beside the payload: where, when, how much.
Item {
    id: root

    required property FrameInspector inspector

    implicitHeight: layout.implicitHeight + 8

    ColumnLayout {
        id: layout

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: 12
        anchors.rightMargin: 12
        spacing: 3

        RowLayout {
            spacing: 8

            Glyph {
                visible: root.inspector.slot >= 0
                slot: root.inspector.slot
            }
            Fact {
                Layout.fillWidth: true
                text: root.inspector.channel || qsTr("no channel")
                font.pixelSize: Theme.fontSize
                color: root.inspector.channel ? Theme.text : Theme.secondary
            }
            Fact {
                text: root.inspector.sizeText
            }
        }
        RowLayout {
            spacing: 8

            Fact {
                Layout.fillWidth: true
                text: root.inspector.title
            }
            Fact {
                text: root.inspector.timeText
            }
        }
    }

    component Fact: Text {
        textFormat: Text.PlainText
        elide: Text.ElideRight
        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
}
