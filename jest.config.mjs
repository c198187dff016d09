// Listings and logs show local time.
process.env.TZ = 'UTC';

export default {
  testEnvironment: 'node',
  // Most tests wait more than they work.
  maxWorkers: '100%',
  // What a test file has loaded stays in the memory of its process.
  workerIdleMemoryLimit: '1.5GB',
  // A server that a failed test left behind must not keep the run from ending.
  forceExit: true,
  testTimeout: 30_000,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  // What imports the package by its name, as the code on the pages does, gets the sources.
  moduleNameMapper: { '^sluice$': '<rootDir>/index.ts', '^sluice/(\\w+)$': '<rootDir>/$1/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
};
