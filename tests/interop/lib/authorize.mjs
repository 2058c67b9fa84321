// SPDX-License-Identifier: Apache-2.0
// A Lambda authorizer as a command of the local AppSync: one word opens all, another one only channels of its own.
import { json } from 'node:stream/consumers';

const { authorizationToken, requestContext } = await json(process.stdin);
const isGuest = authorizationToken === 'open-for-guests';
const mayUse = requestContext.operation === 'EVENT_CONNECT' || requestContext.channel.startsWith('/default/guests');
console.log(JSON.stringify({ isAuthorized: authorizationToken === 'open-sesame' || (isGuest && mayUse) }));
