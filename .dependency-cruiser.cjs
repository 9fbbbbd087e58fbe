const base = ['core/errors', 'core/primitives', 'core/encoding'];
const core = [
  ...base,
  'core/crypto',
  'core/pki',
  'core/journal',
  'core/licence',
  'core/seal',
  'core/renditions',
  'core/verification',
  'core/archive',
];

/** Which folder may import which. A folder may always import itself; nothing else is allowed. */
const mayImport = {
  'core/errors': [],
  'core/primitives': ['core/errors'],
  'core/encoding': ['core/errors', 'core/primitives'],
  'core/crypto': base,
  'core/pki': [...base, 'core/crypto'],
  'core/journal': [...base, 'core/crypto'],
  'core/licence': [...base],
  'core/seal': [...base, 'core/crypto', 'core/pki'],
  'core/renditions': [...base, 'core/crypto', 'core/pki', 'core/licence', 'core/seal'],
  'core/verification': [
    ...base,
    'core/crypto',
    'core/pki',
    'core/journal',
    'core/licence',
    'core/seal',
    'core/renditions',
  ],
  'core/archive': [...base, 'core/crypto', 'core/pki', 'core/journal', 'core/renditions', 'core/verification'],
  ports: core,
  operations: [...core, 'ports'],
  'adapters/storage': [...core, 'ports'],
  'adapters/templates': [...base, 'core/crypto', 'core/licence', 'ports'],
  'adapters/fonts': [...base, 'core/renditions', 'ports'],
  'adapters/trust': [...base, 'core/pki', 'core/journal', 'ports'],
  // The keeper checks the journal proof itself before it signs: that is its point.
  'adapters/keys': [...base, 'core/crypto', 'core/pki', 'core/journal', 'core/renditions', 'ports'],
  'adapters/workers': [...core, 'ports'],
  'adapters/observability': ['core/errors', 'ports'],
  config: ['core/errors'],
  'surfaces/api': [],
  'surfaces/http': ['core/errors', 'core/encoding', 'operations', 'ports', 'surfaces/api', 'surfaces/web'],
  // The command line is also the operator's tool: it may set up, open and back up, and print what core computed.
  'surfaces/cli': [
    ...base,
    'core/crypto',
    'core/licence',
    'core/verification',
    'operations',
    'ports',
    'config',
    'wiring',
    'setup',
    'serve',
    'upkeep',
  ],
  'surfaces/web': ['core/errors', 'operations', 'surfaces/api'],
};

/** Node modules and packages that only one place may touch. */
const onlyHere = {
  '(node:)?crypto$': 'src/(core/primitives/node|adapters/(keys|storage|system|observability)|surfaces/(http|cli))',
  '(node:)?(buffer|stream|zlib|fs|fs/promises|net|tls|http|https|http2|child_process|worker_threads)$':
    'src/(core/primitives/node|adapters/|config/|surfaces/(http|cli)/|main|wiring|setup|serve|upkeep)',
  'node_modules/(koa|@koa)': 'src/surfaces/http/',
  'node_modules/(mongoose|mongodb)/': 'src/adapters/storage/mongo/',
  'node:sqlite|node_modules/@photostructure/sqlite': 'src/adapters/storage/sqlite/',
  'node_modules/koffi': 'src/core/primitives/node-sm2',
  'node_modules/(node-forge|pkijs|@peculiar)': 'src/adapters/keys/',
};

const FOLDER = '^src/((?:core|adapters|surfaces)/[^/]+|ports|operations|config)/';
const DOOR = '^src/(?:(?:core|adapters|surfaces)/[^/]+|ports|operations|config)/index\\.ts$';
const rule = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    rule('no-cycles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    ...Object.entries(mayImport).map(([folder, targets]) =>
      rule(
        `layer-${folder.replace('/', '-')}`,
        { path: `^src/${folder}/` },
        { path: '^src/', pathNot: `^src/(${[folder, ...targets].join('|')})(/|\\.ts$)` },
      ),
    ),
    // `#primitives` is the one door without an index: it resolves to node.ts or browser.ts, and its types to contract.ts.
    rule(
      'front-door-only',
      { path: FOLDER },
      {
        path: '^src/.+/',
        pathNot: `^src/$1/|${DOOR}|^src/core/primitives/(node|browser|contract|node-sm2|noble-sm2)\\.ts$|^src/ports/`,
      },
    ),
    rule('never-through-own-door', { path: FOLDER, pathNot: '/index\\.ts$' }, { path: '^src/$1/index\\.ts$' }),
    rule(
      'ports-are-types-only',
      { path: '^src/ports/', pathNot: '/index\\.ts$' },
      { path: '^src/', dependencyTypesNot: ['type-only'] },
    ),
    rule('src-never-sees-tests', { path: '^src/' }, { path: '^tests/' }),
    ...Object.entries(onlyHere).map(([module, home], i) =>
      rule(`only-here-${i}`, { path: '^src/', pathNot: `^${home}` }, { path: `^${module}|/${module}` }),
    ),
    rule(
      'folder-is-listed',
      { path: '^src/.+/', pathNot: `^src/(${Object.keys(mayImport).join('|')}|adapters/system)/` },
      {},
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
