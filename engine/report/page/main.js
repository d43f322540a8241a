// Navigation, keyboard shortcuts and printing.

const VIEWS = [['overview', 'Overview'], ['stories', 'Stories'], ['outlets', 'Outlets'], ['tray', 'Borderline']];
const stage = make('main', {id: 'stage', tabindex: '-1'});
const tabs = make('nav.tabs', {'aria-label': 'Views'});

function show() {
  const [path, query = ''] = location.hash.slice(1).split('?');
  const [view, argument = ''] = path.split('=');
  const name = decodeURIComponent(argument);
  const views = {overview: overviewView, stories: () => storiesView(new URLSearchParams(query)), story: () => storyView(name),
    outlets: outletsView, outlet: () => outletView(name), tray: trayView};
  const draw_view = views[view] || overviewView;
  const tab = {story: 'stories', outlet: 'outlets'}[view] || (views[view] ? view : 'overview');
  tabs.replaceChildren(...VIEWS.map(([key, label]) => make('a', {href: '#' + key, 'aria-current': key === tab ? 'page' : null}, label,
    key === 'stories' ? make('span.count', null, number(data.shown.clusters)) : null, key === 'tray' && data.tray.length ? make('span.count', null, String(data.tray.length)) : null)));
  stage.replaceChildren(...draw_view().filter(Boolean));
  stage.dataset.view = view || 'overview';
  window.scrollTo(0, 0);
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const view = stage.dataset.view;
  if (event.key === '/') {
    event.preventDefault();
    if (view !== 'stories') { location.hash = 'stories'; show(); }
    document.getElementById('search').focus();
  } else if (view === 'tray' && data.tray.length) {
    const label = LABELS.find((one) => one.key === event.key);
    if (label) tray.label(label.label);
    else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') tray.step(event.key === 'ArrowRight' ? 1 : -1);
  } else if (view === 'story' && (event.key === 'ArrowRight' || event.key === 'ArrowLeft')) {
    const steps = [...stage.querySelectorAll('.steps a')], step = steps.find((one) => one.textContent.includes(event.key === 'ArrowRight' ? '›' : '‹'));
    if (step) step.click();
  }
});

// The logo: two sheets of paper, one a copy of the other.
function mark() {
  return draw('svg', {viewBox: '0 0 20 20', class: 'mark', 'aria-hidden': 'true'}, draw('rect', {x: 2, y: 2, width: 11, height: 13, rx: 2}),
    draw('rect', {class: 'copy', x: 7, y: 5, width: 11, height: 13, rx: 2}));
}

const app = document.getElementById('app');
document.title = `${data.result}: who copied whom`;
app.replaceChildren(
  make('header.top', null, link('overview', 'brand', mark(), 'wirecopy'),
    make('span.result', null, feedText(data.result)), tabs),
  stage,
  make('footer.bottom', null, `wirecopy ${run.version} · threshold ${parameters.threshold} · dates from the feed, in UTC`));
window.addEventListener('hashchange', show);
show();
