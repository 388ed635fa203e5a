// Elements made of text nodes only: whatever a profile, a page's title or a description contains, it stays text.

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'text') node.textContent = value;
    else if (name === 'onclick') node.addEventListener('click', value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export const byId = (id) => document.getElementById(id);

export const el = (tag, properties = {}, ...children) => fill(document.createElement(tag), properties, children);

export const svg = (tag, properties = {}, ...children) =>
  fill(document.createElementNS(SVG, tag), properties, children);

/** Touches the document only if something has changed, so that selections and screen readers are left in peace. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** Which of these places are in order already, as many as possible; whoever has none yet is at -1. */
function inOrder(places) {
  const tails = [];
  const previous = [];
  places.forEach((place, i) => {
    if (place < 0) return;
    let length = tails.findIndex((tail) => places[tail] >= place);
    if (length < 0) length = tails.length;
    previous[i] = tails[length - 1];
    tails[length] = i;
  });
  const found = new Set();
  for (let i = tails.at(-1); i !== undefined; i = previous[i]) found.add(i);
  return found;
}

/** A node that is taken out and put back loses its focus and its scrolling, so only those are moved that have to be. */
function arrange(parent, nodes) {
  const places = new Map(Array.from(parent.children, (node, i) => [node, i]));
  const staying = inOrder(nodes.map((node) => places.get(node) ?? -1));
  let next = null;
  for (let i = nodes.length - 1; i >= 0; i--) {
    if (!staying.has(i)) parent.insertBefore(nodes[i], next);
    next = nodes[i];
  }
}

/** Who gets the focus when the child that has it goes: the next one that stays, else the one before. */
function heirOf(children, focused, stays) {
  const at = children.findIndex((child) => child.contains(focused));
  if (at < 0 || stays(children[at])) return null;
  return children.slice(at).find(stays) ?? children.slice(0, at).findLast(stays);
}

/** Keeps one child per item, in order; those that stay keep their focus, those that go leave it to their neighbour. */
export function keep(parent, items, key, create, update) {
  const before = parent.kept ?? new Map();
  const after = new Map(items.map((item) => [key(item), item]));
  const focused = parent.contains(document.activeElement) ? document.activeElement : null;
  const gone = new Set(Array.from(before).flatMap(([id, node]) => (after.has(id) ? [] : [node])));
  const heir = focused && heirOf(Array.from(parent.children), focused, (child) => !gone.has(child));
  // Those that are gone go first: else all behind them would have to move.
  gone.forEach((node) => node.remove());
  after.forEach((item, id) => after.set(id, { item, node: before.get(id) ?? create(item) }));
  parent.kept = new Map(Array.from(after, ([id, { node }]) => [id, node]));
  arrange(parent, [...parent.kept.values()]);
  after.forEach(({ item, node }) => update(node, item));
  const next = focused?.isConnected ? focused : heir?.matches('button') ? heir : heir?.querySelector('button');
  if (next && document.activeElement !== next) next.focus({ preventScroll: true });
}

/** A table with rows, or the sentence that says why there are none. */
export function showEither(table, empty, hasRows) {
  table.hidden = !hasRows;
  empty.hidden = hasRows;
}
