// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Layouts
import Syncscope
import Syncscope.Ui

// Sources at the left, traffic and inspector, the composer below.
FocusScope {
    id: root

    required property Workspace workspace
    readonly property Session session: root.workspace.session
    readonly property bool wide: width - (root.sandboxShown ? 360 : 0) >= 1100
    // Too low for inspector and composer at once: the first row that is chosen folds the composer.
    readonly property bool cramped: !wide && height < 640
    readonly property list<Item> panes: [subscriptions, traffic, inspector, publish, sandbox]
    property bool sandboxShown: false

    function settleFocus() {
        traffic.forceActiveFocus();
    }
    function takeChannelFocus() {
        publish.takeChannelFocus();
    }
    function cycle(step: int) {
        const shown = Array.from(root.panes).filter(pane => pane.visible);
        const now = shown.findIndex(pane => pane.activeFocus);
        shown[(now + step + shown.length) % shown.length].takeFocus();
    }

    function toggleLink() {
        if (link.visible)
            link.close();
        else
            link.open();
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
            Component.onCompleted: WindowMemory.adoptPanes(columns, "sources")

            SubscriptionPane {
                id: subscriptions

                SplitView.preferredWidth: root.wide ? 224 : 204
                SplitView.minimumWidth: 190
                SplitView.maximumWidth: root.width * 0.4
                // Too narrow for both.
                visible: root.width >= 1000 || !root.sandboxShown
                session: root.session
            }
            SplitView {
                id: rows

                SplitView.fillWidth: true
                orientation: Qt.Vertical
                handle: PaneHandle {
                    sideBySide: false
                }
                Component.onCompleted: WindowMemory.adoptPanes(rows, "composer")

                SplitView {
                    id: reading

                    SplitView.fillHeight: true
                    SplitView.minimumHeight: 140
                    orientation: root.wide ? Qt.Horizontal : Qt.Vertical
                    handle: PaneHandle {
                        sideBySide: root.wide
                    }
                    Component.onCompleted: WindowMemory.adoptPanes(reading, "inspector")

                    TrafficPane {
                        id: traffic

                        SplitView.fillWidth: true
                        SplitView.fillHeight: true
                        SplitView.minimumWidth: 320
                        SplitView.minimumHeight: 110
                        focus: true
                        session: root.session
                        onSubscribeWanted: subscriptions.takeFieldFocus()
                        onPublishWanted: publish.takeFocus()
                        onInspectWanted: inspector.takeFocus()
                    }
                    InspectorPane {
                        id: inspector

                        SplitView.preferredWidth: Math.max(320, root.width * 0.25)
                        SplitView.preferredHeight: 190
                        SplitView.minimumWidth: 280
                        SplitView.minimumHeight: 100
                        visible: root.wide || inspector.inspector.hasRecord
                        closable: !root.wide
                        inspector: root.session.inspector
                        onVisibleChanged: if (root.cramped) publish.expanded = !visible
                    }
                }
                PublishPane {
                    id: publish

                    SplitView.preferredHeight: expanded ? Math.max(170, root.height * 0.26) : collapsedHeight
                    SplitView.minimumHeight: expanded ? 150 : collapsedHeight
                    SplitView.maximumHeight: expanded ? root.height * 0.6 : collapsedHeight
                    draft: root.workspace.draft
                }
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
