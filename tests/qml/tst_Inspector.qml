// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

// The ways to look at an event. With SYNCSCOPE_TEST_PICTURES=FOLDER it leaves pictures.
TestCase {
    id: test

    name: "Inspector"
    when: windowShown
    visible: true
    width: 100
    height: 100

    Component {
        id: windowComponent

        Main {
            workspace: Workspace {}
        }
    }

    property Main window
    readonly property Session session: window ? window.workspace.session : null
    readonly property FrameInspector inspector: session ? session.inspector : null

    function init() {
        failOnWarning(/.?/);
        verify(server.start());
    }
    function cleanup() {
        window.destroy();
        window = null;
        server.stop();
    }
    function item(name: string): Item {
        const found = findChild(window, name) ?? findChild(window.contentItem.parent, name);
        verify(found, name);
        return found;
    }
    function sizes() {
        return [
            {tag: "light", dark: false, width: 1280, height: 800},
            {tag: "dark-small", dark: true, width: 860, height: 640}
        ];
    }
    function open(data) {
        Theme.mode = data.dark ? Theme.Dark : Theme.Light;
        window = windowComponent.createObject(null, {width: data.width, height: data.height});
        tryVerify(() => window.active);
        window.workspace.form.address = server.url;
        window.workspace.form.credential = server.apiKey;
        window.workspace.openForm();
        tryVerify(() => session && session.link === Session.Live);
        verify(session.subscriptions.add("/default/*"));
        tryVerify(() => session.subscriptions.liveCount === 1);
        server.publish("/default/game", '{"player":{"name":"ann","level":3},"score":9007199254740993,"items":["bow","rope"],"alive":true}');
        server.publish("/default/game", '{"player":{"name":"ann","level":4},"score":9007199254740994,"items":["bow"],"alive":true,"note":"é"}');
        tryVerify(() => session.frames.count === 2);
        session.frames.select(1);
    }
    function picture(data, name: string) {
        waitForRendering(window.contentItem);
        if (server.pictures)
            grabImage(window.contentItem.parent ?? window.contentItem).save(server.pictures + "/" + name + "-" + data.tag + ".png");
    }

    function test_treeByKeyboard_data() { return sizes(); }
    function test_treeByKeyboard(data) {
        open(data);
        inspector.view = FrameInspector.Tree;
        const tree = item("tree");
        compare(tree.count, 9);
        tree.parent.forceActiveFocus(Qt.TabFocusReason);
        tree.currentIndex = 1; // player
        keyClick(Qt.Key_Left);
        compare(tree.count, 7);
        keyClick(Qt.Key_Right);
        compare(tree.count, 9);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down); // level
        picture(data, "inspector-tree");
        keyClick(Qt.Key_C, Qt.ControlModifier);
        compare(server.clipboard(), "4");
        keyClick(Qt.Key_Return);
        compare(session.frames.filter.text, "event.player.level == 4");
        compare(session.frames.count, 1);
        compare(item("filter").text, "event.player.level == 4");
        keyClick(Qt.Key_Left); // to the member that it is in
        compare(tree.currentIndex, 1);
    }

    function test_treeMenu_data() { return sizes(); }
    function test_treeMenu(data) {
        open(data);
        inspector.view = FrameInspector.Tree;
        const tree = item("tree");
        tree.parent.forceActiveFocus(Qt.TabFocusReason);
        tree.currentIndex = 3; // level
        keyClick(Qt.Key_F10, Qt.ShiftModifier);
        const menu = findChild(tree.parent, "treeMenu");
        tryVerify(() => menu.opened);
        picture(data, "inspector-menu");
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down); // copy the path
        keyClick(Qt.Key_Return);
        compare(server.clipboard(), "event.player.level");
        tryVerify(() => !menu.visible);
        verify(tree.parent.activeFocus);
        tree.positionViewAtIndex(4, ListView.Beginning);
        mouseClick(tree.itemAtIndex(4), 40, 8, Qt.RightButton); // score
        tryVerify(() => menu.opened);
        compare(tree.currentIndex, 4);
        mouseClick(findChild(menu.contentItem, "filterSmaller"));
        compare(session.frames.filter.text, "event.score < 9007199254740994");
        compare(session.frames.count, 1);
    }

    function test_bytes_data() { return sizes(); }
    function test_bytes(data) {
        open(data);
        inspector.view = FrameInspector.Hex;
        tryVerify(() => item("hex").count > 3);
        picture(data, "inspector-hex");
    }

    function test_differences_data() { return sizes(); }
    function test_differences(data) {
        open(data);
        inspector.view = FrameInspector.Diff;
        compare(item("diff").count, 4);
        verify(item("remark").text.includes("the one before"));
        picture(data, "inspector-diff");
        mouseClick(item("pin"));
        compare(inspector.pinned, inspector.number);
        session.frames.select(0);
        verify(item("remark").text.includes("pinned"));
        picture(data, "inspector-pinned");
    }

    function test_textByKeyboard_data() { return sizes(); }
    function test_textByKeyboard(data) {
        open(data);
        const text = item("payload");
        text.forceActiveFocus(Qt.TabFocusReason);
        picture(data, "inspector-text");
        keyClick(Qt.Key_C, Qt.ControlModifier); // nothing is selected
        verify(server.clipboard().startsWith('{"player":{"name":"ann"'));
        keyClick(Qt.Key_Down, Qt.ShiftModifier);
        keyClick(Qt.Key_Right, Qt.ShiftModifier);
        keyClick(Qt.Key_Right, Qt.ShiftModifier);
        keyClick(Qt.Key_End, Qt.ShiftModifier);
        picture(data, "inspector-selected");
        keyClick(Qt.Key_C, Qt.ControlModifier);
        compare(server.clipboard(), '{\n  "player": {');
        keyClick(Qt.Key_A, Qt.ControlModifier);
        keyClick(Qt.Key_C, Qt.ControlModifier);
        compare(server.clipboard(), inspector.text);
        keyClick(Qt.Key_End, Qt.ControlModifier);
        verify(!text.selection.selected);
        compare(text.selection.cursor, inspector.text.length);
    }

    function test_textByMouse() {
        open(sizes()[0]);
        const rows = item("textLines");
        const digit = rows.itemAtIndex(0).xOf(1); // as wide as each
        const press = column => 12 + digit * column;
        // From the second row's fifth sign to the third one's seventh.
        mousePress(rows, press(4), 6 + rows.rowHeight * 1.5);
        mouseMove(rows, press(5), 6 + rows.rowHeight * 2.2);
        mouseMove(rows, press(6), 6 + rows.rowHeight * 2.5);
        mouseRelease(rows, press(6), 6 + rows.rowHeight * 2.5);
        keyClick(Qt.Key_C, Qt.ControlModifier);
        compare(server.clipboard(), 'layer": {\n    "n');
        mouseClick(rows, press(1), 6 + rows.rowHeight * 0.5, Qt.LeftButton, Qt.ShiftModifier);
        keyClick(Qt.Key_C, Qt.ControlModifier);
        compare(server.clipboard(), '\n  "p');
        mouseClick(rows, press(6), 6 + rows.rowHeight * 3, Qt.RightButton);
        const menu = item("payload").contextMenu;
        tryVerify(() => menu.opened);
        picture(sizes()[0], "inspector-text-menu");
        mouseClick(findChild(menu.contentItem, "copyReceived"));
        verify(server.clipboard().startsWith('{"player"'));
        tryVerify(() => !menu.visible);
        mouseDoubleClickSequence(rows, press(6), 6 + rows.rowHeight * 1.5);
        keyClick(Qt.Key_C, Qt.ControlModifier);
        compare(server.clipboard(), "player");
    }

    function test_find_data() { return sizes(); }
    function test_find(data) {
        open(data);
        const text = item("payload");
        text.forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_F, Qt.ControlModifier);
        verify(item("find").activeFocus);
        for (const letter of "e")
            keyClick(letter);
        compare(item("findState").text, "1 of 9");
        keyClick(Qt.Key_Return);
        compare(item("findState").text, "2 of 9");
        keyClick(Qt.Key_F3);
        compare(item("findState").text, "3 of 9");
        keyClick(Qt.Key_G, Qt.ControlModifier | Qt.ShiftModifier);
        compare(item("findState").text, "2 of 9");
        picture(data, "inspector-find");
        compare(text.selection.text(), "e");
        inspector.view = FrameInspector.Tree;
        const tree = item("tree");
        item("find").text = "level";
        compare(item("findState").text, "1 of 1");
        compare(inspector.tree.pathOf(tree.currentIndex), "event.player.level");
        inspector.view = FrameInspector.Hex;
        item("find").text = "0x22 62 6f 77";
        compare(item("findState").text, "1 of 1");
        picture(data, "inspector-find-hex");
        item("find").text = "nowhere";
        compare(item("findState").text, "not found");
        item("find").forceActiveFocus();
        keyClick(Qt.Key_Escape);
        verify(!item("find").visible);
        compare(inspector.search.query, "");
        verify(item("hex").parent.activeFocus);
        // A view that cannot be searched closes the bar; what is searched then is the payload.
        keyClick(Qt.Key_F, Qt.ControlModifier);
        keyClick(Qt.Key_D, Qt.ControlModifier);
        compare(inspector.view, FrameInspector.Diff);
        verify(!item("find").visible);
        keyClick(Qt.Key_F, Qt.ControlModifier);
        compare(inspector.view, FrameInspector.Pretty);
        verify(item("find").activeFocus);
        keyClick(Qt.Key_Escape);
        mouseClick(item("handshakeButton"));
        mouseClick(item("handshakeButton")); // it stays where it was
        compare(inspector.view, FrameInspector.Pretty);
        item("traffic").forceActiveFocus();
        keyClick(Qt.Key_F, Qt.ControlModifier); // the table's
        verify(item("filter").activeFocus);
    }

    function test_frameExplained_data() { return sizes(); }
    function test_frameExplained(data) {
        open(data);
        session.frames.showControl = true;
        inspector.view = FrameInspector.Frame;
        const notes = item("notes");
        compare(notes.count, 3);
        notes.parent.forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down);
        compare(notes.currentIndex, 1);
        picture(data, "inspector-frame");
        const selected = item("payload").selection.text();
        verify(inspector.text.includes(selected));
        verify(selected.startsWith('"'), selected);
        session.frames.select(0); // connection_init
        compare(notes.count, 1);
        compare(notes.currentIndex, -1);
    }

    function test_handshake_data() { return sizes(); }
    function test_handshake(data) {
        open(data);
        waitForRendering(window.contentItem);
        mouseClick(item("handshakeButton"));
        compare(inspector.view, FrameInspector.Handshake);
        const list = item("handshake");
        tryVerify(() => !inspector.handshake.searching && list.count > 6);
        tryVerify(() => session.status.request !== "");
        picture(data, "inspector-handshake");
        list.parent.forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_C, Qt.ControlModifier);
        const words = server.clipboard();
        verify(words.includes('{"type":"connection_init"}'), words);
        verify(words.includes("connectionTimeoutMs"), words);
        verify(words.includes("Sec-WebSocket-Protocol: aws-appsync-event-ws"), words);
        verify(words.includes("<masked"), words);
        verify(!words.includes(server.apiKey));
        mouseClick(item("handshakeButton"));
        compare(inspector.view, FrameInspector.Pretty);
    }

    // Ten megabytes, on one line and on many: the window goes on meanwhile.
    Timer {
        id: beat

        property real last: 0
        property real longest: 0

        interval: 1
        repeat: true
        onTriggered: {
            const now = Date.now();
            if (last > 0)
                longest = Math.max(longest, now - last);
            last = now;
        }
        onRunningChanged: last = 0
    }
    function test_large_data() {
        // Ten megabytes once, in a debug build; of the others as much as takes the same way.
        return [
            {tag: "one line", text: '{"text":"' + "x".repeat(3000000) + '","n":1}', view: FrameInspector.Raw},
            {tag: "many lines", text: "[" + '{"number":123456789,"is":true},\n'.repeat(310000) + "1]", view: FrameInspector.Raw},
            {tag: "formatted", text: "[" + '{"number":123456789,"is":true},'.repeat(90000) + "1]", view: FrameInspector.Pretty},
            {tag: "tree", text: "[" + '{"number":123456789,"is":true},'.repeat(90000) + "1]", view: FrameInspector.Tree},
            {tag: "hex", text: '"' + "é".repeat(1500000) + '"', view: FrameInspector.Hex}
        ];
    }
    function test_large(data) {
        Theme.mode = Theme.Light;
        window = windowComponent.createObject(null, {width: 1280, height: 800});
        tryVerify(() => window.active);
        const file = server.file("large-" + data.tag.replace(" ", "-") + ".ndjson");
        verify(server.write(file, JSON.stringify({kind: "event", sub: "/default/*", text: data.text})
            + '\n{"kind":"event","sub":"/default/*","event":1}\n'));
        const captures = window.workspace.captures;
        captures.open(file);
        tryVerify(() => captures.shown && captures.shown.frames.count === 2, 60000);
        const large = captures.shown.inspector;
        captures.shown.frames.select(1);
        captures.shown.frames.select(0); // what the file costs is not ours
        captures.shown.frames.select(1);
        beat.longest = 0;
        beat.start();
        large.view = data.view;
        captures.shown.frames.select(0);
        const begun = Date.now();
        tryVerify(() => !large.busy && !large.lines.busy, 60000);
        waitForRendering(window.contentItem);
        console.info(data.tag, "ready after", Date.now() - begun, "ms; longest beat", beat.longest, "ms");
        beat.stop();
        verify(beat.longest < 1000, beat.longest + " ms"); // what is done on threads takes seconds in debug builds
        const shown = data.view === FrameInspector.Tree ? large.tree.count : data.view === FrameInspector.Hex ? item("hex").count : large.lines.count;
        verify(shown > 1000 || (data.view === FrameInspector.Tree && shown > 1));
        if (server.pictures)
            grabImage(window.contentItem.parent ?? window.contentItem).save(server.pictures + "/large-" + data.tag.replace(" ", "-") + ".png");
    }
}
