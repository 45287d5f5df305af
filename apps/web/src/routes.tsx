import { createBrowserRouter, type RouteObject } from 'react-router';
import { NotFoundPage } from './pages/NotFoundPage.js';
import { RouteErrorPage } from './pages/RouteErrorPage.js';
import { SessionGate } from './session/SessionGate.js';
import { SetupPage } from './session/SetupPage.js';
import { SignInPage } from './session/SignInPage.js';
import { PageSkeleton } from './ui/Skeleton.js';

/** Every route; all but the first two pages load when first visited. Addresses are built in `paths.ts`. */
export const routes: RouteObject[] = [
  { path: '/setup', Component: SetupPage, ErrorBoundary: RouteErrorPage },
  { path: '/sign-in', Component: SignInPage, ErrorBoundary: RouteErrorPage },
  {
    Component: SessionGate,
    ErrorBoundary: RouteErrorPage,
    children: [
      {
        ErrorBoundary: RouteErrorPage,
        HydrateFallback: PageSkeleton,
        children: [
          { path: '/', lazy: async () => ({ Component: (await import('./pages/overview/OverviewPage.js')).OverviewPage }) },
          { path: '/connect', lazy: async () => ({ Component: (await import('./pages/integrations/IntegrationsPage.js')).IntegrationsPage }) },
          { path: '/connect/:pluginId/new', lazy: async () => ({ Component: (await import('./wizard/ConnectPage.js')).ConnectPage }) },
          { path: '/connections', lazy: async () => ({ Component: (await import('./pages/connections/ConnectionsPage.js')).ConnectionsPage }) },
          { path: '/connections/:id', lazy: async () => ({ Component: (await import('./pages/connections/ConnectionPage.js')).ConnectionPage }) },
          { path: '/connections/:id/registry', lazy: async () => ({ Component: (await import('./pages/connections/RegistryPage.js')).RegistryPage }) },
          { path: '/connections/:id/activity', lazy: async () => ({ Component: (await import('./pages/connections/ActivityPage.js')).ActivityPage }) },
          { path: '/projects', lazy: async () => ({ Component: (await import('./pages/projects/ProjectsPage.js')).ProjectsPage }) },
          { path: '/projects/:id', lazy: async () => ({ Component: (await import('./pages/projects/ProjectPage.js')).ProjectPage }) },
          { path: '/images', lazy: async () => ({ Component: (await import('./pages/images/ImagesPage.js')).ImagesPage }) },
          { path: '/images/:id/:tab?', lazy: async () => ({ Component: (await import('./pages/images/ImagePage.js')).ImagePage }) },
          { path: '/scans', lazy: async () => ({ Component: (await import('./pages/scans/ScansPage.js')).ScansPage }) },
          { path: '/scans/:id', lazy: async () => ({ Component: (await import('./pages/scans/ScanPage.js')).ScanPage }) },
          { path: '/components', lazy: async () => ({ Component: (await import('./pages/components/ComponentsPage.js')).ComponentsPage }) },
          { path: '/findings', lazy: async () => ({ Component: (await import('./pages/findings/FindingsPage.js')).FindingsPage }) },
          { path: '/findings/decisions', lazy: async () => ({ Component: (await import('./pages/findings/DecisionsPage.js')).DecisionsPage }) },
          { path: '/findings/fixes', lazy: async () => ({ Component: (await import('./pages/findings/FixesPage.js')).FixesPage }) },
          { path: '/findings/vex', lazy: async () => ({ Component: (await import('./pages/findings/VexDocumentsPage.js')).VexDocumentsPage }) },
          { path: '/findings/vex/:id', lazy: async () => ({ Component: (await import('./pages/findings/VexDocumentPage.js')).VexDocumentPage }) },
          { path: '/vulnerabilities/:id', lazy: async () => ({ Component: (await import('./pages/vulnerabilities/VulnerabilityPage.js')).VulnerabilityPage }) },
          { path: '/compare', lazy: async () => ({ Component: (await import('./pages/compare/ComparePage.js')).ComparePage }) },
          { path: '/explorer', lazy: async () => ({ Component: (await import('./pages/api/ApiPage.js')).ApiPage }) },
          { path: '/settings/profile', lazy: async () => ({ Component: (await import('./pages/settings/ProfilePage.js')).ProfilePage }) },
          { path: '/settings/advisories', lazy: async () => ({ Component: (await import('./pages/settings/AdvisoriesPage.js')).AdvisoriesPage }) },
          { path: '/settings/system', lazy: async () => ({ Component: (await import('./pages/settings/SystemPage.js')).SystemPage }) },
          { path: '/settings/tokens', lazy: async () => ({ Component: (await import('./pages/settings/AccessTokensPage.js')).AccessTokensPage }) },
          { path: '*', Component: NotFoundPage },
        ],
      },
    ],
  },
];

/** The router of the browser's address bar. */
export function createRouter() {
  return createBrowserRouter(routes);
}
