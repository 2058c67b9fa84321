// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// What the pages of both services have around them: what went wrong above, the sandbox at the side, and the panels.
FocusScope {
    id: root

    required property Workspace workspace
    required property Session session
    default property alias content: body.data
    property bool sandboxShown: false
    readonly property alias sandboxPane: sandbox
    readonly property alias body: body
    readonly property bool wide: width - (root.sandboxShown ? 360 : 0) >= 1100
    // Too narrow for sources and sandbox.
    readonly property bool sourcesFit: width >= 1000 || !root.sandboxShown
    property list<Item> panes // in the order of F6, the sandbox at the end
    property alias idle: circle.idle

    function settleFocus() {
        root.panes[0].takeFocus();
    }
    function cycle(step: int) {
        circle.go(step);
    }
    function toggleLink() {
        if (link.visible)
            link.close();
        else
            link.open();
    }
    function toggleKept() {
        if (kept.visible)
            kept.close();
        else
            kept.open();
    }
    function toggleSandbox() {
        root.sandboxShown = !root.sandboxShown;
        if (root.sandboxShown)
            sandbox.takeFocus();
        else
            root.settleFocus();
    }
    function toggleSignIn() {
        if (signIn.visible)
            signIn.close();
        else
            signIn.open();
    }

    PaneCycle {
        id: circle

        panes: Array.from(root.panes).concat([sandbox])
    }
    SignInPanel {
        id: signIn

        status: root.session.signIn
        x: Math.max(8, root.width - width - 8)
        y: 4
        width: Math.min(520, root.width - 16)
        height: Math.min(implicitHeight, root.height - 16)
    }
    LinkPanel {
        id: link

        session: root.session
        x: 8
        y: root.height - height - 8
        width: Math.min(520, root.width - 16)
        height: Math.min(implicitHeight, root.height - 16)
    }

    KeptPanel {
        id: kept

        session: root.session
        retention: root.workspace.retention
        x: Math.min(200, Math.max(8, root.width - width - 8))
        y: root.height - height - 8
        width: Math.min(400, root.width - 16)
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 0

        NoticeBar {
            objectName: "notice"
            Layout.fillWidth: true
            message: root.session.notice.message
            serverMessage: root.session.notice.serverMessage
            nextStep: root.session.notice.nextStep
            details: root.session.notice.details
            action: root.session.link === Session.Live || root.session.link === Session.Connecting ? "" : qsTr("Try again now")
            dismissable: true
            onTriggered: root.session.open()
            onDismissed: root.session.dismissNotice()
        }
        SplitView {
            id: columns

            Layout.fillWidth: true
            Layout.fillHeight: true
            orientation: Qt.Horizontal
            handle: PaneHandle {
                sideBySide: true
            }
            Component.onCompleted: WindowMemory.adoptPanes(columns, "sandbox")

            FocusScope {
                id: body

                SplitView.fillWidth: true
                focus: true
            }
            SandboxPane {
                id: sandbox

                objectName: "sandboxPane"
                SplitView.preferredWidth: Math.max(360, root.width * 0.27)
                SplitView.minimumWidth: 340
                SplitView.maximumWidth: root.width * 0.5
                visible: root.sandboxShown
                sandbox: root.workspace.sandbox
                onClosed: root.toggleSandbox()
            }
        }
    }
}
