// Runs each peer in a process and a temporary directory of its own, and prints one line of JSON about it.
import { fork } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { memoryMb, processesWith } from './machine.mjs';
import { POOLS } from './pools.mjs';

// What --url must lead to, too: something to read in #text.
const PAGE = `<!doctype html><title>a job</title><h1>A job</h1><p id="text">something to read</p>
<script>document.cookie = 'seen=1'; localStorage.setItem('seen', '1');</script>`;
const SAMPLE_MS = 250;
const LONGEST_MS = 15 * 60_000;
// Processes of a browser that was closed a moment ago may still be on their way out.
const SETTLE_MS = 3_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    chromium: { type: 'string' },
    url: { type: 'string' },
    jobs: { type: 'string', default: '100' },
    slots: { type: 'string', default: '2' },
  },
});
const peers = positionals.length ? positionals : Object.keys(POOLS);
const unknown = peers.filter((peer) => !(peer in POOLS));
if (unknown.length || !values.chromium || !(Number(values.jobs) > 0) || !(Number(values.slots) > 0)) {
  console.error(`peers: --chromium PROGRAM, --jobs and --slots from 1; peers are: ${Object.keys(POOLS).join('; ')}`);
  process.exit(2);
}

function versions() {
  const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url)));
  return { node: process.version, ...dependencies };
}

async function localPage() {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(PAGE);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

async function measure(peer, url) {
  const directory = mkdtempSync(join(tmpdir(), 'peer-'));
  const job = { peer, chromium: values.chromium, url, jobs: Number(values.jobs), slots: Number(values.slots) };
  const child = fork(new URL('jobs.mjs', import.meta.url), [JSON.stringify(job)], {
    env: { ...process.env, TMPDIR: directory },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  let result;
  let peakMb = 0;
  const killer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
  const sampler = setInterval(() => (peakMb = Math.max(peakMb, memoryMb(processesWith(directory)))), SAMPLE_MS);
  child.on('message', (message) => (result = message));
  const code = await new Promise((ended) => child.on('exit', ended));
  clearTimeout(killer);
  clearInterval(sampler);
  await pause(SETTLE_MS);
  const processes = processesWith(directory);
  const leftProcesses = processes.length;
  for (const pid of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // it has just ended
    }
  }
  const leftDirectories = readdirSync(directory).length;
  rmSync(directory, { recursive: true, force: true });
  return result
    ? { peer, ...job, ...result, jobsPerSecond: job.jobs / result.seconds, peakMb, leftProcesses, leftDirectories, versions: versions() }
    : { peer, failed: `ended with ${code}`, leftProcesses, leftDirectories };
}

const page = values.url ? { url: values.url, close: () => {} } : await localPage();
let failed = false;
for (const peer of peers) {
  const line = await measure(peer, page.url);
  failed ||= 'failed' in line;
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
page.close();
process.exit(failed ? 1 : 0);
