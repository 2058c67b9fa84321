// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope

// The steps to a live connection: sign, name, and how long each took.
RowLayout {
    id: root

    required property var stages

    spacing: 4

    Repeater {
        model: root.stages.length // the texts change each second, the items stay

        ColumnLayout {
            id: stage

            required property int index
            readonly property var facts: root.stages[index]
            readonly property int mark: facts.mark
            readonly property color tint: mark === LinkStatus.Done ? Theme.success
                : mark === LinkStatus.Failed ? Theme.danger
                : mark === LinkStatus.Current ? Theme.warning : Theme.disabled

            Layout.fillWidth: true
            Layout.preferredWidth: 1
            spacing: 4

            Accessible.role: Accessible.StaticText
            Accessible.name: [stage.facts.name, sign.meaning, stage.facts.text].filter(Boolean).join(", ")

            Rectangle {
                Layout.fillWidth: true
                implicitHeight: 3
                radius: 1.5
                color: stage.mark === LinkStatus.Ahead ? Theme.border : stage.tint
            }
            Text {
                id: sign

                readonly property string meaning: stage.mark === LinkStatus.Done ? qsTr("done")
                    : stage.mark === LinkStatus.Failed ? qsTr("failed here")
                    : stage.mark === LinkStatus.Current ? qsTr("under way") : qsTr("not reached")

                Layout.fillWidth: true
                text: (stage.mark === LinkStatus.Done ? "✓ " : stage.mark === LinkStatus.Failed ? "✕ "
                    : stage.mark === LinkStatus.Current ? "◐ " : "· ") + stage.facts.name
                elide: Text.ElideRight
                font.pixelSize: Theme.fontSize
                color: stage.mark === LinkStatus.Ahead ? Theme.secondary : stage.tint
                Accessible.ignored: true
            }
            Text {
                Layout.fillWidth: true
                text: stage.facts.text || "–"
                elide: Text.ElideRight
                font.family: Theme.monoFamily
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
                Accessible.ignored: true
            }
        }
    }
}
