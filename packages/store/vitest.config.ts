import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    // Contract suites and their support register nothing of their own: the unit and integration suites import them.
    exclude: ['src/**/*.integration.test.ts', 'src/**/*.{contract,support}.test.ts'],
    passWithNoTests: true,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
