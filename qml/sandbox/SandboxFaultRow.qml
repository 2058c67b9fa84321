// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

Item {
    id: root

    required property SandboxFaultModel faults
    required property int index
    required property string group // that it begins; empty for the others
    required property string title
    required property string help
    required property bool active
    required property bool hasAmount
    required property int amount
    required property string unit
    required property bool hasErrorType
    required property string errorType
    required property bool hasConditions
    required property int percent
    required property int times
    required property bool hasChannel
    required property string channel
    required property bool focused
    signal taken

    implicitHeight: layout.implicitHeight + 12 + (root.group ? heading.height : 0)

    Accessible.role: Accessible.CheckBox
    Accessible.name: root.title
    Accessible.description: root.help
    Accessible.checkable: true
    Accessible.checked: root.active

    PaneTitle {
        id: heading

        visible: root.group
        x: 12
        height: 34
        verticalAlignment: Text.AlignBottom
        bottomPadding: 6
        text: root.group
    }
    Rectangle {
        anchors.fill: parent
        anchors.topMargin: root.group ? heading.height : 0
        color: root.active ? Theme.selection : hover.hovered ? Theme.hover : "transparent"

        FocusRing {
            shown: root.focused
            inset: 1
        }
        HoverHandler {
            id: hover
        }
        TapHandler {
            onTapped: {
                root.taken();
                root.faults.toggle(root.index);
            }
        }
    }
    GridLayout {
        id: layout

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 6
        anchors.leftMargin: 12
        anchors.rightMargin: 12
        columns: 4 // box, words, amount, unit
        columnSpacing: 10
        rowSpacing: 4

        CheckSign {
            Layout.alignment: Qt.AlignTop
            Layout.topMargin: 1
            checked: root.active
        }
        ColumnLayout {
            spacing: 1

            Text {
                Layout.fillWidth: true
                text: root.title
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.fontSize
                color: Theme.text
            }
            Remark {
                Layout.fillWidth: true
                text: root.help
                Accessible.ignored: true
            }
        }
        Field {
            visible: root.hasAmount
            Layout.preferredWidth: 72
            mono: true
            horizontalAlignment: Text.AlignRight
            text: root.amount
            validator: IntValidator {
                bottom: 1
                top: 600000
            }
            onEditingFinished: root.faults.setAmount(root.index, Number(text))
            Accessible.name: root.title + ", " + root.unit
        }
        Text {
            visible: root.hasAmount && text
            text: root.unit
            font.pixelSize: Theme.smallFontSize
            color: Theme.secondary
        }
        SandboxFaultLimits {
            Layout.row: 1
            Layout.column: 1
            Layout.columnSpan: 3
            Layout.fillWidth: true
            visible: root.active && (root.hasConditions || root.hasErrorType)
            faults: root.faults
            row: root.index
            title: root.title
            hasErrorType: root.hasErrorType
            errorType: root.errorType
            percent: root.percent
            times: root.times
            hasChannel: root.hasChannel
            channel: root.channel
        }
    }
}
