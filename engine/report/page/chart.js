// Charts: bars, lines, grids of numbers. Sizes are in units of the viewBox; the style sheet defines the colours.

function niceSteps(max, count = 4) {
  const rough = max / count, power = 10 ** Math.floor(Math.log10(rough || 1));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) || 1;
  const steps = [];
  for (let at = 0; at <= max + step * 0.001; at += step) steps.push(at);
  return steps;
}

// A frame with axes: x from 0 to 1, y from 0 to `max`.
function frame(width, height, max, labels) {
  const left = 52, right = labels.right ? 46 : 14, top = 32, bottom = 38;
  const x = (value) => left + value * (width - left - right);
  const y = (value) => height - bottom - share(value, max) * (height - top - bottom);
  const svg = draw('svg', {viewBox: `0 0 ${width} ${height}`, class: 'chart', role: 'img', 'aria-label': labels.title});
  for (const step of niceSteps(max)) {
    svg.append(draw('line', {class: 'grid', x1: x(0), x2: x(1), y1: y(step), y2: y(step)}),
      draw('text', {class: 'tick end', x: x(0) - 6, y: y(step) + 4}, number(step)));
  }
  for (let step = 0; step <= 10; step += 2) {
    svg.append(draw('text', {class: 'tick middle', x: x(step / 10), y: height - bottom + 16}, (step / 10).toFixed(1)));
  }
  svg.append(draw('text', {class: 'axis middle', x: x(0.5), y: height - 5}, labels.x),
    draw('text', {class: 'axis', x: 4, y: 11}, labels.y));
  if (labels.right) {
    svg.append(draw('text', {class: 'axis end', x: width - 2, y: 11}, labels.right));
    for (const step of [0, 0.5, 1]) svg.append(draw('text', {class: 'tick', x: x(1) + 6, y: y(step * max) + 4}, percent(step)));
  }
  return {svg, x, y, bottom: height - bottom, top};
}

function line(points, kind) {
  return draw('polyline', {class: 'line ' + kind, points: points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ')});
}

function marker(plot, value, label) {
  const x = plot.x(value), is_late = value > 0.75;
  return draw('g', {class: 'marker'}, draw('line', {x1: x, x2: x, y1: plot.top - 10, y2: plot.bottom}),
    draw('text', {x: x + (is_late ? -5 : 5), y: plot.top - 4, class: is_late ? 'end' : ''}, label));
}

// A square of cells; `value(row, column)` is 0 to 1 or null, `describe(row, column)` is the text of a cell.
function grid(names, value, describe, label, onPick) {
  const cell = names.length > 14 ? 20 : 26, side = Math.min(150, Math.max(...names.map((name) => name.length)) * 6.4 + 10);
  const size = names.length * cell, width = side + size + side * 0.6, height = side * 0.8 + size + 4, top = side * 0.8;
  const svg = draw('svg', {viewBox: `0 0 ${width} ${height}`, class: 'grid-chart', role: 'img', 'aria-label': label,
    width: Math.round(width), height: Math.round(height)});
  const short = (name) => (name.length > 22 ? name.slice(0, 21) + '…' : name);
  names.forEach((name, at) => {
    svg.append(draw('text', {class: 'tick end', x: side - 5, y: top + at * cell + cell / 2 + 4}, short(name)),
      draw('text', {class: 'tick', transform: `translate(${side + at * cell + cell / 2 + 3},${top - 5}) rotate(-55)`}, short(name)));
  });
  for (let row = 0; row < names.length; ++row) {
    for (let column = 0; column < names.length; ++column) {
      const strength = value(row, column);
      const place = {x: side + column * cell + 1, y: top + row * cell + 1, width: cell - 2, height: cell - 2, rx: 3};
      if (strength === null) {
        svg.append(draw('rect', {...place, class: row === column ? 'cell self' : 'cell none'}));
        continue;
      }
      const words = describe(row, column);
      const group = draw('g', {class: 'cell-of-grid', onclick: onPick ? () => onPick(row, column) : null}, draw('title', null, words.long),
        draw('rect', {...place, class: 'cell', 'fill-opacity': (0.12 + 0.88 * strength).toFixed(2)}),
        draw('text', {class: 'cell-text middle' + (strength > 0.55 ? ' strong' : ''), x: place.x + place.width / 2,
          y: place.y + place.height / 2 + 3.5}, words.short));
      svg.append(group);
    }
  }
  return make('div.scroll', null, svg);
}
