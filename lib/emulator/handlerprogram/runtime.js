// SPDX-License-Identifier: Apache-2.0
// What code written for AppSync's JavaScript finds around itself, and how it is called. Evaluates to a function
// that sets this up in an engine. It has to do with what Qt's engine knows by itself.
(function (native, global, resolverRuntime) {
    "use strict";

    // --- What came into the language after 2016 ---

    function define(object, name, value) {
        if (!(name in object))
            Object.defineProperty(object, name, {value: value, writable: true, configurable: true});
    }

    function flattened(list, depth) {
        return list.reduce((all, one) => all.concat(
            Array.isArray(one) && depth > 1 ? flattened(one, depth - 1) : one), []);
    }

    function elementAt(index) {
        const i = Math.trunc(index) || 0;
        return this[i < 0 ? this.length + i : i];
    }

    define(Array.prototype, "at", elementAt);
    define(String.prototype, "at", elementAt);
    define(Array.prototype, "flat", function (depth) {
        return depth === 0 ? this.slice() : flattened(this, depth === undefined ? 1 : depth);
    });
    define(Array.prototype, "flatMap", function (f, self) { return flattened(this.map(f, self), 1); });
    define(Array.prototype, "findLast", function (f, self) { return this.slice().reverse().find(f, self); });
    define(Object, "fromEntries", entries => {
        const result = {};
        for (const entry of entries)
            result[entry[0]] = entry[1];
        return result;
    });
    define(Object, "hasOwn", (object, name) => Object.prototype.hasOwnProperty.call(object, name));
    define(String.prototype, "trimStart", function () { return this.replace(/^\s+/, ""); });
    define(String.prototype, "trimEnd", function () { return this.replace(/\s+$/, ""); });
    define(String.prototype, "replaceAll", function (what, by) {
        if (what instanceof RegExp)
            return this.replace(what, by);
        const replacement = typeof by === "function" ? what => by(what) : () => String(by);
        return this.split(what).reduce((all, part) => all + replacement(what) + part);
    });
    define(String.prototype, "matchAll", function (pattern) {
        const regexp = new RegExp(pattern, "g");
        const matches = [];
        for (let match = regexp.exec(this); match; match = regexp.exec(this)) {
            matches.push(match);
            if (match[0] === "")
                ++regexp.lastIndex;
        }
        return matches[Symbol.iterator]();
    });
    define(global, "globalThis", global);
    define(global, "setTimeout", (f, ms) => native.later(f, ms || 0));

    // --- What the code that was written anew refers to ---

    global.$spread = function () {
        const result = arguments[0];
        for (let i = 1; i < arguments.length; ++i) {
            const from = arguments[i] === null || arguments[i] === undefined ? {} : Object(arguments[i]);
            for (const name of Object.keys(from))
                result[name] = from[name];
        }
        return result;
    };

    // A pattern asks for a property of this name right after it said which ones it has taken.
    const left = Symbol("rest");
    let taken = [];
    global.$rest = names => { taken = names; return left; };
    Object.defineProperty(Object.prototype, left, {get: function () {
        const result = {};
        for (const name of Object.keys(this)) {
            if (taken.indexOf(name) < 0)
                result[name] = this[name];
        }
        return result;
    }});

    // A generator that yields what an async function awaits.
    global.$async = function (generator, self) {
        return new Promise((resolve, reject) => {
            const steps = generator.call(self);
            function step(way, value) {
                let result;
                try {
                    result = way.call(steps, value);
                } catch (error) {
                    reject(error);
                    return;
                }
                if (result.done)
                    resolve(result.value);
                else
                    Promise.resolve(result.value).then(v => step(steps.next, v), e => step(steps.throw, e));
            }
            step(steps.next);
        });
    };

    global.require = name => {
        throw new Error("Cannot require \"" + name + "\": there are no modules here. Bundle the code into one file.");
    };

    // --- console ---

    function shown(value) {
        if (typeof value === "string")
            return value;
        if (value instanceof Error || typeof value === "function" || typeof value === "symbol")
            return String(value);
        const text = JSON.stringify(value);
        return text === undefined ? String(value) : text;
    }

    //! The innermost line of the user's code; 0: none.
    function lineOf(error) {
        const frame = /\/handler\.js:(\d+)/.exec(error.stack);
        return frame ? Number(frame[1]) : 0;
    }

    global.console = {};
    for (const level of ["log", "info", "warn", "error", "debug", "trace"]) {
        global.console[level] = function () {
            native.log(level, Array.prototype.map.call(arguments, shown).join(" "), lineOf(new Error()));
        };
    }

    // --- @aws-appsync/utils ---

    //! How util and runtime leave a handler.
    function Stop(kind, value) {
        this.kind = kind;
        this.value = value;
    }
    Stop.prototype.toString = function () {
        return this.value && this.value.message ? String(this.value.message) : this.kind;
    };

    let appended = [];
    let authType = "";

    function errorOf(message, type, data, info) {
        return {message: message === undefined ? "" : String(message), type: type, data: data, info: info};
    }

    const kBase32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    const kBase62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    function digits(value, alphabet, count) {
        let text = "";
        for (; count > 0; --count) {
            text = alphabet[value % alphabet.length] + text;
            value = Math.floor(value / alphabet.length);
        }
        return text;
    }

    //! Twenty bytes, seconds since 2014 first, as 27 digits of base 62.
    function ksuid() {
        const seconds = Math.floor(Date.now() / 1000) - 1400000000;
        let bytes = [24, 16, 8, 0].map(shift => (seconds >>> shift) & 255).concat(native.random(16, 256));
        let text = "";
        while (text.length < 27) {
            let remainder = 0;
            bytes = bytes.map(byte => {
                const value = remainder * 256 + byte;
                remainder = value % 62;
                return Math.floor(value / 62);
            });
            text = kBase62[remainder] + text;
        }
        return text;
    }

    function wanted(value, what) {
        if (value === undefined || value === null || Number.isNaN(value))
            throw new Stop("error", errorOf("Unable to read a time: " + what));
        return value;
    }

    const isNull = value => value === null || value === undefined;

    const util = {
        error: (message, type, data, info) => { throw new Stop("error", errorOf(message, type, data, info)); },
        appendError: (message, type, data, info) => { appended.push(errorOf(message, type, data, info)); },
        unauthorized: () => { throw new Stop("unauthorized"); },
        validate: (good, message, type) => { if (!good) util.error(message, type || "CustomTemplateException"); },

        autoId: () => native.uuid(),
        autoUlid: () => digits(Date.now(), kBase32, 10) + native.random(16, 32).map(n => kBase32[n]).join(""),
        autoKsuid: ksuid,

        urlEncode: text => encodeURIComponent(text).replace(/%20/g, "+").replace(/[!'()~]/g,
            c => "%" + c.charCodeAt(0).toString(16).toUpperCase()),
        urlDecode: text => decodeURIComponent(String(text).replace(/\+/g, " ")),
        base64Encode: text => native.base64Encode(String(text)),
        base64Decode: text => native.base64Decode(String(text)),
        toJson: value => JSON.stringify(value),
        parseJson: text => JSON.parse(text),
        escapeJavaScript: text => JSON.stringify(String(text)).slice(1, -1).replace(/'/g, "\\'"),

        matches: (pattern, text) => new RegExp("^(?:" + pattern + ")$").test(text),
        isNull: isNull,
        isNullOrEmpty: text => isNull(text) || text === "",
        isNullOrBlank: text => isNull(text) || String(text).trim() === "",
        defaultIfNull: (value, other) => isNull(value) ? other : value,
        defaultIfNullOrEmpty: (text, other) => util.isNullOrEmpty(text) ? other : text,
        defaultIfNullOrBlank: (text, other) => util.isNullOrBlank(text) ? other : text,
        isString: value => typeof value === "string",
        isNumber: value => typeof value === "number",
        isBoolean: value => typeof value === "boolean",
        isList: value => Array.isArray(value),
        isMap: value => value !== null && typeof value === "object" && !Array.isArray(value),
        typeOf: value => isNull(value) ? "Null" : Array.isArray(value) ? "List"
            : {string: "String", number: "Number", boolean: "Boolean"}[typeof value] || "Map",
        authType: () => authType,

        time: {
            nowISO8601: () => new Date().toISOString(),
            nowEpochSeconds: () => Math.floor(Date.now() / 1000),
            nowEpochMilliSeconds: () => Date.now(),
            nowFormatted: (format, zone) => util.time.epochMilliSecondsToFormatted(Date.now(), format, zone),
            parseFormattedToEpochMilliSeconds: (text, format, zone) =>
                wanted(native.parseTime(String(text), format, zone || ""), text),
            parseISO8601ToEpochMilliSeconds: text => wanted(Date.parse(text), text),
            epochMilliSecondsToSeconds: ms => Math.floor(ms / 1000),
            epochMilliSecondsToISO8601: ms => new Date(ms).toISOString(),
            epochMilliSecondsToFormatted: (ms, format, zone) =>
                wanted(native.formatTime(ms, format, zone || "") || null, format),
        },
        str: {
            toUpper: text => text.toUpperCase(),
            toLower: text => text.toLowerCase(),
            toReplace: (text, what, by) => text.split(what).join(by),
            normalize: (text, form) => text.normalize(form.toUpperCase()),
        },
        math: {
            roundNum: number => Math.round(number),
            minVal: (a, b) => Math.min(a, b),
            maxVal: (a, b) => Math.max(a, b),
            randomDouble: () => Math.random(),
            randomWithinRange: (from, to) => from + Math.floor(Math.random() * (to - from)),
        },
    };
    const runtime = {earlyReturn: value => { throw new Stop("return", value); }};
    global.util = util;
    global.runtime = runtime;
    const resolvers = resolverRuntime(util);
    const extensions = resolvers.extensions;
    global.extensions = extensions;

    // --- Calls ---

    let exported = {};
    const waiting = {}; // contexts of calls that wait for a data source, by their number

    function accept(exports) {
        exported = exports.default && typeof exports.default === "object"
            ? Object.assign({}, exports.default, exports) : exports;
        for (const name of ["onPublish", "onSubscribe", "handler", "request", "response"]) {
            if (exported[name] !== undefined)
                return null;
        }
        return "The code exports neither onPublish nor onSubscribe nor handler, nor request and response";
    }

    //! Qt's engine refuses numbers that are too large or too small, which others round.
    function parsed(text) {
        try {
            return JSON.parse(text);
        } catch (error) {
            return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?[eE][+-]?\d+/g, part => {
                const number = part[0] === "\"" ? NaN : Number(part);
                if (Number.isNaN(number) || (Number.isFinite(number) && number !== 0))
                    return part;
                return number === 0 ? "0" : number > 0 ? String(Number.MAX_VALUE) : String(-Number.MAX_VALUE);
            }));
        }
    }

    //! What there is of \a events after the handler: those unchanged without a payload, which is then theirs
    //! to the letter.
    function outcome(call, value) {
        if (call.op === "resolve")
            return {result: JSON.stringify(value === undefined ? null : value)};
        if (call.op === "subscribe")
            return {};
        if (value === null || value === undefined)
            return {events: []};
        if (!Array.isArray(value))
            throw new Error("onPublish has to return an array of events, not " + shown(value));
        return {events: value.filter(one => !isNull(one)).map(one => {
            const event = {id: one.id};
            if (!isNull(one.error)) {
                event.error = typeof one.error === "object" && one.error.message !== undefined
                    ? shown(one.error.message) : shown(one.error);
            } else {
                const text = JSON.stringify(one.payload === undefined ? null : one.payload);
                if (text !== call.texts[one.id])
                    event.payload = text;
            }
            return event;
        })};
    }

    function answer(call, value) {
        value.id = call.id;
        if (appended.length > 0)
            value.appended = call.op === "resolve" ? appended : appended.map(error => error.message);
        if (call.op === "resolve")
            value.extensions = call.extensions = Object.assign(call.extensions || {}, resolvers.said());
        if (call.isPipeline) // the next one gets it
            value.stash = call.context.stash;
        native.reply(call.id, JSON.stringify(value));
    }

    function failure(call, error) {
        if (error instanceof Stop) {
            if (error.kind === "return")
                return outcome(call, error.value);
            return Object.assign({stop: error.kind}, error.value);
        }
        const isError = error instanceof Error;
        return {failed: isError ? String(error) : shown(error), line: isError ? lineOf(error) : 0};
    }

    function guarded(call, step) {
        appended = call.appended || [];
        let result;
        try {
            result = step();
        } catch (error) {
            try {
                result = failure(call, error);
            } catch (second) { // what earlyReturn was given is no list of events
                result = failure(call, second);
            }
        }
        call.appended = appended;
        answer(call, result);
    }

    //! A field of GraphQL: what `request` returns goes to the data source, which is told apart from `earlyReturn`.
    function beginField(call) {
        const context = call.context;
        authType = call.authType;
        context.stash = context.stash || {};
        context.prev = context.prev || null;
        context.env = {};
        context.args = context.arguments;
        const request = typeof exported.request === "function" ? exported.request(context) : null;
        const body = request && request.params && request.params.body;
        if (body !== undefined && body !== null && typeof body !== "string")
            request.params.body = JSON.stringify(body);
        waiting[call.id] = call;
        return {ask: JSON.stringify(request === undefined ? null : request)};
    }

    function begin(call) {
        if (call.op === "resolve")
            return beginField(call);
        const handler = exported[call.op === "publish" ? "onPublish" : "onSubscribe"];
        const context = call.context;
        authType = call.authType;
        context.stash = {};
        if (call.op === "publish") {
            call.texts = {};
            context.events = call.events.map(event => {
                const payload = parsed(event.text);
                call.texts[event.id] = JSON.stringify(payload);
                return {id: event.id, payload: payload};
            });
        }
        call.all = context.events;
        if (handler === undefined)
            return outcome(call, call.all);
        if (typeof handler === "function")
            return outcome(call, handler(context));
        if (typeof handler.request !== "function")
            throw new Error("A handler is a function or an object with a function request");
        const request = handler.request(context);
        if (request && request.params && request.params.body !== undefined
                && typeof request.params.body !== "string")
            request.params.body = JSON.stringify(request.params.body);
        waiting[call.id] = call;
        return {ask: JSON.stringify(request === undefined ? null : request)};
    }

    function resume(message, call) {
        const context = call.context;
        const handler = call.op === "resolve" ? exported
            : exported[call.op === "publish" ? "onPublish" : "onSubscribe"];
        if (message.result !== undefined) {
            context.result = JSON.parse(message.result);
            context.prev = {result: context.result};
        }
        if (message.error)
            context.error = message.error;
        if (message.stash)
            context.stash = message.stash;
        if (typeof handler.response === "function")
            return outcome(call, handler.response(context));
        if (message.error)
            util.error(message.error.message, message.error.type);
        return outcome(call, call.op === "resolve" ? context.result : call.all);
    }

    function invoke(call) {
        appended = [];
        const done = value => answer(call, {result: JSON.stringify(value === undefined ? null : value)});
        const fail = error => answer(call, failure(call, error));
        try {
            if (typeof exported.handler !== "function")
                throw new Error("The code exports no function handler");
            const callback = (error, value) => error ? fail(error) : done(value);
            const event = JSON.parse(call.event);
            const isInvoke = call.isSource && event && event.operation === "Invoke";
            const result = exported.handler(isInvoke ? event.payload : event, {}, callback);
            if (result && typeof result.then === "function")
                result.then(done, fail);
            else if (result !== undefined || exported.handler.length < 3)
                done(result);
        } catch (error) {
            fail(error);
        }
    }

    return {
        utils: {util: util, runtime: runtime, extensions: extensions,
                default: {util: util, runtime: runtime, extensions: extensions}},
        dynamodb: resolvers.dynamodb,
        accept: accept,
        call: line => {
            const message = JSON.parse(line);
            if (message.op === "invoke") {
                invoke(message);
            } else if (message.op === "resume") {
                const call = waiting[message.call];
                delete waiting[message.call];
                if (call) {
                    call.id = message.id;
                    guarded(call, () => resume(message, call));
                } else {
                    answer(message, {failed: "The handler was loaded anew while its data source was asked", line: 0});
                }
            } else if (message.op === "forget") {
                delete waiting[message.call];
                answer(message, {});
            } else {
                guarded(message, () => begin(message));
            }
        },
        failure: (line, error) => JSON.stringify(Object.assign(
            {id: JSON.parse(line).id}, failure({op: "subscribe"}, error))),
    };
})
