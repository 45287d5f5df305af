import { generateThemeStylesheet, type Theme } from '@cloudscape-design/components/theming';
import { measures, ownColours, palettes, partColours, type ModeColour } from './tokens.js';

const colourTokens = Object.fromEntries(
  Object.entries<ModeColour>(partColours).map(([name, [light, dark]]) => [`color${name}`, { light, dark }]),
);

const theme: Theme = {
  referenceTokens: { color: palettes },
  tokens: { ...colourTokens, ...measures },
  contexts: { 'app-layout-toolbar': { tokens: { colorBackgroundLayoutMain: colourTokens['colorBackgroundLayoutMain'] } } },
};

/** One rule with our own variables in one mode. */
function ownVariables(selector: string, mode: 0 | 1): string {
  const lines = Object.entries<ModeColour>(ownColours).map(([name, colour]) => `--esscm-${name}:${colour[mode]}`);
  return `${selector}{${lines.join(';')}}`;
}

/** The whole theme as CSS: the kit's variables and ours, light and dark. Runs while building, never in the browser. */
export function themeStylesheet(): string {
  return [generateThemeStylesheet({ theme }), ownVariables('body', 0), ownVariables('body.awsui-dark-mode', 1)].join('\n');
}
