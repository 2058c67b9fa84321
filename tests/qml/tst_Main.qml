// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

// The whole window by keyboard, against a real local AppSync.
TestCase {
    id: test

    name: "Main"
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

    function initTestCase() {
        Theme.mode = Theme.Light;
    }
    function init() {
        failOnWarning(/.?/);
        verify(server.start());
        window = windowComponent.createObject(null, {width: 1280, height: 800});
        tryVerify(() => window.active);
    }
    function cleanup() {
        window.destroy();
        window = null;
        server.stop();
    }

    function item(name: string): Item {
        // What a Repeater makes is in the tree of items only.
        const found = findChild(window, name) ?? findChild(window.contentItem.parent, name);
        verify(found, name);
        return found;
    }
    function type(text: string) {
        for (const letter of text)
            keyClick(letter);
    }
    function hasFocus(name: string): bool {
        const wanted = item(name);
        for (let at = window.activeFocusItem; at; at = at.parent) {
            if (at === wanted)
                return true;
        }
        return false;
    }
    function connectByForm() {
        window.workspace.form.address = server.url;
        window.workspace.form.credential = server.apiKey;
        window.workspace.openForm();
        tryVerify(() => session.link === Session.Live);
    }
    function subscribeTo(channel: string) {
        verify(session.subscriptions.add(channel));
        const before = session.subscriptions.liveCount;
        tryVerify(() => session.subscriptions.liveCount > before);
    }
    function fill(rows: int) {
        const before = session.frames.count;
        server.publishMany("/default/a", rows);
        tryVerify(() => session.frames.count === before + rows);
    }

    function test_newcomersBeginInTheSandbox() {
        tryVerify(() => hasFocus("startSandbox"));
        keyClick(Qt.Key_Return);
        tryVerify(() => session !== null && session.link === Session.Live);
        compare(session.title, "Sandbox");
        tryVerify(() => session.frames.count > 0, 2000);
        tryCompare(item("linkText"), "text", session.linkText);
    }

    function test_filterByKeyboard() {
        connectByForm();
        subscribeTo("/default/*");
        fill(20);
        keyClick(Qt.Key_F, Qt.ControlModifier);
        verify(hasFocus("filter"));
        type("bytes ");
        tryVerify(() => item("filterProblem").visible);
        type(">");
        type(" 100000");
        keyClick(Qt.Key_Return);
        compare(item("filterProblem").visible, false);
        compare(session.frames.count, 0);
        compare(session.frames.total > 20, true);
        keyClick(Qt.Key_Escape); // away with it
        compare(item("filter").text, "");
        compare(session.frames.count, 20);
        keyClick(Qt.Key_Escape); // back to the rows
        verify(hasFocus("traffic"));
    }

    function test_filterProposes() {
        connectByForm();
        subscribeTo("/default/*");
        fill(1);
        keyClick(Qt.Key_F, Qt.ControlModifier);
        type("chan");
        tryVerify(() => item("filterProposals").visible);
        keyClick(Qt.Key_Tab);
        compare(item("filter").text, "channel");
        compare(item("filter").cursorPosition, 7);
        compare(item("filterProposals").visible, false);
        verify(hasFocus("filter"));
    }

    function test_connectByKeyboard() {
        const address = item("address");
        address.forceActiveFocus();
        type(server.url);
        compare(window.workspace.form.httpUrl, server.url);
        keyClick(Qt.Key_Tab); // realtime URL
        verify(item("realtime").activeFocus);
        keyClick(Qt.Key_Tab); // region
        for (const mode of ["connectMode", "subscribeMode", "publishMode"]) {
            keyClick(Qt.Key_Tab);
            verify(item(mode).activeFocus);
        }
        keyClick(Qt.Key_Tab);
        verify(item("credential").activeFocus);
        compare(item("connect").enabled, false);
        type(server.apiKey);
        compare(item("credential").echoMode, TextInput.Password);
        compare(item("connect").enabled, true);
        keyClick(Qt.Key_Return);
        tryVerify(() => session !== null && session.link === Session.Live);
        verify(session.title.startsWith("127.0.0.1:"));
        // Back and forth: the session stays.
        keyClick(Qt.Key_N, Qt.ControlModifier);
        tryVerify(() => window.workspace.choosing);
        keyClick(Qt.Key_Escape);
        tryVerify(() => !window.workspace.choosing);
        compare(session.link, Session.Live);
    }

    function test_subscribeRowInspectCopy() {
        connectByForm();
        const field = item("subscribeChannel");
        field.forceActiveFocus();
        type("default/*x");
        keyClick(Qt.Key_Return);
        compare(session.subscriptions.count, 0);
        verify(item("subscribeProblem").visible);
        keyClick(Qt.Key_Backspace);
        keyClick(Qt.Key_Return);
        compare(session.subscriptions.count, 1);
        compare(field.text, "");
        tryVerify(() => session.subscriptions.liveCount === 1);

        server.publish("/default/a", '{ "id": 9007199254740993, "id": 1.0 }');
        tryCompare(session.frames, "count", 1);
        item("traffic").forceActiveFocus();
        keyClick(Qt.Key_Up);
        verify(session.inspector.hasFrame);
        tryCompare(item("payload").lines, "text", '{\n  "id": 9007199254740993,\n  "id": 1.0\n}');
        keyClick(Qt.Key_C, Qt.ControlModifier);
        compare(server.clipboard(), '{ "id": 9007199254740993, "id": 1.0 }');
        tryVerify(() => item("statusMessage").text.startsWith("Copied"));
        keyClick(Qt.Key_Return); // into the inspector
        verify(hasFocus("payload"));
        keyClick(Qt.Key_C, Qt.ControlModifier);
        compare(server.clipboard(), '{ "id": 9007199254740993, "id": 1.0 }');
    }

    function test_followAndHold() {
        connectByForm();
        subscribeTo("/default/*");
        fill(100);
        const list = item("traffic");
        const view = item("trafficView");
        list.forceActiveFocus();
        tryVerify(() => view.atYEnd);
        const frames = session.frames;

        // Space holds the view, not the capture.
        keyClick(Qt.Key_Space);
        verify(!frames.following);
        const top = view.contentY;
        server.publishMany("/default/a", 10);
        tryCompare(frames, "waiting", 10);
        compare(frames.count, 100);
        compare(view.contentY, top);
        const pill = item("pill");
        tryVerify(() => pill.visible);
        compare(pill.text, "10 new ↓");

        // End follows.
        keyClick(Qt.Key_End);
        verify(frames.following);
        compare(frames.count, 110);
        tryVerify(() => view.atYEnd);
        verify(!pill.visible);

        // The wheel upwards holds, back at the end follows.
        mouseWheel(view, view.width / 2, view.height / 2, 0, 240);
        tryVerify(() => !frames.following);
        tryVerify(() => !view.moving);
        verify(!view.atYEnd);
        server.publishMany("/default/a", 3);
        tryCompare(frames, "waiting", 3);
        mouseClick(pill);
        verify(frames.following);
        tryVerify(() => view.atYEnd);
        mouseWheel(view, view.width / 2, view.height / 2, 0, 240);
        tryVerify(() => !frames.following && !view.moving);
        mouseWheel(view, view.width / 2, view.height / 2, 0, -2400);
        tryVerify(() => frames.following);

        // PgUp, arrows and a click hold; the selection stays where it is.
        keyClick(Qt.Key_PageUp);
        verify(!frames.following);
        const chosen = frames.selectedNumber;
        server.publishMany("/default/a", 5);
        tryCompare(frames, "waiting", 5);
        compare(frames.selectedNumber, chosen);
        keyClick(Qt.Key_End);
        compare(frames.selectedNumber, chosen);
        keyClick(Qt.Key_Escape);
        compare(frames.selectedNumber, 0);
        mouseClick(view, 200, view.height - Theme.rowHeight * 1.5);
        verify(frames.selectedNumber > 0);
        verify(!frames.following);
        keyClick(Qt.Key_J);
        compare(frames.selectedRow(), frames.count - 1);
        keyClick(Qt.Key_K);
        compare(frames.selectedRow(), frames.count - 2);
        keyClick(Qt.Key_Home);
        compare(frames.selectedRow(), 0);
        tryVerify(() => view.atYBeginning);
    }

    function test_controlFramesAreOneChipAway() {
        connectByForm();
        compare(session.frames.count, 0);
        const chip = item("control");
        chip.forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Space);
        verify(session.frames.showControl);
        tryVerify(() => session.frames.count >= 2); // connection_init and its ack
        keyClick(Qt.Key_Space);
        compare(session.frames.count, 0);
    }

    function test_publish() {
        connectByForm();
        subscribeTo("/default/*");
        keyClick(Qt.Key_L, Qt.ControlModifier);
        verify(item("publishChannel").activeFocus);
        type("default/a");
        keyClick(Qt.Key_Return); // on to the text
        verify(hasFocus("draft"));
        compare(item("publish").enabled, false);
        type('{"a":tru');
        tryVerify(() => item("verdict").text.startsWith("Line 1:6"));
        compare(item("draft").errorPosition, 5);
        type("e}");
        tryCompare(item("draft"), "errorPosition", -1);
        compare(item("publish").enabled, true);
        const results = window.workspace.draft.results;
        keyClick(Qt.Key_Return, Qt.ControlModifier);
        compare(results.count, 1);
        const finished = spyComponent.createObject(test, {target: results, signalName: "finished"});
        finished.wait();
        const outcome = results.index(0, 0);
        compare(results.data(outcome, PublishLog.OutcomeRole), PublishLog.Accepted);
        compare(results.data(outcome, PublishLog.EventsRole).length, 1);
        tryCompare(session.frames, "count", 2); // out and in again
        compare(item("draft").text, '{"a":true}'); // never lost
    }

    function test_limitsAreRefusedUnlessSentAnyway() {
        connectByForm();
        const draft = window.workspace.draft;
        draft.channel = "/default/a";
        draft.text = "[1,2,3,4,5,6]";
        draft.shape = PublishDraft.Batch;
        compare(draft.canSend, false);
        keyClick(Qt.Key_Return, Qt.ControlModifier);
        compare(draft.results.count, 0);
        const anyway = item("sendAnyway");
        tryVerify(() => anyway.visible);
        mouseClick(anyway);
        compare(draft.results.count, 1);
        tryVerify(() => draft.results.data(draft.results.index(0, 0), PublishLog.OutcomeRole) === PublishLog.Failed);
    }

    function test_panesInACircle() {
        connectByForm();
        subscribeTo("/default/*");
        fill(1);
        session.frames.select(0);
        item("traffic").forceActiveFocus();
        const order = ["payload", "draft", "subscriptions", "traffic"];
        for (const name of order) {
            keyClick(Qt.Key_F6);
            verify(hasFocus(name), name);
        }
        keyClick(Qt.Key_S, Qt.ControlModifier | Qt.ShiftModifier);
        tryVerify(() => hasFocus("timeChart")); // within the pane of the traffic, and behind it
        for (const name of ["payload", "draft", "subscriptions", "traffic", "timeChart"]) {
            keyClick(Qt.Key_F6);
            verify(hasFocus(name), name);
        }
        keyClick(Qt.Key_F6, Qt.ShiftModifier);
        verify(hasFocus("traffic"));
        keyClick(Qt.Key_S, Qt.ControlModifier | Qt.ShiftModifier);
        keyClick(Qt.Key_F6, Qt.ShiftModifier);
        verify(hasFocus("subscriptions"));
        verify(item("subscriptions").visualFocus);
        keyClick(Qt.Key_Delete);
        compare(session.subscriptions.count, 0);
        verify(item("subscribeChannel").activeFocus); // not nowhere
    }

    // Wherever Tab leads, something shows that the keyboard is there, and it leads everywhere and back.
    function test_tabVisitsEveryControl() {
        connectByForm();
        subscribeTo("/default/*");
        fill(1);
        session.frames.select(0);
        window.workspace.draft.channel = "/default/a";
        window.workspace.draft.text = "1";
        const wanted = ["subscribeChannel", "subscriptions", "pause", "control", "traffic", "payload", "publishChannel",
            "publish", "draft", "disconnect", "choose", "theme", "copyPayload", "linkButton"];
        item("traffic").forceActiveFocus();
        const first = window.activeFocusItem;
        let missing = wanted;
        for (let steps = 0; steps < 60; ++steps) {
            for (const name of wanted) {
                if (hasFocus(name))
                    missing = missing.filter(other => other !== name);
            }
            keyClick(Qt.Key_Tab);
            verify(window.activeFocusItem);
            if (window.activeFocusItem === first && steps > 5)
                break;
        }
        compare(missing.join(), "");
        compare(window.activeFocusItem, first);
    }

    function test_lossIsTold() {
        connectByForm();
        subscribeTo("/default/*");
        server.refuseUpgrades(503);
        server.dropConnections();
        const notice = item("notice");
        tryVerify(() => notice.visible);
        verify(notice.message);
        tryVerify(() => item("linkText").text.startsWith("Attempt"));
        server.refuseUpgrades(0);
        mouseClick(findChild(notice, "noticeAction"));
        tryVerify(() => session.link === Session.Live);
        tryVerify(() => !notice.visible);
        tryVerify(() => session.subscriptions.liveCount === 1);
    }

    function test_gapsAreRows() {
        connectByForm();
        subscribeTo("/default/*");
        subscribeTo("/default/a");
        server.dropConnections();
        // Lost, connected again, and one gap for both.
        tryCompare(session.frames, "count", 3, 10000);
        const marks = [0, 1, 2].map(row => session.frames.data(session.frames.index(row, 0), FrameModel.MarkRole));
        compare(marks, [FrameModel.Lost, FrameModel.Restored, FrameModel.Gap]);
        item("traffic").forceActiveFocus();
        keyClick(Qt.Key_Up);
        verify(item("note").text.includes("/default/* – live again at "));
        verify(item("note").text.includes("Next step: "));
    }

    function test_connectionPanelByKeyboard() {
        connectByForm();
        subscribeTo("/default/*");
        const list = item("traffic");
        list.forceActiveFocus();
        keyClick(Qt.Key_F8);
        const panel = findChild(window, "linkPanel"); // a popup is no Item
        verify(panel);
        tryVerify(() => panel.opened);
        verify(item("linkSentence").text.startsWith("Live for "));
        verify(!item("tryNow").visible);
        verify(item("requestToggle").activeFocus);
        keyClick(Qt.Key_Space);
        tryVerify(() => session.status.request.startsWith("GET ws://"));
        verify(!session.status.request.includes(server.apiKey));
        keyClick(Qt.Key_Escape);
        tryVerify(() => !panel.visible);
        verify(list.activeFocus); // back where one was

        server.refuseUpgrades(503);
        server.dropConnections();
        tryVerify(() => session.status.latest.details.includes("HTTP 503"), 10000);
        item("linkButton").forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Return);
        tryVerify(() => panel.opened);
        tryVerify(() => item("nextAttempt").text.startsWith("Attempt "));
        server.refuseUpgrades(0);
        tryVerify(() => session.link === Session.Live || item("tryNow").activeFocus);
        keyClick(Qt.Key_Space);
        tryVerify(() => session.link === Session.Live, 10000);
        keyClick(Qt.Key_Escape);
        tryVerify(() => !panel.visible);
    }

    function test_storiesByKeyboard() {
        connectByForm();
        subscribeTo("/default/*");
        const list = item("subscriptions");
        list.forceActiveFocus(Qt.TabFocusReason);
        tryCompare(list, "currentIndex", 0);
        const row = session.subscriptions.index(0, 0);
        keyClick(Qt.Key_Space);
        verify(session.subscriptions.data(row, SubscriptionModel.ExpandedRole));
        verify(session.subscriptions.data(row, SubscriptionModel.StoryRole).includes("Acknowledged in "));
        keyClick(Qt.Key_Space);
        verify(!session.subscriptions.data(row, SubscriptionModel.ExpandedRole));
        const results = window.workspace.draft.results;
        window.workspace.draft.channel = "/nowhere/a";
        window.workspace.draft.text = "1";
        window.workspace.draft.send();
        tryVerify(() => results.data(results.index(0, 0), PublishLog.OutcomeRole) === PublishLog.Failed);
        item("publishResults").forceActiveFocus(Qt.TabFocusReason);
        tryCompare(item("publishResults"), "currentIndex", 0);
        keyClick(Qt.Key_Return);
        verify(results.data(results.index(0, 0), PublishLog.ExpandedRole));
        verify(results.data(results.index(0, 0), PublishLog.DetailsRole).includes("publish_error"));
    }

    function test_disconnectAndReconnect() {
        connectByForm();
        subscribeTo("/default/*");
        mouseClick(item("disconnect"));
        tryVerify(() => session.link === Session.Offline);
        compare(item("disconnect").text, "Reconnect");
        keyClick(Qt.Key_F5);
        tryVerify(() => session.subscriptions.liveCount === 1);
    }
}
