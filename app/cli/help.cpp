// SPDX-License-Identifier: Apache-2.0
#include "app/cli/help.h"

namespace Syncscope::Cli {

namespace {

constexpr char kMain[] = R"(Try out AWS AppSync in a terminal: Events and GraphQL.

Usage: syncscope-cli [FLAGS] COMMAND [ARGUMENTS]

Commands (each has a --help of its own):
  subscribe CHANNEL…        (sub) print the events of channels
  publish CHANNEL [EVENT…]  (pub) publish events: JSON, @FILE, standard input
  graphql DOCUMENT…         (gql) carry out queries, mutations, subscriptions
  schema                    print the schema of a GraphQL API
  echo CHANNEL              publish marked events: latency, loss, readiness
  doctor [CHANNEL]          connect step by step and explain what fails
  profile ACTION            add, list, show, use, import or remove profiles
  auth ACTION               login, logout, status, token: signing in
  emulator                  run the local AppSync
  capture ACTION FILE…      look into recorded traffic, convert, compare
  replay FILE               publish the events of a capture again
)";

constexpr char kExamples[] = R"(
Examples:
  syncscope-cli emulator --scenario demo
  export SYNCSCOPE_ENDPOINT=http://127.0.0.1:8787/event
  export SYNCSCOPE_API_KEY=da2-…        # of the emulator's ready line
  syncscope-cli subscribe 'demo/*' -n 5
)";

constexpr char kExitCodes[] = R"(
Exit codes:
  0 done   1 other   2 usage   3 cannot reach   4 not authorised   5 refused
  6 some events or fields failed   7 timeout   8 connection lost   9 bad file
  130 Ctrl-C before the bound   143 SIGTERM
)";

constexpr char kConnection[] = R"(
Where to connect:
  --endpoint URL          HTTP or realtime URL, host, custom domain, or
                          http://127.0.0.1:PORT/event  [SYNCSCOPE_ENDPOINT]
  --realtime URL          another realtime URL than the one derived from it
  --region REGION         where the endpoint does not tell it
  --profile NAME|FILE     a profile of profiles.json, or a file with one; if
                          no endpoint is given, the one of `profile use`
  --ca-cert FILE          trust this CA too (PEM)  [SYNCSCOPE_CA_CERT]
  --insecure              do not check the server's certificate
  --proxy URL             http://HOST:PORT or socks5://HOST:PORT
  --header NAME:VALUE     send this HTTP header too; may be repeated
  --timeout SECONDS       for one operation (default 30; echo 5, doctor 10)
  --retries N             attempts to connect again (default 5)
  --no-reconnect          end when an established connection is lost

Credentials (never on the command line):
  --auth MODE             api-key, user-pool, oidc, lambda, iam or none; without
                          it what is set in the environment decides, then the
                          profile, else iam
  --connect-auth MODE     another mode for connecting,
  --subscribe-auth MODE   for subscribing,
  --publish-auth MODE     for publishing, queries and mutations
  --api-key-env VAR       the variable with the API key  [SYNCSCOPE_API_KEY]
  --token-env VAR         the variable with the token  [SYNCSCOPE_TOKEN]
  --token-file FILE|-     a file with the token, - for standard input
  SYNCSCOPE_CONNECT_TOKEN, SYNCSCOPE_SUBSCRIBE_TOKEN, SYNCSCOPE_PUBLISH_TOKEN
                          another token for one operation
  --aws-profile NAME      iam with this profile of the AWS tools; without it the
                          variables AWS_…, AWS_PROFILE, SSO, roles, containers
  SYNCSCOPE_PASSWORD      the password of a user pool's user; without it, a
                          person is asked on the terminal
  --open                  open pages to sign in at in the browser, too
  A flag beats the environment, the environment beats the profile.
)";

constexpr char kOutput[] = R"(
Output:
  -o, --output FORMAT     ndjson, json, pretty, raw or template=TEXT with places
                          like {{sub}} {{event.score}}; default: pretty on a
                          terminal, else ndjson
  -q, --quiet             only errors on standard error
  -v, --verbose           say what happens
  --trace                 every frame on standard error, credentials masked
  --no-color              no colours  [NO_COLOR]
)";

constexpr char kGeneral[] = R"(
  -h, --help              this text
  --version               the version
)";

constexpr char kSubscribe[] =
    R"(Print the events of channels, all on one connection, until a bound is reached.

Usage: syncscope-cli subscribe CHANNEL… [FLAGS]        (short: sub)

A channel is namespace/a/b, or namespace/* for everything below; quote the star.
{{sub}} and {{claim.NAME}} in it are those of the token in use.

Bounds (the first one reached ends it; none: until Ctrl-C):
  -n, --count N           after N events
  --for DURATION          after this time, from the first live subscription on
  --idle DURATION         when nothing has arrived for this time
  Durations are 500ms, 10s, 2m, 1h.

What is printed:
  --filter EXPR           only events for which it holds; only they count for -n
  --control               keep-alives, acknowledgements and the like too
  --ts STYLE              none, local, utc or delta
  -0, --null              end each message with NUL instead of a line break
  --save FILE.ssc         record every frame, whatever is printed; an existing
                          capture goes on. Exit code 9 if it lacks any

Examples:
  syncscope-cli sub 'default/*'
  syncscope-cli sub 'game/*' --filter 'event.score > 10' --save game.ssc
  syncscope-cli sub default/a default/b -n 10 -o raw
  syncscope-cli sub 'game/*' --idle 30s -o 'template={{t}} {{event.score}}'
)";

constexpr char kPublish[] = R"(Publish events to a channel.

Usage: syncscope-cli publish CHANNEL [EVENT…] [FLAGS]        (short: pub)

An EVENT is one JSON value (an array is one event too) or @FILE. Without EVENT,
standard input is one event, or one per line with --lines. Its bytes are sent as
they are; only one line break at the end of a file or input is left out.

How:
  --ws                    over the WebSocket (default)
  --http                  by HTTP POST
  --batch 1..5            most events of one request (default 5)
  --lines                 one event per input line, sent as soon as it is read;
                          --batch N joins up to N lines that are there already
  --rate N/s              at most so many events per second (/m, /h)
  --every DURATION        one request each 500ms, 10s, 2m, 1h; until Ctrl-C or
  --repeat N              N times
  --template              fill in {{seq}} {{now}} {{uuid}} {{env.NAME}}, and
                          of the token, also in the channel, {{sub}} and
                          {{claim.NAME}}
  --dry-run               check and print the request, send nothing
  --no-check              send even what the service will refuse

Examples:
  syncscope-cli pub default/room '{"hello":"world"}' '42'
  syncscope-cli pub default/room @event.json --http
  tail -f log.ndjson | syncscope-cli pub default/log --lines
  syncscope-cli pub default/tick '{"n":{{seq}}}' --template --every 1s
)";

constexpr char kGraphQl[] =
    R"(Carry out the operations of GraphQL documents, in their order.

Usage: syncscope-cli graphql DOCUMENT… [FLAGS]        (short: gql)

A DOCUMENT is its text, @FILE, or - for standard input. Queries and mutations go
over HTTP. Subscriptions share one connection and go on while what follows them
is carried out, which waits until they are live. Documents are sent as they are.

  -V, --variable NAME:VALUE
                          a variable: JSON if it parses, else a string; where the
                          operation declares a String, a string in any case.
                          May be repeated
  --variables JSON|@FILE  all of them, as an object
  --operation-name NAME   which operation of a document that has several
  --schema FILE           check the documents against this schema, in the schema
                          language or an introspection result, before anything
                          is sent
  --no-check              send even what is no document

Warned of on standard error, since the service says nothing (-q: not): arguments
of subscriptions that are null, or all missing; events of nearly 240 KB; 80 or
more subscriptions; and with a --schema that has @aws_subscribe, fields that a
subscription selects and the mutation next to it does not.

Bounds of subscriptions (the first one reached ends it; none: until Ctrl-C):
  -n, --count N           after N events
  --for DURATION          after this time, from the first live subscription on
  --idle DURATION         when nothing has arrived for this time
  Durations are 500ms, 10s, 2m, 1h.

What is printed:
  --control               keep-alives, acknowledgements and the like too
  --ts STYLE              none, local, utc or delta
  -0, --null              end each message with NUL instead of a line break
  --save FILE.ssc         record every frame, whatever is printed; an existing
                          capture goes on. Exit code 9 if it lacks any

Examples:
  syncscope-cli gql '{ messages(room: "lobby") { id body } }'
  syncscope-cli gql @send.graphql -V room:lobby -V body:hello
  syncscope-cli gql 'subscription { onMessage { room body } }' @send.graphql -n 1
)";

constexpr char kSchema[] = R"(Print the schema of a GraphQL API, which introspection tells.

Usage: syncscope-cli schema [FLAGS]

  --format sdl|json       as a schema document (default), or as introspection has
                          it

Examples:
  syncscope-cli schema > schema.graphql
)";

constexpr char kEcho[] =
    R"(Publish marked events to a channel and wait for them to come back: how long they
take, how many are lost, and from when on a new subscription gets events.

Usage: syncscope-cli echo CHANNEL [FLAGS]

The events are {"echo":"ID-NUMBER"}; whoever else listens on the channel sees
them. An event is lost when it was accepted but not seen within --timeout
(default 5 s).

  -n, --count N           events to publish (default 10)
  --every DURATION        from one to the next (default 500ms)
  --until-first           end with the first that comes back: how long after its
                          acknowledgement a subscription gets events
  --listen CHANNEL        subscribe to this channel instead, perhaps a wildcard
  --ws                    publish over the WebSocket (default)
  --http                  publish by HTTP POST

Each event is a line of kind echo (outcome received, lost or failed, latencyMs),
then comes one of kind summary. Exit code 7 if any was lost (with --until-first:
if none came back), 6 if some could not be published, 4 or 5 if it was refused.

Examples:
  syncscope-cli echo default/room
  syncscope-cli echo default/room -n 100 --every 100ms -o ndjson
  syncscope-cli echo default/room --listen 'default/*' --until-first
)";

constexpr char kDoctor[] =
    R"(Connect step by step, and say of each step how it went: what was found, what the
server said, why it probably failed and what to do.

Usage: syncscope-cli doctor [CHANNEL | SUBSCRIPTION | @FILE] [FLAGS]

Steps: endpoint, credentials, dns, tcp, tls, http, request, upgrade, handshake.
Of an Events API, with a CHANNEL, also subscribe, publish and delivery, for
which it publishes marked events that others on the channel see. Of a GraphQL
API also query ({ __typename } over HTTP), introspection (allowed or not), and
with a SUBSCRIPTION, as text or in a file, subscribe. Each step has --timeout
(default 10 s). A step that cannot be tried is skipped. Nothing is tried twice.

Each step is a line of kind step (outcome ok, failed or skipped, ms, facts). The
first step that failed decides the exit code: 2 endpoint or credentials missing
or unusable, 3 dns, tcp, tls, http, or an upgrade refused otherwise, 4 not
authorised, 5 refused, 7 no acknowledgement or no event within the time.

Examples:
  syncscope-cli doctor
  syncscope-cli doctor default/room
  syncscope-cli doctor --endpoint http://127.0.0.1:8787/graphql \
    'subscription { onMessage { id } }'
  syncscope-cli doctor -o ndjson | jq 'select(.outcome == "failed")'
)";

constexpr char kAuth[] =
    R"(Sign in, sign out, see how you are signed in.

Usage: syncscope-cli auth login|logout|status|token [FLAGS]

  login    signs in as the profile says and keeps the session in the keychain,
           or says that it is kept for this run only
  logout   has the provider end the session, and forgets it
  status   for each mode: what is used, where it comes from, when it expires,
           the token's claims; every source of AWS credentials, and why it is
           used or not; where secrets are kept. Asks nobody. Exit code 4 if
           something cannot be used as it is
  token    prints the token that is sent, for scripts; signs in if need be
Without --profile it is the default profile. What it needs may be given here:

  --username NAME         of the user pool
  --user-pool-id ID       eu-west-1_…
  --client-id ID          of the user pool's app or the provider's client
  --client-secret-env VAR the variable with the client's secret
  --issuer URL            of an OIDC provider
  --identity-pool-id ID   AWS credentials of this identity pool
  --token-prefix TEXT     what stands before a Lambda token

Questions are asked on the terminal; without one, what needs an answer is
refused (exit code 4).

Examples:
  syncscope-cli auth login --profile dev
  syncscope-cli auth login --aws-profile sso-dev
  SYNCSCOPE_TOKEN=$(syncscope-cli auth token --profile dev) ./script
  syncscope-cli auth status -o ndjson | jq 'select(.kind == "auth").expiresAt'
)";

constexpr char kProfile[] =
    R"(Keep endpoints and how to sign in there under a name. Secrets go to the
system's keychain; the file of profiles only says where they are.

Usage: syncscope-cli profile add NAME --endpoint URL [FLAGS]
       syncscope-cli profile import FILE|-|URL [--name NAME]
       syncscope-cli profile list
       syncscope-cli profile show [NAME]
       syncscope-cli profile use NAME
       syncscope-cli profile remove NAME…

use makes a profile the one that is used where no endpoint is given. remove
takes its secrets out of the keychain too. import understands
amplify_outputs.json, aws-exports.js (which is read, not run),
amplifyconfiguration.json, outputs of CDK, CloudFormation and Terraform, what
`aws appsync get-api`, get-graphql-api and list-api-keys print, .env files, and
URLs; it says what is still missing.

What add takes besides the flags below:
  --username NAME         of the user pool
  --user-pool-id ID
  --client-id ID          of the user pool's app client, or of the OIDC client
  --client-secret-env VAR the variable with the client's secret
  --issuer URL            of OIDC
  --identity-pool-id ID   where a user or a guest gets AWS credentials
  --token-prefix TEXT     in front of the token for a Lambda authorizer
  --aws-profile NAME      of the AWS configuration
  --keychain              save in the keychain what the variables and files hold
                          now, instead of their names

With --auth api-key and no --api-key-env, add asks for the key, does not show
it, and saves it in the keychain; so it does with --token-file - and standard
input.

Each profile is a line of kind profile, each that is gone one of kind removed.
Exit code 9 for a file that cannot be read, 4 for a keychain that is locked.

Examples:
  syncscope-cli profile add dev --endpoint http://127.0.0.1:8787/event \
    --auth api-key
  syncscope-cli profile import amplify_outputs.json --name prod
  aws appsync list-apis | syncscope-cli profile import -
  syncscope-cli profile use dev
)";

constexpr char kCapture[] =
    R"(Look into recorded traffic, and make other files of it.

Usage: syncscope-cli capture info FILE
       syncscope-cli capture cat FILE [--filter EXPR]
       syncscope-cli capture filter FILE TARGET.ssc --filter EXPR
       syncscope-cli capture redact FILE TARGET.ssc
       syncscope-cli capture convert FILE TARGET
       syncscope-cli capture diff FILE OTHER
       syncscope-cli capture merge FILE… TARGET.ssc
       syncscope-cli capture index FILE

cat prints the frames, filter copies what matches. redact makes a copy to give
away: what follows names such as password, token, api_key, auth or cookie is
masked, in members, URLs and texts, and tokens and keys of known forms wherever
they stand. Secrets without such marks are not found: look before you share.
captures/format.md says it all. convert goes by the endings .ssc, .ndjson, .csv
and .har (with the messages of WebSockets, as browsers save them), in both
directions. diff prints the events that only one of two captures has, with side
left or right; exit code 7 if there are any. merge orders by time. index makes
FILE.index, with which texts are found at once: it takes as much room as the
capture, and longer to make than a hundred searches without it.

  --filter EXPR           only frames for which it holds, such as
                          'sub ~ "/game/*" && event.score > 10'
  --mask WORD             redact: names with this are those of secrets, too; may
                          be repeated
  --ts STYLE              none, local, utc or delta

A target that exists is not overwritten by a capture. Exit code 9 for a file
that cannot be read or written, and for one that is no capture. Of a damaged
capture convert, filter and redact save the frames in front of the damage, with
exit code 9, unless that would overwrite a file.

Examples:
  syncscope-cli capture info game.ssc
  syncscope-cli capture cat game.ssc --filter 'kind == "error"'
  syncscope-cli capture convert browser.har game.ssc
  syncscope-cli capture redact game.ssc share.ssc --mask email
)";

constexpr char kReplay[] =
    R"(Publish the events of a capture again: those that were delivered, or if
there are none those that were published.

Usage: syncscope-cli replay FILE [--to CHANNEL] [FLAGS]

  --to CHANNEL            publish all of them there
  --map OLD=NEW           publish those of channel OLD on NEW, or with
                          'game/*=default/*' all below; may be repeated
  --speed N               times faster, 0.1x to 1000x (default 1x), or max
  --filter EXPR           only events for which it holds
  --template TEXT|@FILE   publish this JSON instead: {{event}} is the event as
                          it was, {{event.PATH}} a member of it as filters name
                          it, {{channel}} and {{time}} where and when it was,
                          others as for publish --template

Under a wildcard the service does not tell the channel of an event: then --to or
--map has to. Each event is published by itself, and each answer printed as that
of publish. Exit code 6 if some events could not be published. Before the first
is sent all are checked: each needs a channel to go to, and what the template
names.

Examples:
  syncscope-cli replay game.ssc --to default/game
  syncscope-cli replay game.ssc --map 'game/*=default/*' --speed max
  syncscope-cli replay game.ssc --to default/game \
      --template '{"at":"{{now}}","score":{{event.score}},"was":{{event}}}'
)";

constexpr char kEmulator[] =
    R"(Run the local AppSync, Events and GraphQL: WebSocket and HTTP on one port of
this machine.

Usage: syncscope-cli emulator [FLAGS]

When it accepts connections it prints one line of JSON with its endpoints, an
API key and a token. Ctrl-C ends it. What it refuses is told on standard error.

  --port N                default 8787; 0: any free one
  --host ADDRESS          default 127.0.0.1
  --host-name NAME        let clients in that call it by this name, too, as in a
                          network of containers; may be given several times
  --tls                   with a certificate made at start, whose file is in the
                          ready line
  --tls-cert FILE         with this certificate (PEM)
  --tls-key FILE          and its key
  --config FILE           namespaces, keys, users, auth modes, limits, … (JSON;
                          its schema is share/syncscope/emulator)
  --handlers DIR          JavaScript of namespaces, as written for AWS: of each
                          DIR/NAMESPACE.js, read again whenever it changes
  --schema FILE           of the GraphQL API, in the schema language; resolvers
                          are in the configuration (default: a sample)
  --scenario NAME|FILE    play a scenario: chat, demo, orders, presence,
                          telemetry or ticker, or a file
  --scenario-speed N      so many times faster, 0.1 to 100 (default 1)
  --faults FILE           do these things wrong (JSON): what, how often, when
                          and for whom
  --control               answer at /_local, and as the control plane at
                          /v2/apis; the token is in the ready line, unless it is
                          given in SYNCSCOPE_CONTROL_TOKEN
  --seed N                of the scenario (default 1)
  --limits relaxed|aws    aws: request rates too (default relaxed)
  --region REGION         default us-east-1
  -q, --quiet             only errors on standard error
  -v, --verbose           say what happens
  -h, --help              this text

Examples:
  syncscope-cli emulator --scenario demo
  syncscope-cli emulator --port 0 --tls
  syncscope-cli emulator --scenario demo --control
)";

} // namespace

QByteArray helpText(CommandLine::Command command)
{
    const QByteArray common = QByteArray(kConnection) + kOutput;
    switch (command) {
    case CommandLine::Command::Subscribe:
        return kSubscribe + common + kExitCodes;
    case CommandLine::Command::Publish:
        return kPublish + common + kExitCodes;
    case CommandLine::Command::GraphQl:
        return kGraphQl + common + kExitCodes;
    case CommandLine::Command::Schema:
        return kSchema + common + kExitCodes;
    case CommandLine::Command::Echo:
        return kEcho + common + kExitCodes;
    case CommandLine::Command::Doctor:
        return kDoctor + common + kExitCodes;
    case CommandLine::Command::Profile:
        return kProfile + common + kExitCodes;
    case CommandLine::Command::Auth:
        return kAuth + common + kExitCodes;
    case CommandLine::Command::Capture:
        return QByteArray(kCapture) + kOutput + kExitCodes;
    case CommandLine::Command::Replay:
        return kReplay + common + kExitCodes;
    case CommandLine::Command::Emulator:
        return kEmulator;
    case CommandLine::Command::None:
        break;
    }
    return QByteArray(kMain) + common + QByteArray(kGeneral).sliced(1) + kExitCodes + kExamples;
}

QByteArray shortHelpText()
{
    return QByteArray(kMain) + kExamples + "All flags: syncscope-cli --help\n";
}

} // namespace Syncscope::Cli
