// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// What was on the wire: to be read, selected and copied. As high as its text, up to a limit.
Rectangle {
    id: root

    property alias text: area.text
    property string name
    property real maximumHeight: 180

    implicitHeight: Math.min(root.maximumHeight, area.textArea.contentHeight + 16)
    color: Theme.window
    radius: Theme.controlRadius
    border.color: area.textArea.activeFocus ? Theme.accent : Theme.border
    border.width: area.textArea.activeFocus ? 2 : 1

    CodeArea {
        id: area

        anchors.fill: parent
        anchors.margins: 2
        readOnly: true
        colored: false
        name: root.name
        textArea.padding: 6
        textArea.font.pixelSize: Theme.smallFontSize
        onCopyWanted: {
            textArea.selectAll();
            textArea.copy();
            textArea.deselect();
        }
    }
}
