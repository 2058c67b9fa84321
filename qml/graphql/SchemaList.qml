// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

// A page of the schema. Return goes to what a row names, Backspace back.
Control {
    id: root

    required property SchemaModel model

    enabled: view.count > 0
    focusPolicy: Qt.StrongFocus

    Accessible.role: Accessible.List
    Accessible.name: qsTr("Schema")

    Keys.onUpPressed: view.decrementCurrentIndex()
    Keys.onDownPressed: view.incrementCurrentIndex()
    Keys.onReturnPressed: root.follow(view.currentIndex)
    Keys.onPressed: event => {
        event.accepted = event.key === Qt.Key_Backspace;
        if (event.accepted)
            root.model.goBack();
    }

    function follow(row: int) {
        root.model.follow(row);
        view.currentIndex = 0;
        view.positionViewAtBeginning();
    }

    ListView {
        id: view

        anchors.fill: parent
        model: root.model
        onCountChanged: if (view.currentIndex < 0 && view.count > 0) view.currentIndex = 0
        clip: true
        cacheBuffer: 0
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: 0
        ScrollBar.vertical: SlimScrollBar {}

        delegate: SchemaRow {
            width: view.width
            focused: root.visualFocus && ListView.isCurrentItem
            onFollowed: root.follow(index)
        }
    }
}
