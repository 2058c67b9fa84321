// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope

// Events of five and bytes of 240 KB, as one types.
RowLayout {
    id: root

    required property PublishDraft draft
    property bool narrow: false
    readonly property bool tooMany: root.draft.eventCount > root.draft.eventLimit
    readonly property bool tooLarge: root.draft.limitProblem && root.draft.sizeShare > 1

    spacing: 8

    Accessible.role: Accessible.ProgressBar
    Accessible.name: count.text + ", " + size.text

    Text {
        id: count

        text: qsTr("%1 of %2 events").arg(root.draft.eventCount).arg(root.draft.eventLimit)
        font.pixelSize: Theme.smallFontSize
        color: root.tooMany ? Theme.danger : Theme.secondary
    }
    Rectangle {
        // Not by its visibility: the layout of Qt 6.4 forgets what becomes visible.
        Layout.preferredWidth: root.narrow ? 0 : 56
        implicitHeight: 4
        radius: 2
        color: Theme.border

        Rectangle {
            width: parent.width * Math.min(1, root.draft.sizeShare)
            height: parent.height
            radius: 2
            color: root.tooLarge ? Theme.danger : root.draft.sizeShare > 0.8 ? Theme.warning : Theme.accent
        }
    }
    Text {
        id: size

        Layout.fillWidth: true
        Layout.minimumWidth: 0
        elide: Text.ElideRight
        text: root.draft.sizeText
        font.pixelSize: Theme.smallFontSize
        color: root.tooLarge ? Theme.danger : Theme.secondary
    }
}
