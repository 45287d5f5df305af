import { expect, test } from 'vitest';
import { isImageNamed } from './image-name.js';

test.each([
  ['nginx:1.27', 'nginx:1.27', true],
  ['docker.io/library/nginx:1.27', 'nginx:1.27', true],
  ['nginx:1.27', 'docker.io/library/nginx:1.27', true],
  ['team/app:1.0', 'docker.io/team/app:1.0', true],
  ['public.ecr.aws/nginx/nginx:1.27', 'public.ecr.aws/nginx/nginx:1.27', true],
  ['localhost/app:1.0', 'localhost/app:1.0', true],
  ['public.ecr.aws/nginx/nginx:1.27', '1.27', true],
  ['1.27', '1.27', true],
  ['public.ecr.aws/nginx/nginx:1.27', 'nginx:1.27', false],
  ['nginx:1.27', 'nginx:1.2', false],
  ['nginx:1.27', '27', false],
])('what was saved as %s is meant by %s: %s', (saved, wanted, expected) => {
  expect(isImageNamed(saved, wanted)).toBe(expected);
});
