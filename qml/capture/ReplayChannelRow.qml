// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// A channel of the capture, and where its events go.
Item {
    id: root

    required property int index
    required property string name
    required property string events
    required property string target
    required property bool pattern
    required property string problem
    signal targetEdited(string target)

    implicitHeight: lines.implicitHeight + 8

    ColumnLayout {
        id: lines

        width: parent.width
        spacing: 2

        RowLayout {
            spacing: 8

            Text {
                Layout.fillWidth: true
                text: root.name
                textFormat: Text.PlainText
                elide: Text.ElideMiddle
                font.family: Theme.monoFamily
                font.pixelSize: Theme.smallFontSize
                color: Theme.text
            }
            Remark {
                text: root.events
                wrapMode: Text.NoWrap
            }
        }
        RowLayout {
            spacing: 6

            Text {
                text: "→"
                font.pixelSize: Theme.fontSize
                color: Theme.secondary
                Accessible.ignored: true
            }
            Field {
                objectName: "replayTarget" + root.index
                Layout.fillWidth: true
                mono: true
                invalid: root.target && root.problem
                placeholderText: root.pattern ? qsTr("a channel for these") : qsTr("namespace/channel")
                text: root.target
                onTextEdited: root.targetEdited(text)
                Accessible.name: qsTr("Where the events of %1 go").arg(root.name)
                Accessible.description: root.problem
            }
        }
        Remark {
            Layout.fillWidth: true
            Layout.leftMargin: 20
            visible: root.problem
            color: root.target ? Theme.danger : Theme.warning
            text: root.problem
        }
    }
}
