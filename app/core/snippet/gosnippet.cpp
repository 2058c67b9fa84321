// SPDX-License-Identifier: Apache-2.0
#include "app/core/snippet/snippetlanguages.h"

#include "app/core/snippet/snippetliteral.h"

#include <algorithm>
#include <utility>

namespace Syncscope::Snippets {

namespace {

constexpr char kGoPost[] = R"(package main

import (
@IMPORTS@)

func main() {
@BODY@	request, err := http.NewRequest("POST", @ENDPOINT@, bytes.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
@AUTH@	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.Status, string(text))
}
)";

constexpr char kGoEvents[] = R"(	// Each event is JSON text, which is sent as it is.
	body, err := json.Marshal(map[string]any{
		"channel": @CHANNEL@,
		"events": []string{
@EVENTS@		},
	})
	if err != nil {
		log.Fatal(err)
	}
)";

constexpr char kGoRequest[] = R"(	body, err := json.Marshal(map[string]any{
		"query":     @PAD@@DOCUMENT@,
		"variables": @PAD@json.RawMessage(@VARIABLES@),
@NAME@	})
	if err != nil {
		log.Fatal(err)
	}
)";

constexpr char kGoSign[] = R"(	// IAM, with the credentials that the tools of AWS use:
	// go get github.com/aws/aws-sdk-go-v2/aws/signer/v4 github.com/aws/aws-sdk-go-v2/config
	ctx := context.Background()
	settings, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		log.Fatal(err)
	}
	credentials, err := settings.Credentials.Retrieve(ctx)
	if err != nil {
		log.Fatal(err)
	}
	hash := sha256.Sum256(body)
	err = v4.NewSigner().SignHTTP(ctx, credentials, request, hex.EncodeToString(hash[:]), "appsync", @REGION@, time.Now())
	if err != nil {
		log.Fatal(err)
	}
)";

constexpr char kGoSubscribe[] = R"(// go get github.com/coder/websocket
package main

import (
@IMPORTS@)

func main() {
	ctx := context.Background()
	connecting := map[string]string{"host": @HOST@@CONNECT_AUTH@}
	authorization := map[string]string{"host": @HOST@@AUTH@}
	header, err := json.Marshal(connecting)
	if err != nil {
		log.Fatal(err)
	}
	socket, _, err := websocket.Dial(ctx, @REALTIME@, &websocket.DialOptions{
		Subprotocols: []string{@PROTOCOL@, "header-" + base64.RawURLEncoding.EncodeToString(header)},
	})
	if err != nil {
		log.Fatal(err)
	}
	defer socket.CloseNow()
@MESSAGE@	if err != nil {
		log.Fatal(err)
	}
	if err := socket.Write(ctx, websocket.MessageText, []byte(`{"type":"connection_init"}`)); err != nil {
		log.Fatal(err)
	}
	for {
		_, text, err := socket.Read(ctx)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(string(text))
		var frame struct{ Type string }
		if json.Unmarshal(text, &frame) == nil && frame.Type == "connection_ack" {
			if err := socket.Write(ctx, websocket.MessageText, subscribe); err != nil {
				log.Fatal(err)
			}
		}
	}
}
)";

constexpr char kGoChannelMessage[] = R"(	subscribe, err := json.Marshal(map[string]any{
		"type": "subscribe", "id": "1", "channel": @CHANNEL@, "authorization": authorization,
	})
)";

constexpr char kGoStartMessage[] = R"(	data, err := json.Marshal(map[string]any{
		"query":     @DOCUMENT@,
		"variables": json.RawMessage(@VARIABLES@),
	})
	if err != nil {
		log.Fatal(err)
	}
	subscribe, err := json.Marshal(map[string]any{
		"type": "start", "id": "1", "payload": map[string]any{
			"data": string(data), "extensions": map[string]any{"authorization": authorization},
		},
	})
)";

QByteArray goImports(QByteArrayList packages)
{
    std::sort(packages.begin(), packages.end(), [](const QByteArray &a, const QByteArray &b) {
        const bool isOurs = a.contains('.');
        return isOurs == b.contains('.') ? a < b : !isOurs;
    });
    QByteArray text;
    bool hadOthers = false;
    for (const QByteArray &package : packages) {
        if (package.contains('.') && !std::exchange(hadOthers, true))
            text += '\n';
        text += "\t\"" + package + "\"\n";
    }
    return text;
}

//! Go's encoder replaces what is no Unicode, which JSON can carry as an escape.
QByteArray goSurrogateRemark(const SnippetAction &action)
{
    const bool isGood = std::all_of(action.events.begin(), action.events.end(),
                                    [](const QByteArray &event) { return event.isValidUtf8(); });
    return isGood ? ""
                  : "\t// An event has half of a surrogate pair, which Go's encoder replaces by "
                    "U+FFFD.\n";
}

QByteArray goBody(const SnippetAction &action)
{
    if (action.kind == SnippetAction::Kind::Publish) {
        QByteArray events;
        for (const QByteArray &event : action.events)
            events += "\t\t\t" + SnippetLiteral::go(event) + ",\n";
        return goSurrogateRemark(action)
            + filled(kGoEvents,
                     {{"CHANNEL", SnippetLiteral::go(action.channel)}, {"EVENTS", events}});
    }
    const QByteArray name = action.operationName.isEmpty()
        ? QByteArray()
        : "\t\t\"operationName\": " + SnippetLiteral::go(action.operationName) + ",\n";
    return filled(
        kGoRequest,
        {{"DOCUMENT", SnippetLiteral::go(action.document)},
         {"VARIABLES", SnippetLiteral::go(action.variables.isEmpty() ? "{}" : action.variables)},
         {"NAME", name},
         {"PAD", name.isEmpty() ? "" : "    "}}); // as gofmt aligns it
}

QByteArray goPost(const SnippetAction &action, const SnippetTarget &target)
{
    QByteArrayList packages{"bytes", "encoding/json", "fmt", "io", "log", "net/http"};
    const AuthMode mode = target.publish;
    const QByteArray region = target.endpoint.region().toUtf8();
    QByteArray authorization;
    if (mode == AuthMode::ApiKey)
        authorization = "\trequest.Header.Set(\"x-api-key\", os.Getenv(\"SYNCSCOPE_API_KEY\"))\n";
    else if (takesToken(mode))
        authorization = "\trequest.Header.Set(\"Authorization\", os.Getenv(\"SYNCSCOPE_TOKEN\"))\n";
    else if (mode == AuthMode::Iam)
        authorization =
            filled(kGoSign,
                   {{"REGION",
                     region.isEmpty() ? "os.Getenv(\"AWS_REGION\")" : SnippetLiteral::go(region)}});
    if (authorization.contains("os.Getenv"))
        packages += "os";
    if (mode == AuthMode::Iam)
        packages += {"context",
                     "crypto/sha256",
                     "encoding/hex",
                     "time",
                     "github.com/aws/aws-sdk-go-v2/aws/signer/v4",
                     "github.com/aws/aws-sdk-go-v2/config"};
    return filled(kGoPost,
                  {{"IMPORTS", goImports(packages)},
                   {"BODY", goBody(action)},
                   {"ENDPOINT", SnippetLiteral::go(httpUrl(target))},
                   {"AUTH", authorization}});
}

QByteArray goMember(AuthMode mode)
{
    if (mode == AuthMode::ApiKey)
        return R"(, "x-api-key": os.Getenv("SYNCSCOPE_API_KEY"))";
    return takesToken(mode) ? R"(, "Authorization": os.Getenv("SYNCSCOPE_TOKEN"))" : QByteArray();
}

QByteArray goSubscription(const SnippetAction &action, const SnippetTarget &target)
{
    const bool isEvents = action.kind == SnippetAction::Kind::Subscribe;
    const bool isSigned = target.subscribe == AuthMode::Iam || target.connect == AuthMode::Iam;
    const QByteArray message = filled(
        isEvents ? kGoChannelMessage : kGoStartMessage,
        {{"CHANNEL", SnippetLiteral::go(action.channel)},
         {"DOCUMENT", SnippetLiteral::go(action.document)},
         {"VARIABLES", SnippetLiteral::go(action.variables.isEmpty() ? "{}" : action.variables)}});
    QByteArrayList packages{"context", "encoding/base64",           "encoding/json", "fmt",
                            "log",     "github.com/coder/websocket"};
    const QByteArray both = goMember(target.connect) + goMember(target.subscribe);
    if (both.contains("os."))
        packages += "os";
    const QByteArray text =
        filled(kGoSubscribe,
               {{"IMPORTS", goImports(packages)},
                {"HOST", SnippetLiteral::go(target.endpoint.host().toUtf8())},
                {"CONNECT_AUTH", goMember(target.connect)},
                {"AUTH", goMember(target.subscribe)},
                {"REALTIME", SnippetLiteral::go(realtimeUrl(target))},
                {"PROTOCOL", isEvents ? R"("aws-appsync-event-ws")" : R"("graphql-ws")"},
                {"MESSAGE", message}});
    return (isSigned ? "// IAM is missing here: put the headers of a signature (aws/signer/v4 of "
                       "aws-sdk-go-v2) of a POST\n// of {} and of the subscription into "
                       "connecting and authorization.\n"
                     : "")
        + text;
}

} // namespace

QByteArray go(const SnippetAction &action, const SnippetTarget &target)
{
    return action.needsSocket() ? goSubscription(action, target) : goPost(action, target);
}

} // namespace Syncscope::Snippets
