// The lists: running, in line, profiles, recent runs, conflicts, types.

import * as act from './actions.js';
import { byId, el, keep, setAttribute, setText, showEither } from './dom.js';
import { showEvidence, showHistory } from './evidence.js';
import { duration, endedBadly, number, reasonWord, seconds, stateWord, time, typeClass, typeCode, waitingIn } from './words.js';

const badge = (type) => el('span', { class: typeClass(type), title: type }, el('b', { text: typeCode(type), 'aria-hidden': 'true' }), el('span', { class: 'unseen', text: `${type} ` }));

function who(slot) {
  const about = [slot.description, slot.taskId && slot.taskId !== slot.requestId ? `task ${slot.taskId}` : '', slot.workerId].filter(Boolean).join(' · ');
  return el('th', { scope: 'row' }, el('span', { class: 'who' }, badge(slot.type),
    el('span', { class: 'names' }, el('span', { class: 'id', text: slot.requestId }), el('span', { class: 'quiet', text: about }))));
}

const cell = (name, label, classes) => el('td', { 'data-part': name, 'data-label': label, class: classes });
const part = (row, name) => row.querySelector(`[data-part="${name}"]`);
const button = (text, label, onclick) => el('button', { type: 'button', class: 'small', text, 'aria-label': label, onclick });

export function running(status, now) {
  keep(byId('running'), status.running, (slot) => `${slot.requestId}#${slot.token}`,
    (slot) => el('tr', { class: slot.parentRequestId ? 'child' : '' }, who(slot),
      el('td', { 'data-label': 'Profile', text: slot.profileId ?? (slot.parentRequestId ? `in the browser of ${slot.parentRequestId}` : '–') }),
      cell('for', 'For', 'num'), cell('left', 'Ends in', 'num'),
      el('td', { class: 'acts' }, button('Revoke…', `Revoke ${slot.requestId}`, () => act.revoke(slot.requestId)))),
    (row, slot) => {
      const isStopping = slot.state === 'STOPPING';
      row.classList.toggle('stopping', isStopping);
      setText(part(row, 'for'), seconds(now - Date.parse(slot.grantedAt)));
      setText(part(row, 'left'), isStopping ? 'stopping' : seconds(Date.parse(slot.mustEndBy) - now));
    });
  showEither(byId('running-table'), byId('running-empty'), status.running.length > 0);
}

function waitsFor(slot, profiles) {
  const profile = profiles.find((it) => it.profileId === slot.profileId);
  const blocked = profile?.blocks[0];
  const owner = profile?.owners[0];
  if (blocked) return `${slot.profileId}, ${stateWord(blocked.status)} by ${blocked.who}`;
  if (owner) return `${slot.profileId}, held by ${owner.requestId}`;
  return slot.profileId ? `a slot, then ${slot.profileId}` : 'a slot';
}

export function line(waiting, profiles, now) {
  keep(byId('line'), waiting, ({ slot }) => slot.requestId,
    ({ slot }) => el('tr', {}, cell('place', 'Place', 'num place'), who(slot), cell('waits', 'Waits for'),
      cell('waited', 'Waited', 'num'), cell('still', 'Still about', 'num'),
      el('td', { class: 'acts' }, button('Cancel…', `Cancel ${slot.requestId}`, () => act.cancel(slot.requestId)))),
    (row, { position, estimatedWaitMillis, slot }) => {
      setText(part(row, 'place'), number(position));
      setText(part(row, 'waits'), waitsFor(slot, profiles));
      setText(part(row, 'waited'), seconds(now - Date.parse(slot.requestedAt)));
      setText(part(row, 'still'), estimatedWaitMillis === undefined ? 'unknown' : seconds(estimatedWaitMillis));
    });
  showEither(byId('line-table'), byId('line-empty'), waiting.length > 0);
}

const isIn = (profile, status) => profile.blocks.find((block) => block.status === status);
const whyKept = (profile) => isIn(profile, 'QUARANTINED')?.why ?? `its last owner vanished (${stateWord(profile.status)})`;

const PROFILE_ACTS = [
  { name: 'History', label: 'History of', may: () => true, act: showHistory },
  { name: 'Check in…', label: 'Check in', may: (it) => isIn(it, 'CHECKED_OUT'), act: (it) => act.checkIn(it.profileId, isIn(it, 'CHECKED_OUT').who) },
  { name: 'Check out…', label: 'Check out', may: (it) => !isIn(it, 'CHECKED_OUT') && !it.owners.length, act: (it) => act.checkOut(it.profileId) },
  { name: 'Quarantine…', label: 'Quarantine', may: (it) => !isIn(it, 'QUARANTINED'), act: (it) => act.quarantine(it.profileId) },
  { name: 'Clear…', label: 'Clear', may: (it) => isIn(it, 'QUARANTINED') || it.vanished, act: (it) => act.clear(it.profileId, whyKept(it)) },
];

/** They act on the profile as it is when they are pressed. */
function showProfileActs(row) {
  keep(part(row, 'acts'), PROFILE_ACTS.filter((it) => it.may(row.profile)), (it) => it.name,
    (it) => button(it.name, `${it.label} ${row.profile.profileId}`, () => it.may(row.profile) && it.act(row.profile)), () => {});
}

function ownerText(profile) {
  const [block] = profile.blocks;
  const owner = profile.owners[0] ?? profile.vanished;
  const more = profile.owners.length > 1 ? ` and ${profile.owners.length - 1} more` : '';
  if (owner && profile.owners.length) return `${owner.requestId}${owner.workerId ? ` · ${owner.workerId}` : ''} · ${owner.host}:${owner.processId}${more}`;
  if (block) return `${block.who}: ${block.why}`;
  return owner ? `last ${owner.requestId} · ${owner.host}:${owner.processId}` : '–';
}

export function profiles(all, now) {
  keep(byId('profiles'), all, (profile) => profile.profileId,
    (profile) => el('tr', {}, el('th', { scope: 'row', class: 'id', text: profile.profileId }),
      el('td', { 'data-label': 'Status' }, el('span', { 'data-part': 'status', class: 'state' })),
      cell('owner', 'Owner', 'owner'), cell('beat', 'Heartbeat', 'num'), cell('waiting', 'In line', 'num'), cell('acts', '', 'acts')),
    (row, profile) => {
      const owner = profile.owners[0] ?? profile.vanished;
      const status = part(row, 'status');
      setText(status, stateWord(profile.status));
      setAttribute(status, 'data-state', profile.status);
      setText(part(row, 'owner'), ownerText(profile));
      setText(part(row, 'beat'), owner ? `${seconds(now - Date.parse(owner.heartbeatAt))} ago` : '–');
      setText(part(row, 'waiting'), profile.waiting ? number(profile.waiting) : '–');
      row.profile = profile;
      showProfileActs(row);
    });
  showEither(byId('profiles-table'), byId('profiles-empty'), all.length > 0);
}

/** What differs from answer to answer: instants are told by ages, so the same one comes back a little earlier or later. */
const BLUR = 250;
let inVain = [];
let lastInVain = 0;

/** A lease has its token. Who never had one is known by its name and about when it ended: a name may come back. */
function keysOf(slots) {
  const before = [...inVain];
  inVain = slots.filter((slot) => !slot.token).map(({ requestId, endedAt }) => {
    const at = Date.parse(endedAt);
    const same = before.findIndex((it) => it.requestId === requestId && Math.abs(it.at - at) < BLUR);
    return { requestId, at, key: same < 0 ? `in vain ${++lastInVain}` : before.splice(same, 1)[0].key };
  });
  let next = 0;
  return new Map(slots.map((slot) => [slot, slot.token ? `${slot.requestId}#${slot.token}` : inVain[next++].key]));
}

function evidenceCell(slot) {
  if (!slot.evidence) return el('td', { 'data-label': 'Evidence', class: 'quiet after', text: '–' });
  const picture = slot.evidence.screenshot ? el('img', { src: slot.evidence.screenshot, alt: '', loading: 'lazy', width: 64, height: 40 }) : null;
  return el('td', { 'data-label': 'Evidence', class: 'after' }, el('button', {
    type: 'button', class: 'thumb', 'aria-label': `Evidence of ${slot.requestId}`, onclick: () => showEvidence(slot),
  }, picture ?? 'Open'));
}

export function recent(slots, more) {
  const keys = keysOf(slots);
  keep(byId('recent'), slots, (slot) => keys.get(slot),
    (slot) => el('tr', { class: endedBadly(slot.state) ? 'bad' : '' },
      el('td', { 'data-label': 'Ended' }, el('time', { datetime: slot.endedAt, text: time(slot.endedAt) })), who(slot),
      el('td', { 'data-label': 'How' }, el('span', { class: 'state', 'data-state': slot.state, text: stateWord(slot.state) }),
        slot.state === 'COMPLETED' ? null : el('span', { class: 'quiet why', title: slot.reason, text: reasonWord(slot.reason) })),
      el('td', { 'data-label': 'Profile', text: slot.profileId ?? '–' }),
      el('td', { 'data-label': 'Waited', class: 'num', text: duration(slot.waitedMillis) }),
      el('td', { 'data-label': 'Ran', class: 'num', text: slot.grantedAt ? duration(slot.ranMillis) : '–' }), evidenceCell(slot)),
    () => {});
  showEither(byId('recent-table'), byId('recent-empty'), slots.length > 0);
  byId('recent-more').hidden = !more;
}

const party = (it) => `${it.requestId}${it.workerId ? ` on ${it.workerId}` : ''}`;
const DECISIONS = { wait: 'waits', refuse: 'was refused', park: 'gave its slot back and waits' };

export function conflicts(all) {
  keep(byId('conflicts'), all, (it) => it.at + it.blocked.requestId,
    (it) => el('li', {}, el('time', { datetime: it.at, text: time(it.at) }),
      el('span', {}, el('strong', { text: party(it.blocked) }), ` ${DECISIONS[it.decision] ?? it.decision}: `, el('strong', { text: it.profileId }),
        it.block ? ` is ${stateWord(it.block.status)} by ${it.block.who} (${it.block.why})` : it.current ? ` is held by ${party(it.current)}` : ' has others in line',
        el('span', { class: 'quiet', text: `, seen by the ${it.detectedBy}${it.nextCheck ? `, free by ${time(it.nextCheck)} at the latest` : ''}` }))),
    () => {});
  showEither(byId('conflicts'), byId('conflicts-empty'), all.length > 0);
}

export function types(byType) {
  keep(byId('types'), byType, (it) => it.type,
    (it) => el('li', {}, badge(it.type), el('span', { class: 'id', text: it.type, 'aria-hidden': 'true' }), el('span', { 'data-part': 'load', class: 'quiet' })),
    (row, { load }) => {
      const waiting = waitingIn(load);
      const used = load.running + load.stopping;
      row.classList.toggle('idle', used + waiting === 0);
      setText(part(row, 'load'), used + waiting === 0 ? '0' : `${number(used)} running${waiting ? `, ${number(waiting)} waiting` : ''}`);
    });
}
