// The cart is kept twice, and the two copies never repair each other: what one of them lost stays visible.
const account = document.body.dataset.account;
const cookieName = `cart_${location.port}`;
const oneDay = 24 * 60 * 60;

const parse = text => {
  if (!text) return { owner: account, items: [] };
  try {
    return JSON.parse(text);
  } catch {
    return { owner: 'unreadable', items: [] };
  }
};

const copies = {
  cookie: {
    read() {
      const found = document.cookie.split('; ').find(c => c.startsWith(`${cookieName}=`));
      return parse(found && decodeURIComponent(found.slice(cookieName.length + 1)));
    },
    write(cart) {
      const value = encodeURIComponent(JSON.stringify(cart));
      document.cookie = `${cookieName}=${value}; path=/; max-age=${oneDay}; samesite=lax`;
    },
  },
  storage: {
    read: () => parse(localStorage.getItem('cart')),
    write: cart => localStorage.setItem('cart', JSON.stringify(cart)),
  },
};

const part = name => document.querySelector(`[data-testid="${name}"]`);

const cents = id => Math.round(100 * Number(part(`price-${id}`).textContent.slice(1)));

function line(id, count) {
  const row = document.createElement('li');
  const name = part(`item-${id}`)?.querySelector('h2').textContent ?? id;
  row.innerHTML = `<svg><use href="/icons.svg#${id}"/></svg><span></span><b>× ${count}</b>`;
  row.querySelector('span').textContent = name;
  return row;
}

function show() {
  const cookie = copies.cookie.read();
  const storage = copies.storage.read();
  const counts = new Map();
  cookie.items.forEach(id => counts.set(id, (counts.get(id) ?? 0) + 1));

  part('cart-owner').textContent = cookie.owner;
  part('cart-lines').replaceChildren(...[...counts].map(([id, count]) => line(id, count)));
  part('cart-total').textContent = `€${(cookie.items.reduce((sum, id) => sum + cents(id), 0) / 100).toFixed(2)}`;
  part('cart-cookie').textContent = `${cookie.owner}: ${cookie.items.length} items`;
  part('cart-storage').textContent = `${storage.owner}: ${storage.items.length} items`;

  const agree = JSON.stringify(cookie) === JSON.stringify(storage);
  const own = cookie.owner === account;
  part('cart-agreement').textContent = !agree
    ? 'Cookie and localStorage differ'
    : own ? 'Cookie and localStorage agree' : `This cart is not ${account}'s`;
  part('cart-agreement').classList.toggle('bad', !agree || !own);
  // Last, because it is what a test waits for.
  part('cart-count').textContent = cookie.items.length;
}

function add(id) {
  for (const copy of Object.values(copies)) {
    const cart = copy.read();
    copy.write({ ...cart, items: [...cart.items, id] });
  }
  show();
}

if (account) {
  document.querySelectorAll('[data-add]').forEach(b => b.addEventListener('click', () => add(b.dataset.add)));
  show();
}
