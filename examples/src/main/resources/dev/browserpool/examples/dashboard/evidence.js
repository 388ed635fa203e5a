// What a run has left, and what happened to a profile.

import { el } from './dom.js';
import { show, toast } from './dialogs.js';
import { get } from './server.js';
import { duration, stateWord, time } from './words.js';

const API = '/api/browser-pool';
const bytes = (size) => (size < 10_000 ? `${size} B` : size < 10_000_000 ? `${Math.round(size / 1_000)} kB` : `${Math.round(size / 1_000_000)} MB`);

function facts(pairs) {
  const list = el('dl', { class: 'facts' });
  for (const [name, value] of pairs) {
    if (value) list.append(el('dt', { text: name }), el('dd', { text: String(value) }));
  }
  return list;
}

export async function showEvidence(slot) {
  try {
    const found = await get(slot.evidence.url.slice(API.length));
    const { manifest } = found;
    const page = found.files.some((file) => file.name === 'page.json')
      ? await get(`${slot.evidence.url.slice(API.length)}/page.json`).catch(() => ({})) : {};
    const picture = slot.evidence.screenshot
      ? el('a', { href: slot.evidence.screenshot, target: '_blank', rel: 'noopener' },
          el('img', { class: 'shot', src: slot.evidence.screenshot, alt: `What the browser of ${slot.requestId} showed` }))
      : el('p', { class: 'empty', text: 'There is no screenshot.' });
    show(`Evidence of ${slot.requestId}`, picture,
      facts([
        ['Ended', `${stateWord(slot.state)}, ${time(slot.endedAt)}`], ['Cause', manifest.cause],
        ['Failure', manifest.failure?.message], ['Taken back', manifest.loss?.message],
        ['Page', page.title], ['Address', page.url], ['Profile', slot.profileId], ['Worker', slot.workerId],
        ['Last checkpoint', manifest.checkpoints?.at(-1)?.step],
      ]),
      el('h3', { text: 'Files' }),
      el('ul', { class: 'files' }, ...found.files.map((file) => el('li', {},
        el('a', { href: file.url, target: '_blank', rel: 'noopener', text: file.name }), ` ${bytes(file.bytes)}`))));
  } catch (problem) {
    toast(problem.message);
  }
}

function record({ kind, at, who, note, owner, ended }) {
  const what = owner
    ? `${owner.requestId}${owner.workerId ? ` on ${owner.workerId}` : ''}: ${stateWord(ended ?? owner.status)}` +
      `${owner.checkpoint ? `, last checkpoint ‘${owner.checkpoint}’` : ''}`
    : `${stateWord(kind)} by ${who}`;
  return el('li', {},
    el('time', { datetime: at, text: time(at) }),
    el('span', {}, what, note ? el('span', { class: 'quiet', text: ` ${note}` }) : null));
}

export async function showHistory(profile) {
  try {
    const records = await get(`/profiles/${encodeURIComponent(profile.profileId)}/history?limit=100`);
    const rule = `${profile.rule.maxActive === 1 ? 'one owner' : `${profile.rule.maxActive} owners`} at a time; if one vanishes: ${profile.rule.onStale.toLowerCase()}`;
    show(profile.profileId,
      facts([
        ['Rule', rule], ['Proxy', profile.rule.proxyId], ['Home', profile.homeHost],
        ...profile.blocks.map((block) => [stateWord(block.status), `by ${block.who}: ${block.why}${block.until ? `, until ${time(block.until)}` : ''}`]),
        ...profile.owners.map((owner) => ['Owner', `${owner.requestId}, process ${owner.processId} on ${owner.host}, for ${duration(Date.now() - Date.parse(owner.acquiredAt))}`]),
      ]),
      el('h3', { text: 'What happened to it' }),
      records.length ? el('ol', { class: 'feed' }, ...records.map(record)) : el('p', { class: 'empty', text: 'Nothing on record.' }));
  } catch (problem) {
    toast(problem.message);
  }
}
