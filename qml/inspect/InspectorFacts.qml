// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// What stands beside the payload: where, when, how much.
Item {
    id: root

    required property FrameInspector inspector

    implicitHeight: 46

    Glyph {
        id: glyph

        x: 12
        width: root.inspector.slot >= 0 ? 20 : 0
        height: channel.height
        horizontalAlignment: Text.AlignLeft
        slot: root.inspector.slot
    }
    Fact {
        id: channel

        anchors.left: glyph.right
        anchors.right: size.left
        anchors.rightMargin: 8
        text: root.inspector.channel || qsTr("no channel")
        font.family: root.inspector.hasFrame ? Theme.monoFamily : Theme.uiFamily
        font.pixelSize: Theme.fontSize
        color: root.inspector.channel ? Theme.text : Theme.secondary
    }
    Fact {
        id: size

        anchors.right: parent.right
        anchors.rightMargin: 12
        text: root.inspector.sizeText
    }
    Fact {
        anchors.left: parent.left
        anchors.leftMargin: 12
        anchors.right: time.left
        anchors.rightMargin: 8
        y: 20
        text: root.inspector.title
    }
    Fact {
        id: time

        anchors.right: parent.right
        anchors.rightMargin: 12
        y: 20
        text: root.inspector.timeText
    }

    component Fact: Text {
        textFormat: Text.PlainText
        elide: Text.ElideRight
        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
}
