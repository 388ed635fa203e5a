// Who had which slot when, and who waited: one lane per slot, and below them the line.

import { svg } from './dom.js';
import { duration, endedBadly, number, stateWord, time, typeClass, typeCode, waitingIn } from './words.js';

const WAIT_LANES = 5;
const OLDEST = 3;
const AXIS = 22;
const GAP = 10;
const LETTER = 6.6;
/** Ends and grants are told by the clocks of several members, so one may seem to begin before the other has ended. */
const BLUR = 250;

const lanes = new Map();

/** A slot keeps its lane for as long as it is seen. Where a lane is not known, the lowest free one is taken. */
function assign(runs, limit) {
  const ends = [];
  const byRequest = new Map();
  const taken = (lane, run) => (ends[lane] ?? []).some((other) => other.start < run.end - BLUR && run.start < other.end - BLUR);
  for (const run of runs) {
    const parent = byRequest.get(run.slot.parentRequestId);
    let lane = parent ?? lanes.get(run.id) ?? 0;
    if (parent === undefined) {
      while (taken(lane, run)) lane++;
      (ends[lane] ??= []).push(run);
    }
    byRequest.set(run.slot.requestId, lane);
    run.lane = lane;
    run.isChild = parent !== undefined;
  }
  lanes.clear();
  for (const run of runs) if (run.lane < limit) lanes.set(run.id, run.lane);
  return Math.max(limit, ends.length);
}

function runsOf(status, recent, from, now) {
  const ended = recent.filter((slot) => slot.grantedAt && Date.parse(slot.endedAt) > from).map((slot) => ({
    id: `${slot.requestId}#${slot.token}`, slot, start: Date.parse(slot.grantedAt), end: Date.parse(slot.endedAt), isOver: true,
  }));
  const over = new Set(ended.map((run) => run.id));
  const running = status.running.map((slot) => ({
    id: `${slot.requestId}#${slot.token}`, slot, start: Date.parse(slot.grantedAt), end: now, isOver: false,
  })).filter((run) => !over.has(run.id));
  const isChild = (run) => (run.slot.parentRequestId ? 1 : 0);
  return [...ended, ...running].sort((a, b) => a.start - b.start || isChild(a) - isChild(b));
}

/** The oldest of those in line come first, then whoever fits beside them; who finds no lane is counted only. */
function waitsOf(status, recent, runs, from, now) {
  const inLine = status.line.map(({ slot }) => ({ slot, start: Date.parse(slot.requestedAt), end: now, isOver: false }));
  const over = [
    ...runs.map(({ slot }) => ({
      slot, start: Date.parse(slot.requestedAt), end: Date.parse(slot.requestedAt) + slot.waitedMillis, isOver: true })),
    ...recent.filter((slot) => !slot.grantedAt).map((slot) => ({
      slot, start: Date.parse(slot.requestedAt), end: Date.parse(slot.endedAt), isOver: true, inVain: true })),
  ].filter((wait) => wait.end > from && wait.end - wait.start > (now - from) / 400).sort((a, b) => a.start - b.start);
  const taken = Array.from({ length: WAIT_LANES }, () => []);
  const shown = [...inLine.slice(0, OLDEST), ...over, ...inLine.slice(OLDEST)].filter((wait) => {
    wait.lane = taken.findIndex((others) => others.every((other) => other.end <= wait.start || wait.end <= other.start));
    taken[wait.lane]?.push(wait);
    return wait.lane >= 0;
  });
  const shownNow = shown.filter((wait) => !wait.isOver).length;
  return { shown, hidden: waitingIn(status.load) - shownNow };
}

function tooltip(slot, what) {
  const lines = [`${slot.requestId} · ${slot.type}`, what];
  if (slot.description) lines.push(slot.description);
  if (slot.profileId) lines.push(`profile ${slot.profileId}`);
  if (slot.reason) lines.push(slot.reason);
  return svg('title', { text: lines.join('\n') });
}

function bar(shape, slot, classes, what, spare = 0) {
  const width = Math.max(2, shape.width);
  const group = svg('g', { class: `${typeClass(slot.type)} ${classes}` }, tooltip(slot, what));
  group.append(svg('rect', { class: 'bar', x: shape.x, y: shape.y, width, height: shape.height, rx: Math.min(4, shape.height / 4) }));
  const letters = Math.floor((width - 12 - spare) / LETTER);
  if (shape.height >= 16 && letters >= 2) {
    const label = `${typeCode(slot.type)} ${slot.requestId}`;
    const text = label.length <= letters ? label : letters >= 8 ? `${label.slice(0, letters - 1)}…` : typeCode(slot.type);
    group.append(svg('text', { x: shape.x + 7, y: shape.y + shape.height / 2, text }));
  }
  return group;
}

function axis(from, now, left, width, height) {
  const steps = [10, 15, 30, 60, 120, 300, 600, 900].map((s) => s * 1_000);
  const step = steps.find((s) => (width / (now - from)) * s > 84) ?? 1_800_000;
  const group = svg('g', { class: 'axis' });
  for (let at = Math.ceil(from / step) * step; at < now; at += step) {
    const x = left + ((at - from) / (now - from)) * width;
    group.append(svg('line', { x1: x, x2: x, y1: 0, y2: height }));
    if (x - left > 30) group.append(svg('text', { x, y: height + 15, text: time(at), 'text-anchor': 'middle' }));
  }
  return group;
}

export function timeline(box, { status, recent, now, span }) {
  const total = box.clientWidth;
  if (!total) return;
  const left = total < 520 ? 30 : 72;
  const width = total - left - 1;
  const from = now - span;
  const scale = (at) => left + (Math.max(0, at - from) / span) * width;
  const runs = runsOf(status, recent, from, now);
  const count = assign(runs, status.limit.maxBrowsers);
  const lane = count <= 12 ? 26 : count <= 32 ? 16 : 8;
  const waits = waitsOf(status, recent, runs, from, now);
  const lineTop = count * lane + GAP;
  const waitLanes = Math.max(1, ...waits.shown.map((wait) => wait.lane + 1));
  const height = lineTop + waitLanes * 18 + (waits.hidden > 0 ? 18 : 4);
  const picture = svg('svg', {
    width: total, height: height + AXIS, role: 'img',
    'aria-label': `The last ${duration(span)}: ${number(runs.length)} runs on ${number(count)} slots, ` +
      `${number(waitingIn(status.load))} waiting now. The tables below say the same.`,
  });
  picture.append(hatch(), axis(from, now, left, width, height));
  for (let i = 0; i < count; i++) {
    picture.append(svg('line', { class: 'rule', x1: left, x2: total, y1: (i + 1) * lane - 0.5, y2: (i + 1) * lane - 0.5 }));
    if (lane >= 16) {
      picture.append(svg('text', { class: 'lane', x: 0, y: i * lane + lane / 2, text: left > 40 ? `slot ${i + 1}` : i + 1 }));
    }
  }
  for (const run of runs) picture.append(runBar(run, lane, scale));
  picture.append(svg('text', { class: 'lane', x: 0, y: lineTop + 8, text: left > 40 ? 'in line' : 'line' }));
  for (const wait of waits.shown) {
    const shape = { x: scale(wait.start), y: lineTop + wait.lane * 18, width: scale(wait.end) - scale(wait.start), height: 16 };
    const said = wait.inVain ? `${stateWord(wait.slot.state)} after ${duration(wait.end - wait.start)}` : `waited ${duration(wait.end - wait.start)}`;
    picture.append(bar(shape, wait.slot, `wait${wait.inVain ? ' in-vain' : ''}`, said));
  }
  if (waits.hidden > 0) {
    picture.append(svg('text', { class: 'lane', x: left, y: lineTop + waitLanes * 18 + 8, text: `and ${number(waits.hidden)} more wait` }));
  }
  box.replaceChildren(picture);
}

function runBar(run, lane, scale) {
  const { slot } = run;
  const inset = lane >= 16 ? 2 : 1;
  const full = lane - 2 * inset - 1;
  const shape = {
    x: scale(run.start), width: scale(run.end) - scale(run.start),
    y: run.lane * lane + inset + (run.isChild ? full - 5 : 0), height: run.isChild ? 5 : full,
  };
  const bad = run.isOver && endedBadly(slot.state);
  const what = run.isOver ? `${stateWord(slot.state)} after ${duration(run.end - run.start)}` : `${stateWord(slot.state)} for ${duration(run.end - run.start)}`;
  const group = bar(shape, slot, `run ${run.isOver ? 'over' : ''} ${slot.state === 'STOPPING' ? 'stopping' : ''} ${run.isChild ? 'child' : ''}`, what, bad ? 14 : 0);
  if (bad) {
    const x = shape.x + Math.max(2, shape.width);
    group.append(svg('rect', { class: 'bad', x: x - 3, y: shape.y, width: 3, height: shape.height }));
    if (shape.height >= 12 && shape.width > 16) group.append(svg('text', { class: 'cross', x: x - 13, y: shape.y + shape.height / 2, text: '✕' }));
  }
  return group;
}

/** For what waits or stops: told by a pattern, not by a colour. */
function hatch() {
  return svg('defs', {}, svg('pattern', { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' },
    svg('line', { x1: 0, y1: 0, x2: 0, y2: 6, class: 'hatch-line' })));
}
