// Questions, actions and events. Knows when it was cut off.

const API = '/api/browser-pool';
const SILENCE = 15_000;

async function answer(response) {
  if (response.status === 401) {
    location.assign('/browser-pool/login');
  }
  const body = response.status === 204 ? {} : await response.json();
  if (!response.ok) throw new Error(body.detail ?? body.title ?? `the server answered ${response.status}`);
  return body;
}

export const get = (path) => fetch(API + path, { cache: 'no-store' }).then(answer);

export const post = (path, body = {}) =>
  fetch(API + path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Browser-Pool-Request': '1' },
    body: JSON.stringify(body),
  }).then(answer);

export const logOut = () =>
  fetch('/browser-pool/logout', { method: 'POST', headers: { 'Browser-Pool-Request': '1' } }).then(() =>
    location.assign('/browser-pool/login'));

/**
 * Follows the pool. A connection that breaks, or says nothing for long, is opened anew; whoever listens hears `lost` and, when it is
 * back, `back`, and should ask for everything again.
 */
export function follow(kinds, heard) {
  let source;
  let lastHeard = Date.now();
  let isLost = true;
  let wait = 1_000;
  let retry;

  function alive() {
    lastHeard = Date.now();
    wait = 1_000;
    if (isLost) {
      isLost = false;
      heard('back');
    }
  }

  function open() {
    clearTimeout(retry);
    source?.close();
    lastHeard = Date.now();
    source = new EventSource(`${API}/events?kinds=${kinds.join(',')}`);
    for (const kind of kinds) {
      source.addEventListener(kind, (event) => {
        alive();
        heard(kind, JSON.parse(event.data));
      });
    }
    source.onerror = lose;
  }

  function lose() {
    source.close();
    if (!isLost) {
      isLost = true;
      heard('lost');
    }
    clearTimeout(retry);
    retry = setTimeout(open, wait);
    wait = Math.min(10_000, wait * 1.6);
    // An event stream does not say why it was refused; a question does, and leads to the login if that is why.
    fetch(`${API}/pressure`).then((response) => response.status === 401 && answer(response), () => {});
  }

  setInterval(() => Date.now() - lastHeard > SILENCE && lose(), 5_000);
  addEventListener('online', open);
  open();
}
