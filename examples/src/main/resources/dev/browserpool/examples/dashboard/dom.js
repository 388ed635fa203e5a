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

/** Keeps one child per item, in order; those that stay keep their focus. */
export function keep(parent, items, key, create, update) {
  const before = parent.kept ?? new Map();
  const after = new Map();
  let place = parent.firstElementChild;
  for (const item of items) {
    const id = key(item);
    const node = before.get(id) ?? create(item);
    before.delete(id);
    after.set(id, node);
    if (node === place) place = place.nextElementSibling;
    else parent.insertBefore(node, place);
    update(node, item);
  }
  before.forEach((node) => node.remove());
  parent.kept = after;
}

/** A table with rows, or the sentence that says why there are none. */
export function showEither(table, empty, hasRows) {
  table.hidden = !hasRows;
  empty.hidden = hasRows;
}
