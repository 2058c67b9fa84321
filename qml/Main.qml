// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import Syncscope
import Syncscope.Ui

ApplicationWindow {
    id: root

    required property Workspace workspace
    readonly property bool atWork: root.workspace.session !== null && !root.workspace.choosing

    width: 1280
    height: 800
    minimumWidth: 720
    minimumHeight: 480
    visible: true
    title: root.workspace.session ? qsTr("%1 – Syncscope").arg(root.workspace.session.title) : qsTr("Syncscope")
    color: Theme.window
    font.pixelSize: Theme.fontSize

    // Fusion draws with this palette; the application's own does not reach the controls in Qt 6.4.
    palette {
        window: Theme.window
        windowText: Theme.text
        base: Theme.window
        alternateBase: Theme.surface
        text: Theme.text
        button: Theme.raised
        buttonText: Theme.text
        placeholderText: Theme.disabled
        highlight: Theme.accent
        highlightedText: Theme.onAccent
        toolTipBase: Theme.raised
        toolTipText: Theme.text
        link: Theme.accent
        mid: Theme.border
        dark: Theme.border
        light: Theme.raised

        disabled {
            window: Theme.window
            windowText: Theme.disabled
            base: Theme.surface
            text: Theme.disabled
            button: Theme.surface
            buttonText: Theme.disabled
            highlight: Theme.border
            highlightedText: Theme.disabled
        }
    }

    header: HeaderBar {
        workspace: root.workspace
        sandboxShown: root.atWork && root.view && root.view.sandboxShown
        onSignInWanted: root.view.toggleSignIn()
        onSandboxWanted: root.view.toggleSandbox()
    }
    footer: StatusBar {
        id: status

        visible: root.atWork
        session: root.workspace.session
        onLinkWanted: root.view.toggleLink()
    }

    ServicePage {
        id: eventsPage

        page: "Console.qml"
        session: root.workspace.eventsSession
    }
    ServicePage {
        id: graphQlPage

        page: "GraphQlConsole.qml"
        session: root.workspace.graphQlSession
    }
    ConnectPage {
        id: connect

        anchors.fill: parent
        visible: !root.atWork
        focus: !root.atWork
        workspace: root.workspace
    }

    InteractionDialog {
        interactions: root.workspace.interactions
    }

    readonly property ServicePage shownPage: root.workspace.session && root.workspace.session.service === Session.GraphQl ? graphQlPage : eventsPage
    readonly property var view: root.shownPage.item

    // One for each service, so that going to the other one and back changes nothing in it. By source: the Loader
    // of Qt 6.4 cannot create bound components.
    component ServicePage: Loader {
        id: page

        required property string page
        required property Session session
        readonly property bool shown: root.atWork && root.shownPage === page

        anchors.fill: parent
        visible: page.shown
        focus: page.shown
        onLoaded: {
            item.focus = true;
            root.settleFocus();
        }
        onSessionChanged: page.show()
        Component.onCompleted: page.show()

        function show() {
            if (page.session)
                page.setSource(page.page, {"workspace": root.workspace, "session": page.session});
            else
                page.source = "";
        }
    }

    onAtWorkChanged: root.settleFocus()
    onShownPageChanged: root.settleFocus()
    Component.onCompleted: {
        WindowMemory.adopt(root);
        root.settleFocus();
    }

    function settleFocus() {
        if (!root.atWork)
            connect.takeFocus();
        else if (root.view)
            root.view.settleFocus();
    }

    Connections {
        target: root.workspace.session ? root.workspace.session.inspector : null

        function onCopied(what: string) {
            status.say(what);
        }
    }
    Connections {
        target: root.workspace.session && root.workspace.session.graphQl ? root.workspace.session.graphQl.resultView : null

        function onCopied(what: string) {
            status.say(what);
        }
    }
    Connections {
        target: root.workspace.session && root.workspace.session.graphQl ? root.workspace.session.graphQl.results : null

        function onFinished(outcome: string) {
            status.say(outcome);
        }
    }
    Connections {
        target: root.workspace.draft.results

        function onFinished(outcome: string) {
            status.say(outcome);
        }
    }

    Shortcut {
        sequences: ["F6"]
        enabled: root.atWork
        onActivated: root.view.cycle(1)
    }
    Shortcut {
        sequences: ["Shift+F6"]
        enabled: root.atWork
        onActivated: root.view.cycle(-1)
    }
    Shortcut {
        sequences: ["F8"]
        enabled: root.atWork
        onActivated: root.view.toggleLink()
    }
    Shortcut {
        sequences: ["F9"]
        enabled: root.atWork
        onActivated: root.view.toggleSignIn()
    }
    Shortcut {
        sequences: ["F10"]
        enabled: root.atWork
        onActivated: root.view.toggleSandbox()
    }
    Shortcut {
        sequences: ["Ctrl+Shift+1"]
        enabled: root.atWork && root.workspace.hasBothServices
        onActivated: root.workspace.showService(Session.Events)
    }
    Shortcut {
        sequences: ["Ctrl+Shift+2"]
        enabled: root.atWork && root.workspace.hasBothServices
        onActivated: root.workspace.showService(Session.GraphQl)
    }
    Shortcut {
        sequences: ["Ctrl+S"]
        enabled: !root.atWork
        onActivated: root.workspace.saveForm()
    }
    Shortcut {
        sequences: ["Ctrl+L"]
        enabled: root.atWork
        onActivated: root.view.takeChannelFocus()
    }
    Shortcut {
        sequences: ["Ctrl+N"]
        onActivated: root.workspace.choose()
    }
    Shortcut {
        sequences: ["F5"]
        enabled: root.atWork
        onActivated: root.workspace.session.reconnect()
    }
    Shortcut {
        sequences: ["Ctrl+Return", "Ctrl+Enter"]
        enabled: root.atWork
        onActivated: root.view.run()
    }
}
