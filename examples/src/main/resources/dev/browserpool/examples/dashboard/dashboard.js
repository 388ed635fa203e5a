// Puts it together: what is known of the pool, when it is asked for again, and the sentence at the top.

import * as act from './actions.js';
import { spark } from './chart.js';
import { byId, el, keep, setAttribute, setText } from './dom.js';
import { follow, get, logOut } from './server.js';
import * as tables from './tables.js';
import { timeline } from './timeline.js';
import { duration, endedBadly, number, plural, rough, time, typeClass, typeCode, waitingIn } from './words.js';

const PAGE = 10;
const WINDOWS = [['1 min', 60_000], ['5 min', 300_000], ['15 min', 900_000], ['1 h', 3_600_000]];
const SAMPLE = 5_000;

const state = {
  status: null, recent: [], leaving: [], profiles: [], conflicts: [], load: [], line: null,
  offset: 0, filter: 'all', shown: 15, span: null, skew: 0, isLost: false, problem: null, endedCount: -1,
};

const now = () => Date.now() + state.skew;
const waiting = () => waitingIn(state.status.load);
const used = () => state.status.load.running + state.status.load.stopping;

/** At most one question of a kind under way; one that is asked meanwhile is asked again afterwards. */
function asker(question) {
  let isBusy = false;
  let again = false;
  return async function askNow() {
    if (isBusy) {
      again = true;
      return;
    }
    isBusy = true;
    try {
      await question();
    } catch (problem) {
      again = false; // the next status asks again, and says what is the matter
      console.debug(problem);
    }
    isBusy = false;
    if (again) {
      again = false;
      askNow();
    }
  };
}

const askRecent = asker(async () => { state.recent = await get('/recent?limit=300'); showRecent(); });
const askProfiles = asker(async () => { state.profiles = await get('/profiles'); tables.profiles(state.profiles, now()); });
const askConflicts = asker(async () => { state.conflicts = await get('/conflicts'); tables.conflicts(state.conflicts); });
const askLoad = asker(async () => { state.load = await get('/load'); });
const askLine = asker(async () => {
  const page = await get(`/line?offset=${state.offset}&limit=${PAGE}`);
  if (page.offset === state.offset) state.line = page.waiting;
  showLine();
});

function askAll() {
  [askRecent, askProfiles, askConflicts, askLoad].forEach((question) => question());
}

/** Tone, headline and what follows: is it full, and why does it wait? */
function verdict() {
  const { status, isLost, problem } = state;
  if (isLost) return ['bad', 'Connection lost', `Trying again. What you see is from ${status ? time(status.at) : 'nowhere yet'}.`];
  if (problem) return ['bad', problem.title, `${problem.detail}${status ? ` What you see is from ${time(status.at)}.` : ''}`];
  const { limit, load, estimatedWaitMillis: estimate } = status;
  const total = waiting();
  const held = load.waitingForProfile;
  const inLine = total === 0 ? 'Nobody waits.'
    : `${plural(total, 'request waits', 'requests wait')}${held === total ? ' for a profile' : held ? `, ${number(held)} of them for a profile` : ''}.`;
  const hence = estimate > 0 ? ` Whoever comes now waits about ${rough(estimate)}.` : '';
  if (status.pausedBy) return ['warn', 'Paused', `${status.pausedBy}. ${plural(used(), 'browser runs', 'browsers run')} on. ${inLine}`];
  if (status.loadTest) {
    const { runId, who, until } = status.loadTest;
    return ['warn', 'Load test', `${runId} of ${who} has the pool until ${time(until)} at the latest. ${plural(used(), 'browser runs', 'browsers run')} on. ${inLine}`];
  }
  if (used() > limit.maxBrowsers) return ['warn', 'Over the limit', `${used()} run, ${limit.maxBrowsers} may. It goes down as they end. ${inLine}`];
  if (used() === limit.maxBrowsers) return ['full', 'Full', `All ${plural(limit.maxBrowsers, 'slot is', 'slots are')} in use. ${inLine}${hence}`];
  if (used() === 0 && total === 0) return ['quiet', 'Idle', `${plural(limit.maxBrowsers, 'slot is', 'slots are')} free, nothing runs.`];
  const free = limit.maxBrowsers - used();
  return ['good', `${plural(free, 'slot', 'slots')} free`, `${number(used())} of ${number(limit.maxBrowsers)} in use. ${inLine}`];
}

function showVerdict() {
  const [tone, headline, subline] = verdict();
  setAttribute(byId('verdict'), 'data-tone', tone);
  if (byId('headline').textContent !== headline) setText(byId('announcer'), `${headline}. ${subline}`);
  setText(byId('headline'), headline);
  setText(byId('subline'), subline);
  setAttribute(byId('connection'), 'data-state', state.isLost ? 'lost' : state.problem ? 'away' : 'live');
  setText(byId('connection-text'), state.isLost ? 'connection lost' : state.problem ? 'store away' : 'live');
  document.title = `${headline} · ${state.status?.name ?? 'Browser pool'}`;
  byId('main').classList.toggle('old', state.isLost || Boolean(state.problem));
}

function showPips() {
  const { status } = state;
  const own = status.running.filter((slot) => !slot.parentRequestId);
  const slots = Array.from({ length: Math.min(60, Math.max(status.limit.maxBrowsers, own.length)) }, (_, i) => ({ i, slot: own[i] }));
  keep(byId('pips'), slots, ({ i }) => i, () => el('li'), (pip, { slot }) => {
    setAttribute(pip, 'class', slot ? `${typeClass(slot.type)} ${slot.state === 'STOPPING' ? 'stopping' : ''}` : 'free');
    setText(pip, slot ? typeCode(slot.type) : '');
  });
}

function showFigures() {
  const { status, load } = state;
  setText(byId('name'), status.name);
  setText(byId('fig-running'), number(used()));
  setAttribute(byId('fig-limit'), 'title', status.limit.reason ?? '');
  const asked = status.limit.requested === status.limit.maxBrowsers ? '' : `, ${number(status.limit.requested)} asked for`;
  setText(byId('fig-limit'), `of ${number(status.limit.maxBrowsers)}${asked}${status.load.stopping ? `, ${status.load.stopping} stopping` : ''}`);
  setText(byId('fig-waiting'), number(waiting()));
  setText(byId('fig-waiting-for'), waiting() ? `${number(status.load.waitingForSlot + status.load.waitingForLoadTest)} ${status.loadTest ? 'load test' : 'slot'}, ${number(status.load.waitingForProfile)} profile` : `of ${number(status.limit.maxQueued)} that may`);
  for (const [prefix, times] of [['wait', status.waitTimes], ['run', status.runTimes]]) {
    for (const which of ['p50', 'p90', 'max']) setText(byId(`${prefix}-${which}`), times.samples ? rough(times[`${which}Millis`]) : '–');
  }
  const { ended, refused, granted, leaked } = status.counts;
  const sum = (counts) => Object.values(counts).reduce((total, value) => total + value, 0);
  const badly = Object.entries(ended).reduce((total, [how, value]) => total + (endedBadly(how) ? value : 0), 0);
  const counts = [['granted', granted], ['ended badly', badly], ['refused', sum(refused)], ['forgotten', leaked], ['members', status.members.length]];
  keep(byId('counts'), counts, ([name]) => name, ([name]) => el('div', {}, el('dt', { text: name }), el('dd')),
    (row, [, value]) => setText(row.lastChild, number(value)));
  spark(byId('spark-running'), load, (sample) => sample.running, status.limit.maxBrowsers, 'Running', now());
  spark(byId('spark-waiting'), load, (sample) => sample.waiting, null, 'Waiting', now());
}

function showLine() {
  const total = waiting();
  const last = Math.max(0, Math.floor((total - 1) / PAGE) * PAGE);
  if (state.offset > last) state.offset = last;
  const page = state.offset === 0 ? state.status.line.slice(0, PAGE) : state.line ?? [];
  tables.line(page, state.profiles, now());
  byId('pager').hidden = total <= PAGE;
  setText(byId('page-range'), `${number(state.offset + 1)}–${number(Math.min(total, state.offset + PAGE))} of ${number(total)}`);
  for (const id of ['page-first', 'page-before']) setAttribute(byId(id), 'aria-disabled', String(state.offset === 0));
  for (const id of ['page-after', 'page-last']) setAttribute(byId(id), 'aria-disabled', String(state.offset >= last));
}

function turn(offset) {
  const last = Math.max(0, Math.floor((waiting() - 1) / PAGE) * PAGE);
  state.offset = Math.max(0, Math.min(last, offset));
  state.offset ? askLine() : showLine();
}

function showRecent() {
  const all = state.filter === 'bad' ? state.recent.filter((slot) => endedBadly(slot.state)) : state.recent;
  setText(byId('recent-empty'), state.filter === 'bad' ? 'Nothing ended badly.' : 'Nothing has ended yet.');
  tables.recent(all.slice(0, state.shown), all.length > state.shown);
}

/** As long as nobody has chosen: a minute if the pool is that young, else five. */
function span() {
  const isYoung = state.recent.every((slot) => now() - Date.parse(slot.endedAt) < WINDOWS[0][1]);
  return state.span ?? (isYoung ? WINDOWS[0][1] : WINDOWS[1][1]);
}

function drawTimeline() {
  for (const button of byId('windows').children) setAttribute(button, 'aria-pressed', String(Number(button.value) === span()));
  const known = new Set(state.recent.map(lease));
  const recent = [...state.leaving.filter((slot) => !known.has(lease(slot))), ...state.recent];
  timeline(byId('timeline'), { status: state.status, recent, now: now(), span: span() });
}

function showAll() {
  showVerdict();
  if (!state.status) return;
  showPips();
  showFigures();
  tables.types(state.status.byType);
  tables.running(state.status, now());
  tables.profiles(state.profiles, now());
  showLine();
  drawTimeline();
  setText(byId('act-loadtest'), state.status.loadTest ? 'End load test…' : 'Load test…');
  setText(byId('act-pause'), state.status.pausedBy ? 'Resume…' : 'Pause…');
}

const lease = (slot) => `${slot.requestId}#${slot.token}`;

/** Who has just ended is seen at once, and not only when the recent runs have been asked for again. */
function rememberLeaving(before, after) {
  const running = new Set(after.running.map(lease));
  const known = new Set(state.recent.map(lease));
  const gone = before.running.filter((slot) => !running.has(lease(slot))).map((slot) => ({ ...slot, endedAt: after.at }));
  state.leaving = [...state.leaving, ...gone].filter((slot) => !known.has(lease(slot))).slice(-100);
}

function heardStatus(status) {
  if (state.status) rememberLeaving(state.status, status);
  state.problem = null;
  state.skew = Date.parse(status.at) - Date.now();
  state.status = status;
  const ended = Object.values(status.counts.ended).reduce((total, value) => total + value, 0);
  if (ended !== state.endedCount) askRecent();
  state.endedCount = ended;
  const lastSample = state.load.at(-1);
  if (!lastSample || now() - Date.parse(lastSample.at) >= SAMPLE) {
    state.load = [...state.load.slice(-720), { at: status.at, running: used(), waiting: waiting(), limit: status.limit.maxBrowsers }];
  }
  askProfiles();
  if (state.offset) askLine();
  showAll();
}

function heard(kind, body) {
  if (kind === 'status') heardStatus(body);
  else if (kind === 'unavailable') { state.problem = body; showVerdict(); }
  else if (kind === 'lost') { state.isLost = true; showVerdict(); }
  else if (kind === 'back') { state.isLost = false; state.endedCount = -1; askAll(); }
  else askConflicts();
}

function press(group, chosen) {
  for (const button of group.children) setAttribute(button, 'aria-pressed', String(button === chosen));
}

function wire() {
  byId('act-pause').onclick = () => state.status && (state.status.pausedBy ? act.resume(waiting()) : act.pause());
  byId('act-loadtest').onclick = () => state.status && (state.status.loadTest ? act.endLoadTest(state.status.loadTest) : act.loadTest());
  byId('act-resize').onclick = () => state.status && act.resize(state.status.limit.maxBrowsers);
  byId('act-cleanup').onclick = () => act.cleanUp();
  byId('act-checkout').onclick = () => act.checkOut();
  byId('act-logout').onclick = () => logOut();
  byId('page-first').onclick = () => turn(0);
  byId('page-before').onclick = () => turn(state.offset - PAGE);
  byId('page-after').onclick = () => turn(state.offset + PAGE);
  byId('page-last').onclick = () => turn(Number.MAX_SAFE_INTEGER);
  byId('recent-more').onclick = () => { state.shown += 50; showRecent(); };
  byId('windows').append(...WINDOWS.map(([text, span]) => el('button', {
    type: 'button', text, value: span, 'aria-pressed': 'false',
    onclick: () => { state.span = span; if (state.status) drawTimeline(); },
  })));
  for (const button of byId('recent-filter').children) {
    button.onclick = () => { state.filter = button.dataset.filter; state.shown = 15; press(byId('recent-filter'), button); showRecent(); };
  }
  new ResizeObserver(() => state.status && drawTimeline()).observe(byId('timeline'));
  setInterval(() => !state.isLost && !state.problem && state.status && (tables.running(state.status, now()), drawTimeline()), 1_000);
}

wire();
follow(['status', 'unavailable', 'profile-conflict', 'missed'], heard);
