// The first view: counts, rankings, and the study of the threshold.

const counts = data.summary.counts, parameters = data.summary.parameters, search = data.summary.search, run = data.summary.run;

function overviewView() {
  return [headline(), warnings(), answers(), thresholdCard(), runCard()];
}

function headline() {
  const dates = data.clusters.map((cluster) => cluster.f).filter(Boolean).sort((a, b) => a - b);
  const first = dates.length ? day(dates[dates.length >> 1]) : null;
  const outlets = data.shown.outlets;
  return make('section.hero', null,
    make('p.lead', null,
      'Of ', make('b', null, plural(counts.read, 'article')), ` from ${plural(outlets, 'outlet')}, `,
      make('b.removed', null, number(counts.duplicate)), ` were removed as copies. `,
      make('b', null, plural(counts.clusters, 'story', 'stories')), ' had copies.'),
    make('div.split', {role: 'img', 'aria-label': `${counts.kept} kept, ${counts.duplicate} removed, ${counts.rejected} rejected`},
      part('kept', counts.kept), part('removed', counts.duplicate), part('rejected', counts.rejected)),
    make('dl.figures', null,
      figure('read', number(counts.read), first ? `around ${first}` : bytes(counts.bytes)),
      figure('kept', number(counts.kept), percent(share(counts.kept, counts.read)), 'kept'),
      figure('removed', number(counts.duplicate), percent(share(counts.duplicate, counts.read)), 'removed'),
      figure('rejected', number(counts.rejected), rejectedFor(), 'rejected'),
      figure('stories with copies', number(counts.clusters), `${number(counts.clustered)} articles in them`),
      figure('with an agency', number(agencyStories()), `${plural(data.agencyFigures.length, 'agency', 'agencies')} credited`)));
}

const agencyStories = () => data.agencyFigures.reduce((sum, figures) => sum + figures[1], 0);
const part = (kind, count) => (count ? make(`span.${kind}`, {style: {'flex-grow': String(count)}, title: `${number(count)} ${kind}`}) : null);
const figure = (name, value, note, kind = '') =>
  make('div' + (kind && '.' + kind), null, make('dt', null, name), make('dd', null, value), make('dd.note', null, note));
function rejectedFor() {
  const reasons = Object.entries(counts.rejected_for || {});
  return reasons.length ? reasons.map(([reason, count]) => `${reason} ${number(count)}`).join(', ') : 'no bad lines';
}

function warnings() {
  return data.warnings.length ? make('section.warning', {role: 'note'}, data.warnings.map((text) => feedText(text, 'p'))) : null;
}

// Rankings of stories, agencies and outlets.
function answers() {
  return make('div.cards', null, mostSyndicated(), byAgency(), firstToPublish(), leastOriginal(), reliantOnAgencies(), secondLook());
}

function ranking(rows) {
  return make('ol.ranking', null, rows);
}

// A card with a ranking; null if the ranking is empty.
function rankingCard(title, note, rows) {
  return rows.length ? card(title, note, ranking(rows)) : null;
}

function ranked(hash, label, value, part, note, kind = '') {
  return make('li', null, link(hash, 'row', make('span.label', null, label), make('span.value', null, value)), bar(part, kind),
    note && make('span.note', null, note));
}

function mostSyndicated() {
  const stories = [...data.clusters].sort((a, b) => b.s.length - a.s.length || b.n - a.n).slice(0, 7).filter((c) => c.s.length > 1);
  const max = stories.length ? stories[0].s.length : 1;
  return rankingCard('Most syndicated', 'stories by number of outlets', stories.map((cluster) =>
    ranked('story=' + cluster.id, titleOf(cluster), plural(cluster.s.length, 'outlet'), share(cluster.s.length, max),
      [agency(cluster.a) || 'no agency credited', ' · first in ', feedText(source(cluster.s[0])), languageNote(cluster)])));
}

const languageNote = (cluster) => (cluster.g === undefined ? null : ` · ${language(cluster.g)}`);
const titleOf = (cluster) => feedText(cluster.t || '(no title)', 'bdi', language(cluster.g));

function byAgency() {
  const rows = data.agencyFigures.slice(0, 7), max = rows.length ? rows[0][2] : 1;
  return rankingCard('Agencies', 'copies of stories that credit the agency', rows.map(([name, stories, copies, outlets]) =>
    ranked('stories?agency=' + encodeURIComponent(agency(name)), feedText(agency(name)), plural(copies, 'copy', 'copies'), share(copies, max),
      `${plural(stories, 'story', 'stories')} in ${plural(outlets, 'outlet')}`, 'agency')));
}

function firstToPublish() {
  const rows = data.outlets.filter((outlet) => outlet.f > 0).sort((a, b) => b.f - a.f).slice(0, 7);
  const max = rows.length ? rows[0].f : 1;
  return rankingCard('First to publish', 'shared stories that an outlet published before all others, by the dates of the feed', rows.map((outlet) =>
    ranked('outlet=' + encodeURIComponent(source(outlet.s)), feedText(source(outlet.s)), plural(outlet.f, 'story', 'stories'), share(outlet.f, max),
      `first in ${percent(share(outlet.f, outlet.y))} of its ${number(outlet.y)} shared stories`, 'first')));
}

function leastOriginal() {
  const rows = data.outlets.filter((outlet) => outlet.n >= 5 && outlet.r > 0)
    .sort((a, b) => share(b.r, b.n) - share(a.r, a.n) || b.n - a.n).slice(0, 7);
  return rankingCard('Least original', 'outlets with at least five articles, by the share removed', rows.map((outlet) =>
    ranked('outlet=' + encodeURIComponent(source(outlet.s)), feedText(source(outlet.s)), percent(share(outlet.r, outlet.n)), share(outlet.r, outlet.n),
      `${number(outlet.r)} of ${plural(outlet.n, 'article')} removed${outlet.o === undefined ? '' : `; own text in copies: ${outlet.o} %`}`, 'removed')));
}

function reliantOnAgencies() {
  const rows = data.outlets.filter((outlet) => outlet.n >= 5 && outlet.e > 0).sort((a, b) => share(b.e, b.n) - share(a.e, a.n) || b.n - a.n).slice(0, 7);
  return rankingCard('Most reliant on agencies', 'outlets with at least five articles, by the share that credits an agency', rows.map((outlet) =>
    ranked('outlet=' + encodeURIComponent(source(outlet.s)), feedText(source(outlet.s)), percent(share(outlet.e, outlet.n)), share(outlet.e, outlet.n),
      [`${number(outlet.e)} of ${plural(outlet.n, 'article')}, mostly `, feedText(agency(outlet.a))], 'agency')));
}

// The minimum similarity of two articles of a story; for large stories, whose pairs are not all compared, the share of
// tested pairs that match.
const weakest = (cluster) => (cluster.i ? Math.min(...cluster.i) / 100 : cluster.c);

function secondLook() {
  const rows = data.clusters.filter((cluster) => cluster.n > 2 && weakest(cluster) < parameters.threshold)
    .sort((a, b) => weakest(a) - weakest(b) || b.n - a.n).slice(0, 7);
  return rankingCard('Worth a second look', 'the least coherent stories: is each of them a single story?', rows.map((cluster) =>
    ranked('story=' + cluster.id, titleOf(cluster), percent(weakest(cluster)), weakest(cluster),
      `shared by two of ${plural(cluster.n, 'article')} in ${plural(cluster.s.length, 'outlet')}; ${percent(cluster.c)} of tested pairs match`, 'loose')));
}

function thresholdCard() {
  const study = data.threshold;
  if (!study) return null;
  const reading = make('output.reading', {'aria-live': 'polite'});
  const slider = make('input', {type: 'range', min: '0', max: String(study.whatIf.length - 1), step: '1',
    'aria-label': 'Another threshold', value: String(study.whatIf.findIndex((row) => row[0] === study.own))});
  const box = make('div.charts', null);
  const show = () => {
    const row = study.whatIf[Number(slider.value)], own = study.whatIf.find((other) => other[0] === study.own);
    const change = row[1] - own[1];
    reading.replaceChildren(make('b', null, `At ${row[0].toFixed(2)}: `), `${plural(row[1], 'article')} removed`,
      change ? ` (${change > 0 ? '+' : '−'}${number(Math.abs(change))})` : ' (this run)',
      `, ${plural(row[2], 'story', 'stories')}, the largest with ${plural(row[3], 'article')}`);
    box.replaceChildren(histogram(study, row[0]), whatIf(study, row[0]));
  };
  slider.addEventListener('input', show);
  show();
  return card('Is the threshold right?',
    `${plural(study.candidates, 'pair')} of articles were compared. A pair links if at least this share of the shorter text occurs in the other; ` +
    `${number(study.never)} cannot link at any threshold, because they share too little text or are too short.`,
    box, make('label.what-if', null, make('span', null, 'Threshold'), slider), reading);
}

function histogram(study, at) {
  const max = Math.max(...study.bins, 1);
  const plot = frame(560, 250, max, {title: 'Histogram of the similarities of compared pairs', x: 'share of the shorter text in the other', y: 'pairs',
    right: study.curve.length ? 'found' : null});
  study.bins.forEach((count, bin) => {
    const from = bin / study.bins.length, to = (bin + 1) / study.bins.length;
    plot.svg.append(draw('rect', {class: from + 1e-9 >= at ? 'bin linked' : 'bin', x: plot.x(from) + 0.6, width: plot.x(to) - plot.x(from) - 1.2,
      y: plot.y(count), height: plot.bottom - plot.y(count)},
      draw('title', null, `${from.toFixed(2)} to ${to.toFixed(2)}: ${plural(count, 'pair')}`)));
  });
  if (study.curve.length) {
    plot.svg.append(line(study.curve.map((value, step) => [plot.x(step / (study.curve.length - 1)), plot.y(value * max)]), 'found'));
  }
  plot.svg.append(marker(plot, at, `links from ${at.toFixed(2)}`));
  return make('figure', null, plot.svg, make('figcaption', null, 'Pairs by similarity; coloured ones link. ',
    study.curve.length ? make('span.key.found', null, 'Line: the probability that the search finds such a pair' +
      (parameters.method === 'sample' ? ', for texts of 50 words; it is higher for longer texts.' : '.')) : null));
}

function whatIf(study, at) {
  const max = Math.max(...study.whatIf.flatMap((row) => [row[1], row[2]]), 1);
  const plot = frame(560, 250, max, {title: 'Articles removed at other thresholds', x: 'threshold', y: 'articles, stories'});
  plot.svg.append(line(study.whatIf.map((row) => [plot.x(row[0]), plot.y(row[1])]), 'removed'),
    line(study.whatIf.map((row) => [plot.x(row[0]), plot.y(row[2])]), 'stories'),
    line(study.whatIf.map((row) => [plot.x(row[0]), plot.y(row[3])]), 'largest'), marker(plot, at, at.toFixed(2)));
  return make('figure', null, plot.svg, make('figcaption', null, 'Results of other thresholds for the same pairs: ',
    make('span.key.removed', null, 'articles removed'), ' ', make('span.key.stories', null, 'stories'), ' ',
    make('span.key.largest', null, 'articles in the largest story')));
}

function runCard() {
  const table = (rows) => make('dl.facts', null, rows.filter((row) => row[1] !== null && row[1] !== undefined).map(([name, value]) =>
    [make('dt', null, name), make('dd', null, value instanceof Node ? value : feedText(value))]));
  const slowest = Math.max(...run.stages.map((stage) => Math.max(stage.seconds, stage.cpu_seconds)), 1e-9);
  return card('About this run', 'inputs, parameters and costs',
    make('div.columns.three', null,
      table([['read', data.summary.inputs.join(', ')], ['bytes', bytes(counts.bytes)], ['fields', data.summary.fields], ['method', parameters.method],
        ['threshold', String(parameters.threshold)], ['shingle', `${parameters.shingle} words`], ['title compared', parameters.title ? 'yes' : 'no'],
        ['boilerplate', parameters.boilerplate], ['keep', parameters.keep], ['seed', String(parameters.seed)],
        ['bands', parameters.bands ? `${parameters.bands} of ${parameters.rows} rows` : null],
        ['distance', parameters.distance === undefined ? null : String(parameters.distance)],
        ['fingerprint', make('code', null, parameters.fingerprint)], ['version', `wirecopy ${run.version}, ${run.kernel}, ${plural(run.threads, 'thread')}`]]),
      table([['equal articles', plural(search.equal_groups, 'group')], ['candidate pairs', number(search.candidates)],
        ['pairs verified', number(search.verified)], ['matches', number(search.matches)],
        ['chains cut', `${number(search.chains_cut)}: incoherent groups that were divided`],
        ['buckets', `${number(search.buckets)}, the largest with ${plural(search.largest_bucket, 'article')}`],
        ['buckets capped', `${number(search.capped_buckets)}, with ${number(search.capped_articles)} entries: not all of their pairs were compared`],
        ['outlets with boilerplate', number(search.sources_with_boilerplate)], ['repeated ids', number(counts.duplicate_ids)],
        ['rejected lines', `${number(counts.rejected)}${counts.rejected ? ': ' + rejectedFor() : ''}`],
        ['in this report', `${plural(data.shown.listed, 'story', 'stories')} of ${number(data.shown.clusters)}, ${number(data.shown.texts)} with their texts; ` +
          'clusters.jsonl and articles.jsonl list all']]),
      make('table.stages', null, make('caption', null, `${run.seconds.toFixed(2)} s, ${run.cpu_seconds.toFixed(2)} s of processor time, ${bytes(run.peak_memory_bytes)} of memory`),
        make('tbody', null, run.stages.map((stage) => make('tr', null, make('th', {scope: 'row'}, stage.stage),
          make('td', null, bar(Math.max(stage.seconds, stage.cpu_seconds) / slowest)),
          make('td.number', null, `${Math.max(stage.seconds, stage.cpu_seconds).toFixed(3)} s`)))))));
}
