import { describe, expect, it } from 'vitest';
import { createSetupCode } from './setup-code.js';

describe('createSetupCode', () => {
  it('is three groups of four that can be read aloud, and another one each time', () => {
    const codes = Array.from({ length: 50 }, () => createSetupCode());
    for (const code of codes) expect(code).toMatch(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
