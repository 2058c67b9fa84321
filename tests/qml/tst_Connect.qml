// SPDX-License-Identifier: Apache-2.0
import QtQuick
import QtTest
import Syncscope
import Syncscope.Ui

// The ways to sign in, by keyboard, against the local AppSync and its user pool. With
// SYNCSCOPE_TEST_PICTURES=FOLDER it leaves a picture of each.
TestCase {
    id: test

    name: "Connect"
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
    readonly property Session session: window ? window.workspace.session : null
    readonly property ConnectionForm form: window ? window.workspace.form : null

    function init() {
        failOnWarning(/.?/);
        verify(server.start());
    }
    function cleanup() {
        if (window) {
            for (let left = window.workspace.profiles.count; left > 0; --left)
                window.workspace.removeProfile(0);
            window.destroy();
        }
        window = null;
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
            {tag: "light", dark: false, width: 1280, height: 800},
            {tag: "dark-small", dark: true, width: 960, height: 600}
        ];
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
    function fillIn(name: string, text: string) {
        item(name).forceActiveFocus();
        keyClick(Qt.Key_A, Qt.ControlModifier);
        type(text);
    }
    function chooseMode(name: string) {
        form.connectMode = form.modeNames.indexOf(name);
        compare(form.modeNames[form.connectMode], name);
    }

    function test_modes_data() { return sizes(); }
    function test_modes(data) {
        open(data);
        form.address = server.url;
        const expected = {
            "API key": ["credential"],
            "User pool": ["userPoolId", "clientId", "username", "password"],
            "OIDC": ["issuer", "clientId"],
            "Lambda": ["credential", "tokenPrefix"],
            "IAM": [],
            "None": []
        };
        for (const mode of form.modeNames) {
            chooseMode(mode);
            for (const field of expected[mode])
                tryVerify(() => findChild(window.contentItem.parent, field) !== null, 1000, mode + ": " + field);
            picture(data, "mode-" + mode.toLowerCase().replace(" ", "-"));
        }
    }

    function test_signInToAUserPool_data() { return sizes(); }
    function test_signInToAUserPool(data) {
        open(data);
        fillIn("address", server.url);
        chooseMode("User pool");
        fillIn("userPoolId", server.userPoolId);
        fillIn("clientId", server.userPoolClientId);
        fillIn("username", server.username);
        tryCompare(item("connect"), "enabled", true); // a password that is not there is asked for
        item("connect").clicked();
        const interactions = window.workspace.interactions;
        tryCompare(interactions, "isShown", true);
        tryVerify(() => item("interactionField0").activeFocus);
        picture(data, "password");
        type("wrong");
        keyClick(Qt.Key_Return);
        tryVerify(() => interactions.isShown && interactions.problem !== "", 10000);
        picture(data, "wrong-password");
        tryVerify(() => item("interactionField0").activeFocus);
        type(server.password);
        keyClick(Qt.Key_Return);
        tryVerify(() => session !== null && session.link === Session.Live, 10000);
        compare(interactions.isShown, false);
        // What the token says is at hand, and fills in channels.
        tryVerify(() => session.signIn.claims.length > 0);
        verify(session.subscriptions.add("/default/{{sub}}/*"));
        tryCompare(session.subscriptions, "liveCount", 1);
        item("signIn").clicked();
        tryVerify(() => item("claims").visible);
        picture(data, "signed-in");
        keyClick(Qt.Key_Escape);
        verify(!JSON.stringify(session.signIn.claims).includes(server.password));
    }

    function test_cancelledSignIn() {
        open(sizes()[0]);
        form.address = server.url;
        chooseMode("User pool");
        fillIn("userPoolId", server.userPoolId);
        fillIn("clientId", server.userPoolClientId);
        fillIn("username", server.username);
        window.workspace.openForm();
        tryCompare(window.workspace.interactions, "isShown", true);
        tryVerify(() => item("interactionField0").activeFocus);
        keyClick(Qt.Key_Escape);
        tryCompare(window.workspace.interactions, "isShown", false);
        tryVerify(() => session.link === Session.Failed);
        verify(session.notice.message !== "");
    }

    function test_savedProfile_data() { return sizes(); }
    function test_savedProfile(data) {
        open(data);
        fillIn("address", server.url);
        fillIn("credential", server.apiKey);
        fillIn("profileName", "at home");
        item("save").clicked();
        tryCompare(window.workspace.profiles, "count", 1);
        tryVerify(() => window.workspace.formMessage !== "");
        compare(form.savedName, "at home");
        compare(form.credential, ""); // kept, not shown
        picture(data, "saved");
        window.workspace.newProfile();
        compare(form.address, "");
        item("profiles").forceActiveFocus();
        keyClick(Qt.Key_Return);
        tryVerify(() => session !== null && session.link === Session.Live);
        compare(session.title, "at home");
    }

    function test_testOfAConnection_data() { return sizes(); }
    function test_testOfAConnection(data) {
        open(data);
        fillIn("address", server.url);
        fillIn("credential", "da2-wrong");
        item("test").clicked();
        tryVerify(() => !window.workspace.test.isRunning && window.workspace.test.hasFailed, 10000);
        verify(item("testVerdict").text.includes("Upgrade") || item("testVerdict").text.includes("Handshake"), item("testVerdict").text);
        picture(data, "test-failed");
        fillIn("credential", server.apiKey);
        item("test").clicked();
        tryVerify(() => !window.workspace.test.isRunning && !window.workspace.test.hasFailed, 10000);
        picture(data, "test-passed");
        compare(session, null); // nothing was opened
    }

    function test_testTellsWhySignatureIsRefused_data() { return sizes(); }
    function test_testTellsWhySignatureIsRefused(data) {
        open(data);
        fillIn("address", server.url);
        chooseMode("IAM");
        const ways = item("way");
        ways.chosen(ways.model.indexOf("Access keys"));
        fillIn("accessKeyId", server.accessKeyId);
        fillIn("secretAccessKey", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        fillIn("region", server.region);
        item("test").clicked();
        tryVerify(() => !window.workspace.test.isRunning && window.workspace.test.hasFailed, 10000);
        const failed = window.workspace.test.steps.find(step => step.outcome === "failed");
        verify(failed.likely.includes("secret access key"), failed.likely);
        verify(failed.difference.includes("x-amz-date:"), failed.difference);
        picture(data, "signature");
    }

    function test_import_data() { return sizes(); }
    function test_import(data) {
        open(data);
        window.workspace.importText(JSON.stringify({
            version: "1.3",
            data: {},
            custom: {
                events: {
                    url: "https://abcdefghijklmnopqrstuvwxyz.appsync-api.eu-west-1.amazonaws.com/event",
                    aws_region: "eu-west-1",
                    default_authorization_type: "AMAZON_COGNITO_USER_POOLS"
                }
            },
            auth: {user_pool_id: "eu-west-1_AbCd12345", user_pool_client_id: "1example", aws_region: "eu-west-1"}
        }), "amplify_outputs.json");
        compare(form.derivedRegion, "eu-west-1");
        compare(form.modeNames[form.connectMode], "User pool");
        verify(form.remarks.length > 0);
        picture(data, "imported");
        window.workspace.importText("this is no configuration", "notes.txt");
        verify(window.workspace.formNotice.message !== "");
        compare(form.modeNames[form.connectMode], "User pool"); // nothing is lost
        picture(data, "not-imported");
    }
}
