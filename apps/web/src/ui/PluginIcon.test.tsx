// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { PluginIcon } from './PluginIcon.js';

afterEach(cleanup);
const drawn = (svg: string): string => render(<PluginIcon svg={svg} />).container.innerHTML;

describe('an icon', () => {
  test('is drawn with its shapes and strokes', () => {
    expect(drawn('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.4"><g><path d="M1 1h2" fill-rule="evenodd"/></g></svg>')).toBe(
      '<svg viewBox="0 0 16 16" width="24" height="24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" stroke-width="1.4"><g><path d="M1 1h2" fill-rule="evenodd"></path></g></svg>',
    );
  });

  test.each([
    ['a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['a foreign object', '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject><p>x</p></foreignObject></svg>'],
    ['a reference', '<svg xmlns="http://www.w3.org/2000/svg"><use href="https://evil.example/x.svg#a"/></svg>'],
    ['an image', '<svg xmlns="http://www.w3.org/2000/svg"><image href="https://evil.example/x.png"/></svg>'],
  ])('drops %s', (_, svg) => {
    expect(drawn(svg)).toBe('<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"></svg>');
  });

  test('drops handlers, styles and colours fetched from elsewhere', () => {
    expect(drawn('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><path d="M0 0" onclick="alert(1)" style="fill:red" fill="url(https://evil.example)"/></svg>')).toBe(
      '<svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path d="M0 0"></path></svg>',
    );
  });

  test('that cannot be read is not drawn', () => {
    expect([drawn('<p>no</p>'), drawn('<svg')]).toEqual(['', '']);
  });
});
