const shared = {
  testEnvironment: 'node',
  setupFiles: ['reflect-metadata'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
};

const mapTo = (platform) => ({
  '^#primitives$': `<rootDir>/src/core/primitives/${platform}.ts`,
  '^(\\.{1,2}/.*)\\.js$': '$1',
});

/** Core runs twice: with the primitives of Node and with those of a browser. */
export default {
  projects: [
    { ...shared, displayName: 'core-node', roots: ['<rootDir>/tests/core'], moduleNameMapper: mapTo('node') },
    { ...shared, displayName: 'core-browser', roots: ['<rootDir>/tests/core'], moduleNameMapper: mapTo('browser') },
    {
      ...shared,
      displayName: 'rest',
      roots: ['<rootDir>/tests'],
      testPathIgnorePatterns: ['<rootDir>/tests/core/'],
      moduleNameMapper: mapTo('node'),
    },
  ],
  // All cores; without this a machine of two runs everything in one process.
  maxWorkers: '100%',
  // Modules of each file stay in a worker's memory; one that has grown is replaced.
  workerIdleMemoryLimit: '1.5GB',
  // A busy machine may take ten times as long as an idle one; what must be quick says so in its own test.
  testTimeout: 240_000,
  // Istanbul counts an `if` without `else` and each default value as two branches, which V8 does not.
  coverageProvider: 'babel',
  collectCoverageFrom: ['src/core/**/*.ts'],
};
