// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

// The GraphQL page by keyboard, against a real local AppSync. With SYNCSCOPE_TEST_PICTURES=FOLDER it leaves pictures.
TestCase {
    id: test

    name: "GraphQl"
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
    readonly property GraphQlDraft draft: session ? session.graphQl : null
    readonly property string sending: "mutation Send($room: String!, $body: String!) {\n  sendMessage(room: $room, body: $body) { id room body author createdAt }\n}\n"
    readonly property string listening: "subscription On($room: String) {\n  onMessage(room: $room) { id room body author createdAt }\n}\n"

    function init() {
        failOnWarning(/.?/);
        Theme.mode = Theme.Light;
    }
    function cleanup() {
        if (window)
            window.destroy();
        window = null;
        server.stop();
    }
    function item(name: string): Item {
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
    function open(data): void {
        verify(server.start());
        Theme.mode = data && data.dark ? Theme.Dark : Theme.Light;
        window = windowComponent.createObject(null, {width: data ? data.width : 1280, height: data ? data.height : 800});
        tryVerify(() => window.active);
    }
    // An API of GraphQL alone, with an empty document.
    function openByForm(data): void {
        open(data);
        window.workspace.form.address = server.url.replace("/event", "/graphql");
        verify(window.workspace.form.isGraphQl);
        window.workspace.form.credential = server.apiKey;
        window.workspace.openForm();
        tryVerify(() => session.link === Session.Live);
        compare(session.service, Session.GraphQl);
        draft.text = "";
        draft.variables = "";
        tryVerify(() => draft.schema.state === SchemaBook.Ready);
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

    function test_theSandboxHasBothServices() {
        open();
        tryVerify(() => hasFocus("startSandbox"));
        keyClick(Qt.Key_Return);
        tryVerify(() => session !== null && session.link === Session.Live);
        compare(session.service, Session.Events);
        const events = session;
        verify(item("services").visible);
        keyClick("2", Qt.ControlModifier | Qt.ShiftModifier);
        tryVerify(() => session.service === Session.GraphQl);
        tryVerify(() => session.link === Session.Live);
        compare(session.title, "Sandbox");
        tryVerify(() => hasFocus("document"));
        tryCompare(draft.operations, "count", 3);
        item("services").forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Left);
        compare(session, events);
        tryVerify(() => hasFocus("traffic"));
        tryVerify(() => events.frames.count > 0);
    }

    function test_anEventsApiHasNoSwitch() {
        open();
        window.workspace.form.address = server.url;
        window.workspace.form.credential = server.apiKey;
        window.workspace.openForm();
        tryVerify(() => session.link === Session.Live);
        verify(!item("services").visible);
        keyClick("2", Qt.ControlModifier | Qt.ShiftModifier);
        compare(session.service, Session.Events);
    }

    function test_writeAndRunByKeyboard() {
        openByForm();
        tryVerify(() => hasFocus("document"));
        compare(item("run").enabled, false);
        // Proposals come while one types, and are accepted by Return and Tab.
        type("q");
        tryVerify(() => item("completions").visible);
        keyClick(Qt.Key_Return);
        compare(item("document").text, "query ");
        type("{ me");
        tryVerify(() => item("completions").visible);
        compare(draft.completions.textOf(0), "messages");
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Up);
        keyClick(Qt.Key_Tab);
        compare(item("document").text, "query { messages");
        type("(");
        keyClick(Qt.Key_Space, Qt.ControlModifier);
        verify(item("completions").visible);
        keyClick(Qt.Key_Escape);
        verify(!item("completions").visible);
        type("room: \"lobby\") ");
        type("{ nope } }");
        keyClick(Qt.Key_Escape);
        tryCompare(draft.problems, "count", 1);
        compare(draft.problems.data(draft.problems.index(0, 0), GraphQlProblemModel.PlaceRole), "1:35");
        keyClick(Qt.Key_Return, Qt.ControlModifier); // the service decides
        tryCompare(draft.results, "count", 1);
        tryCompare(draft.results, "running", 0);
        compare(draft.resultView.errors.length, 1);
        tryVerify(() => item("resultErrors").implicitHeight > 20);
        draft.text = "{ messages(room: \"lobby\") { body } }";
        keyClick(Qt.Key_Return, Qt.ControlModifier);
        tryCompare(draft.results, "count", 2);
        tryCompare(draft.results, "running", 0);
        compare(item("resultText").lines.text, '{\n  "messages": []\n}');
        item("resultText").forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_F, Qt.ControlModifier);
        type("MESS");
        tryCompare(draft.resultView.search, "stateText", "1 of 1");
        keyClick(Qt.Key_Escape);
        verify(item("resultText").activeFocus);
        compare(item("resultText").selection.text(), "mess");
        tryVerify(() => item("statusMessage").text.includes("HTTP 200"));
        // The earlier one is still there.
        item("graphqlResults").forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Down);
        compare(draft.results.current, 1);
        compare(draft.resultView.errors.length, 1);
    }

    function test_linesAreIndented() {
        openByForm();
        type("{");
        keyClick(Qt.Key_Return);
        type("__typename");
        keyClick(Qt.Key_Escape);
        keyClick(Qt.Key_Return);
        compare(item("document").text, "{\n  __typename\n  ");
        draft.text = "{a b}";
        tryVerify(() => draft.canFormat);
        keyClick("f", Qt.ControlModifier | Qt.ShiftModifier);
        compare(item("document").text, "{\n  a\n  b\n}\n");
    }

    function test_subscribeMutateAndSeeIt() {
        openByForm();
        draft.text = listening + sending;
        draft.variables = '{"room": "lobby", "body": "hello"}';
        tryVerify(() => draft.currentKind === "subscription");
        compare(item("run").text, "Subscribe");
        keyClick(Qt.Key_Return, Qt.ControlModifier);
        tryVerify(() => session.subscriptions.liveCount === 1);
        tryVerify(() => item("traffic").visible);
        draft.variables = '{"body": "hello"}';
        keyClick(Qt.Key_Return, Qt.ControlModifier);
        tryVerify(() => session.subscriptions.liveCount === 2);
        draft.variables = '{"room": "lobby", "body": "hello"}';
        // The list of operations leads to the other one.
        item("operations").forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Down);
        keyClick(Qt.Key_Return);
        verify(hasFocus("document"));
        compare(draft.currentName, "Send");
        const before = session.frames.count; // what it takes to get the schema
        keyClick(Qt.Key_Return, Qt.ControlModifier);
        tryCompare(session.frames, "count", before + 4);
        tryCompare(draft.resultView, "outcome", GraphQlResultLog.Done); // soon after its frame
        // Each can be stopped.
        item("subscriptions").forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Delete);
        compare(session.subscriptions.count, 1);
    }

    function test_variablesAreJudged() {
        openByForm();
        draft.text = sending;
        tryCompare(draft.variableProblems, "count", 2);
        item("variables").textArea.forceActiveFocus(Qt.TabFocusReason);
        type('{"room": ');
        tryVerify(() => item("variables").errorPosition >= 0);
        type('"a", "body": 1}');
        tryVerify(() => draft.variableProblems.count === 1);
        tryCompare(item("variables"), "errorPosition", 22);
    }

    function test_schemaByKeyboard() {
        openByForm();
        verify(item("schemaPane").visible);
        keyClick(Qt.Key_L, Qt.ControlModifier);
        verify(item("schemaSearch").activeFocus);
        type("sendm");
        tryCompare(draft.schema.model, "count", 1);
        keyClick(Qt.Key_Return);
        verify(hasFocus("schemaList"));
        keyClick(Qt.Key_Return);
        compare(item("schemaTitle").text, "Mutation");
        keyClick(Qt.Key_Return); // to the type of its first field
        compare(item("schemaTitle").text, "Message");
        keyClick(Qt.Key_Backspace);
        compare(item("schemaTitle").text, "Mutation");
        keyClick(Qt.Key_F7);
        verify(!item("schemaPane").visible);
        verify(hasFocus("document"));
    }

    function test_importByKeyboard() {
        openByForm();
        item("importDocument").forceActiveFocus(Qt.TabFocusReason);
        keyClick(Qt.Key_Return);
        const popup = findChild(window, "importPopup");
        tryVerify(() => popup.opened);
        type("/nowhere/queries.ts");
        keyClick(Qt.Key_Return);
        tryVerify(() => !popup.visible);
        verify(draft.messageIsProblem);
        verify(item("said").text.includes("queries.ts"));
    }

    function test_panesInACircle() {
        openByForm();
        draft.text = "{ messages(room: \"a\") { id } }";
        tryCompare(draft.operations, "count", 1);
        const empty = ["variables", "operations", "schemaList", "document"];
        tryVerify(() => hasFocus("document"));
        for (const name of empty) {
            keyClick(Qt.Key_F6);
            verify(hasFocus(name), name);
        }
        draft.run();
        tryCompare(draft.results, "running", 0);
        const order = ["variables", "graphqlResults", "operations", "schemaList", "document"];
        for (const name of order) {
            keyClick(Qt.Key_F6);
            verify(hasFocus(name), name);
        }
    }

    // Wherever Tab leads, something shows that the keyboard is there, and it leads everywhere and back.
    function test_tabVisitsEveryControl() {
        openByForm();
        draft.text = listening + sending;
        draft.variables = '{"room": "a", "body": "b"}';
        tryCompare(draft.operations, "count", 2);
        draft.run();
        tryVerify(() => session.subscriptions.liveCount === 1);
        draft.cursor = draft.operations.offsetOf(1);
        draft.run();
        tryCompare(draft.results, "running", 0);
        const wanted = ["operations", "subscriptions", "importDocument", "formatDocument", "schemaToggle", "run", "document", "variables",
            "answerPages", "graphqlResults", "resultViews", "resultText", "schemaSearch", "schemaList", "disconnect", "linkButton"];
        item("document").textArea.forceActiveFocus();
        const first = window.activeFocusItem;
        let missing = wanted;
        for (let steps = 0; steps < 80; ++steps) {
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

    function test_screens_data() { return sizes(); }
    function test_screens(data) {
        open(data);
        window.workspace.openSandbox();
        tryVerify(() => session.link === Session.Live);
        picture(data, "graphql-switch");
        window.workspace.showService(Session.GraphQl);
        tryVerify(() => session.link === Session.Live && draft.schema.state === SchemaBook.Ready);
        draft.variables = '{\n  "room": "lobby",\n  "body": "Hello from Syncscope"\n}\n';
        tryVerify(() => draft.operations.count > 0 && draft.problems.count === 0);
        picture(data, "graphql-first");
        draft.cursor = draft.operations.offsetOf(0);
        draft.run();
        tryVerify(() => session.subscriptions.liveCount === 1);
        for (let i = 0; i < 3; ++i) {
            draft.cursor = draft.operations.offsetOf(1);
            draft.run();
            tryCompare(draft.results, "running", 0);
        }
        draft.cursor = draft.operations.offsetOf(2);
        draft.run();
        tryCompare(draft.results, "running", 0);
        picture(data, "graphql-result");
        findChild(window, "answerPages").chosen(1);
        tryVerify(() => session.frames.count >= 6);
        session.frames.select(2);
        picture(data, "graphql-traffic");
        findChild(window, "answerPages").chosen(0);
        const before = draft.text;
        draft.text = "mutation Fail {\n  fail(message: \"Out of order\") {\n    id\n  }\n}\n\nquery Wrong($room: Int!) {\n  messages(room: $room) {\n    bod\n  }\n}\n";
        draft.variables = '{"room": "lobby"}';
        draft.cursor = 0;
        draft.run();
        tryCompare(draft.results, "running", 0);
        tryCompare(draft.problems, "count", 2);
        draft.schema.model.goTo("Mutation");
        if (!findChild(window, "schemaPane").visible)
            window.view.toggleSchema();
        picture(data, "graphql-problems");
        const area = item("document").textArea;
        area.forceActiveFocus();
        draft.text = "query {\n  mes\n}\n";
        area.cursorPosition = 13;
        keyClick(Qt.Key_Space, Qt.ControlModifier);
        tryVerify(() => item("completions").visible);
        picture(data, "graphql-completion");
        draft.text = before;
    }
}
