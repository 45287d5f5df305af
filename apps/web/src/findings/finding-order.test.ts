import { expect, test } from 'vitest';
import { findingGroupOrders, findingOrder } from './finding-order.js';

test.each([
  ['', '', { sort: 'IMPORTANCE', reversed: false }],
  ['-severity', '', { sort: 'IMPORTANCE', reversed: false }],
  ['severity', 'severity', { sort: 'IMPORTANCE', reversed: true }],
  ['-epss', '-epss', { sort: 'EPSS', reversed: false }],
  ['seen', 'seen', { sort: 'FIRST_SEEN', reversed: true }],
  ['package', 'package', { sort: 'PACKAGE', reversed: false }],
  ['images', '', { sort: 'IMPORTANCE', reversed: false }],
])('findings: %s in the address is %s and asks for %j', (text, written, input) => {
  const sort = findingOrder.read(text);
  expect([findingOrder.write(sort), findingOrder.input(sort)]).toEqual([written, input]);
});

test.each([
  ['VULNERABILITY', '-images', { sort: 'IMAGES', reversed: false }],
  ['VULNERABILITY', 'vulnerability', { sort: 'KEY', reversed: false }],
  ['COMPONENT', '-epss', { sort: 'IMPORTANCE', reversed: false }],
  ['IMAGE', 'findings', { sort: 'FINDINGS', reversed: true }],
] as const)('by %s: %s asks for %j', (grouping, text, input) => {
  const order = findingGroupOrders[grouping];
  expect(order.input(order.read(text))).toEqual(input);
});
