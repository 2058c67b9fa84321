// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// How each operation is authorized, and what the chosen modes need.
ColumnLayout {
    id: root

    required property ConnectionForm form
    signal accepted

    spacing: 4

    ModeRow {
        label: qsTr("Connect")
        mode: "connectMode"
        model: root.form.modeNames
        choice: root.form.connectMode
        onChosen: index => root.form.connectMode = index
    }
    ModeRow {
        label: qsTr("Subscribe")
        mode: "subscribeMode"
        model: root.form.subscribeModeNames
        choice: root.form.subscribeMode
        onChosen: index => root.form.subscribeMode = index
    }
    ModeRow {
        label: root.form.isGraphQl ? qsTr("Query, mutate") : qsTr("Publish")
        mode: "publishMode"
        model: root.form.publishModeNames
        choice: root.form.publishMode
        onChosen: index => root.form.publishMode = index
    }
    Hairline {
        Layout.fillWidth: true
        Layout.topMargin: 6
        Layout.bottomMargin: 6
    }
    Repeater {
        model: root.form.fields

        FieldRow {
            Layout.fillWidth: true
            fields: root.form.fields
            onAccepted: root.accepted()
        }
    }

    component ModeRow: RowLayout {
        id: row

        required property string label
        required property string mode
        required property var model // names
        required property int choice
        signal chosen(int index)

        Layout.fillWidth: true
        spacing: 8

        Text {
            Layout.preferredWidth: 118
            text: row.label
            font.pixelSize: Theme.smallFontSize
            color: Theme.secondary
        }
        Select {
            objectName: row.mode
            Layout.fillWidth: true
            model: row.model
            choice: row.choice
            name: qsTr("Authorization: %1").arg(row.label)
            onChosen: index => row.chosen(index)
        }
    }
}
