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

    function showHit() {
        if (root.inspector.search.hitBegin >= 0)
            view.positionViewAtIndex(Math.floor(root.inspector.search.hitBegin / root.inspector.hex.width), ListView.Contain);
    }

    Connections {
        target: root.inspector.search
        enabled: root.visible

        function onMoved() {
            root.showHit();
        }
    }

    ListView {
        id: view

        objectName: "hex"
        anchors.fill: parent
        anchors.topMargin: 4
        clip: true
        cacheBuffer: 0
        model: root.inspector.hex
        reuseItems: true
        boundsBehavior: Flickable.StopAtBounds
        ScrollBar.vertical: SlimScrollBar {}

        delegate: Text {
            id: bytes

            required property int index
            required property string offset
            required property string hex
            required property string plain
            // Of what was found, in this row; nothing: from is not below to.
            readonly property int from: root.inspector.search.hitBegin < 0 ? root.inspector.hex.width : Math.max(0, root.inspector.search.hitBegin - index * root.inspector.hex.width)
            readonly property int to: Math.min(root.inspector.hex.width, root.inspector.search.hitBegin + root.inspector.search.hitLength - index * root.inspector.hex.width)

            x: 12
            height: 18
            text: offset + "  " + hex + "  " + plain
            textFormat: Text.PlainText
            font: line.font
            color: Theme.text
            Accessible.role: Accessible.ListItem
            Accessible.name: text

            // Of a byte's first digit: there is a wider gap after each eight.
            function column(at: int): int {
                return 3 * at + Math.floor(at / 8);
            }

            Rectangle {
                z: -1
                visible: bytes.from < bytes.to
                x: (10 + bytes.column(bytes.from)) * digit.advanceWidth
                width: (10 + bytes.column(bytes.to - 1) + 2) * digit.advanceWidth - x
                height: parent.height
                color: Theme.selection
            }
            Rectangle {
                z: -1
                visible: bytes.from < bytes.to
                x: (12 + bytes.hex.length + bytes.from) * digit.advanceWidth
                width: (bytes.to - bytes.from) * digit.advanceWidth
                height: parent.height
                color: Theme.selection
            }
        }
    }
    Text {
        id: line

        visible: false
        text: "00000000  00 00 00 00 00 00 00 00  00 00 00 00 00 00 00 00  ................"
        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
    }
    TextMetrics {
        id: digit

        font: line.font
        text: "0"
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
