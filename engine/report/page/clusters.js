// The list of stories, with search, filters and sorting.

const COLUMNS = [
  {key: 'title', name: 'Story', order: (a, b) => a.t.localeCompare(b.t)},
  {key: 'size', name: 'Articles', order: (a, b) => b.n - a.n || b.s.length - a.s.length},
  {key: 'outlets', name: 'Outlets', order: (a, b) => b.s.length - a.s.length || b.n - a.n},
  {key: 'removed', name: 'Removed', order: (a, b) => b.n - b.k - (a.n - a.k) || b.n - a.n},
  {key: 'cohesion', name: 'Cohesion', order: (a, b) => a.c - b.c || weakest(a) - weakest(b) || b.n - a.n},
  {key: 'first', name: 'First seen', order: (a, b) => (a.f || 0) - (b.f || 0)},
  {key: 'spread', name: 'Spread', order: (a, b) => spreadOf(b) - spreadOf(a)},
  {key: 'agency', name: 'Agency', order: (a, b) => agency(a.a).localeCompare(agency(b.a)) || b.n - a.n},
  {key: 'language', name: 'Lang.', order: (a, b) => language(a.g).localeCompare(language(b.g)) || b.n - a.n},
];
const PAGE = 60;
const filter = {words: '', badges: 0, language: '', agency: '', relation: '', sort: 'size', backwards: false};

const spreadOf = (cluster) => (cluster.f && cluster.l ? cluster.l - cluster.f : 0);
const folded = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

// The texts that are searched: words match anywhere in titles and names, but ids only as a whole.
const searchTexts = new Map();
function searchText(cluster) {
  if (!searchTexts.has(cluster)) {
    const headlines = (cluster.h || []).map((headline) => headline[0]);
    searchTexts.set(cluster, {text: folded([cluster.t, ...headlines, ...cluster.s.map(source), agency(cluster.a)].join('\n')),
      ids: new Set([cluster.id, ...(cluster.m || []).map((member) => member.id)].map(folded))});
  }
  return searchTexts.get(cluster);
}
const hasWord = ({text, ids}, word) => text.includes(word) || ids.has(word);

function chosenClusters() {
  const words = folded(filter.words).split(/\s+/).filter(Boolean);
  const column = COLUMNS.find((one) => one.key === filter.sort);
  const chosen = data.clusters.filter((cluster) =>
    (cluster.b & filter.badges) === filter.badges &&
    (!filter.language || language(cluster.g) === filter.language) && (!filter.agency || agency(cluster.a) === filter.agency) &&
    (!filter.relation || (cluster.m || []).some((member) => member.r === filter.relation)) &&
    words.every((word) => hasWord(searchText(cluster), word)));
  chosen.sort((a, b) => (filter.backwards ? -1 : 1) * column.order(a, b) || (a.id < b.id ? -1 : 1));
  return chosen;
}

function storiesView(query) {
  if (query.has('agency')) Object.assign(filter, {agency: query.get('agency'), words: '', badges: 0, language: '', relation: ''});
  if (query.has('outlet')) Object.assign(filter, {words: query.get('outlet'), agency: '', badges: 0, language: '', relation: ''});
  const count = make('p.count', {'aria-live': 'polite'}), body = make('tbody'), more = make('button.more', {type: 'button'}), heads = make('tr');
  let shown = PAGE;
  const refresh = () => {
    const chosen = chosenClusters();
    count.textContent = `${plural(chosen.length, 'story', 'stories')}` +
      (data.shown.listed < data.shown.clusters ? ` of the ${number(data.shown.listed)} in this report; clusters.jsonl lists all ${number(data.shown.clusters)}` : '');
    body.replaceChildren(...chosen.slice(0, shown).map(storyRow));
    more.hidden = chosen.length <= shown;
    more.textContent = `Show more (${number(chosen.length - shown)} left)`;
    heads.replaceChildren(...COLUMNS.map((column) => columnHead(column, change)));
  };
  const change = (values) => { Object.assign(filter, values); shown = PAGE; refresh(); };
  more.addEventListener('click', () => { shown += 4 * PAGE; refresh(); });
  refresh();
  return [make('section.list', null, toolbar(change), count,
    make('div.scroll', null, make('table.stories', null, make('thead', null, heads), body)), more)];
}

function columnHead(column, change) {
  const is_sorted = filter.sort === column.key;
  return make('th.' + column.key, {scope: 'col', 'aria-sort': is_sorted ? (filter.backwards ? 'descending' : 'ascending') : null},
    make('button', {type: 'button', onclick: () => change({sort: column.key, backwards: is_sorted && !filter.backwards})},
      column.name, is_sorted ? (filter.backwards ? ' ▴' : ' ▾') : ''));
}

function toolbar(change) {
  const choice = (key, name, values) => make('select', {'aria-label': name, onchange: (event) => change({[key]: event.target.value})},
    make('option', {value: ''}, name), values.map((value) => make('option', {value, selected: filter[key] === value}, value)));
  const chips = BADGES.map((one) => make('button.chip.' + one.kind, {type: 'button', 'aria-pressed': String((filter.badges & one.bit) !== 0),
    onclick: (event) => {
      change({badges: filter.badges ^ one.bit});
      event.currentTarget.setAttribute('aria-pressed', String((filter.badges & one.bit) !== 0));
    }}, one.name));
  const sorted = (values) => [...new Set(values.filter(Boolean))].sort((a, b) => a.localeCompare(b));
  return make('div.toolbar', {role: 'search'},
    make('input', {type: 'search', id: 'search', value: filter.words, placeholder: 'Search titles, outlets, agencies, ids  ( / )', 'aria-label': 'Search stories',
      oninput: (event) => change({words: event.target.value})}),
    make('div.chips', null, chips),
    choice('relation', 'any relation', ['exact', 'near', 'excerpt', 'extended']),
    choice('language', 'any language', sorted(data.clusters.map((cluster) => language(cluster.g)))),
    choice('agency', 'any agency', sorted(data.clusters.map((cluster) => agency(cluster.a)))));
}

function storyRow(cluster) {
  const few = cluster.s.slice(0, 3).map((one, at) => [at ? ', ' : '', feedText(source(one))]);
  const open = () => { location.hash = 'story=' + cluster.id; };
  return make('tr', {onclick: (event) => { if (!event.target.closest('a')) open(); }},
    make('td.title', null, link('story=' + cluster.id, 'story', titleOf(cluster)),
      make('div.under', null, badgesOf(cluster).map(badge), make('span.outlets', null, few, cluster.s.length > 3 ? ` and ${cluster.s.length - 3} more` : ''))),
    make('td.number', {'data-name': 'articles'}, number(cluster.n)), make('td.number', {'data-name': 'outlets'}, number(cluster.s.length)),
    make('td.number', {'data-name': 'removed'}, number(cluster.n - cluster.k)),
    make('td.cohesion', {'data-name': 'cohesion'}, bar(cluster.c, cluster.c < 0.66 ? 'loose' : ''), make('span', null, percent(cluster.c))),
    make('td.date', {'data-name': 'first seen'}, dateTime(cluster.f)), make('td.number', {'data-name': 'spread'}, lag(spreadOf(cluster))),
    make('td.agency', {'data-name': 'agency'}, agency(cluster.a) || '–'), make('td.language', {'data-name': 'language'}, language(cluster.g) || '–'));
}
