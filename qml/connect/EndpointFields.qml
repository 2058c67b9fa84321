// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// Where to connect: one pasted address fills the rest, which stays visible and can be changed.
ColumnLayout {
    id: root

    required property ConnectionForm form
    signal accepted

    spacing: 4

    function takeFocus() {
        address.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    Label {
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
        onAccepted: root.accepted()
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

        Label {
            text: qsTr("Realtime URL")
        }
        Label {
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
            onAccepted: root.accepted()
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
            onAccepted: root.accepted()
            Accessible.name: qsTr("Region, if it does not follow from the endpoint")
        }
    }

    component Label: Text {
        font.pixelSize: Theme.smallFontSize
        color: Theme.secondary
    }
}
