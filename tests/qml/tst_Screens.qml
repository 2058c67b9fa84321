// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

// Walks through the states that people see. With SYNCSCOPE_TEST_PICTURES=FOLDER it leaves a picture of
// each; without, it proves that each can be reached and draws without a warning.
TestCase {
    id: test

    name: "Screens"
    when: windowShown
    width: 100
    height: 100
    visible: true

    Component {
        id: windowComponent

        Main {
            workspace: Workspace {}
        }
    }

    property Main window

    function init() {
        failOnWarning(/.?/);
    }
    function cleanup() {
        if (window)
            window.destroy();
        server.stop();
    }

    function open(data): void {
        Theme.mode = data.dark ? Theme.Dark : Theme.Light;
        window = windowComponent.createObject(null, {width: data.width, height: data.height});
        tryVerify(() => window.active);
    }
    function picture(data, name: string) {
        waitForRendering(window.contentItem);
        if (server.pictures)
            grabImage(window.contentItem.parent ?? window.contentItem).save(server.pictures + "/" + name + "-" + data.tag + ".png");
    }
    function sizes() {
        return [
            {tag: "light-small", dark: false, width: 960, height: 600},
            {tag: "dark-small", dark: true, width: 960, height: 600},
            {tag: "light-large", dark: false, width: 1440, height: 900},
            {tag: "dark-large", dark: true, width: 1440, height: 900}
        ];
    }

    function test_connect_data() { return sizes(); }
    function test_connect(data) {
        open(data);
        picture(data, "connect");
        const form = window.workspace.form;
        form.address = "https://abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com/event";
        verify(form.isValid);
        picture(data, "connect-valid");
        form.address = "arn:aws:appsync:eu-west-1:123456789012:apis/abcdefghijklmnop";
        verify(!form.isValid);
        picture(data, "connect-invalid");
    }

    function test_empty_data() { return sizes(); }
    function test_empty(data) {
        verify(server.start());
        open(data);
        window.workspace.form.address = server.url;
        window.workspace.form.credential = server.apiKey;
        window.workspace.openForm();
        tryVerify(() => window.workspace.session.link === Session.Live);
        picture(data, "empty");
        window.workspace.session.subscriptions.add("nowhere/at-all-but-with-a-rather-long-name/of-its-own");
        window.workspace.session.subscriptions.add("default/*");
        tryVerify(() => window.workspace.session.subscriptions.liveCount === 1);
        window.workspace.session.subscriptions.toggleExpanded(0);
        picture(data, "refused");
        server.refuseUpgrades(503);
        server.dropConnections();
        tryVerify(() => !window.workspace.session.notice.isEmpty);
        picture(data, "lost");
    }

    // A loss, what it left in the traffic, and what can be known about the connection meanwhile.
    function test_gap_data() { return sizes(); }
    function test_gap(data) {
        verify(server.start());
        open(data);
        window.workspace.form.address = server.url;
        window.workspace.form.credential = server.apiKey;
        window.workspace.openForm();
        const session = window.workspace.session;
        for (const channel of ["default/*", "default/a", "default/a/rather/long/name"])
            session.subscriptions.add(channel);
        tryVerify(() => session.subscriptions.liveCount === 3);
        server.publish("/default/a", '{"number": 1, "text": "before"}');
        tryCompare(session.frames, "count", 2);
        server.dropConnections();
        tryVerify(() => session.frames.count >= 5 && session.subscriptions.liveCount === 3, 10000);
        server.publish("/default/a", '{"number": 2, "text": "after"}');
        tryCompare(session.frames, "count", 7);
        session.subscriptions.toggleExpanded(0);
        picture(data, "gap");
        session.frames.select(4);
        picture(data, "gap-selected");
        window.view.toggleLink();
        tryVerify(() => findChild(window, "linkPanel").opened);
        keyClick(Qt.Key_Space); // on the request
        tryVerify(() => session.status.request);
        picture(data, "panel-live");
        window.view.toggleLink();
        server.refuseUpgrades(503);
        server.dropConnections();
        tryVerify(() => session.link === Session.Waiting && session.status.latest.details.includes("HTTP 503"), 10000);
        window.view.toggleLink();
        tryVerify(() => findChild(window, "linkPanel").opened);
        picture(data, "panel-waiting");
        window.view.toggleLink();
        server.refuseUpgrades(403);
        session.open();
        tryVerify(() => session.link === Session.Failed);
        findChild(window, "notice").detailed = true;
        picture(data, "refused-upgrade");
    }

    function test_sandbox_data() { return sizes(); }
    function test_sandbox(data) {
        open(data);
        window.workspace.openSandbox();
        const session = window.workspace.session;
        tryVerify(() => session.frames.count >= 15, 10000);
        picture(data, "following");
        session.frames.select(4);
        const held = session.frames.count;
        window.workspace.draft.shape = PublishDraft.Batch;
        window.workspace.draft.text = '[\n  {"id": 9007199254740993, "ok": true},\n  "two",\n  3.0\n]';
        window.workspace.draft.send();
        tryVerify(() => session.frames.waiting > 3, 10000);
        tryVerify(() => window.workspace.draft.results.data(window.workspace.draft.results.index(0, 0), PublishLog.OutcomeRole) === PublishLog.Accepted);
        compare(session.frames.count, held);
        window.workspace.draft.text = '[\n  {"id": 9007199254740993, "ok": tru},\n  "two"\n]';
        picture(data, "held");
    }

    function test_details_data() { return sizes(); }
    function test_details(data) {
        verify(server.start());
        open(data);
        window.workspace.form.address = server.url;
        window.workspace.form.credential = server.apiKey;
        window.workspace.openForm();
        const session = window.workspace.session;
        const draft = window.workspace.draft;
        session.subscriptions.add("default/*");
        session.subscriptions.add("default/a");
        tryVerify(() => session.subscriptions.liveCount === 2);
        const large = JSON.stringify({text: "long ".repeat(40000)});
        draft.channel = "/other/a";
        draft.shape = PublishDraft.Batch;
        draft.text = "[" + large + "," + large + "]";
        draft.send();
        draft.shape = PublishDraft.OneEvent;
        tryCompare(session.frames, "count", 2);
        server.publish("/default/a", JSON.stringify({"a rather long key for an object": "🙂 日本語 عربى ".repeat(20), "n": [1, 2, {"deep": null}]}));
        tryCompare(session.frames, "count", 4, 10000);
        session.frames.select(0);
        verify(session.inspector.canFormat);
        picture(data, "large-payload");
        session.frames.select(3);
        draft.channel = "/nowhere/a";
        draft.text = "1";
        draft.send();
        draft.channel = "/default/a";
        draft.shape = PublishDraft.Batch;
        draft.text = "[1,2,3,4,5,6]";
        draft.sendAnyway();
        tryVerify(() => draft.results.data(draft.results.index(0, 0), PublishLog.OutcomeRole) === PublishLog.Failed);
        tryVerify(() => draft.results.data(draft.results.index(1, 0), PublishLog.OutcomeRole) === PublishLog.Failed);
        draft.results.toggleExpanded(0);
        findChild(window, "publishResults").forceActiveFocus(Qt.TabFocusReason);
        picture(data, "refusals");
    }

    // The picture in the README.
    function test_console_data() {
        return [
            {tag: "light", dark: false, width: 1280, height: 800},
            {tag: "dark", dark: true, width: 1280, height: 800}
        ];
    }
    function test_console(data) {
        open(data);
        window.workspace.openSandbox();
        const session = window.workspace.session;
        const draft = window.workspace.draft;
        session.subscriptions.remove(0);
        for (const channel of ["demo/ticker/*", "demo/fleet/*", "demo/chat/lobby"])
            verify(session.subscriptions.add(channel));
        tryVerify(() => session.frames.count >= 16, 15000);
        draft.channel = "/demo/chat/lobby";
        draft.shape = PublishDraft.Batch;
        draft.text = '[\n  {"from": "you", "text": "Hello from Syncscope"},\n  {"from": "you", "text": "Two events in one publish"}\n]';
        draft.send();
        tryVerify(() => draft.results.data(draft.results.index(0, 0), PublishLog.OutcomeRole) === PublishLog.Accepted);
        const before = session.frames.count;
        tryVerify(() => session.frames.count >= before + 4, 10000);
        const fleet = [...Array(session.frames.count).keys()].filter(row =>
            session.frames.data(session.frames.index(row, 0), FrameModel.ChannelRole) === "/demo/fleet/*");
        session.frames.select(fleet[fleet.length - 1]);
        tryVerify(() => session.frames.waiting >= 3, 10000);
        picture(data, "console");
    }
}
