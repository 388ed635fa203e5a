// Runs one browser to which several drivers of one JVM connect, each with contexts that the others don't see. Ends with its input, which
// only that JVM holds. The browser listens on a socket in a directory that only this user can enter: no port, no secret.
//
// Arguments: Playwright's package. Input: the options of launchServer as a line of JSON, then lines "contexts NUMBER".
// Output: "ready", or "failed" with a JSON string; "contexts NUMBER ID,ID…" of the contexts that the browser has.
'use strict';
const { createInterface } = require('node:readline');
const { chromium } = require(process.argv[1]);

process.on('SIGINT', () => {}); // Ctrl-C goes to all at once, and sessions may want to save their evidence first

let server;
let root;
const say = (line) => process.stdout.write(`${line}\n`);

async function launch(options) {
  server = await chromium.launchServer(options);
  server.on('close', () => process.exit(0));
  if (!server.wsEndpoint().startsWith(options.port)) throw new Error(`it listens on ${server.wsEndpoint()}`);
  const browser = await chromium.connect(`ws+unix:${options.port}:${options.wsPath}`);
  root = await browser.newBrowserCDPSession();
  say('ready');
}

async function contexts(number) {
  const { browserContextIds } = await root.send('Target.getBrowserContexts');
  say(`contexts ${number} ${browserContextIds.join(',')}`);
}

async function obey(line) {
  if (!server) {
    await launch(JSON.parse(line)).catch((failure) => say(`failed ${JSON.stringify(failure.message)}`));
  } else {
    await contexts(line.split(' ')[1]).catch(() => {}); // whoever asked has a clock
  }
}

const input = createInterface({ input: process.stdin });
input.on('line', obey);
input.on('close', async () => {
  await server?.close().catch(() => {});
  process.exit(0);
});
