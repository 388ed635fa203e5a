// One pool, all jobs, `slots` at a time: isolated page, navigation, read, close. Tells its parent what it took.
import { POOLS } from './pools.mjs';

const { peer, chromium, url, jobs, slots } = JSON.parse(process.argv[2]);
const pool = await POOLS[peer](chromium, slots);
const toPage = [];
let next = 0;

async function worker() {
  while (next < jobs) {
    const number = next++;
    const asked = performance.now();
    await pool.run(async (page, open, heading) => {
      toPage.push(performance.now() - asked);
      await open(`${url}${url.includes('?') ? '&' : '?'}job=${number}`);
      const text = await heading();
      if (!text) throw new Error(`job ${number} read nothing from ${url}`);
    });
  }
}

const began = performance.now();
await Promise.all(Array.from({ length: slots }, worker));
const seconds = (performance.now() - began) / 1000;
await pool.close();
toPage.sort((a, b) => a - b);
process.send({ seconds, medianMsToPage: toPage[Math.floor(toPage.length / 2)] }, () => process.exit(0));
