// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

FocusScope {
    id: root

    required property Workspace workspace
    readonly property ConnectionForm form: root.workspace.form

    implicitHeight: layout.implicitHeight + 40

    function takeFocus() {
        address.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.panelRadius
        color: Theme.raised
        border.color: Theme.border
    }

    ColumnLayout {
        id: layout

        anchors.fill: parent
        anchors.margins: 20
        spacing: 8

        RowLayout {
            spacing: 8

            Icon {
                icon: "plug"
                color: Theme.secondary
            }
            PaneTitle {
                Layout.fillWidth: true
                text: qsTr("Connect to your own API")
                font.pixelSize: 15
            }
        }

        FormLabel {
            Layout.topMargin: 8
            text: qsTr("Endpoint")
        }
        Field {
            id: address

            objectName: "address"
            Layout.fillWidth: true
            mono: true
            focus: true
            invalid: !root.form.isEmpty && !root.form.isValid
            placeholderText: "https://….appsync-api.eu-west-1.amazonaws.com/event"
            text: root.form.address
            onTextEdited: root.form.address = text
            onAccepted: root.workspace.openForm()
            Accessible.name: qsTr("Endpoint: HTTP or realtime URL, or host")
        }
        EndpointVerdict {
            Layout.fillWidth: true
            form: root.form
        }

        GridLayout {
            Layout.fillWidth: true
            columns: 2
            columnSpacing: 12
            rowSpacing: 4

            FormLabel {
                text: qsTr("Realtime URL")
            }
            FormLabel {
                text: qsTr("Region")
            }
            Field {
                objectName: "realtime"
                Layout.fillWidth: true
                mono: true
                placeholderText: root.form.derivedRealtime || qsTr("follows from the endpoint")
                placeholderTextColor: root.form.derivedRealtime ? Theme.secondary : Theme.disabled
                text: root.form.realtime
                onTextEdited: root.form.realtime = text
                onAccepted: root.workspace.openForm()
                Accessible.name: qsTr("Realtime URL, if it differs from %1").arg(root.form.derivedRealtime)
            }
            Field {
                objectName: "region"
                Layout.preferredWidth: 130
                mono: true
                placeholderText: root.form.derivedRegion || qsTr("unknown")
                placeholderTextColor: root.form.derivedRegion ? Theme.secondary : Theme.disabled
                text: root.form.region
                onTextEdited: root.form.region = text
                onAccepted: root.workspace.openForm()
                Accessible.name: qsTr("Region, if it does not follow from the endpoint")
            }
        }

        FormLabel {
            Layout.topMargin: 8
            text: qsTr("Authorization")
        }
        RowLayout {
            spacing: 8

            Segments {
                name: qsTr("Authorization mode")
                options: [qsTr("API key"), qsTr("Token")]
                current: root.form.auth
                onChosen: index => root.form.auth = index
            }
            SecretField {
                objectName: "credential"
                Layout.fillWidth: true
                placeholderText: root.form.auth === ConnectionForm.ApiKey ? "da2-…" : "eyJ…"
                text: root.form.credential
                onTextEdited: root.form.credential = text
                onAccepted: root.workspace.openForm()
                Accessible.name: root.form.auth === ConnectionForm.ApiKey ? qsTr("API key") : qsTr("Token")
            }
        }
        Text {
            Layout.fillWidth: true
            text: qsTr("Kept in memory until Syncscope quits; never written to disk.")
            textFormat: Text.PlainText
            wrapMode: Text.Wrap
            font.pixelSize: Theme.smallFontSize
            color: Theme.secondary
        }

        Item {
            Layout.fillHeight: true
            Layout.minimumHeight: 4
        }
        RowLayout {
            spacing: 12

            Text {
                Layout.fillWidth: true
                text: root.form.isValid ? root.form.missing : ""
                textFormat: Text.PlainText
                wrapMode: Text.Wrap
                font.pixelSize: Theme.smallFontSize
                color: Theme.secondary
            }
            AppButton {
                objectName: "connect"
                primary: true
                enabled: root.form.canConnect
                text: qsTr("Connect")
                onClicked: root.workspace.openForm()
                Keys.onReturnPressed: clicked()
                Keys.onEnterPressed: clicked()
            }
        }
    }

    component FormLabel: Text {
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
}
