// The data, elements, numbers and dates. Text of the feed is inserted into the page only here, and only as text.

const data = JSON.parse(document.getElementById('data').textContent);

// Control characters and those that change the direction of text.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const clean = (text) => String(text).replace(CONTROLS, '');

// make('p.note', {title: 'x', onclick: f}, 'text', otherElement): strings become text nodes, null is skipped.
function make(kind, properties, ...children) {
  const [tag, ...classes] = kind.split('.');
  const element = document.createElement(tag || 'div');
  if (classes.length) element.className = classes.join(' ');
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name === 'style') for (const [key, of] of Object.entries(value)) element.style.setProperty(key, of);
    else if (name in element && typeof value !== 'string') element[name] = value;
    else element.setAttribute(name, clean(value));
  }
  append(element, children);
  return element;
}

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : document.createTextNode(clean(child)));
  }
}

// Text of the feed: isolated, with its own direction, never markup.
function feedText(text, kind = 'bdi', language = null) {
  const element = make(kind, {dir: 'auto'});
  element.textContent = clean(text);
  if (language) element.lang = language;
  return element;
}

function draw(tag, attributes, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) element.setAttribute(name, clean(value));
  }
  append(element, children);
  return element;
}

function link(hash, kind, ...children) {
  return make(kind ? 'a.' + kind : 'a', {href: '#' + hash}, ...children);
}

// A link to the original article; only http and https are allowed.
function outward(url) {
  if (!url || !/^https?:\/\//i.test(url)) return null;
  return make('a.outward', {href: url, rel: 'noopener noreferrer', target: '_blank', title: clean(url)}, 'open ↗');
}

const number = (n) => Number(n).toLocaleString('en-US');
const plural = (n, one, many = one + 's') => `${number(n)} ${n === 1 ? one : many}`;
const share = (part, whole) => (whole > 0 ? part / whole : 0);
const percent = (value) => {
  const hundred = 100 * value;
  return (hundred > 0 && hundred < 9.95 ? hundred.toFixed(1) : hundred.toFixed(0)) + ' %';
};
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
function day(seconds) {
  const date = new Date(seconds * 1000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
function dateTime(seconds) {
  if (seconds === null || seconds === undefined) return 'no date';
  return `${day(seconds)}, ${new Date(seconds * 1000).toISOString().slice(11, 16)}`;
}
function lag(seconds) {
  if (seconds < 60) return `${Math.max(0, seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
  return `${Math.round(minutes / 1440)} days`;
}
const bytes = (n) => (n >= 1e9 ? (n / 1e9).toFixed(1) + ' GB' : n >= 1e6 ? (n / 1e6).toFixed(1) + ' MB' : number(n) + ' bytes');

const source = (index) => data.sources[index] || 'no source';
const agency = (index) => (index === undefined ? '' : data.agencies[index]);
const language = (index) => (index === undefined ? '' : data.languages[index]);
const BADGES = data.badges.map((name, at) => ({name, bit: 1 << at, kind: name.replace(/ /g, '-')}));
const badgesOf = (cluster) => BADGES.filter((badge) => cluster.b & badge.bit);
const badge = (of) => make(`span.badge.${of.kind}`, null, of.name);
const relationBadge = (relation) => make(`span.badge.relation.${relation}`, null, relation);

function bar(part, kind = '') {
  return make('span.bar', {'aria-hidden': 'true'},
    make('span.fill' + (kind && '.' + kind), {style: {width: `${Math.max(0, Math.min(1, part)) * 100}%`}}));
}

function card(title, note, ...children) {
  return make('section.card', null, make('header', null, make('h2', null, title), note && make('p.note', null, note)),
    ...children);
}

// Values kept between visits, if the browser allows it.
const storeKey = 'wirecopy:' + data.result + ':' + data.summary.parameters.fingerprint;
function remember(value) {
  try { localStorage.setItem(storeKey, JSON.stringify(value)); } catch { /* not available in a private window */ }
}
function remembered() {
  try { return JSON.parse(localStorage.getItem(storeKey)) || {}; } catch { return {}; }
}
