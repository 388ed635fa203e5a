// What an operator can do, each with its question.

import { ask } from './dialogs.js';
import { plural } from './words.js';

const who = { name: 'who', label: 'Your name' };

export const cancel = (requestId) => ask({
  title: `Take ${requestId} out of the line?`,
  text: 'Whoever waits for it is told that it was cancelled.',
  yes: 'Cancel request', danger: true,
  path: '/cancel', body: () => ({ requestId }), done: () => `${requestId} was cancelled`,
});

export const revoke = (requestId) => ask({
  title: `Take the slot of ${requestId} back?`,
  text: 'Its holder is told, its browser is stopped, and the slot passes on. Work in progress is lost.',
  yes: 'Revoke', danger: true, fields: [{ name: 'reason', label: 'Reason', hint: 'The holder and the history will say it.' }],
  path: '/revoke', body: ({ reason }) => ({ requestId, reason }), done: () => `${requestId} is being stopped`,
});

export const pause = () => ask({
  title: 'Pause the pool?',
  text: 'Nothing is granted until it is resumed. What runs goes on; newcomers wait in line.',
  yes: 'Pause', fields: [{ name: 'reason', label: 'Reason' }],
  path: '/pause', body: ({ reason }) => ({ reason }), done: () => 'The pool is paused',
});

export const resume = (waiting) => ask({
  title: 'Resume the pool?',
  text: `Slots are granted again, to ${plural(waiting, 'request', 'requests')} in line.`,
  yes: 'Resume', path: '/resume', body: () => ({}), done: () => 'The pool goes on',
});

export const loadTest = () => ask({
  title: 'Give the pool to a load test?',
  text: 'No browser is granted until it is over. What runs goes on. For a tool that can\u2019t hold the lock itself.',
  yes: 'Lock', fields: [{ name: 'runId', label: 'Name of the run' }, { name: 'minutes', label: 'For how many minutes at most', type: 'number', value: 30, min: 1 }],
  path: '/load-test/lock', body: ({ runId, minutes }) => ({ runId, seconds: minutes * 60 }), done: ({ runId }) => `The pool belongs to ${runId}`,
});

export const endLoadTest = (test) => ask({
  title: `End the load test ${test.runId}?`,
  text: `${test.who} has the pool. Browsers start again at once, and the test\u2019s figures are worth nothing if it still runs.`,
  yes: 'End load test', danger: true, fields: [who, { name: 'why', label: 'Why' }],
  path: '/load-test/unlock', body: (given) => ({ ...given }), done: () => 'The load test is over',
});

export const resize = (now) => ask({
  title: 'How many browsers at once?',
  text: `Now ${now}. A higher limit starts waiting requests at once; a lower one lets running ones finish.`,
  yes: 'Resize', fields: [{ name: 'maxBrowsers', label: 'Browsers', type: 'number', value: now, min: 1 }],
  path: '/resize', body: ({ maxBrowsers }) => ({ maxBrowsers }), done: () => 'The limit is changed',
});

export const cleanUp = () => ask({
  title: 'Take back what runs for too long?',
  text: 'Every lease older than this is told to stop, on all members.',
  yes: 'Clean up', danger: true,
  fields: [{ name: 'minutes', label: 'Minutes', type: 'number', value: 60, min: 0 }],
  path: '/cleanup', body: ({ minutes }) => ({ staleAfterSeconds: minutes * 60 }),
  done: ({ stopped }) => (stopped.length ? `${plural(stopped.length, 'lease is', 'leases are')} being stopped` : 'Nothing was that old'),
});

export const checkOut = (profileId) => ask({
  title: profileId ? `Check out ${profileId}?` : 'Check out a profile?',
  text: 'You have it then, and no request gets it until you give it back or the time is over.',
  yes: 'Check out',
  fields: [
    ...(profileId ? [] : [{ name: 'profileId', label: 'Profile' }]),
    who, { name: 'why', label: 'Why' }, { name: 'minutes', label: 'For how many minutes', type: 'number', value: 15, min: 1 },
  ],
  path: '/check-out',
  body: (given) => ({ profileId: profileId ?? given.profileId, who: given.who, why: given.why, seconds: given.minutes * 60 }),
  done: () => 'The profile is checked out',
});

export const checkIn = (profileId, holder) => ask({
  title: `Give ${profileId} back?`,
  text: `It is checked out by ${holder}; only that name can give it back.`,
  yes: 'Check in', fields: [who, { name: 'note', label: 'What was done' }],
  path: '/check-in', body: (given) => ({ profileId, ...given }), done: () => `${profileId} is back`,
});

export const quarantine = (profileId) => ask({
  title: `Put ${profileId} in quarantine?`,
  text: 'Whoever has it keeps it to the end. After that nobody gets it until a person clears it.',
  yes: 'Quarantine', danger: true, fields: [who, { name: 'why', label: 'Why' }],
  path: '/quarantine', body: (given) => ({ profileId, ...given }), done: () => `${profileId} is in quarantine`,
});

export const clear = (profileId, why) => ask({
  title: `Clear ${profileId}?`,
  text: `It is kept from everybody: ${why}. Clearing says that a person has looked and that it is sound.`,
  yes: 'Clear', fields: [who, { name: 'note', label: 'What was found' }],
  path: '/clear', body: (given) => ({ profileId, ...given }), done: () => `${profileId} is cleared`,
});
