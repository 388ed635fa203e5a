// One pool, all jobs, `slots` at a time: isolated page, navigation, read, close. Tells its parent what it took.
import { POOLS } from './pools.mjs';

const { peer, chromium, url, jobs, slots } = JSON.parse(process.argv[2]);
const began = performance.now(); // from nothing: some pools launch their browsers before the first job
const pool = await POOLS[peer](chromium, slots);
const toPage = [];
let next = 0;

async function worker() {
  while (next < jobs) {
    const number = next++;
    const asked = performance.now();
    await pool.run(async (page, open, read) => {
      toPage.push(performance.now() - asked);
      await open(url);
      const said = await read();
      if (said !== 'something to read') throw new Error(`job ${number}: the page said ${said}`);
    });
  }
}

await Promise.all(Array.from({ length: slots }, worker));
const seconds = (performance.now() - began) / 1000;
await pool.close();
toPage.sort((a, b) => a - b);
process.send({ seconds, medianMsToPage: toPage[Math.floor(toPage.length / 2)] }, () => process.exit(0));
