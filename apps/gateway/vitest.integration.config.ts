import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: { testTimeout: 60_000, hookTimeout: 60_000, include: ['src/**/*.integration.test.ts'], fileParallelism: false, setupFiles: ['reflect-metadata'], passWithNoTests: true },
});
