// How times, types and states are said.

const CODES = {
  test_run: 'TR', exploration: 'EX', agent: 'AG', prd: 'PR', autopilot: 'AP',
  coverage: 'CO', browser_auth: 'BA', security: 'SE', autonomous: 'AU',
};

const BAD = new Set(['FAILED', 'EXPIRED', 'REVOKED', 'LOST', 'TIMED_OUT', 'ABANDONED']);

const STATES = {
  WAITING: 'waiting', RUNNING: 'running', STOPPING: 'stopping', COMPLETED: 'completed', FAILED: 'failed',
  RELEASED: 'released', EXPIRED: 'expired', REVOKED: 'revoked', LOST: 'lost', TIMED_OUT: 'timed out',
  CANCELLED: 'cancelled', ABANDONED: 'abandoned', RELEASING: 'releasing', STALE: 'stale',
  HELD_OUTSIDE: 'held outside', CHECKED_OUT: 'checked out', QUARANTINED: 'quarantined', FREE: 'free',
};

const DAY = 86_400_000;
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const count = new Intl.NumberFormat();

export const number = (value) => count.format(value);
export const stateWord = (state) => STATES[state] ?? state.toLowerCase();
export const endedBadly = (state) => BAD.has(state);
export const time = (instant) => clock.format(new Date(instant));

export function duration(millis) {
  const ms = Math.max(0, millis);
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  if (ms < 60_000) return `${Math.round(ms / 1_000)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ${pad(Math.floor((ms % 60_000) / 1_000))} s`;
  if (ms < DAY) return `${Math.floor(ms / 3_600_000)} h ${pad(Math.floor((ms % 3_600_000) / 60_000))} min`;
  return `${Math.floor(ms / DAY)} d ${Math.floor((ms % DAY) / 3_600_000)} h`;
}

const pad = (value) => String(value).padStart(2, '0');

/** Two figures are enough for an overview. */
export function rough(millis) {
  if (millis < 60_000) return duration(millis);
  if (millis < 3_600_000) return `${(millis / 60_000).toFixed(millis < 600_000 ? 1 : 0)} min`;
  return millis < DAY ? `${(millis / 3_600_000).toFixed(1)} h` : `${(millis / DAY).toFixed(1)} d`;
}

/** Whole seconds at least: for what changes every second. */
export const seconds = (millis) => (millis < 1_000 ? '0 s' : duration(Math.floor(millis / 1_000) * 1_000).replace('.0 s', ' s'));

/** Two letters, so that a type is not told by its colour alone. */
export function typeCode(type) {
  if (CODES[type]) return CODES[type];
  const words = type.split('_').filter(Boolean);
  return (words.length > 1 ? words[0][0] + words[1][0] : type.slice(0, 2)).toUpperCase();
}

/** The nine have colours of their own, others share four by their name. */
export function typeClass(type) {
  if (CODES[type]) return `type t-${type}`;
  let hash = 0;
  for (const letter of type) hash = (hash * 31 + letter.codePointAt(0)) % 997;
  return `type t-own-${hash % 4}`;
}

export const waitingIn = (load) => load.waitingForSlot + load.waitingForProfile + load.waitingForLoadTest;

/** An exception's package is of no use to whoever reads a table. */
export const reasonWord = (reason) => reason.replace(/^(?:[a-z][\w$]*\.)+(?=[A-Z])/, '');

export const plural = (value, one, many) => `${number(value)} ${value === 1 ? one : many}`;
