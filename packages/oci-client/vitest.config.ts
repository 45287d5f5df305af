import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { testTimeout: 60_000, hookTimeout: 60_000, include: ['src/**/*.test.ts'], exclude: ['src/**/*.integration.test.ts', 'src/**/*.support.test.ts'], passWithNoTests: true },
});
