// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// The editor of a profile: to connect at once, to try, or to save for the next time.
Card {
    id: root

    required property Workspace workspace
    readonly property ConnectionForm form: root.workspace.form
    readonly property Item testResult: result

    function takeFocus() {
        endpoint.takeFocus();
    }

    RowLayout {
        spacing: 8

        Icon {
            icon: "plug"
            color: Theme.secondary
        }
        PaneTitle {
            Layout.fillWidth: true
            text: root.form.savedName ? qsTr("Edit %1").arg(root.form.savedName) : qsTr("Connect to your own API")
            font.pixelSize: 15
        }
        AppButton {
            objectName: "newProfile"
            visible: root.form.savedName || root.form.remarks.length > 0
            text: qsTr("Another one")
            tip: qsTr("Empty the form; what is saved stays")
            onClicked: {
                root.workspace.newProfile();
                root.takeFocus();
            }
        }
    }
    NoticeBar {
        Layout.fillWidth: true
        objectName: "formNotice"
        framed: true
        dismissable: true
        message: root.workspace.formNotice.message
        serverMessage: root.workspace.formNotice.serverMessage
        nextStep: root.workspace.formNotice.nextStep
        onDismissed: root.workspace.dismissFormNotice()
    }
    Repeater {
        model: root.form.remarks

        Remark {
            required property string modelData

            Layout.fillWidth: true
            text: "• " + modelData
        }
    }
    EndpointFields {
        id: endpoint

        Layout.fillWidth: true
        Layout.topMargin: 4
        form: root.form
        onAccepted: root.workspace.openForm()
    }
    PaneTitle {
        Layout.topMargin: 8
        text: qsTr("Authorization")
    }
    AuthRows {
        Layout.fillWidth: true
        form: root.form
        onAccepted: root.workspace.openForm()
    }
    TestResult {
        id: result

        Layout.fillWidth: true
        Layout.topMargin: 4
        test: root.workspace.test
    }
    Item {
        Layout.fillHeight: true
    }
    Hairline {
        Layout.fillWidth: true
        Layout.topMargin: 4
    }
    SaveRow {
        Layout.fillWidth: true
        workspace: root.workspace
    }
    RowLayout {
        spacing: 8

        Remark {
            Layout.fillWidth: true
            objectName: "missing"
            text: root.form.isValid ? root.form.missing : ""
        }
        AppButton {
            objectName: "test"
            enabled: root.form.canConnect && !root.workspace.test.isRunning
            text: qsTr("Test")
            tip: qsTr("Try the connection step by step, without opening it")
            onClicked: root.workspace.testForm()
            Keys.onReturnPressed: clicked()
            Keys.onEnterPressed: clicked()
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
