import type { ReactNode } from 'react';
import { paths } from '../paths.js';

export interface NavigationEntry {
  readonly text: string;
  readonly href: string;
  readonly icon: ReactNode;
}

/** The side navigation, in groups. */
export const navigation: readonly (readonly NavigationEntry[])[] = [
  [{ text: 'Overview', href: paths.overview(), icon: icon('M2.5 13.5v-5h3v5zM6.5 13.5v-8h3v8zM10.5 13.5v-11h3v11z') }],
  [
    { text: 'Images', href: paths.images(), icon: icon('M8 2 14 5 8 8 2 5zM2 8l6 3 6-3M2 11l6 3 6-3') },
    { text: 'Components', href: paths.components(), icon: icon('M2.5 2.5h4.5v4.5H2.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5H2.5zM11.25 9v4.5M9 11.25h4.5') },
    { text: 'Projects', href: paths.projects(), icon: icon('M2 13V3.5h4.2L8 5.3h6V13z') },
  ],
  [{ text: 'Findings', href: paths.findings(), icon: icon('M8 1.8 13.2 3.6v4.2c0 3-2.2 5.2-5.2 6.4-3-1.2-5.2-3.4-5.2-6.4V3.6zM8 5.2v3.2M8 10.6v.01') }],
  [
    { text: 'Integrations', href: paths.integrations(), icon: icon('M5.5 2v3.5M10.5 2v3.5M4 5.5h8v2.2a4 4 0 0 1-8 0zM8 11.7V14') },
    { text: 'Connections', href: paths.connections(), icon: icon('M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01') },
    { text: 'Scans', href: paths.scans(), icon: icon('M1.5 8.5H4L6 3.5l3.5 9 2-4h3') },
  ],
  [
    { text: 'Settings', href: paths.profile(), icon: icon('M2 5h12M2 11h12M10 3v4M6 9v4') },
    { text: 'API', href: paths.api(), icon: icon('M5 4.5 1.5 8 5 11.5M11 4.5 14.5 8 11 11.5M9 3 7 13') },
  ],
];

/** The entry a page belongs to: the longest address that begins the page's. */
export function activeEntry(pathname: string): string {
  const section = pathname.startsWith('/settings') ? paths.profile() : sectionOf(pathname);
  return (
    navigation
      .flat()
      .map(({ href }) => href)
      .filter((href) => section === href || (href !== '/' && section.startsWith(`${href}/`)))
      .sort((left, right) => right.length - left.length)[0] ?? ''
  );
}

/** Pages that no entry begins with belong to the list they are reached from. */
function sectionOf(pathname: string): string {
  if (pathname === paths.compare()) return paths.images();
  return pathname.startsWith('/vulnerabilities/') ? paths.findings() : pathname;
}

function icon(path: string): ReactNode {
  return (
    <svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" strokeWidth="1.4" strokeLinejoin="round" strokeLinecap="round" aria-hidden="true" focusable="false" className="esscm-stroke">
      <path d={path} />
    </svg>
  );
}
