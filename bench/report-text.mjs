/** The report as a table that a person reads. */
export function reportText({ machine, seconds, rows }) {
  const { processor, cores, node, openssl, pinned, load } = machine;
  const lines = rows.flatMap(rowLines);
  const missed = rows.flatMap(({ beside }) => beside).filter(({ met }) => met === false).length;
  return [
    `${processor}, ${cores} cores, load ${load.map((one) => one.toFixed(1)).join(' to ')}, Node ${node}, OpenSSL ${openssl}`,
    `${seconds} s each after warming up, ${pinned ? 'one core unless said' : 'NOT pinned to a core: taskset is missing'}. Rates and ratios are by CPU time of`,
    'all threads, `openssl speed` and the peers too, so that a busy machine compares alike; "wall" is what the clock saw.',
    '"pdf" has the structured data attached already; "+ structured" gives it as a file of its own, judged and stored.',
    '',
    ...table([['', '/s', 'wall /s', 'beside', '/s', 'ratio', 'target', ''], ...lines]),
    '',
    missed === 0 ? 'All targets met.' : `${missed} ${missed === 1 ? 'target' : 'targets'} missed.`,
    '',
  ].join('\n');
}

function rowLines({ name, perCpuSecond, perSecond, beside }) {
  return beside.map((one, i) => [
    ...(i === 0 ? [name, rate(perCpuSecond), rate(perSecond)] : ['', '', '']),
    one.what,
    ...(one.skipped === undefined ? comparison(one) : ['', '', '', `not run: ${one.skipped}`]),
  ]);
}

function comparison({ perSecond, ratio, target, goal, met }) {
  const share = (value) => (value < 1 ? `${(100 * value).toFixed(1)} %` : `${value.toFixed(2)} x`);
  const wanted = target === undefined ? '' : `${share(target)}${goal === undefined ? '' : ` (goal ${share(goal)})`}`;
  return [rate(perSecond), share(ratio), wanted, met === undefined ? '' : met ? 'met' : 'MISSED'];
}

const rate = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(1));

/** Texts to the left, figures to the right. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  const isText = [true, false, false, true, false, false, false, true];
  return rows.map((cells) =>
    cells
      .map((cell, column) => (isText[column] ? cell.padEnd(widths[column]) : cell.padStart(widths[column])))
      .join('  ')
      .trimEnd(),
  );
}
