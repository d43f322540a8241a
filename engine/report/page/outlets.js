// Outlets: who republishes whom, their boilerplate, and their share of agency copy.

const OUTLET_COLUMNS = [
  {name: 'Outlet', of: (outlet) => feedText(source(outlet.s)), order: (a, b) => source(a.s).localeCompare(source(b.s))},
  {name: 'Articles', of: (outlet) => number(outlet.n), order: (a, b) => b.n - a.n},
  {name: 'In stories', of: (outlet) => number(outlet.c), order: (a, b) => b.c - a.c || b.n - a.n},
  {name: 'Removed', of: (outlet) => [number(outlet.r), bar(share(outlet.r, outlet.n), 'removed')], order: (a, b) => b.r - a.r},
  {name: 'First in', of: (outlet) => `${number(outlet.f)} of ${number(outlet.y)}`, order: (a, b) => b.f - a.f},
  {name: 'Median lag', of: (outlet) => (outlet.y > outlet.f ? lag(outlet.l) : '–'), order: (a, b) => b.l - a.l},
  {name: 'Own text in copies', of: (outlet) => (outlet.o === undefined ? '–' : `${outlet.o} %`), order: (a, b) => (a.o ?? 101) - (b.o ?? 101)},
  {name: 'Credits an agency', of: (outlet) => (outlet.e ? [`${percent(share(outlet.e, outlet.n))} `, make('span.credit', null, agency(outlet.a))] : '–'),
    order: (a, b) => share(b.e, b.n) - share(a.e, a.n) || b.e - a.e},
];

function outletsView() {
  return [flowCard(), outletTable()];
}

function flowCard() {
  const names = data.flow.s.map(source);
  if (names.length < 2) return null;
  const cells = new Map(data.flow.x.map((cell) => [cell[0] * names.length + cell[1], cell]));
  const max = Math.sqrt(Math.max(...data.flow.x.map((cell) => cell[2])));
  const cellOf = (row, column) => cells.get(row * names.length + column);
  const describe = (row, column) => {
    const [, , stories, seconds] = cellOf(row, column);
    return {short: String(stories), long: `${names[column]} published ${plural(stories, 'story', 'stories')} after ${names[row]}, half of them within ${lag(seconds)}`};
  };
  const reading = make('p.reading', {'aria-live': 'polite'}, 'The outlet of the row published first, that of the column later. Select a number for details.');
  const pick = (row, column) => { reading.textContent = clean(describe(row, column).long) + '.'; };
  return card('Who republishes whom', 'the outlets that share the most stories',
    make('div.columns.wide-first', null, names.length <= 10 ? flowGraph(names, pick) : null, make('div', null, grid(names, (row, column) => (cellOf(row, column) ? Math.sqrt(cellOf(row, column)[2]) / max : null), describe, 'Stories by first and later outlet', pick), reading), strongestFlows(names)));
}

function strongestFlows(names) {
  const flows = data.flow.x.slice(0, 10);
  return make('div', null, make('h3', null, 'Strongest'), ranking(flows.map(([from, to, stories, seconds]) =>
    ranked('outlet=' + encodeURIComponent(names[to]), [feedText(names[from]), ' → ', feedText(names[to])], plural(stories, 'story', 'stories'),
      share(stories, flows[0][2]), `half of them within ${lag(seconds)}`))));
}

// For few outlets: a ring with an arrow for each flow.
function flowGraph(names, pick) {
  const size = 360, middle = size / 2, radius = 120;
  const place = (at) => { const angle = 2 * Math.PI * at / names.length - Math.PI / 2; return [middle + 1.35 * radius * Math.cos(angle), middle + radius * Math.sin(angle)]; };
  const max = Math.max(...data.flow.x.map((cell) => cell[2]));
  const svg = draw('svg', {viewBox: `-80 0 ${size + 160} ${size}`, class: 'graph', role: 'img', 'aria-label': 'Flows between outlets'},
    draw('defs', null, draw('marker', {id: 'arrow', viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, markerUnits: 'userSpaceOnUse', orient: 'auto'},
      draw('path', {d: 'M0,0 L8,4 L0,8 z', class: 'arrow'}))));
  for (const [from, to, stories] of data.flow.x) {
    const [x1, y1] = place(from), [x2, y2] = place(to), length = Math.hypot(x2 - x1, y2 - y1);
    const bend = 0.14 * length, mx = (x1 + x2) / 2 - bend * (y2 - y1) / length, my = (y1 + y2) / 2 + bend * (x2 - x1) / length;
    svg.append(draw('path', {class: 'flow', d: `M${x1},${y1} Q${mx},${my} ${x2 + (mx - x2) * 14 / length},${y2 + (my - y2) * 14 / length}`,
      'stroke-width': (0.8 + 5 * stories / max).toFixed(1), 'marker-end': 'url(#arrow)', onclick: () => pick(from, to)},
      draw('title', null, `${names[from]} → ${names[to]}: ${stories}`)));
  }
  names.forEach((name, at) => {
    const [x, y] = place(at);
    svg.append(draw('circle', {class: 'node', cx: x, cy: y, r: 5}), draw('text', {class: 'tick middle', x, y: y + (y < middle ? -10 : 18)}, name));
  });
  return svg;
}

function outletTable() {
  const state = {column: 2, backwards: false, words: '', shown: 40};
  const heads = make('tr'), body = make('tbody'), more = make('button.more', {type: 'button'});
  const refresh = () => {
    const order = OUTLET_COLUMNS[state.column].order, rows = data.outlets.filter((outlet) => folded(source(outlet.s)).includes(folded(state.words)));
    rows.sort((a, b) => (state.backwards ? -1 : 1) * order(a, b));
    body.replaceChildren(...rows.slice(0, state.shown).map((outlet) => make('tr', {onclick: () => { location.hash = 'outlet=' + encodeURIComponent(source(outlet.s)); }},
      OUTLET_COLUMNS.map((column, at) => make(at ? 'td.number' : 'td.outlet', {'data-name': at ? column.name : null},
        at ? column.of(outlet) : link('outlet=' + encodeURIComponent(source(outlet.s)), 'story', column.of(outlet)))))));
    heads.replaceChildren(...OUTLET_COLUMNS.map((column, at) => make('th', {scope: 'col', 'aria-sort': at === state.column ? 'descending' : null},
      make('button', {type: 'button', onclick: () => { state.backwards = at === state.column && !state.backwards; state.column = at; refresh(); }},
        column.name, at === state.column ? (state.backwards ? ' ▴' : ' ▾') : ''))));
    more.hidden = rows.length <= state.shown;
    more.textContent = `Show more (${number(rows.length - state.shown)} left)`;
  };
  more.addEventListener('click', () => { state.shown += 200; refresh(); });
  refresh();
  return card('Outlets', `${plural(data.outlets.length, 'outlet')} with articles in stories, of ${number(data.shown.outlets)}`,
    make('div.toolbar', null, make('input', {type: 'search', placeholder: 'Search outlets', 'aria-label': 'Search outlets',
      oninput: (event) => { state.words = event.target.value; refresh(); }})),
    make('div.scroll', null, make('table.outlets', null, make('thead', null, heads), body)), more);
}

function outletView(name) {
  const outlet = data.outlets.find((one) => source(one.s) === name);
  if (!outlet) return [make('p.empty', null, 'This outlet is not in the report.')];
  const partners = (title, rows) => make('section', null, make('h2', null, title), rows.length ? make('ol.ranking', null, rows.map(([other, stories, seconds]) =>
    ranked('outlet=' + encodeURIComponent(source(other)), feedText(source(other)), plural(stories, 'story', 'stories'), share(stories, rows[0][1]), `half of them within ${lag(seconds)}`))) : make('p.empty', null, 'None.'));
  return [make('section.story', null,
    make('nav.steps', null, link('outlets', 'step', '← all outlets'), link('stories?outlet=' + encodeURIComponent(name), 'step', 'its stories')),
    make('h1', null, feedText(name)),
    make('p.facts-line', null, `${plural(outlet.n, 'article')}, ${number(outlet.c)} in stories with copies, ${number(outlet.r)} removed · ` +
      `first in ${number(outlet.f)} of ${plural(outlet.y, 'shared story', 'shared stories')}` +
      (outlet.e ? ` · ${percent(share(outlet.e, outlet.n))} credit an agency, mostly ${agency(outlet.a)}` : '')),
    make('div.columns', null, partners('Published after it', outlet.to), partners('Published before it', outlet.from)),
    make('h2', null, 'Learned boilerplate'), make('p.note', null, 'text that it repeats in unrelated articles and that is therefore ignored; boilerplate.jsonl lists all of it'),
    outlet.b.length ? make('ul.blocks', null, outlet.b.map(([text, articles, sample]) => make('li', null, feedText(text, 'blockquote'),
      make('span.note', null, `in ${number(articles)} of ${plural(sample, 'sampled article')}`)))) : make('p.empty', null, 'None.'))];
}
