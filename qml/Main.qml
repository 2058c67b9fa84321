// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls
import QtQuick.Dialogs
import Syncscope
import Syncscope.Ui

ApplicationWindow {
    id: root

    required property Workspace workspace
    readonly property bool captureShown: root.workspace.captures.shown !== null
    readonly property bool atWork: root.workspace.session !== null && !root.workspace.choosing && !root.captureShown

    width: 1280
    height: 800
    minimumWidth: 720
    minimumHeight: 480
    visible: true
    title: root.captureShown ? qsTr("%1 – Syncscope").arg(root.workspace.captures.shown.title) : root.workspace.session ? qsTr("%1 – Syncscope").arg(root.workspace.session.title) : qsTr("Syncscope")
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

    header: Column {
        HeaderBar {
            width: parent.width
            workspace: root.workspace
            sandboxShown: root.atWork && root.view && root.view.sandboxShown
            onSignInWanted: root.view.toggleSignIn()
            onSandboxWanted: root.view.toggleSandbox()
            onOpenWanted: openDialog.open()
        }
        CaptureTabs {
            objectName: "captureTabs"
            width: parent.width
            visible: root.workspace.captures.count > 0
            captures: root.workspace.captures
            liveTitle: root.workspace.session ? root.workspace.session.title : qsTr("Connect")
        }
        OpeningBar {
            width: parent.width
            captures: root.workspace.captures
        }
    }
    footer: StatusBar {
        id: status

        visible: root.atWork || root.captureShown
        session: root.atWork ? root.workspace.session : null
        onLinkWanted: root.view.toggleLink()
        onKeptWanted: root.view.toggleKept()
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
        visible: !root.atWork && !root.captureShown
        focus: visible
        workspace: root.workspace
    }
    Loader {
        id: capturePage

        readonly property CaptureView shown: root.workspace.captures.shown

        anchors.fill: parent
        visible: root.captureShown
        focus: visible
        onShownChanged: capturePage.show()
        onLoaded: {
            item.focus = true;
            root.settleFocus();
        }

        function show() {
            if (capturePage.shown)
                capturePage.setSource("capture/CapturePage.qml", {"capture": capturePage.shown, "captures": root.workspace.captures});
            else
                capturePage.source = "";
        }
    }
    FileDialog {
        id: openDialog

        title: qsTr("Open a capture")
        nameFilters: [qsTr("Traffic (*.ssc *.ndjson *.jsonl *.csv *.har)"), qsTr("All files (*)")]
        onAccepted: root.workspace.captures.open(selectedFile)
    }

    InteractionDialog {
        interactions: root.workspace.interactions
    }

    readonly property ServicePage shownPage: root.workspace.session && root.workspace.session.service === Session.GraphQl ? graphQlPage : eventsPage
    readonly property var view: root.shownPage.item
    readonly property var captureView: capturePage.item

    component Saying: Connections {
        function onSaved(outcome: string) {
            status.say(outcome);
        }
    }
    component Telling: Connections {
        function onTold(sentence: string) {
            status.say(sentence);
        }
    }
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
    onCaptureShownChanged: root.settleFocus()
    onShownPageChanged: root.settleFocus()
    Component.onCompleted: {
        WindowMemory.adopt(root);
        root.settleFocus();
    }

    function settleFocus() {
        if (root.captureShown && root.captureView)
            root.captureView.settleFocus();
        else if (!root.atWork)
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
    Telling {
        target: keys.marks
    }
    Telling {
        target: keys.copier
    }
    Saying {
        target: root.workspace.captures.shown ? root.workspace.captures.shown.saver : null
    }
    Saying {
        target: root.workspace.session ? root.workspace.session.saver : null
    }
    Connections {
        target: root.workspace.draft.results

        function onFinished(outcome: string) {
            status.say(outcome);
        }
    }

    WindowShortcuts {
        id: keys

        workspace: root.workspace
        atWork: root.atWork
        page: root.view
        capture: root.captureShown ? root.captureView : null
        onOpenWanted: openDialog.open()
        onQuitWanted: root.close()
    }
}
