// The pools: each says how it gets `slots` isolated pages of one Chromium program at a time. A job is handed a page and gives it back.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
// Chromium's own sandbox is off for all, as in Playwright for Java, which also runs as root.
const launch = (chromium) => ({ executablePath: chromium, headless: true, args: ['--no-sandbox'] });

async function puppeteerCluster(chromium, slots, concurrency) {
  const { Cluster } = require('puppeteer-cluster');
  const cluster = await Cluster.launch({
    concurrency: Cluster[concurrency],
    maxConcurrency: slots,
    puppeteer: require('puppeteer-core'),
    puppeteerOptions: launch(chromium),
  });
  return {
    run: (job) => cluster.execute(({ page }) => job(page, (url) => page.goto(url), () => page.$eval('#text', (text) => text.textContent))),
    close: async () => {
      await cluster.idle();
      await cluster.close();
    },
  };
}

async function crawlee(chromium) {
  const { BrowserPool, PlaywrightPlugin } = require('@crawlee/browser-pool');
  const { chromium: playwright } = require('playwright-core');
  const pool = new BrowserPool({
    browserPlugins: [new PlaywrightPlugin(playwright, { useIncognitoPages: true, launchOptions: launch(chromium) })],
    useFingerprints: false, // costs time, and the others have nothing like it
  });
  return {
    run: async (job) => {
      const page = await pool.newPage();
      try {
        return await job(page, (url) => page.goto(url), () => page.textContent('#text'));
      } finally {
        await page.close();
      }
    },
    close: () => pool.destroy(),
  };
}

// By the name under which figures show them.
export const POOLS = {
  'puppeteer-cluster, a context per job': (chromium, slots) => puppeteerCluster(chromium, slots, 'CONCURRENCY_CONTEXT'),
  'puppeteer-cluster, a browser per worker': (chromium, slots) => puppeteerCluster(chromium, slots, 'CONCURRENCY_BROWSER'),
  'Crawlee, incognito pages': (chromium) => crawlee(chromium),
};
