// A small chart of the last hour.

import { svg } from './dom.js';
import { number, time } from './words.js';

const HOUR = 3_600_000;
const SHORTEST = 300_000;
const WIDTH = 240;
const HEIGHT = 44;

/** Samples are oldest first; the area is stepped, since nothing is known of what was between two of them. */
export function spark(box, samples, value, ceiling, name, now) {
  const shown = samples.filter((sample) => now - Date.parse(sample.at) <= HOUR);
  const span = Math.min(HOUR, Math.max(SHORTEST, shown.length ? now - Date.parse(shown[0].at) : 0));
  const most = shown.reduce((max, sample) => Math.max(max, value(sample)), 0);
  const top = Math.max(1, most, ceiling ?? 0);
  const x = (sample) => WIDTH - ((now - Date.parse(sample.at)) / span) * WIDTH;
  const y = (amount) => HEIGHT - 2 - (amount / top) * (HEIGHT - 6);
  const picture = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img',
    'aria-label': shown.length
      ? `${name} over the last hour: ${number(value(shown.at(-1)))} now, at most ${number(most)}`
      : `${name} over the last hour: nothing recorded yet`,
  });
  if (ceiling) {
    picture.append(svg('line', { class: 'ceiling', x1: 0, x2: WIDTH, y1: y(ceiling), y2: y(ceiling) }));
  }
  if (shown.length) {
    let path = `M${x(shown[0]).toFixed(1)},${y(value(shown[0])).toFixed(1)}`;
    for (const sample of shown.slice(1)) path += `H${x(sample).toFixed(1)}V${y(value(sample)).toFixed(1)}`;
    path += `H${WIDTH}`;
    picture.append(
      svg('path', { class: 'area', d: `${path}V${HEIGHT}H${x(shown[0]).toFixed(1)}Z` }),
      svg('path', { class: 'edge', d: path }));
  }
  const foot = document.createElement('p');
  foot.textContent = shown.length ? `since ${time(shown[0].at)}` : 'fills as time passes';
  const peak = document.createElement('p');
  peak.textContent = shown.length ? `most ${number(most)}` : '';
  const caption = document.createElement('div');
  caption.className = 'spark-foot';
  caption.append(foot, peak);
  box.replaceChildren(picture, caption);
}
