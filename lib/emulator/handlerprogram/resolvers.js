// SPDX-License-Identifier: Apache-2.0
// What resolvers of GraphQL find beside the rest: extensions for subscriptions, requests to DynamoDB and the
// filters of either. Evaluates to a function that adds to \a util and returns the others.
(function (util) {
    "use strict";

    // --- extensions ---

    let said = {};
    const kInvalidations = 5; // of one request

    const extensions = {
        setSubscriptionFilter: filter => { said.filter = filter; },
        setSubscriptionInvalidationFilter: filter => { said.invalidationFilter = filter; },
        invalidateSubscriptions: what => {
            said.invalidations = said.invalidations || [];
            if (said.invalidations.length < kInvalidations)
                said.invalidations.push(what);
            else
                util.appendError("More than " + kInvalidations + " invalidations in one request");
        },
        evictFromApiCache: () => {}, // there is none here
    };

    // --- Filters as clients write them: {"severity": {"le": 2}, "or": [{…}, {…}]} ---

    //! As a list of lists of {field, operator, value}: of the outer one any must hold, of an inner one all.
    function alternatives(filter) {
        let result = [[]];
        const both = others => {
            result = result.reduce((all, one) => all.concat(others.map(other => one.concat(other))), []);
        };
        for (const field of Object.keys(filter || {})) {
            const value = filter[field];
            if (field === "or")
                both(value.reduce((all, one) => all.concat(alternatives(one)), []));
            else if (field === "and")
                value.forEach(one => both(alternatives(one)));
            else
                both([Object.keys(value).map(op => ({fieldName: field, operator: op, value: value[op]}))]);
        }
        return result;
    }

    const kComparisons = {eq: "=", ne: "<>", lt: "<", le: "<=", gt: ">", ge: ">="};

    //! One of them as an expression of DynamoDB, whose values \a put takes and names.
    function conditionText(op, name, value, put) {
        if (kComparisons[op])
            return name + " " + kComparisons[op] + " " + put(value);
        switch (op) {
        case "between":
            return name + " BETWEEN " + put(value[0]) + " AND " + put(value[1]);
        case "in":
            return name + " IN (" + value.map(put).join(", ") + ")";
        case "contains":
            return "contains(" + name + ", " + put(value) + ")";
        case "notContains":
            return "(NOT contains(" + name + ", " + put(value) + "))";
        case "beginsWith":
            return "begins_with(" + name + ", " + put(value) + ")";
        case "attributeExists":
            return (value ? "attribute_exists(" : "attribute_not_exists(") + name + ")";
        case "attributeType":
            return "attribute_type(" + name + ", " + put(value) + ")";
        case "size":
            return Object.keys(value)
                .map(inner => conditionText(inner, "size(" + name + ")", value[inner], put)).join(" AND ");
        }
        return util.error("Unknown operator of a filter: " + op);
    }

    function expression(filter) {
        const names = {};
        const values = {};
        const text = one => Object.keys(one || {}).map(field => {
            const value = one[field];
            if (field === "and" || field === "or")
                return "(" + value.map(text).join(field === "and" ? " AND " : " OR ") + ")";
            if (field === "not")
                return "(NOT " + text(value) + ")";
            const name = field.split(".").map(part => { names["#" + part] = part; return "#" + part; }).join(".");
            const put = operand => {
                const key = ":v" + Object.keys(values).length;
                values[key] = util.dynamodb.toDynamoDB(operand);
                return key;
            };
            return Object.keys(value).map(op => conditionText(op, name, value[op], put)).join(" AND ");
        }).map(part => "(" + part + ")").join(" AND ");
        return {expression: text(filter), expressionNames: names, expressionValues: values};
    }

    util.transform = {
        toSubscriptionFilter: (filter, ignored, rules) => {
            const kept = Object.assign({}, filter);
            (ignored || []).forEach(name => { delete kept[name]; });
            const all = rules && Object.keys(rules).length > 0 ? {and: [kept, rules]} : kept;
            return {filterGroup: alternatives(all).map(filters => ({filters: filters}))};
        },
        toDynamoDBFilterExpression: filter => JSON.stringify(expression(filter)),
        toDynamoDBConditionExpression: filter => JSON.stringify(expression(filter)),
        toElasticsearchQueryDSL: () => util.error("There is no search service here"),
    };

    // --- Values of DynamoDB ---

    function typed(value) {
        if (value === null || value === undefined)
            return {NULL: true};
        if (typeof value === "string")
            return {S: value};
        if (typeof value === "number")
            return {N: value};
        if (typeof value === "boolean")
            return {BOOL: value};
        if (Array.isArray(value))
            return {L: value.map(typed)};
        return {M: typedMap(value)};
    }

    function typedMap(object) {
        const result = {};
        for (const name of Object.keys(object || {})) {
            if (object[name] !== undefined)
                result[name] = typed(object[name]);
        }
        return result;
    }

    const to = {
        toDynamoDB: typed,
        toString: value => ({S: String(value)}),
        toStringSet: values => ({SS: values}),
        toNumber: value => ({N: value}),
        toNumberSet: values => ({NS: values}),
        toBinary: value => ({B: value}),
        toBinarySet: values => ({BS: values}),
        toBoolean: value => ({BOOL: value}),
        toNull: () => ({NULL: true}),
        toList: values => ({L: values.map(typed)}),
        toMap: object => ({M: typedMap(object)}),
        toMapValues: typedMap,
    };
    util.dynamodb = {};
    for (const name of Object.keys(to)) {
        util.dynamodb[name] = to[name];
        util.dynamodb[name + "Json"] = value => JSON.stringify(to[name](value));
    }

    // --- @aws-appsync/utils/dynamodb ---

    //! What `operations` makes, told apart from values that just look like it.
    function Operation(kind, value, index) {
        this.kind = kind;
        this.value = value;
        this.index = index;
    }

    const operations = {
        add: value => new Operation("set", value),
        replace: value => new Operation("set", value),
        remove: () => new Operation("remove"),
        increment: by => new Operation("plus", by === undefined ? 1 : by),
        decrement: by => new Operation("minus", by === undefined ? 1 : by),
        append: values => new Operation("append", values),
        prepend: values => new Operation("prepend", values),
        updateListItem: (value, index) => new Operation("item", value, index),
    };

    function updateExpression(changes) {
        const names = {};
        const values = {};
        const sets = [];
        const removals = [];
        Object.keys(changes).forEach((field, n) => {
            const name = "#u" + n;
            const key = ":u" + n;
            const change = changes[field] instanceof Operation ? changes[field]
                : changes[field] === null ? operations.remove() : operations.replace(changes[field]);
            names[name] = field;
            if (change.kind === "remove") {
                removals.push(name);
                return;
            }
            values[key] = typed(change.value);
            sets.push({
                set: name + " = " + key,
                plus: name + " = " + name + " + " + key,
                minus: name + " = " + name + " - " + key,
                append: name + " = list_append(" + name + ", " + key + ")",
                prepend: name + " = list_append(" + key + ", " + name + ")",
                item: name + "[" + change.index + "] = " + key,
            }[change.kind]);
        });
        const parts = [sets.length > 0 ? "SET " + sets.join(", ") : "",
                       removals.length > 0 ? "REMOVE " + removals.join(", ") : ""];
        return {expression: parts.filter(part => part !== "").join(" "),
                expressionNames: names, expressionValues: values};
    }

    //! \a request with the conditions that \a from has as objects.
    function withConditions(request, from) {
        if (from.condition)
            request.condition = expression(from.condition);
        if (from.filter)
            request.filter = expression(from.filter);
        for (const name of ["index", "limit", "nextToken", "scanIndexForward", "consistentRead"]) {
            if (from[name] !== undefined && from[name] !== null)
                request[name] = from[name];
        }
        return request;
    }

    const dynamodb = {
        get: from => ({operation: "GetItem", key: typedMap(from.key)}),
        put: from => withConditions({operation: "PutItem", key: typedMap(from.key),
                                     attributeValues: typedMap(from.item)}, from),
        update: from => withConditions({operation: "UpdateItem", key: typedMap(from.key),
                                        update: updateExpression(from.update)}, from),
        remove: from => withConditions({operation: "DeleteItem", key: typedMap(from.key)}, from),
        query: from => withConditions({operation: "Query", query: expression(from.query)}, from),
        scan: from => withConditions({operation: "Scan"}, from),
        operations: operations,
    };
    dynamodb.default = dynamodb;

    return {
        extensions: extensions,
        dynamodb: dynamodb,
        //! What extensions were told since the last time.
        said: () => {
            const now = said;
            said = {};
            return now;
        },
    };
})
