// SPDX-License-Identifier: Apache-2.0
// Mutation.sendMessage of full.json: keeps a message in the table and answers it.
import { util } from '@aws-appsync/utils';
import * as ddb from '@aws-appsync/utils/dynamodb';

export function request(ctx) {
  const { room, body } = ctx.args;
  if (util.isNullOrBlank(body)) util.error('A message needs a body', 'EmptyMessage');
  return ddb.put({ key: { id: util.autoId(), createdAt: util.time.nowISO8601() }, item: { room, body } });
}

export function response(ctx) {
  if (ctx.error) util.error(ctx.error.message, ctx.error.type);
  return ctx.result;
}
