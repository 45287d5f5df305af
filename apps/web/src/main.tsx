import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router/dom';
import { createRouter } from './routes.js';
import { SessionProvider } from './session/session.js';
import { followSystemMode } from './ui/appearance.js';
import { KitProvider } from './ui/KitProvider.js';
import './ui/theme/theme.css';
import './ui/global.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
followSystemMode();
createRoot(root).render(
  <StrictMode>
    <KitProvider>
      <SessionProvider>
        {/* A page asks its operation while it is drawn, with what the address says. A drawing that is put off and begun again asks twice. */}
        <RouterProvider router={createRouter()} useTransitions={false} />
      </SessionProvider>
    </KitProvider>
  </StrictMode>,
);
