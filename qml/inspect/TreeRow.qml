// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// A member or element, with what can be done with it while it is the current one.
Item {
    id: root

    required property int index
    required property string name
    required property string value
    required property int kind
    required property int depth
    required property bool unfolded
    required property string accessibleName
    required property bool current
    required property bool focused
    required property string path
    readonly property bool branch: root.kind === JsonTree.Object || root.kind === JsonTree.Array
    readonly property bool rest: root.kind === JsonTree.Rest
    signal chosen
    signal toggled
    signal filterWanted
    signal copyWanted
    signal pathWanted
    signal menuWanted(real x, real y)

    height: Theme.rowHeight

    Accessible.role: Accessible.TreeItem
    Accessible.name: root.accessibleName
    Accessible.selected: root.current
    Accessible.onPressAction: root.toggled()

    Rectangle {
        anchors.fill: parent
        color: root.current ? Theme.selection : hover.hovered ? Theme.hover : "transparent"
    }
    FocusRing {
        shown: root.current && root.focused
        radius: 0
    }
    TapHandler {
        gesturePolicy: TapHandler.DragThreshold
        onTapped: {
            root.chosen();
            if (root.branch || root.rest)
                root.toggled();
        }
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        onTapped: event => {
            root.chosen();
            root.menuWanted(event.position.x, event.position.y);
        }
    }
    HoverHandler {
        id: hover
    }
    Icon {
        x: 8 + 14 * root.depth
        anchors.verticalCenter: parent.verticalCenter
        visible: root.branch
        size: 12
        icon: root.unfolded ? "chevron-down" : "chevron-right"
        color: Theme.secondary
    }
    Text {
        id: key

        x: 26 + 14 * root.depth
        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, root.width * 0.5)
        text: root.name
        textFormat: Text.PlainText
        elide: Text.ElideMiddle
        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
        color: Theme.jsonKey
    }
    Text {
        anchors.left: key.right
        anchors.leftMargin: root.name ? 10 : 0
        anchors.right: parent.right
        anchors.rightMargin: actions.visible ? actions.width + 12 : 12
        anchors.verticalCenter: parent.verticalCenter
        text: root.value
        textFormat: Text.PlainText
        elide: Text.ElideRight
        maximumLineCount: 1
        font.family: Theme.monoFamily
        font.pixelSize: Theme.smallFontSize
        color: root.branch ? Theme.secondary : root.rest ? Theme.accent
            : root.kind === JsonTree.String ? Theme.jsonString
            : root.kind === JsonTree.Number ? Theme.jsonNumber : Theme.jsonLiteral
    }
    // Only where they are seen: there is one such row, and there can be many others.
    Loader {
        id: actions

        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        active: root.current && !root.rest
        visible: active
        source: "TreeActions.qml"
        onLoaded: {
            const row = item as TreeActions;
            row.path = Qt.binding(() => root.path);
            row.branch = Qt.binding(() => root.branch);
            row.filterWanted.connect(root.filterWanted);
            row.pathWanted.connect(root.pathWanted);
            row.copyWanted.connect(root.copyWanted);
        }
    }
}
