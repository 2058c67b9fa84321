// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// One of several, from a list that opens.
ComboBox {
    id: root

    required property int choice
    property string name
    signal chosen(int index)

    // ComboBox forgets its index when its model changes.
    onChoiceChanged: root.currentIndex = root.choice
    onModelChanged: root.currentIndex = root.choice
    Component.onCompleted: root.currentIndex = root.choice
    onActivated: index => root.chosen(index)

    implicitHeight: Theme.controlHeight
    leftPadding: 8
    rightPadding: 28
    topPadding: 0
    bottomPadding: 0
    font.pixelSize: Theme.fontSize

    Accessible.name: root.name

    contentItem: Text {
        text: root.displayText
        textFormat: Text.PlainText
        elide: Text.ElideRight
        verticalAlignment: Text.AlignVCenter
        font: root.font
        color: root.enabled ? Theme.text : Theme.disabled
    }
    indicator: Icon {
        x: root.width - width - 8
        anchors.verticalCenter: parent.verticalCenter
        size: 12
        icon: "chevron-down"
        color: Theme.secondary
    }
    background: Rectangle {
        radius: Theme.controlRadius
        color: root.pressed ? Theme.pressed : Theme.window
        border.width: root.activeFocus ? 2 : 1
        border.color: root.activeFocus ? Theme.accent : Theme.border

        Rectangle {
            anchors.fill: parent
            radius: parent.radius
            color: root.hovered ? Theme.hover : "transparent"
        }
    }
    delegate: Option {}
    popup: List {}

    component Option: ItemDelegate {
        id: option

        required property string modelData
        required property int index

        width: root.width - 2
        height: Theme.controlHeight
        text: modelData
        highlighted: root.highlightedIndex === index
        leftPadding: 8
        topPadding: 0
        bottomPadding: 0

        contentItem: Text {
            text: option.text
            textFormat: Text.PlainText
            elide: Text.ElideRight
            verticalAlignment: Text.AlignVCenter
            font.pixelSize: Theme.fontSize
            font.weight: root.currentIndex === option.index ? Font.Medium : Font.Normal
            color: Theme.text
        }
        background: Rectangle {
            color: option.highlighted ? Theme.selection : "transparent"
        }
    }
    component List: Popup {
        y: root.height + 2
        width: root.width
        height: Math.min(contentItem.implicitHeight + 2, 300)
        padding: 1

        contentItem: ListView {
            clip: true
            cacheBuffer: 0
            implicitHeight: contentHeight
            model: root.delegateModel
            currentIndex: root.highlightedIndex
            boundsBehavior: Flickable.StopAtBounds
            ScrollBar.vertical: SlimScrollBar {}
        }
        background: Rectangle {
            color: Theme.raised
            border.color: Theme.border
            radius: Theme.controlRadius
        }
    }
}
