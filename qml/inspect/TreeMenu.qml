// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope
import Syncscope.Ui

// What can be done with a member or element of a tree.
AppMenu {
    id: root

    required property FrameInspector inspector
    readonly property JsonTree tree: root.inspector.tree
    property int row: -1
    // As filters name it; empty: they cannot.
    readonly property string path: root.visible ? root.tree.pathOf(root.row) : ""
    readonly property bool branch: root.visible && root.tree.isBranchAt(root.row)
    readonly property bool number: root.visible && root.tree.isNumberAt(root.row)

    objectName: "treeMenu"

    // About \a row, at a point of \a view.
    function openFor(row: int, view: Item, x: real, y: real) {
        root.row = row;
        root.parent = view;
        root.popup(view, x, y);
    }

    AppMenuItem {
        objectName: "copyValue"
        iconName: "copy"
        text: qsTr("Copy value")
        shortcut: qsTr("Ctrl+C")
        onTriggered: root.inspector.copyText(root.tree.textOf(root.row))
    }
    AppMenuItem {
        objectName: "copyPath"
        iconName: "list"
        enabled: root.path
        text: qsTr("Copy path")
        onTriggered: root.inspector.copyText(root.path)
    }
    AppMenuItem {
        objectName: "plotNumbers"
        visible: root.number
        enabled: root.path
        iconName: "chart"
        text: qsTr("Plot over time")
        onTriggered: root.inspector.plot(root.path)
    }
    AppMenuLine {}
    AppMenuItem {
        objectName: "filterSame"
        visible: !root.branch
        enabled: root.path
        iconName: "filter"
        text: qsTr("Rows with this value")
        shortcut: qsTr("Return")
        onTriggered: root.inspector.filterBy(root.tree.filterFor(root.row))
    }
    AppMenuItem {
        objectName: "filterOther"
        visible: !root.branch
        enabled: root.tree.comparison(root.row, "!=")
        text: qsTr("Rows with another value")
        onTriggered: root.inspector.filterBy(root.tree.comparison(root.row, "!="))
    }
    AppMenuItem {
        objectName: "filterGreater"
        visible: root.number
        enabled: root.path
        text: qsTr("Rows with a greater value")
        onTriggered: root.inspector.filterBy(root.tree.comparison(root.row, ">"))
    }
    AppMenuItem {
        objectName: "filterSmaller"
        visible: root.number
        enabled: root.path
        text: qsTr("Rows with a smaller value")
        onTriggered: root.inspector.filterBy(root.tree.comparison(root.row, "<"))
    }
    AppMenuItem {
        objectName: "filterPresent"
        enabled: root.path
        iconName: root.branch ? "filter" : ""
        text: qsTr("Rows that have it")
        shortcut: root.branch ? qsTr("Return") : ""
        onTriggered: root.inspector.filterBy(root.tree.presence(root.row))
    }
    AppMenuLine {}
    AppMenuItem {
        objectName: "showAsColumn"
        enabled: root.path
        iconName: "columns"
        text: qsTr("Show as column")
        onTriggered: root.inspector.showAsColumn(root.path)
    }
}
