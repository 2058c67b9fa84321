// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// JavaScript or GraphQL to be edited, with the numbers of its lines, and marks on those that are wrong.
FocusScope {
    id: root

    property alias text: code.text
    property alias readOnly: code.readOnly
    property alias textArea: code.textArea
    property alias placeholderText: code.placeholderText
    property string name
    property int errorLine: 0 // from 1 on; 0: none
    property alias graphQl: code.graphQl
    property alias problems: code.problems

    readonly property real lineHeight: code.textArea.contentHeight / Math.max(1, code.textArea.lineCount)
    readonly property Flickable flickable: code.contentItem as Flickable
    readonly property real scrolled: root.flickable ? root.flickable.contentY : 0

    function reveal(line: int) {
        const top = (line - 1) * root.lineHeight;
        const view = root.flickable;
        if (top < view.contentY || top > view.contentY + root.height - 3 * root.lineHeight)
            view.contentY = Math.max(0, Math.min(top - root.height / 3, view.contentHeight - view.height));
    }
    onErrorLineChanged: if (root.errorLine > 0) root.reveal(root.errorLine)

    Rectangle {
        anchors.fill: parent
        color: Theme.window
    }
    Item {
        id: gutter

        width: numbers.implicitWidth + 16
        height: parent.height
        clip: true

        Text {
            id: numbers

            anchors.right: parent.right
            anchors.rightMargin: 8
            y: code.textArea.topPadding - root.scrolled
            text: Array.from({length: code.textArea.lineCount}, (_, i) => i + 1).join("\n")
            font: code.textArea.font
            lineHeightMode: Text.FixedHeight
            lineHeight: root.lineHeight
            horizontalAlignment: Text.AlignRight
            color: Theme.disabled
            Accessible.ignored: true
        }
    }
    Repeater {
        model: root.problems ? root.problems.lines : []

        Rectangle {
            required property int modelData

            y: code.textArea.topPadding + (modelData - 1) * root.lineHeight - root.scrolled
            width: 3
            height: root.lineHeight
            color: Theme.danger
        }
    }
    Rectangle {
        objectName: "errorMark"
        visible: root.errorLine > 0 && root.errorLine <= code.textArea.lineCount
        y: code.textArea.topPadding + (root.errorLine - 1) * root.lineHeight - root.scrolled
        width: parent.width
        height: root.lineHeight
        color: Theme.danger
        opacity: 0.16
    }
    Item {
        anchors.fill: parent
        anchors.leftMargin: gutter.width
        clip: true

        CodeArea {
            id: code

            anchors.fill: parent
            focus: true
            script: !code.graphQl
            wrap: false
            name: root.name
        }
    }
    FocusRing {
        shown: code.textArea.activeFocus
        radius: 0
    }
}
