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
        <RouterProvider router={createRouter()} />
      </SessionProvider>
    </KitProvider>
  </StrictMode>,
);
