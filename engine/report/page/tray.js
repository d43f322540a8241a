// The borderline tray: pairs to label, labels to download, and the scores of thresholds against the labels.

const LABELS = [{key: 's', label: 'copy', name: 'same'}, {key: 'p', label: 'partial', name: 'partial'}, {key: 'd', label: 'different', name: 'different'}];
const SIDES = {below: 'just below the threshold', above: 'just above the threshold', removed: 'removed, drawn at random'};
const labels = remembered();
const pairKey = (pair) => pair.p[0].id + '\n' + pair.p[1].id;
const labelOf = (pair) => labels[pairKey(pair)];
const tray = {at: 0};

function trayView() {
  const pairs = data.tray;
  if (!pairs.length) return [make('p.empty', null, 'No pairs: the feed could not be read again, or nothing was near the threshold.')];
  const list = make('ol.pairs'), stage = make('div.pair'), progress = make('p.count', {'aria-live': 'polite'}), curve = make('div.curve');
  const show = () => {
    const pair = pairs[tray.at], done = pairs.filter(labelOf).length;
    list.replaceChildren(...pairs.map((one, at) => make('li', null, make('button.' + (labelOf(one) || 'open') + '.' + one.z, {type: 'button',
      'aria-current': at === tray.at ? 'true' : null, title: `${SIDES[one.z]}, ${one.t.toFixed(2)}`, onclick: () => { tray.at = at; show(); }}, String(at + 1)))));
    progress.textContent = `Pair ${tray.at + 1} of ${pairs.length}, ${SIDES[pair.z]}; ${plural(done, 'label')} so far`;
    stage.replaceChildren(onePair(pair, setLabel));
    curve.replaceChildren(...[f1Curve()].filter(Boolean));
    download.disabled = done === 0;
  };
  const setLabel = (label) => {
    const pair = pairs[tray.at];
    if (labelOf(pair) === label) delete labels[pairKey(pair)];
    else labels[pairKey(pair)] = label;
    remember(labels);
    if (labelOf(pair) && tray.at + 1 < pairs.length) ++tray.at;
    show();
  };
  const download = make('button.main', {type: 'button', id: 'download', onclick: downloadLabels}, 'Download pairs.jsonl');
  tray.step = (step) => { tray.at = Math.max(0, Math.min(pairs.length - 1, tray.at + step)); show(); };
  tray.label = setLabel;
  show();
  return [make('section.tray', null, make('h1', null, 'Borderline'),
    make('p.note', null, 'The pairs nearest to the threshold on both sides, and a sample of the removed articles. Is the second article a copy of the first? Keys: ',
      make('kbd', null, 's'), ' same, ', make('kbd', null, 'p'), ' partial (shares passages, less than half), ', make('kbd', null, 'd'), ' different, ', make('kbd', null, '←'), ' ', make('kbd', null, '→'), ' other pairs.'),
    list, make('div.tray-head', null, progress, download), stage, curve)];
}

function onePair(pair, setLabel) {
  const [first, second] = pair.p, whole = (one) => ({...one, title: one.t, g: language(one.g)});
  return make('div', null,
    make('div.verdict', null, make('span.badge.' + (pair.l ? 'linked' : 'apart'), null, pair.l ? 'in one story' : 'not in one story'),
      make('span', null, `${(100 * pair.t).toFixed(1)} % of the shorter text occurs in the other; Jaccard ${pair.j} %`),
      make('span.labels', {role: 'group', 'aria-label': 'Your label'}, LABELS.map(({key, label, name}) => make('button.label.' + label, {type: 'button', 'data-label': label,
        'aria-pressed': String(labelOf(pair) === label), onclick: () => setLabel(label)}, name, ' ', make('kbd', null, key))))),
    legend('the first', 'the second'), sideBySide(pair.x, pair.e, whole(first), whole(second)));
}

const labelled = () => data.tray.filter(labelOf);

function pairLines() {
  return labelled().map((pair) => JSON.stringify({a: pair.p[0].id, b: pair.p[1].id, label: labelOf(pair), weight: pair.wt, stratum: pair.z, threshold: pair.t}) + '\n').join('');
}

function downloadLabels() {
  const url = URL.createObjectURL(new Blob([pairLines()], {type: 'application/x-ndjson'}));
  make('a', {href: url, download: 'pairs.jsonl'}).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

// Precision, recall and F1 of the labelled pairs if exactly those that reach the threshold are linked. A linked partial pair counts as half
// an error.
function scoresAt(threshold) {
  let right = 0, wrong = 0, missed = 0;
  for (const pair of labelled()) {
    const is_linked = pair.t > 0 && pair.t >= threshold, label = labelOf(pair);
    if (label === 'copy') is_linked ? (right += pair.wt) : (missed += pair.wt);
    else if (is_linked) wrong += pair.wt * (label === 'partial' ? 0.5 : 1);
  }
  const precision = right + wrong ? right / (right + wrong) : 1, recall = right + missed ? right / (right + missed) : 1;
  return {precision, recall, f1: precision + recall ? 2 * precision * recall / (precision + recall) : 0};
}

function f1Curve() {
  if (labelled().length < 5) return null;
  const plot = frame(560, 230, 1, {title: 'F1 of the labelled pairs by threshold', x: 'threshold', y: 'share'});
  const points = Array.from({length: 101}, (_, step) => ({at: step / 100, ...scoresAt(step / 100)}));
  for (const kind of ['precision', 'recall', 'f1']) plot.svg.append(line(points.map((point) => [plot.x(point.at), plot.y(point[kind])]), kind));
  plot.svg.append(marker(plot, data.threshold.own, `this run ${data.threshold.own}`));
  return make('figure', null, plot.svg, make('figcaption', null, `Scores of ${plural(labelled().length, 'label')} by threshold: `,
    make('span.key.precision', null, 'precision'), ' ', make('span.key.recall', null, 'recall'), ' ', make('span.key.f1', null, 'F1'),
    '. Most of these pairs are hard. ', make('code', null, `wirecopy evaluate ${data.result} --pairs pairs.jsonl --curve`), ' prints the same scores.'));
}
