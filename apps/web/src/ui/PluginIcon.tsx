import { createElement, type ReactNode } from 'react';

/** What an icon may be made of; all else in the text is dropped, above all scripts, references and handlers. */
const elements = new Set(['svg', 'g', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon']);
const attributes: Readonly<Record<string, string>> = {
  d: 'd', points: 'points', x: 'x', y: 'y', x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', cx: 'cx', cy: 'cy', r: 'r', rx: 'rx', ry: 'ry',
  width: 'width', height: 'height', viewBox: 'viewBox', fill: 'fill', stroke: 'stroke', opacity: 'opacity', transform: 'transform',
  'fill-rule': 'fillRule', 'clip-rule': 'clipRule', 'fill-opacity': 'fillOpacity', 'stroke-width': 'strokeWidth',
  'stroke-linecap': 'strokeLinecap', 'stroke-linejoin': 'strokeLinejoin', 'stroke-opacity': 'strokeOpacity', 'stroke-dasharray': 'strokeDasharray',
};
const maximumDepth = 8;

/** Draws a plugin's icon from its SVG text, element by element, in the colour around it. */
export function PluginIcon({ svg, size = 24 }: { readonly svg: string; readonly size?: number }) {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (root.localName !== 'svg') return null;
  return (
    <svg viewBox={root.getAttribute('viewBox') ?? '0 0 24 24'} width={size} height={size} aria-hidden="true" focusable="false" {...allowedAttributes(root, ['fill', 'stroke', 'stroke-width', 'stroke-linecap', 'stroke-linejoin'])}>
      {children(root, 0)}
    </svg>
  );
}

function children(parent: Element, depth: number): ReactNode[] {
  if (depth > maximumDepth) return [];
  return [...parent.children]
    .filter((element) => elements.has(element.localName))
    .map((element, index) => createElement(element.localName, { key: index, ...allowedAttributes(element) }, ...children(element, depth + 1)));
}

function allowedAttributes(element: Element, only: readonly string[] = Object.keys(attributes)): Record<string, string> {
  const result: Record<string, string> = {};
  for (const name of only) {
    const value = element.getAttribute(name);
    const property = attributes[name];
    if (value !== null && property !== undefined && !/url\s*\(/i.test(value)) result[property] = value;
  }
  return result;
}
