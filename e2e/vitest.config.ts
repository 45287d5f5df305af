import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['src/**/*.e2e.test.ts'], globalSetup: 'src/support/demo-folder.ts', fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 },
});
