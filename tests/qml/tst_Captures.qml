// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

// Filtering live traffic, saving it, and opening what was saved. With SYNCSCOPE_TEST_PICTURES=FOLDER it leaves
// pictures.
TestCase {
    id: test

    name: "Captures"
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
    function item(name: string): Item {
        const found = findChild(window, name) ?? findChild(window.contentItem.parent, name);
        verify(found, name);
        return found;
    }
    function sizes() {
        return [
            {tag: "light", dark: false, width: 1280, height: 800},
            {tag: "dark-small", dark: true, width: 860, height: 600}
        ];
    }
    function open(data) {
        Theme.mode = data.dark ? Theme.Dark : Theme.Light;
        window = windowComponent.createObject(null, {width: data.width, height: data.height});
        tryVerify(() => window.active);
    }
    function connect() {
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
            server.publish("/default/game", JSON.stringify({score: i, player: "ann", token: "sk-123456789-" + i}));
        tryVerify(() => session.frames.count === before + rows);
    }
    function picture(data, name: string) {
        waitForRendering(window.contentItem);
        if (server.pictures)
            grabImage(window.contentItem.parent ?? window.contentItem).save(server.pictures + "/" + name + "-" + data.tag + ".png");
    }
    function save(name: string, redacted: bool): url {
        const spy = createTemporaryObject(spyComponent, test, {target: session.saver, signalName: "saved"});
        const file = server.file(name);
        session.save(file, redacted);
        tryCompare(spy, "count", 1);
        compare(session.saver.notice.message, "");
        return file;
    }

    function test_filter_data() { return sizes(); }
    function test_filter(data) {
        open(data);
        connect();
        fill(12);
        const field = item("filter");
        field.forceActiveFocus();
        for (const letter of "ev")
            keyClick(letter);
        tryVerify(() => item("filterProposals").visible);
        picture(data, "filter-proposals");
        keyClick(Qt.Key_Escape);
        compare(field.text, "ev");
        field.text = "event.score >";
        verify(item("filterProblem").visible);
        picture(data, "filter-problem");
        field.text = "event.score > 9";
        keyClick(Qt.Key_Return);
        compare(session.frames.count, 3);
        compare(item("rowCount").text, "3 of " + session.frames.total);
        picture(data, "filter-active");
        field.text = "event.score > 99";
        keyClick(Qt.Key_Return);
        compare(session.frames.count, 0);
        picture(data, "filter-nothing");
    }

    function test_keeping_data() { return sizes(); }
    function test_keeping(data) {
        open(data);
        connect();
        fill(20);
        const retention = window.workspace.retention;
        const before = retention.memory;
        item("traffic").forceActiveFocus();
        keyClick(Qt.Key_F4);
        const panel = findChild(window, "keptPanel");
        tryVerify(() => panel.opened);
        verify(item("memoryBudget").activeFocus);
        tryVerify(() => session.keepingTexts.some(text => text.includes("in the recording")), 5000);
        picture(data, "keeping");
        keyClick(Qt.Key_Up);
        compare(retention.memory, before - 1);
        verify(session.keptText.includes(retention.memoryNames[before - 1]), session.keptText);
        keyClick(Qt.Key_Down);
        compare(retention.memory, before);
        keyClick(Qt.Key_Escape);
        tryVerify(() => !panel.visible);
        verify(item("traffic").activeFocus);
        item("keptButton").forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Return);
        tryVerify(() => panel.opened);
        keyClick(Qt.Key_Escape);
        tryVerify(() => !panel.visible);
    }

    function test_saveAndOpen_data() { return sizes(); }
    function test_saveAndOpen(data) {
        open(data);
        connect();
        fill(30);
        mouseClick(item("save"));
        tryVerify(() => item("saveRedacted").visible);
        picture(data, "save-menu");
        keyClick(Qt.Key_Escape);
        // By the keyboard alone.
        keyClick(Qt.Key_S, Qt.ControlModifier);
        tryVerify(() => item("targetPath").activeFocus);
        item("targetPath").selectAll();
        const typed = server.file("typed-" + data.tag);
        for (const letter of decodeURIComponent(("" + typed).replace("file://", "")))
            keyClick(letter);
        verify(item("saveRedacted").enabled);
        keyClick(Qt.Key_Return);
        tryVerify(() => server.exists(typed + ".ssc"));
        tryVerify(() => !item("saveMenu").opened);
        tryVerify(() => !session.saver.job.running);
        session.frames.filter.text = "event.score > 10";
        session.frames.filter.apply();
        const file = save("game-" + data.tag + ".ssc", true);

        captures.open(file);
        compare(captures.count, 1);
        compare(captures.notice.message, "");
        tryVerify(() => window.captureView !== null);
        tryCompare(captures.shown.frames, "count", 20);
        verify(item("captureTabs").visible);
        captures.shown.frames.select(0);
        tryVerify(() => captures.shown.inspector.text.includes("\"score\": 11"));
        verify(!captures.shown.inspector.text.includes("sk-123456789"));
        picture(data, "capture");
        keyClick(Qt.Key_F, Qt.ControlModifier);
        for (const letter of "event.score == 15")
            keyClick(letter);
        keyClick(Qt.Key_Return);
        tryCompare(captures.shown.frames, "count", 1);
        picture(data, "capture-filtered");
        captures.shown.frames.select(0);
        const part = name => findChild(window.captureView, name);
        part("traffic").forceActiveFocus();
        keyClick(Qt.Key_F6);
        verify(part("payload").activeFocus);
        keyClick(Qt.Key_F6);
        verify(part("traffic").activeFocus);

        mouseClick(item("liveTab"));
        verify(captures.shown === null);
        compare(session.frames.count, 20);
        mouseClick(item("captureTab0"));
        verify(captures.shown !== null);
        compare(captures.shown.frames.count, 1); // as it was left
        keyClick(Qt.Key_W, Qt.ControlModifier);
        compare(captures.count, 0);
        verify(!item("captureTabs").visible);
        compare(session.link, Session.Live);
    }

    function test_withoutASession() {
        open(sizes()[0]);
        connect();
        fill(3);
        const file = save("alone.ndjson", false);
        window.destroy();
        open(sizes()[0]);
        captures.open(file);
        tryCompare(captures, "count", 1);
        tryVerify(() => captures.shown.frames.count === 3);
        picture(sizes()[0], "capture-alone");
        keyClick(Qt.Key_W, Qt.ControlModifier);
        tryVerify(() => item("connect").visible);
    }

    function test_whatIsNoCapture() {
        open(sizes()[1]);
        const file = server.file("rubbish.har");
        verify(server.write(file, "{\"log\": 7}"));
        captures.open(file);
        tryVerify(() => captures.notice.message !== "");
        verify(item("openNotice").visible);
        picture(sizes()[1], "no-capture");
        compare(captures.count, 0);
        captures.dismiss();
        verify(!item("openNotice").visible);
    }
}
