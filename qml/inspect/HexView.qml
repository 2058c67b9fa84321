// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// The payload's bytes in UTF-8.
Control {
    id: root

    required property FrameInspector inspector

    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Bytes of the payload")
    Keys.onUpPressed: view.flick(0, 400)
    Keys.onDownPressed: view.flick(0, -400)
    Keys.onPressed: event => {
        if (event.key === Qt.Key_PageDown || event.key === Qt.Key_PageUp) {
            const step = event.key === Qt.Key_PageDown ? view.height : -view.height;
            view.contentY = Math.max(0, Math.min(view.contentHeight - view.height, view.contentY + step));
            event.accepted = true;
        } else if (event.key === Qt.Key_C && event.modifiers === Qt.ControlModifier) {
            root.inspector.copyView();
            event.accepted = true;
        }
    }

    ListView {
        id: view

        objectName: "hex"
        anchors.fill: parent
        anchors.topMargin: 4
        clip: true
        model: root.inspector.hex
        reuseItems: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        delegate: Text {
            required property string offset
            required property string hex
            required property string plain

            x: 12
            height: 18
            text: offset + "  " + hex + "  " + plain
            textFormat: Text.PlainText
            font: line.font
            color: Theme.text
            Accessible.role: Accessible.ListItem
            Accessible.name: text
        }
    }
    Text {
        id: line

        visible: false
        text: "00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  ................"
        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
    }
    Binding {
        target: root.inspector.hex
        property: "narrow"
        value: line.implicitWidth + 24 > root.width
    }
    FocusRing {
        shown: root.visualFocus
        radius: 0
    }
}
