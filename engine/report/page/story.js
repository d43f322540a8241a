// One story: its articles in order of publication, their headlines, and each copy beside the kept article.

const EQUAL = 0, RESPELT = 1, CUT = 2, ADDED = 3, NUMBER = 4, LEFT_OUT = 5, FIRST_IGNORES = 8, SECOND_IGNORES = 16;

// Converts edits to the pieces of both texts, [{kind, text}]; see engine/report/read_text.hpp.
function pieces(text, edits) {
  const first = [], second = [];
  for (let at = 0, i = 0; i < edits.length;) {
    const code = edits[i++], edit = code % FIRST_IGNORES;
    if (edit === LEFT_OUT) {
      second.push({kind: 'left-out', text: ` … ${plural(edits[i++], 'word')} more … `});
      continue;
    }
    const ignored = {first: code & FIRST_IGNORES ? ' ignored' : '', second: code & SECOND_IGNORES ? ' ignored' : ''};
    const length = edit === ADDED ? 0 : edits[i++];
    const here = text.slice(at, at + length);
    at += length;
    const other = edit === RESPELT || edit === ADDED || edit === NUMBER ? edits[i++] : here;
    if (edit === EQUAL || edit === RESPELT) {
      first.push({kind: 'equal' + ignored.first, text: here});
      second.push({kind: 'equal' + ignored.second, text: other});
    } else if (edit === NUMBER) {
      first.push({kind: 'number' + ignored.first, text: here});
      second.push({kind: 'number' + ignored.second, text: other});
    } else if (edit === CUT) {
      first.push({kind: 'cut' + ignored.first, text: here});
    } else {
      second.push({kind: 'added' + ignored.second, text: other});
    }
  }
  return {first, second};
}

function paint(parts, code) {
  const element = make('div.text', {dir: 'auto'});
  if (code) element.lang = code;
  for (const part of parts) {
    const tag = part.kind.startsWith('cut') ? 'del' : part.kind.startsWith('added') ? 'ins' : 'span';
    const piece = make([tag, ...part.kind.split(' ')].join('.'));
    piece.textContent = clean(part.text);
    element.append(piece);
  }
  return element;
}

// The texts of two articles {s, title, p, w, id, u, g} side by side.
function sideBySide(text, edits, first, second) {
  const parts = pieces(text.x, edits);
  const column = (article, of, side) => make('article.' + side, null, make('header', null,
    make('h4', null, feedText(source(article.s))), make('p.note', null, dateTime(article.p), article.w ? ` · ${plural(article.w, 'word')}` : '', ' ', outward(article.u)),
    feedText(article.title, 'p.headline', article.g)), paint(of, article.g));
  return make('div.side-by-side', null, column(first, parts.first, 'one'), column(second, parts.second, 'other'),
    text.cut ? make('p.note.wide', null, 'Long texts are truncated here.') : null);
}

const legend = (first, second) => make('p.legend', null, make('span.key', null, 'in both'), make('del', null, `only in ${first}`), make('ins', null, `only in ${second}`),
  make('span.number', null, 'changed number'), make('span.ignored', null, 'boilerplate, ignored'));

function storyView(id) {
  const at = data.clusters.findIndex((one) => one.id === id), cluster = data.clusters[at];
  if (!cluster) return [make('p.empty', null, 'This story is not in the report; clusters.jsonl may list it.')];
  const chosen = chosenClusters(), position = chosen.indexOf(cluster);
  const neighbour = (step, name) => { const other = chosen[position + step]; return position >= 0 && other ? link('story=' + other.id, 'step', name) : null; };
  return [make('section.story', null,
    make('nav.steps', {'aria-label': 'Stories'}, link('stories', 'step', '← all stories'), neighbour(-1, '‹ previous'), neighbour(1, 'next ›')),
    make('h1', null, titleOf(cluster)),
    make('p.facts-line', null, badgesOf(cluster).map(badge),
      ` ${plural(cluster.n, 'article')} in ${plural(cluster.s.length, 'outlet')}, ${number(cluster.n - cluster.k)} removed · `,
      cluster.a === undefined ? 'no agency credited' : ['credited to ', make('b', null, agency(cluster.a))],
      ` · ${percent(cluster.c)} of tested pairs match · `, make('code', null, cluster.id)),
    ...(cluster.m ? storyParts(cluster) : [make('p.empty', null, 'Its articles are not in this report; see clusters.jsonl: ', make('code', null, `wirecopy show ${data.result} --cluster ${cluster.id}`))]))];
}

function storyParts(cluster) {
  const compared = make('div.compared');
  const rows = [];
  const pick = (index) => {
    rows.forEach((row, at) => row.setAttribute('aria-selected', String(at === index)));
    compared.replaceChildren(comparison(cluster, index));
  };
  const order = cluster.m.map((member, index) => index).sort((a, b) => (cluster.m[a].p ?? Infinity) - (cluster.m[b].p ?? Infinity) || a - b);
  const body = make('tbody');
  for (const index of order) rows[index] = memberRow(cluster, index, pick);
  body.append(...order.map((index) => rows[index]));
  body.addEventListener('keydown', (event) => {
    const step = {ArrowDown: 1, ArrowUp: -1}[event.key], at = order.findIndex((index) => rows[index] === event.target);
    if (!step || at < 0 || !order[at + step] && order[at + step] !== 0) return;
    event.preventDefault();
    rows[order[at + step]].focus();
    pick(order[at + step]);
  });
  const table = make('div.scroll', null, make('table.members', null, make('thead', null, make('tr', null,
    ['Outlet', 'Published', '', 'Relation', 'In the kept article', 'Own text', 'Headline'].map((name) => make('th', {scope: 'col'}, name)))), body));
  const parts = [make('h2', null, 'Timeline'), table,
    cluster.more ? make('p.note', null, `${plural(cluster.more, 'more article')} in clusters.jsonl.`) : null, compared];
  pick(Math.min(order.find((index) => index > 0 && cluster.m[index].r && cluster.m[index].r !== 'exact') ?? 1, cluster.m.length - 1));
  const headlines = (cluster.h || []).length > 1 ? headlineList(cluster) : null, pairs = cluster.i ? pairGrid(cluster) : null;
  if (headlines || pairs) parts.push(make('div.columns', null, headlines, pairs));
  return parts;
}

function memberRow(cluster, index, pick) {
  const member = cluster.m[index], start = cluster.f, length = Math.max(spreadOf(cluster), 1);
  const late = member.p === undefined || !start ? null : member.p - start;
  const dot = draw('svg', {viewBox: '0 0 120 14', class: 'track', 'aria-hidden': 'true'}, draw('line', {x1: 5, x2: 115, y1: 7, y2: 7}),
    late === null ? null : draw('circle', {cx: 5 + 110 * late / length, cy: 7, r: 4.5, class: index === 0 ? 'kept' : member.k ? 'stays' : 'gone'}));
  return make('tr', {tabindex: '0', 'aria-selected': 'false', onclick: () => pick(index),
    onkeydown: (event) => { if (event.key === 'Enter') pick(index); }},
    make('td.outlet', null, feedText(source(member.s))),
    make('td.number', {title: dateTime(member.p)}, late === null ? 'no date' : late === 0 ? dateTime(member.p).slice(-5) : '+' + lag(late)),
    make('td', null, dot),
    make('td', null, index === 0 ? make('span.badge.canonical', null, 'canonical') : member.r ? relationBadge(member.r) : make('span.badge', null, 'linked by others'),
      index > 0 && member.k ? make('span.badge.stays', null, 'also kept') : null),
    make('td.cohesion', null, member.q === undefined ? '' : [bar(member.q / 100), make('span', null, `${member.q} %`)]),
    make('td.number.own', null, member.o === undefined ? '' : `${member.o} %`),
    make('td.headline', null, member.v ? make('span.badge', null, member.v) : null, member.h < 0 ? '' : feedText(cluster.h[member.h][0], 'bdi', language(cluster.g)),
      member.a === undefined ? null : make('span.credit', null, agency(member.a))));
}

function comparison(cluster, index) {
  const member = cluster.m[index], kept = cluster.m[0];
  const whole = (one) => ({...one, title: one.h < 0 ? '' : cluster.h[one.h][0], g: language(cluster.g)});
  const command = make('p.note', null, 'On the command line: ', make('code', null, `wirecopy explain ${data.result} ${member.id} ${kept.id}`));
  if (!cluster.x) return make('div', null, make('p.empty', null, data.threshold ? 'The texts of this story were omitted to keep the report small.' : 'No texts: the feed could not be read again.'), command);
  if (index > 0 && !member.e) return make('p.empty', null, 'The text of this article was omitted to keep the report small.');
  return make('div', null, legend('the kept article', 'the copy'), sideBySide(cluster.x, index === 0 ? [EQUAL, cluster.x.x.length] : member.e, whole(kept), whole(member)),
    index > 0 ? command : null);
}

function headlineList(cluster) {
  return make('section', null, make('h2', null, plural(cluster.h.length, 'headline')), make('ul.headlines', null, cluster.h.map(([title, count]) =>
    make('li', null, feedText(title, 'span', language(cluster.g)), count > 1 ? make('span.note', null, ` × ${count}`) : null))));
}

function pairGrid(cluster) {
  const members = cluster.m, at = (i, j) => (i < j ? j * (j - 1) / 2 + i : i * (i - 1) / 2 + j);
  return make('section', null, make('h2', null, 'All pairs'), make('p.note', null, 'share of the shorter text that occurs in the other, in per cent'),
    grid(members.map((member) => source(member.s)), (i, j) => (i === j ? null : cluster.i[at(i, j)] / 100),
      (i, j) => ({short: String(cluster.i[at(i, j)]), long: `${source(members[i].s)} and ${source(members[j].s)}: ${cluster.i[at(i, j)]} %`}), 'Similarities of all pairs'));
}
