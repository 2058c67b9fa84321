// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// A type, a field, an argument or a value, with what is written about it.
Item {
    id: root

    required property int index
    required property string kind
    required property string name
    required property string signature
    required property string description
    required property string deprecated
    required property string target
    required property int indent
    required property string accessibleName
    required property bool focused
    signal followed

    implicitHeight: lines.implicitHeight + 8

    Accessible.role: Accessible.ListItem
    Accessible.name: root.accessibleName
    Accessible.onPressAction: root.followed()

    Rectangle {
        anchors.fill: parent
        color: hover.hovered && root.target ? Theme.hover : "transparent"
    }
    FocusRing {
        shown: root.focused
        inset: 1
    }
    Column {
        id: lines

        x: 12 + 14 * root.indent
        y: 4
        width: root.width - x - 12
        spacing: 1

        Text {
            width: parent.width
            text: root.indent > 0 ? "· " + root.name + root.signature : root.name + root.signature
            textFormat: Text.PlainText
            wrapMode: Text.WrapAtWordBoundaryOrAnywhere
            maximumLineCount: 4
            elide: Text.ElideRight
            font.family: Theme.monoFamily
            font.pixelSize: Theme.smallFontSize
            font.strikeout: root.deprecated
            color: root.indent > 0 ? Theme.secondary : Theme.text
        }
        Text {
            width: parent.width
            visible: text
            text: root.deprecated ? qsTr("Deprecated: %1").arg(root.deprecated) : root.description
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
            font.pixelSize: Theme.smallFontSize
            color: root.deprecated ? Theme.warning : Theme.secondary
        }
    }
    HoverHandler {
        id: hover
    }
    Tip {
        visible: hover.hovered
        text: root.target && root.target !== root.name ? qsTr("%1; goes to %2").arg(root.kind).arg(root.target) : root.kind
    }
    TapHandler {
        onTapped: root.followed()
    }
}
