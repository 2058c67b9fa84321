// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

// Replaying, comparing and merging captures in the window. With SYNCSCOPE_TEST_PICTURES=FOLDER it leaves pictures.
TestCase {
    id: test

    name: "Replay"
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
    readonly property CaptureShelf captures: window ? window.workspace.captures : null
    readonly property Replay replay: captures && captures.shown ? captures.shown.replay : null

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
            {tag: "dark-small", dark: true, width: 800, height: 560}
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
    }
    function picture(data, name: string) {
        waitForRendering(window.contentItem);
        if (server.pictures)
            grabImage(window.contentItem.parent ?? window.contentItem).save(server.pictures + "/" + name + "-" + data.tag + ".png");
    }
    // A capture of events, each half a second after the one before.
    function capture(name: string, events): url {
        const lines = events.map((event, i) => JSON.stringify({kind: "event", dir: "in", sub: event.sub ?? "/default/game", channel: event.channel,
            t: new Date(1764151200000 + i * 500).toISOString(), event: event.event}));
        const file = server.file(name);
        verify(server.write(file, lines.join("\n") + "\n"));
        return file;
    }
    function scores(from: int, to: int) {
        const events = [];
        for (let i = from; i <= to; ++i)
            events.push({event: {score: i, player: "ann"}, sub: i % 3 ? "/default/game" : "/default/*"});
        return events;
    }
    function openCapture(name: string, events) {
        const before = captures.count;
        captures.open(capture(name, events));
        tryCompare(captures, "count", before + 1);
        tryVerify(() => captures.shown.frames.count === events.length);
    }
    function press(data, name: string) {
        if (data.width > 900)
            return mouseClick(item(name));
        mouseClick(item("captureActions"));
        const entry = item("menu" + name[0].toUpperCase() + name.slice(1));
        tryVerify(() => entry.visible);
        mouseClick(entry);
    }

    function test_replay_data() { return sizes(); }
    function test_replay(data) {
        open(data);
        connect();
        verify(session.subscriptions.add("/default/again"));
        tryVerify(() => session.subscriptions.liveCount === 1);
        openCapture("game.ndjson", scores(1, 12));
        press(data, "replay");
        tryVerify(() => item("replayPane").visible);
        tryCompare(replay.channels, "count", 2);
        verify(!item("replayStart").enabled);
        picture(data, "replay-channels");
        mouseClick(item("replayChannels"), item("replayChannels").width - 10);
        verify(replay.oneChannel);
        const channel = item("replayChannel");
        channel.forceActiveFocus();
        for (const letter of "default/again")
            keyClick(letter);
        verify(item("replayStart").enabled);
        mouseClick(item("replayTarget"), item("replayTarget").width - 10);
        compare(replay.target, Replay.ToSession);
        const template = item("replayTemplate");
        template.text = "{\"again\": true, \"was\": {{evnt}}}";
        verify(item("replayTemplateProblem").visible);
        picture(data, "replay-template-problem");
        template.text = "{\"again\": true, \"was\": {{event}}}";
        compare(item("replayPreview").text, "{\"again\": true, \"was\": {\"score\":1,\"player\":\"ann\"}}");
        verify(!item("replayTemplateProblem").visible);
        replay.speed = 0;
        mouseClick(item("replayStart"));
        tryCompare(replay, "phase", Replay.Confirming);
        verify(item("replayQuestion").text.includes("12 events"));
        picture(data, "replay-question");
        confirm();
        tryCompare(replay, "phase", Replay.Running);
        tryVerify(() => item("replayNext").text.includes("/default/again"));
        picture(data, "replay-running");
        mouseClick(item("replayPause"));
        compare(replay.phase, Replay.Paused);
        mouseClick(item("replayStop"));
        compare(replay.phase, Replay.Editing);
        verify(item("replaySummary").text.startsWith("Stopped."));
        replay.speed = replay.speeds.length - 1;
        mouseClick(item("replayStart"));
        tryCompare(replay, "phase", Replay.Confirming);
        // The answer that does no harm has the keyboard.
        verify(item("replayStop").activeFocus);
        confirm();
        tryVerify(() => replay.succeeded);
        picture(data, "replay-done");
        mouseClick(item("closeReplay"));
        verify(!item("replayPane").visible);
        mouseClick(item("liveTab"));
        tryVerify(() => session.frames.count >= 12);
    }

    // Buttons that become visible are laid out a moment later: until then others are where this one is.
    function standsFree(button: Item): bool {
        return button.visible && button.width > 0 && Array.from(button.parent.children).every(other => other === button || !other.visible
            || other.x >= button.x + button.width || other.x + other.width <= button.x);
    }
    function confirm() {
        const button = item("replayConfirm");
        tryVerify(() => test.standsFree(button));
        mouseClick(button);
    }
    function test_failures_data() { return sizes(); }
    function test_failures(data) {
        open(data);
        connect();
        openCapture("game.ndjson", scores(1, 6));
        replay.shown = true;
        tryCompare(replay.channels, "count", 2);
        replay.oneChannel = true;
        replay.channel = "nowhere/game";
        replay.target = Replay.ToSession;
        replay.speed = replay.speeds.length - 1;
        mouseClick(item("replayStart"));
        tryCompare(replay, "phase", Replay.Confirming);
        confirm();
        tryVerify(() => replay.phase === Replay.Editing && replay.failures.length === 1);
        verify(item("replayFailures").visible);
        verify(item("replaySummary").text.includes("6 failed."));
        picture(data, "replay-failures");
    }

    function test_nothingToReplay() {
        open(sizes()[0]);
        openCapture("result.ndjson", [{event: 1}]);
        captures.shown.frames.filter.text = "event > 1";
        captures.shown.frames.filter.apply();
        press(sizes()[0], "replay");
        tryVerify(() => item("replayRefusal").visible);
        verify(!item("replayStart").enabled);
        picture(sizes()[0], "replay-nothing");
        keyClick(Qt.Key_Escape);
        verify(!item("replayPane").visible);
    }

    function test_compare_data() { return sizes(); }
    function test_compare(data) {
        open(data);
        openCapture("monday.ndjson", scores(1, 9));
        openCapture("tuesday.ndjson", scores(4, 14));
        press(data, "compare");
        const other = item("compareWith0");
        tryVerify(() => other.visible);
        picture(data, "compare-choice");
        mouseClick(other);
        tryCompare(captures, "count", 3);
        tryVerify(() => captures.shown.frames.count === 8);
        compare(item("captureSide0").text, "5 only in tuesday.ndjson");
        compare(item("captureSide1").text, "3 only in monday.ndjson");
        captures.shown.frames.select(0);
        captures.shown.inspector.togglePin();
        captures.shown.frames.select(5);
        captures.shown.inspector.view = FrameInspector.Diff;
        picture(data, "compare-result");
    }

    function test_merge_data() { return sizes(); }
    function test_merge(data) {
        open(data);
        openCapture("one.ndjson", scores(1, 4));
        openCapture("two.ndjson", scores(5, 9));
        press(data, "merge");
        const row = item("mergeRow0");
        tryVerify(() => row.visible);
        verify(!item("mergeSave").enabled);
        mouseClick(row);
        const path = findChild(item("mergePopup").contentItem, "targetPath");
        path.text = "";
        path.textEdited();
        verify(!item("mergeSave").enabled);
        path.text = ("" + server.file("merged-" + data.tag)).replace("file://", "");
        path.textEdited();
        verify(item("mergeSave").enabled);
        picture(data, "merge-choice");
        mouseClick(item("mergeSave"));
        tryCompare(captures, "count", 3);
        tryVerify(() => captures.shown.frames.count === 9);
        compare(captures.notice.message, "");
        picture(data, "merge-result");
    }
}
