// SPDX-License-Identifier: Apache-2.0
pragma ComponentBehavior: Bound

import QtQuick
import Syncscope

// The keys that work wherever the keyboard is.
Item {
    id: root

    required property Workspace workspace
    required property bool atWork
    required property var page // of the service that is shown
    required property var capture // the page of the capture that is shown; null: none
    readonly property var shown: root.capture ?? (root.atWork ? root.page : null)
    readonly property FrameMarks marks: root.capture ? root.capture.capture.marks : root.atWork ? root.workspace.session.marks : null
    readonly property FrameInspector inspector: root.capture ? root.capture.capture.inspector : root.atWork ? root.workspace.session.inspector : null
    readonly property RowCopier copier: root.capture ? root.capture.capture.copier : root.atWork ? root.workspace.session.copier : null
    signal openWanted
    signal quitWanted

    Shortcut {
        sequences: ["F6"]
        enabled: root.shown !== null
        onActivated: root.shown.cycle(1)
    }
    Shortcut {
        sequences: ["Shift+F6"]
        enabled: root.shown !== null
        onActivated: root.shown.cycle(-1)
    }
    Shortcut {
        sequences: ["F4"]
        enabled: root.atWork
        onActivated: root.page.toggleKept()
    }
    Shortcut {
        sequences: ["F8"]
        enabled: root.atWork
        onActivated: root.page.toggleLink()
    }
    Shortcut {
        sequences: ["F9"]
        enabled: root.atWork
        onActivated: root.page.toggleSignIn()
    }
    Shortcut {
        sequences: ["F10"]
        enabled: root.atWork
        onActivated: root.page.toggleSandbox()
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
        enabled: !root.atWork && !root.capture
        onActivated: root.workspace.saveForm()
    }
    Shortcut {
        sequences: ["Ctrl+S"]
        enabled: root.shown !== null
        onActivated: root.shown.save()
    }
    Shortcut {
        sequences: ["Ctrl+D"]
        enabled: root.inspector !== null && root.inspector.hasFrame
        onActivated: root.inspector.view = FrameInspector.Diff
    }
    Shortcut {
        sequences: ["Ctrl+Q"]
        onActivated: root.quitWanted()
    }
    Shortcut {
        sequences: ["Ctrl+L"]
        enabled: root.atWork
        onActivated: root.page.takeChannelFocus()
    }
    Shortcut {
        sequences: ["Ctrl+F"]
        enabled: root.shown !== null
        onActivated: root.shown.takeFilterFocus()
    }
    Shortcut {
        sequences: ["Ctrl+Shift+S"]
        enabled: root.shown !== null
        onActivated: root.shown.toggleStatistics()
    }
    Shortcut {
        sequences: ["Ctrl+B"]
        enabled: root.marks !== null
        onActivated: root.marks.toggle()
    }
    Shortcut {
        sequences: ["Ctrl+["]
        enabled: root.marks !== null
        onActivated: root.marks.goPrevious()
    }
    Shortcut {
        sequences: ["Ctrl+]"]
        enabled: root.marks !== null
        onActivated: root.marks.goNext()
    }
    Shortcut {
        sequences: ["Ctrl+N"]
        onActivated: root.workspace.choose()
    }
    Shortcut {
        sequences: ["Ctrl+O"]
        onActivated: root.openWanted()
    }
    Shortcut {
        sequences: ["Ctrl+W"]
        enabled: root.capture !== null
        onActivated: root.workspace.captures.close(root.workspace.captures.current)
    }
    Shortcut {
        sequences: ["F5"]
        enabled: root.atWork
        onActivated: root.workspace.session.reconnect()
    }
    Shortcut {
        sequences: ["Ctrl+Return", "Ctrl+Enter"]
        enabled: root.atWork
        onActivated: root.page.run()
    }
}
