// SPDX-License-Identifier: Apache-2.0
// A plain page in Chromium that receives a flood of `data` frames, parses each and shows the last forty: what any
// tool on such an engine has to do at least. Prints one line of JSON.
//   node page.mjs PORT FRAMES
import { Browser } from '../interop/oidc/browser.mjs';

const [port, frames] = process.argv.slice(2).map(Number);

const kPage = `
  const rows = [];
  window.received = 0;
  const list = document.createElement('pre');
  document.body.append(list);
  const show = () => { list.textContent = rows.join('\\n'); requestAnimationFrame(show); };
  requestAnimationFrame(show);
  const socket = new WebSocket('ws://127.0.0.1:${port}/event/realtime', ['aws-appsync-event-ws']);
  socket.onopen = () => socket.send('{"type":"connection_init"}');
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.type === 'connection_ack')
      socket.send('{"type":"subscribe","id":"1","channel":"/demo/load"}');
    if (frame.type === 'subscribe_success')
      window.begun = performance.now();
    if (frame.type !== 'data')
      return;
    rows.push(JSON.stringify(JSON.parse(frame.event)));
    if (rows.length > 40)
      rows.shift();
    if (++window.received === ${frames})
      window.seconds = (performance.now() - window.begun) / 1000;
  };`;

const browser = await Browser.start();
const page = await browser.open('about:blank');
await page.evaluate(kPage);
const seconds = await page.until('window.seconds');
await page.evaluate('socket.close()');
console.log(JSON.stringify({ seconds, frames: await page.evaluate('window.received') }));
await browser.close();
process.exit();
