// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

// Bookmarks of rows, live and in captures. With SYNCSCOPE_TEST_PICTURES=FOLDER it leaves pictures.
TestCase {
    id: test

    name: "Marks"
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
    Component {
        id: spyComponent

        SignalSpy {}
    }

    property Main window
    readonly property Session session: window ? window.workspace.session : null
    readonly property CaptureShelf captures: window ? window.workspace.captures : null

    function init() {
        failOnWarning(/.?/);
        verify(server.start());
    }
    function cleanup() {
        window.destroy();
        window = null;
        server.stop();
    }
    function item(name: string): QtObject {
        const found = findChild(window, name) ?? findChild(window.contentItem.parent, name);
        verify(found, name);
        return found;
    }
    function sizes() {
        return [
            {tag: "light", dark: false, width: 1280, height: 800},
            {tag: "dark-small", dark: true, width: 800, height: 560}
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
    }
    function fill(rows: int) {
        const before = session.frames.count;
        for (let i = 1; i <= rows; ++i)
            server.publish("/default/game", JSON.stringify({score: i, player: "ann"}));
        tryVerify(() => session.frames.count === before + rows);
    }
    function number(row: int): real {
        session.frames.select(row);
        return session.frames.selectedNumber;
    }
    function picture(data, name: string) {
        waitForRendering(window.contentItem);
        if (server.pictures)
            grabImage(window.contentItem.parent ?? window.contentItem).save(server.pictures + "/" + name + "-" + data.tag + ".png");
    }

    function test_byKeyboard_data() { return sizes(); }
    function test_byKeyboard(data) {
        open(data);
        fill(9);
        const first = number(2);
        keyClick(Qt.Key_B, Qt.ControlModifier);
        compare(session.marks.count, 1);
        verify(session.marks.has(first));
        verify(item("markStrip").visible);
        const second = number(6);
        keyClick(Qt.Key_B, Qt.ControlModifier);
        compare(session.marks.count, 2);
        keyClick(Qt.Key_BracketLeft, Qt.ControlModifier);
        compare(session.frames.selectedNumber, first);
        keyClick(Qt.Key_BracketRight, Qt.ControlModifier);
        compare(session.frames.selectedNumber, second);
        picture(data, "marks-rows");
        keyClick(Qt.Key_B, Qt.ControlModifier);
        compare(session.marks.count, 1);
        verify(!item("markStrip").visible);
    }

    function test_words_data() { return sizes(); }
    function test_words(data) {
        open(data);
        fill(5);
        const marked = number(3);
        keyClick(Qt.Key_B, Qt.ControlModifier);
        tryVerify(() => item("markStrip").height > 0); // it has its place
        waitForRendering(window.contentItem);
        mouseClick(item("markStrip"));
        tryVerify(() => item("markTitle").activeFocus);
        for (const letter of "late")
            keyClick(letter);
        item("markNote").text = "Came 3 s after the one before.\nAsk the backend team.";
        picture(data, "marks-editor");
        keyClick(Qt.Key_Return, Qt.ControlModifier);
        tryVerify(() => !item("markEditor").visible);
        compare(session.marks.selectedTitle, "late");
        verify(session.marks.selectedNote.includes("\nAsk"));
        picture(data, "marks-strip");

        number(1);
        keyClick(Qt.Key_B, Qt.ControlModifier);
        session.frames.filter.text = "event.score > 4";
        session.frames.filter.apply();
        tryCompare(session.frames, "count", 1);
        mouseClick(item("marks"));
        tryVerify(() => item("markList").opened);
        picture(data, "marks-list");
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Return);
        compare(session.frames.selectedNumber, marked);
        verify(session.inspector.text.includes("\"score\": 4"));
        verify(!item("markList").opened);
        session.frames.filter.clear();

        mouseClick(item("marks"));
        tryVerify(() => item("markList").opened);
        keyClick(Qt.Key_Delete);
        compare(session.marks.count, 1);
        keyClick(Qt.Key_F2);
        tryVerify(() => item("markTitle").activeFocus);
        keyClick("x");
        keyClick(Qt.Key_Escape); // what was typed is not thrown away at once
        verify(item("markTitle").activeFocus);
        verify(item("markRemark").text.includes("throws away"));
        keyClick(Qt.Key_Escape);
        tryVerify(() => !item("markEditor").visible);
        // There is a bookmark to be lost.
        mouseClick(item("clear"));
        tryVerify(() => item("clearNot").activeFocus);
        picture(data, "clear-question");
        keyClick(Qt.Key_Return);
        compare(session.marks.count, 1);
        mouseClick(item("clear"));
        tryVerify(() => item("clearAnyway").visible);
        mouseClick(item("clearAnyway"));
        compare(session.marks.count, 0);
        compare(session.frames.total, 0);
        tryVerify(() => item("traffic").activeFocus); // Space must not clear again
        mouseClick(item("marks"));
        tryVerify(() => item("noMarks").visible);
        picture(data, "marks-none");
    }

    function test_inCaptures_data() { return sizes(); }
    function test_inCaptures(data) {
        open(data);
        session.clearTraffic(); // numbers of the file are others then
        fill(6);
        const live = number(4);
        keyClick(Qt.Key_B, Qt.ControlModifier);
        session.marks.write(live, "live", "");
        const spy = createTemporaryObject(spyComponent, test, {target: session.saver, signalName: "saved"});
        const file = server.file("marks-" + data.tag + ".ssc");
        session.save(file, false);
        tryCompare(spy, "count", 1);

        captures.open(file);
        tryVerify(() => window.captureView !== null);
        const shown = captures.shown;
        tryCompare(shown.frames, "count", 6);
        compare(shown.marks.count, 1);
        shown.frames.clearSelection();
        keyClick(Qt.Key_BracketRight, Qt.ControlModifier);
        compare(shown.marks.selectedTitle, "live");
        verify(shown.inspector.text.replace(/[\\ ]/g, "").includes('"score":5,'));
        shown.frames.select(0);
        keyClick(Qt.Key_B, Qt.ControlModifier);
        compare(shown.marks.count, 2);
        picture(data, "marks-capture");
        captures.close(0);
        captures.open(file);
        tryVerify(() => captures.shown !== null && captures.shown.marks.count === 2);
        compare(captures.shown.marks.notice.message, "");
        compare(session.marks.count, 1);
    }

    function test_menu_data() { return sizes(); }
    function test_menu(data) {
        open(data);
        fill(3);
        const list = item("traffic");
        const view = item("trafficView");
        mouseClick(view, 200, 1.5 * Theme.rowHeight, Qt.RightButton);
        const menu = item("rowMenu");
        tryVerify(() => menu.opened);
        compare(session.frames.selectedRow(), 1);
        picture(data, "row-menu");
        item("copy" + RowCopier.Shell).triggered();
        verify(server.clipboard().startsWith("syncscope-cli publish --endpoint " + server.url + " --auth api-key "));
        verify(server.clipboard().includes("'{\"score\":2,\"player\":\"ann\"}'"));
        verify(!server.clipboard().includes(server.apiKey));
        menu.close();
        tryVerify(() => list.activeFocus);
        keyClick(Qt.Key_F10, Qt.ShiftModifier);
        tryVerify(() => menu.opened);
        keyClick(Qt.Key_Down); // Bookmark
        keyClick(Qt.Key_Return);
        tryVerify(() => !menu.opened);
        compare(session.marks.count, 1);
        tryVerify(() => list.activeFocus);
        keyClick(Qt.Key_Menu);
        tryVerify(() => menu.opened);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Down); // Title and note
        keyClick(Qt.Key_Return);
        tryVerify(() => item("markTitle").activeFocus);
        keyClick(Qt.Key_Escape);
        tryVerify(() => list.activeFocus);
        session.frames.clearSelection();
        keyClick(Qt.Key_Menu); // about nothing
        verify(!menu.opened);
    }
}
