// Questions before anything is done, and windows that only show something.

import { byId, el, setText } from './dom.js';
import { post } from './server.js';

const NAME = 'browser-pool-who';
let toastTimer;

export function toast(text) {
  setText(byId('toast'), text);
  byId('toast').classList.add('shown');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => byId('toast').classList.remove('shown'), 5_000);
}

function field({ name, label, type = 'text', value = '', hint, min }) {
  const known = name === 'who' ? (localStorage.getItem(NAME) ?? '') : value;
  const input = el('input', {
    id: `ask-${name}`, name, type, value: known, required: true, min, maxlength: type === 'text' ? 200 : undefined,
    autocomplete: 'off', 'aria-describedby': hint ? `ask-${name}-hint` : undefined,
  });
  return el('div', { class: 'field' },
    el('label', { for: `ask-${name}`, text: label }), input,
    hint ? el('p', { class: 'hint', id: `ask-${name}-hint`, text: hint }) : null);
}

function values(form, fields) {
  return Object.fromEntries(fields.map(({ name, type }) => {
    const text = form.elements[name].value;
    return [name, type === 'number' ? Number(text) : text];
  }));
}

/**
 * Asks, and does it only then. What the server refuses stands in the dialog, which stays open.
 *
 * @param question title, text, yes (the button's word), fields, path, body (made of the fields), done (what is said afterwards), danger
 */
export function ask(question) {
  const fields = question.fields ?? [];
  const dialog = byId('ask');
  setText(byId('ask-title'), question.title);
  setText(byId('ask-text'), question.text);
  setText(byId('ask-yes'), question.yes);
  byId('ask-yes').classList.toggle('danger', Boolean(question.danger));
  byId('ask-fields').replaceChildren(...fields.map(field));
  byId('ask-error').hidden = true;
  byId('ask-no').onclick = () => dialog.close();
  byId('ask-form').onsubmit = async (event) => {
    event.preventDefault();
    const given = values(byId('ask-form'), fields);
    if (given.who) localStorage.setItem(NAME, given.who);
    byId('ask-yes').disabled = true;
    try {
      const result = await post(question.path, question.body(given));
      dialog.close();
      toast(question.done(result));
    } catch (problem) {
      setText(byId('ask-error'), problem.message);
      byId('ask-error').hidden = false;
    } finally {
      byId('ask-yes').disabled = false;
    }
  };
  dialog.showModal();
  (byId('ask-fields').querySelector('input') ?? byId('ask-no')).focus();
}

export function show(title, ...content) {
  setText(byId('show-title'), title);
  byId('show-body').replaceChildren(...content);
  byId('show-close').onclick = () => byId('show').close();
  if (!byId('show').open) byId('show').showModal();
}
