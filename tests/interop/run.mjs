// SPDX-License-Identifier: Apache-2.0
// run.mjs CLI CASE [SERVER]: starts the local AppSync, then the case in a process of its own, since a
// certificate can only be trusted from the start of Node, and Amplify keeps one socket per process. The local
// AppSync is the terminal program's over TLS, with the configuration that is beside the case if there is one; or
// SERVER, which ends with its standard input.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, dirname } from 'node:path';
import { createInterface } from 'node:readline';

const [cli, testFile, server] = process.argv.slice(2);

const configuration = testFile.replace(/\.test\.mjs$/, '.json');
const flags = existsSync(configuration) ? ['--config', configuration] : [];
// What a configuration calls may be a program for this Node.
const PATH = `${dirname(process.execPath)}${delimiter}${process.env.PATH}`;
const emulator = server
  ? spawn(server, [], { stdio: ['pipe', 'pipe', 'inherit'] })
  : spawn(cli, ['emulator', '--tls', '--port', '0', '--control', ...flags], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PATH },
    });
const ended = once(emulator, 'exit');
process.on('exit', () => emulator.kill('SIGKILL')); // whatever happens here, it must not stay behind

const firstLine = await Promise.race([
  once(createInterface({ input: emulator.stdout }), 'line').then(([line]) => line),
  ended.then(([code]) => { throw new Error(`the emulator ended with ${code} before it was ready`); }),
]);
const ready = JSON.parse(firstLine);

// Forced, since Amplify keeps timers of up to 15 s that nobody waits for.
const test = spawn(process.execPath, ['--test', '--test-force-exit', '--test-timeout=60000', '--test-reporter=spec', testFile], {
  stdio: 'inherit',
  env: {
    ...process.env,
    ...(ready.caCert ? { NODE_EXTRA_CA_CERTS: ready.caCert } : {}),
    INTEROP_READY: firstLine,
    INTEROP_CLI: cli,
  },
});
const [testCode] = await once(test, 'exit');

if (server)
  emulator.stdin.end();
else
  emulator.kill('SIGTERM');
const [emulatorCode] = await ended;
if (emulatorCode !== 0)
  console.error(`the emulator ended with ${emulatorCode}`);
process.exit(testCode === 0 && emulatorCode === 0 ? 0 : 1);
