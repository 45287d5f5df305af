import { expect, test } from 'vitest';
import { textBelowHeading } from './text-below-heading.js';

test.each([
  ['Cannot reach AWS', 'Cannot reach AWS: the name api.ecr.eu-central-1.amazonaws.com cannot be resolved.', 'The name api.ecr.eu-central-1.amazonaws.com cannot be resolved.'],
  ['Access denied', 'user/esscm-ecr-read may not call ecr:BatchGetImage.', 'user/esscm-ecr-read may not call ecr:BatchGetImage.'],
  ['Access denied', 'Access denied by a proxy.', 'Access denied by a proxy.'],
])('below %s: %s', (heading, message, text) => {
  expect(textBelowHeading(heading, message)).toBe(text);
});
